"""The PostgreSQL that comes along: started once, shared politely, found again after a kill."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mentorbot.db.embedded import AlreadyRunning, EmbeddedPostgres
from mentorbot.db.postgres_programs import (
    StoreUnusable,
    SystemAccount,
    account_for_postgres,
    installed_programs,
    programs_for,
)
from tests.postgres import an_open_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Data that were created once, as creating takes the better part of a second."""
    with an_open_folder() as path:
        server = EmbeddedPostgres(path)
        server.start()
        server.stop()
        yield path
        server.stop()


@pytest.fixture
def new_folder() -> Iterator[Path]:
    with an_open_folder() as path:
        yield path


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_it_answers_after_start_and_is_gone_after_stop(folder: Path) -> None:
    server = EmbeddedPostgres(folder)

    url = server.start()
    assert answers(url)
    server.stop()

    assert not answers(url)


def test_what_was_written_is_still_there_the_next_time(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()

    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    server.stop()


def test_a_second_bot_on_the_same_data_is_refused_with_the_fix(folder: Path) -> None:
    first = EmbeddedPostgres(folder)
    first.start()

    with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}.*MENTORBOT_DATA"):
        EmbeddedPostgres(folder).start()

    first.stop()


def test_a_command_line_shares_the_running_server_and_leaves_it_running(folder: Path) -> None:
    bot, command = EmbeddedPostgres(folder), EmbeddedPostgres(folder, own=False)
    url = bot.start()

    assert command.start() == url
    command.stop()
    assert answers(url)

    bot.stop()
    assert not answers(url)


def test_a_command_line_that_started_the_server_does_not_stop_it_under_a_bot(folder: Path) -> None:
    command, bot = EmbeddedPostgres(folder, own=False), EmbeddedPostgres(folder)
    url = command.start()
    bot.start()

    command.stop()
    assert answers(url)

    bot.stop()
    assert not answers(url)


def test_a_server_left_by_a_kill_is_found_and_used_again(folder: Path) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from mentorbot.db.embedded import EmbeddedPostgres\n"
        "print(EmbeddedPostgres(Path(sys.argv[1])).start(), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout is not None
        url = bot.stdout.readline().strip()
        with psycopg.connect(url) as connection:
            started = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
        bot.send_signal(signal.SIGKILL)

    server = EmbeddedPostgres(folder)
    assert server.start() == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT pg_postmaster_start_time()").fetchone() == started
    server.stop()
    assert not answers(url)


def test_it_takes_a_password_and_lets_nobody_else_in(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    url = server.start()
    wrong = url.replace(url.split(":")[2].split("@")[0], "guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    server.stop()

    password = server.home / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600


def test_acknowledged_data_are_durable(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    with psycopg.connect(server.start()) as connection:
        settings = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
    server.stop()

    assert set(settings.values()) == {("on",)}


def test_where_the_path_is_too_long_for_a_socket_it_listens_on_loopback(new_folder: Path) -> None:
    server, command = (EmbeddedPostgres(new_folder / ("long" * 25), own=own) for own in (True, False))
    try:
        url = server.start()
        assert "@127.0.0.1:" in url
        assert answers(url)
        assert command.start() == url
        command.stop()
    finally:
        server.stop()


def test_a_creation_that_was_cut_short_is_begun_anew(new_folder: Path) -> None:
    server = EmbeddedPostgres(new_folder)
    (server.home / "data").mkdir(parents=True)
    (server.home / "data" / "half").touch()

    assert answers(server.start())
    server.stop()

    assert [path.name for path in server.home.glob("data-incomplete-*/*")] == ["half"]


def test_data_of_another_version_are_refused_with_the_fix(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    version = server.home / "data" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("9\n")

    with pytest.raises(StoreUnusable, match="written by PostgreSQL 9"):
        server.start()

    version.write_text(ours)


def test_rights_of_folders_that_are_not_ours_stay_as_they_are_and_no_other_folder_is_taken_instead(
    new_folder: Path,
) -> None:
    parent = new_folder / "private"
    parent.mkdir(mode=0o700)

    if account_for_postgres().is_another:
        with pytest.raises(StoreUnusable, match=r"can't reach MENTORBOT_DATA .*private/data.* for instance"):
            EmbeddedPostgres(parent / "data")
    else:
        server = EmbeddedPostgres(parent / "data")
        assert answers(server.start())
        server.stop()
        assert server.home.is_relative_to(parent)

    assert stat.S_IMODE(parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("mode", "enters"),
    [pytest.param(0o755, True, id="open to all"), pytest.param(0o700, False, id="closed")],
)
def test_an_account_enters_only_where_it_may(new_folder: Path, mode: int, enters: bool) -> None:
    new_folder.chmod(mode)

    assert SystemAccount(uid=4711, gid=4711).may_enter(new_folder) is enters
    assert SystemAccount().may_enter(new_folder)


def test_programs_that_the_account_cannot_reach_are_copied_to_where_it_can(new_folder: Path) -> None:
    class Locked(SystemAccount):
        """Somebody who may not enter the virtual environment."""

        def may_enter(self, path: Path) -> bool:
            return not path.is_relative_to(installed_programs())

    programs = programs_for(Locked(), copies=new_folder / "programs")

    said = subprocess.run(  # noqa: S603 - our own program
        [programs / "initdb", "--version"], capture_output=True, text=True, check=True
    )
    assert programs.is_relative_to(new_folder)
    assert "PostgreSQL" in said.stdout
    assert programs_for(Locked(), copies=new_folder / "programs") == programs
    assert programs_for(SystemAccount(), copies=new_folder) == installed_programs() / "bin"
