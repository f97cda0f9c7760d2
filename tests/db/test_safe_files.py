"""Whatever the account that PostgreSQL runs as puts into the bot's way, root writes nothing elsewhere."""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mentorbot.db import safe_files
from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.db.postgres_programs import StoreUnusable, account_for_postgres, installed_programs
from mentorbot.db.schema import migrate, missing_migrations
from tests.postgres import an_open_folder

WRITTEN = ("owner", "in-use", "starting", "password", "port", "postgresql.conf", "pg_hba.conf", "created")
"""Every file that the bot itself writes beside PostgreSQL's."""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root shares its folders with another account")


@pytest.fixture
def folder() -> Iterator[Path]:
    with an_open_folder() as path:
        yield path


@pytest.fixture
def precious(folder: Path) -> Iterator[Path]:
    """Files that links lead to; in the end they are as they were."""
    victim = folder / "precious"
    victim.write_text("precious")
    victim.chmod(0o640)
    yield victim
    assert victim.read_text() == "precious"
    assert (victim.stat().st_uid, stat.S_IMODE(victim.stat().st_mode)) == (os.geteuid(), 0o640)


def test_a_file_takes_the_place_of_a_link(folder: Path, precious: Path) -> None:
    (folder / "file").symlink_to(precious)
    safe_files.write(folder / "file", "ours")
    assert safe_files.read(folder / "file") == "ours"


def test_a_lock_is_a_file_of_ours_whatever_lies_there(folder: Path, precious: Path) -> None:
    (folder / "link").symlink_to(precious)
    (folder / "hard link").hardlink_to(precious)
    os.mkfifo(folder / "pipe")
    for name in ("link", "hard link", "pipe"):
        with safe_files.locked(folder / name, fcntl.LOCK_EX) as lock:
            lock.write("ours")
        assert safe_files.read(folder / name) == "ours"
    (folder / "hard link").unlink()
    for left in folder.glob("*not-ours*"):
        left.unlink()


def test_a_link_is_not_read_either(folder: Path, precious: Path) -> None:
    (folder / "file").symlink_to(precious)
    with pytest.raises(OSError, match="file"):
        safe_files.read(folder / "file")
    with pytest.raises(PermissionError, match="no file of ours"):
        safe_files.read(precious, owner=4711)


def test_a_folder_that_others_may_write_in_is_refused_with_the_fix(folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(StoreUnusable, match="chmod go-w"):
        safe_files.write(folder / "file", "ours")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    (folder / "file" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="file"):
        safe_files.write(folder / "file", "ours")
    assert [path.name for path in folder.iterdir()] == ["file"]


@as_root
def test_links_planted_in_an_older_store_lead_nowhere_and_its_role_loses_the_superuser_s_rights(
    folder: Path, precious: Path
) -> None:
    home = folder / "postgres"
    make_older_store(home)
    for name in WRITTEN:
        (home / name).unlink(missing_ok=True)
        (home / name).symlink_to(precious)
        os.chown(home / name, *account(), follow_symlinks=False)

    server = EmbeddedPostgres(folder)
    url = server.start()
    try:
        with psycopg.connect(url) as connection:
            rights = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(rights.encode()).fetchone() == (False,)
            assert connection.execute("SELECT login FROM people").fetchone() == ("ada",)
            connection.execute("ALTER TABLE people ADD COLUMN later int")
            connection.execute("ALTER TYPE procrastinate_job_status ADD VALUE 'later'")
        assert {name for name in WRITTEN if (home / name).is_symlink()} <= {"port"}, "that is for long paths"
        assert home.stat().st_uid == 0
    finally:
        server.stop()
    assert server.start() == url, "the second time there is nothing to do"
    server.stop()


@as_root
@pytest.mark.parametrize("name", ["run", "log"])
def test_a_link_in_place_of_a_folder_is_refused_with_the_fix(folder: Path, name: str) -> None:
    (folder / "elsewhere").mkdir(mode=0o700)
    os.chown(folder / "elsewhere", *account())
    (folder / "postgres").mkdir()
    (folder / "postgres" / name).symlink_to(folder / "elsewhere")
    with pytest.raises(StoreUnusable, match="move it away"):
        EmbeddedPostgres(folder).start()


@as_root
def test_data_below_a_folder_of_that_account_are_refused_with_the_fix(folder: Path) -> None:
    (folder / "theirs" / "data").mkdir(parents=True)
    os.chown(folder / "theirs", *account())
    with pytest.raises(StoreUnusable, match="name one that belongs to root"):
        EmbeddedPostgres(folder / "theirs" / "data")


@as_root
def test_a_store_of_somebody_else_is_refused_with_the_fix(folder: Path) -> None:
    (folder / "postgres").mkdir()
    os.chown(folder / "postgres", 4711, 4711)
    with pytest.raises(StoreUnusable, match=r"4711.* run mentorbot as that user"):
        EmbeddedPostgres(folder).start()
    assert (folder / "postgres").stat().st_uid == 4711


async def test_a_fresh_store_s_role_is_no_superuser_and_migrates_all_the_same(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    url = server.start()
    try:
        await migrate(url)
        assert await missing_migrations(url) == ()
        with psycopg.connect(url) as connection:
            rights = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(rights.encode()).fetchone() == (False, False, False)
        with pytest.raises(psycopg.OperationalError, match="pg_hba"):
            psycopg.connect(url.replace("mentorbot:", "postgres:"))
    finally:
        server.stop()


def account() -> tuple[int, int]:
    found = account_for_postgres()
    assert found.uid is not None
    assert found.gid is not None
    return found.uid, found.gid


def make_older_store(home: Path) -> None:
    """Data as mentorbot 0.1 made them: all of the account's, and the bot a superuser."""
    uid, gid = account()
    home.mkdir()
    (home / "secret").write_text(secrets.token_urlsafe(24))
    (home / "secret").chmod(0o644)
    os.chown(home, uid, gid)
    programs, data = installed_programs() / "bin", home / "data"

    def run(*words: object, stdin: bytes = b"") -> None:
        subprocess.run(  # noqa: S603 - our own program
            [*map(str, words)], input=stdin, user=uid, group=gid, extra_groups=[], cwd="/", check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    run(
        programs / "initdb", "-D", data, "--username=mentorbot", f"--pwfile={home / 'secret'}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
    )  # fmt: skip
    single = (programs / "postgres", "--single", "-D", data)
    run(*single, "postgres", stdin=b"CREATE DATABASE mentorbot;\n")
    run(
        *single,
        "mentorbot",
        stdin=(
            b"CREATE TABLE people (login text, number serial);\n"
            b"INSERT INTO people VALUES ('ada');\n"
            b"CREATE TYPE procrastinate_job_status AS ENUM ('todo');\n"
            b"CREATE FUNCTION procrastinate_one() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
        ),
    )
    run("touch", data / "complete")
