"""Brings the store back from a backup, as a whole or not at all."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from mentorbot.core.translator import english_plural
from mentorbot.db.backup import (
    BackupFailed,
    BackupKeys,
    check_fits,
    check_versions,
    client_command,
    last_errors,
)
from mentorbot.db.connection import text
from mentorbot.db.cursors import SINCE_BACKUP
from mentorbot.db.postgres_programs import installed_programs
from mentorbot.db.schema import is_known, migrate
from mentorbot.db.store import Store
from mentorbot.db.tables import metadata
from mentorbot.db.url import libpq_url

_PREAMBLE = 60  # lines with which pg_restore sets the stage
_NEWER_SERVERS_ONLY = b"SET transaction_timeout = 0;"


@dataclass(frozen=True, slots=True)
class KeptForgetList:
    """What of the store outlives being replaced: who asked to be forgotten or left alone, and their key."""

    forgotten: Sequence[tuple[bytes, str]] = ()
    left_alone: Sequence[tuple[bytes, bool, str]] = ()
    key: bytes | None = None


async def restore(url: str, file: Path, keys: BackupKeys, *, replace: bool) -> None:
    """Put a backup into the database at `url`, in one transaction, and bring it up to date.

    Jobs that were under way are given back, and for a while every effect looks before it acts: it may have
    been done after the backup. What was delivered since then is fetched again once the bot starts. The lists
    of people who asked to be forgotten or left alone stay and grow. Raises BackupFailed, and then everything
    is as it was.
    """
    await asyncio.to_thread(_restore, url, file, keys, replace=replace)
    await migrate(url)
    store = Store(url)
    try:
        await _finish(store, keys)
    finally:
        await store.close()


async def _finish(store: Store, keys: BackupKeys) -> None:
    async with store.transaction(durable=True) as connection:
        made_at = {"made_at": datetime.fromisoformat(keys.made_at)}
        await connection.execute(text("INSERT INTO restores (at, made_at) VALUES (now(), :made_at)"), made_at)
    await store.cursors.put(SINCE_BACKUP, {"until": keys.made_at})
    await store.forgetting.erase_again()  # whoever was forgotten since the backup is in it


def _restore(url: str, file: Path, keys: BackupKeys, *, replace: bool) -> None:
    if not is_known(keys.migration):
        raise BackupFailed(
            f"The backup was made by a newer mentorbot ({keys.mentorbot}): update this one, then restore."
        )
    check_fits(file, keys)
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        check_versions(connection)
        _check_unused(connection)
        _check_ours(connection)
        if not replace and _has_anything(connection):
            raise BackupFailed("The store is not empty: `--replace` throws away what is in it.")
        kept = _kept(connection, keys)
    _replace(url, file, keys, kept)


def _check_unused(connection: psycopg.Connection) -> None:
    others = _number(connection, _OTHERS)
    if others:
        raise BackupFailed(
            english_plural(
                "The store is in use ({count} connection): stop every mentorbot that works on it first.",
                "The store is in use ({count} connections): stop every mentorbot that works on it first.",
                others,
            )
        )


def _check_ours(connection: psycopg.Connection) -> None:
    strangers = [str(row[0]) for row in connection.execute(_STRANGERS)]
    if strangers:
        raise BackupFailed(
            f"The database holds tables that are not mentorbot's ({', '.join(strangers[:5])}): restore into "
            "a database of its own."
        )


def _has_anything(connection: psycopg.Connection) -> bool:
    names = [str(row[0]) for row in connection.execute(_OURS)]
    found = (
        connection.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name))).fetchone()
        for name in names
    )
    return any(row is not None and row[0] for row in found)


def _kept(connection: psycopg.Connection, keys: BackupKeys) -> KeptForgetList:
    try:
        rows = connection.execute("SELECT id_hmac, at::text FROM forgotten").fetchall()
        found = connection.execute("SELECT value FROM secrets WHERE name = 'forgotten'").fetchone()
    except psycopg.errors.UndefinedTable:
        return KeptForgetList()
    try:
        wishes = connection.execute("SELECT id_hmac, wanted, at::text FROM left_alone").fetchall()
    except psycopg.errors.UndefinedTable:  # an older one's
        wishes = []
    if not (rows or wishes) or found is None:
        return KeptForgetList()
    theirs = keys.secret("forgotten")
    if theirs is not None and theirs != found[0]:
        raise BackupFailed(
            "The store and the backup know those who asked to be forgotten or left alone by different keys, "
            "and one of the lists would be lost: restore into an empty store, and forget again "
            "(`mentorbot forget LOGIN`) who asked since the backup."
        )
    return KeptForgetList(
        [(bytes(id_), str(at)) for id_, at in rows],
        [(bytes(id_), bool(wanted), str(at)) for id_, wanted, at in wishes],
        found[0],
    )


def _replace(url: str, file: Path, keys: BackupKeys, kept: KeptForgetList) -> None:
    before = _clearing_script(keys.schema)
    with _told(url) as tell:
        tell.write(before.encode())
        for line in _script(file):
            tell.write(line)
        tell.write("".join(_final_statements(keys, kept)).encode())
        tell.write(b"COMMIT;\n")


@contextmanager
def _told(url: str) -> Iterator[IO[bytes]]:
    """What psql does when it is told; unless told COMMIT at the end, nothing. Raises BackupFailed."""
    command, environment = client_command("psql", url, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    with tempfile.TemporaryFile() as errors:
        psql = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, env=environment
        )
        assert psql.stdin is not None  # noqa: S101 - tells mypy of the pipe
        try:
            with suppress(BrokenPipeError), psql.stdin as tell:  # it ended early, and says why
                yield tell
        except BaseException:
            psql.kill()
            psql.wait()
            raise
        if psql.wait() != 0:
            raise BackupFailed(f"The backup could not be restored: {last_errors(errors)}")


def _script(file: Path) -> Iterator[bytes]:
    """The backup as statements and rows. Raises BackupFailed where it can't be read to its end."""
    program = str(installed_programs() / "bin" / "pg_restore")
    command = [program, "--no-owner", "--no-privileges", "--file=-", str(file)]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as reading,  # noqa: S603 - as above
    ):
        assert reading.stdout is not None  # noqa: S101 - tells mypy of the pipe
        for number, line in enumerate(reading.stdout):
            if number > _PREAMBLE or not line.startswith(_NEWER_SERVERS_ONLY):
                yield line
        if reading.wait() != 0:
            raise BackupFailed(f"{file} is no backup that can be read: {last_errors(errors)}")


def _number(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    return int(row[0]) if row is not None else 0


_NAMES = ", ".join(f"'{table.name}'" for table in metadata.sorted_tables)
_KNOWN = f"relname IN ({_NAMES}, 'alembic_version', 'forgotten') OR relname LIKE 'procrastinate\\_%'"

_OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
_OURS = f"{_TABLES} AND relname IN ({_NAMES}) AND relname NOT IN ('secrets', 'schemas')"
_STRANGERS = f"{_TABLES} AND NOT ({_KNOWN})"

# Dropping the schema as a whole takes more rights than the owner of a database has in older PostgreSQLs. All
# names are read before the first is dropped, as what goes takes others along.
_CLEAR = """DO $$
DECLARE
    things text[] := ARRAY(
        SELECT format('TABLE IF EXISTS %s', oid::regclass) FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        UNION ALL
        SELECT format('ROUTINE IF EXISTS %s', p.oid::regprocedure) FROM pg_proc AS p
        WHERE p.pronamespace = current_schema()::regnamespace
          AND (p.proname LIKE 'procrastinate\\_%' OR p.proname LIKE 'mentorbot\\_%')
        UNION ALL
        SELECT format('TYPE IF EXISTS %s', t.oid::regtype) FROM pg_type AS t
        WHERE t.typnamespace = current_schema()::regnamespace AND t.typname LIKE 'procrastinate\\_%'
          AND t.typtype IN ('e', 'c') AND NOT EXISTS (
              SELECT FROM pg_class AS c WHERE c.oid = t.typrelid AND c.relkind <> 'c'));
    thing text;
BEGIN
    FOREACH thing IN ARRAY things LOOP
        EXECUTE 'DROP ' || thing || ' CASCADE';
    END LOOP;
END $$;
"""

# A job that waits stands for one of its name that was under way; of several that were, one is enough.
_GIVE_BACK = """
DELETE FROM procrastinate_jobs AS running WHERE status = 'doing' AND queueing_lock IS NOT NULL AND EXISTS (
    SELECT FROM procrastinate_jobs AS other WHERE other.queueing_lock = running.queueing_lock
      AND (other.status = 'todo' OR (other.status = 'doing' AND other.id < running.id)));
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE status = 'doing';
DELETE FROM procrastinate_workers;
"""

# A backup from before there was this list is migrated only afterwards: the migration finds the table then.
_LEFT_ALONE_IN_OLDER_BACKUPS = """CREATE TABLE IF NOT EXISTS left_alone (
    id_hmac bytea NOT NULL, wanted boolean NOT NULL, at timestamptz NOT NULL,
    CONSTRAINT pk_left_alone PRIMARY KEY (id_hmac));
COMMENT ON TABLE left_alone IS
    'who asked to be left alone, everywhere; it outlives ''forget'', and names nobody';
COMMENT ON COLUMN left_alone.id_hmac IS 'keyed hash of the person''s id';
COMMENT ON COLUMN left_alone.wanted IS 'false: they want to be talked to again';
COMMENT ON COLUMN left_alone.at IS 'when they said so';
"""

# What is open may have been done after the backup: another attempt looks first, as it does after a crash.
_LOOK_FIRST = "UPDATE effects SET attempts = greatest(attempts, 1) WHERE state <> 'done';\n"

# A config may have been changed since the backup; that nothing is to be written any more, above all.
_READ_CONFIGS_ANEW = "UPDATE configs SET stale = true;\n"


def _clearing_script(schema: str) -> str:
    """The beginning: everything of ours goes."""
    quietly = "SET LOCAL client_min_messages = warning"
    return f"BEGIN;\n{quietly};\nSET LOCAL search_path = {_quoted_name(schema)};\n{_CLEAR}"


def _final_statements(keys: BackupKeys, kept: KeptForgetList) -> Iterator[str]:
    """The end, once all rows are back: secrets, jobs, effects, and those who asked to be forgotten."""
    yield f"SET LOCAL search_path = {_quoted_name(keys.schema)};\n"
    secrets = {name: keys.secret(name) or b"" for name in keys.secrets}
    if kept.key is not None:
        secrets["forgotten"] = kept.key
    for name, value in secrets.items():
        yield f"INSERT INTO secrets (name, value) VALUES ({_quoted_text(name)}, '\\x{value.hex()}');\n"  # noqa: S608 - base 16
    for id_, at in kept.forgotten:
        yield (
            f"INSERT INTO forgotten (id_hmac, at) VALUES ('\\x{id_.hex()}', {_quoted_text(at)})"  # noqa: S608 - base 16
            " ON CONFLICT DO NOTHING;\n"
        )
    if kept.left_alone:
        yield _LEFT_ALONE_IN_OLDER_BACKUPS
    for id_, wanted, at in kept.left_alone:
        yield (
            "INSERT INTO left_alone AS known (id_hmac, wanted, at)"  # noqa: S608 - base 16, and ours
            f" VALUES ('\\x{id_.hex()}', {wanted}, {_quoted_text(at)})"
            " ON CONFLICT (id_hmac) DO UPDATE SET wanted = excluded.wanted, at = excluded.at"
            " WHERE excluded.at >= known.at;\n"
        )
    yield _GIVE_BACK
    yield _LOOK_FIRST
    yield _READ_CONFIGS_ANEW


def _quoted_name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _quoted_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
