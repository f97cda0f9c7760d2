"""A backup brings everything back, repeats nothing, tells no secrets, and never does half of it."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from mentorbot.db.backup import BackupFailed, back_up, keys_of, read_keys
from mentorbot.db.postgres_programs import installed_programs
from mentorbot.db.restore import restore
from mentorbot.db.schema import migrate
from tests.postgres import PostgresForTests

NOW = datetime(2026, 2, 9, tzinfo=UTC)


def save(url: str, file: Path) -> None:
    assert back_up(url, file, release="1.2.3", now=NOW) == file.stat().st_size


async def bring_back(url: str, file: Path, *, replace: bool = False) -> None:
    await restore(url, file, read_keys(keys_of(file)), replace=replace)


def tell(url: str, *statements: str) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def everything_in(file: Path) -> str:
    """A backup as text."""
    said = subprocess.run(  # noqa: S603 - our own program
        [installed_programs() / "bin" / "pg_restore", "--file=-", file], capture_output=True, check=True
    )
    return said.stdout.decode()


async def test_secrets_are_in_the_key_file_and_not_in_the_backup(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    save(database_url, file)
    [(secret,)] = rows(database_url, "SELECT value FROM secrets WHERE name = 'effects'")

    assert bytes(secret).hex() not in everything_in(file)  # type: ignore[call-overload]
    assert read_keys(keys_of(file)).secret("effects") == secret
    assert {stat.S_IMODE(one.stat().st_mode) for one in (file, keys_of(file))} == {0o600}


async def test_what_was_under_way_is_given_back_once_and_every_open_effect_looks_first(
    database_url: str, postgres: PostgresForTests, tmp_path: Path
) -> None:
    job = "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock) VALUES"
    tell(
        database_url,
        "INSERT INTO procrastinate_workers DEFAULT VALUES",
        f"{job} ('q', 'alone', 'doing', 1, NULL), ('q', 'swept', 'doing', 1, 's')",
        f"{job} ('q', 'next', 'todo', NULL, 's')",
        """INSERT INTO effects (fingerprint, key, feature, kind, installation_id, repository_id, number,
               action, because, created_at) VALUES ('x', 'k', 'f', 'Comment', 1, 1, 1, '{}', 'so', now())""",
    )
    save(database_url, tmp_path / "saved")
    elsewhere = postgres.empty_database()
    await bring_back(elsewhere, tmp_path / "saved")

    found = rows(elsewhere, "SELECT task_name, status, worker_id FROM procrastinate_jobs ORDER BY id")
    assert found == [("alone", "todo", None), ("next", "todo", None)]
    assert rows(elsewhere, "SELECT attempts FROM effects") == [(1,)]
    assert rows(elsewhere, "SELECT made_at FROM restores") == [(NOW,)]
    postgres.drop(elsewhere)


async def test_those_who_asked_to_be_forgotten_since_the_backup_stay_on_the_list(
    database_url: str, tmp_path: Path
) -> None:
    tell(
        database_url,
        "CREATE TABLE IF NOT EXISTS forgotten (id_hmac bytea PRIMARY KEY, at timestamptz NOT NULL)",
        "INSERT INTO secrets VALUES ('forgotten', 'key') ON CONFLICT (name) DO UPDATE SET value = 'key'",
        "INSERT INTO forgotten VALUES ('before', now())",
    )
    save(database_url, tmp_path / "saved")
    tell(
        database_url, "DELETE FROM forgotten", "INSERT INTO forgotten VALUES ('since', now())"
    )  # and one who takes part again
    await bring_back(database_url, tmp_path / "saved", replace=True)
    assert rows(database_url, "SELECT id_hmac FROM forgotten ORDER BY 1") == [(b"before",), (b"since",)]

    tell(database_url, "UPDATE secrets SET value = 'another' WHERE name = 'forgotten'")
    with pytest.raises(BackupFailed, match="forget again"):
        await bring_back(database_url, tmp_path / "saved", replace=True)


_BEFORE_THERE_WAS_A_LIST = (
    "DROP TABLE left_alone",
    "DROP INDEX ix_effects_greetings",
    "ALTER TABLE effects DROP COLUMN asked, DROP COLUMN held",
    "ALTER TABLE threads DROP COLUMN locked, DROP COLUMN labels",
    "ALTER TABLE configs DROP COLUMN other_bots",
    "DROP INDEX ix_effects_shadowed",
    "ALTER TABLE effects DROP COLUMN shadow",
    "ALTER TABLE configs DROP COLUMN shadow, DROP COLUMN mode_since",
    "ALTER TABLE mentions DROP COLUMN shadow_of",
    "ALTER TABLE records DROP CONSTRAINT pk_records, DROP COLUMN shadow_of",
    "ALTER TABLE records ADD CONSTRAINT pk_records PRIMARY KEY (feature, repository_id, kind, key)",
    "UPDATE alembic_version SET version_num = '0009'",
)


@pytest.mark.parametrize("older", [False, True], ids=["a backup", "a backup from before there was a list"])
async def test_what_people_said_last_about_being_left_alone_outlives_a_restore(
    database_url: str, tmp_path: Path, *, older: bool
) -> None:
    said = "INSERT INTO left_alone (id_hmac, wanted, at) VALUES"
    now = "ON CONFLICT (id_hmac) DO UPDATE SET wanted = excluded.wanted, at = excluded.at"
    tell(database_url, f"{said} ('silent then', true, '2026-01-01'), ('back since', true, '2026-01-01')")
    if older:
        tell(database_url, *_BEFORE_THERE_WAS_A_LIST)
    save(database_url, tmp_path / "saved")
    await migrate(database_url)
    tell(
        database_url,
        f"{said} ('back since', false, '2026-02-01'), ('silent since', true, '2026-02-01') {now}",
    )
    await bring_back(database_url, tmp_path / "saved", replace=True)

    found = sorted(rows(database_url, "SELECT id_hmac, wanted FROM left_alone"))
    expected = [(b"back since", False), (b"silent since", True), (b"silent then", True)]
    assert found == expected[: 2 if older else 3]
    assert rows(database_url, "SELECT count(*) FROM effects WHERE asked") == [(0,)], "and it is up to date"


async def test_a_restore_that_fails_leaves_everything_as_it_was(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    save(database_url, file)
    tell(database_url, "INSERT INTO people VALUES (7, 'ada', false, now())")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupFailed, match="damaged"):
        await bring_back(database_url, file, replace=True)
    # And with keys that fit the half, so that it only turns out on the way.
    cut = json.loads(keys_of(file).read_text())
    keys_of(file).write_text(json.dumps(cut | {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}))
    with pytest.raises(BackupFailed, match=r"no backup that can be read|could not be restored"):
        await bring_back(database_url, file, replace=True)
    assert rows(database_url, "SELECT login FROM people") == [("ada",)]


async def test_a_store_with_life_in_it_is_not_replaced_unasked(database_url: str, tmp_path: Path) -> None:
    save(database_url, tmp_path / "saved")
    await bring_back(database_url, tmp_path / "saved")  # it was empty
    tell(database_url, "INSERT INTO people VALUES (7, 'ada', false, now())")
    with pytest.raises(BackupFailed, match="--replace"):
        await bring_back(database_url, tmp_path / "saved")


async def test_a_store_in_use_is_not_replaced_at_all(database_url: str, tmp_path: Path) -> None:
    save(database_url, tmp_path / "saved")
    with psycopg.connect(database_url), pytest.raises(BackupFailed, match="stop every mentorbot"):
        await bring_back(database_url, tmp_path / "saved", replace=True)


async def test_other_people_s_tables_are_not_thrown_away(database_url: str, tmp_path: Path) -> None:
    save(database_url, tmp_path / "saved")
    tell(database_url, "CREATE TABLE ledger ()")
    with pytest.raises(BackupFailed, match="ledger"):
        await bring_back(database_url, tmp_path / "saved", replace=True)


async def test_a_backup_of_a_newer_mentorbot_is_refused(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    save(database_url, file)
    keys_of(file).write_text(json.dumps(json.loads(keys_of(file).read_text()) | {"migration": "9999"}))
    with pytest.raises(BackupFailed, match=r"newer mentorbot \(1\.2\.3\): update"):
        await bring_back(database_url, file, replace=True)


async def test_without_its_keys_a_backup_is_refused(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    save(database_url, file)
    keys_of(file).write_text("[]")
    with pytest.raises(BackupFailed, match="does not hold the keys"):
        await bring_back(database_url, file)
    keys_of(file).unlink()
    with pytest.raises(BackupFailed, match="everything once more"):
        await bring_back(database_url, file)


@pytest.mark.parametrize("name", ["saved", "saved.key"])
def test_nothing_is_overwritten_and_no_link_followed(database_url: str, tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(database_url, tmp_path / "saved", release="1", now=NOW)
    assert not (tmp_path / "elsewhere").exists()


def test_where_there_is_nothing_to_save_or_no_place_for_it_nothing_is_left_behind(
    postgres: PostgresForTests, database_url: str, tmp_path: Path
) -> None:
    empty = postgres.empty_database()
    with pytest.raises(BackupFailed, match="nothing to save"):
        back_up(empty, tmp_path / "saved", release="1", now=NOW)
    postgres.drop(empty)
    with pytest.raises(BackupFailed, match="Cannot write"):
        back_up(database_url, tmp_path / "missing" / "saved", release="1", now=NOW)
    assert list(tmp_path.iterdir()) == []
