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
from sqlalchemy import text

from mentorbot.db import restore_statements as statements
from mentorbot.db.backup import BackupFailed, Keys, check_fits, check_versions, client, said_in
from mentorbot.db.postgres_programs import installed_programs
from mentorbot.db.schema import is_known, migrate
from mentorbot.db.store import Store
from mentorbot.db.url import libpq_url

_PREAMBLE = 60  # lines with which pg_restore sets the stage
_NEWER_SERVERS_ONLY = b"SET transaction_timeout = 0;"

Forgotten = Sequence[tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What of the store outlives being replaced: the list of those who asked to be forgotten, and its key."""

    forgotten: Forgotten = ()
    key: bytes | None = None


async def restore(url: str, file: Path, keys: Keys, *, replace: bool) -> None:
    """Put a backup into the database at `url`, in one transaction, and bring it up to date.

    Jobs that were under way are given back, and for a while every effect looks before it acts: it may have
    been done after the backup. The list of forgotten people stays and grows. Raises BackupFailed, and then
    everything is as it was.
    """
    await asyncio.to_thread(_restore, url, file, keys, replace=replace)
    await migrate(url)
    store = Store(url)
    try:
        await _finish(store, keys)
    finally:
        await store.close()


async def _finish(store: Store, keys: Keys) -> None:
    async with store.transaction(durable=True) as connection:
        made_at = {"made_at": datetime.fromisoformat(keys.made_at)}
        await connection.execute(text("INSERT INTO restores (at, made_at) VALUES (now(), :made_at)"), made_at)
    await store.forgetting.erase_again()  # whoever was forgotten since the backup is in it


def _restore(url: str, file: Path, keys: Keys, *, replace: bool) -> None:
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
    others = _number(connection, statements.OTHERS)
    if others:
        raise BackupFailed(
            f"The store is in use ({others} connections): stop every mentorbot that works on it first."
        )


def _check_ours(connection: psycopg.Connection) -> None:
    strangers = [str(row[0]) for row in connection.execute(statements.STRANGERS)]
    if strangers:
        raise BackupFailed(
            f"The database holds tables that are not mentorbot's ({', '.join(strangers[:5])}): restore into "
            "a database of its own."
        )


def _has_anything(connection: psycopg.Connection) -> bool:
    names = [str(row[0]) for row in connection.execute(statements.OURS)]
    found = (
        connection.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name))).fetchone()
        for name in names
    )
    return any(row is not None and row[0] for row in found)


def _kept(connection: psycopg.Connection, keys: Keys) -> Kept:
    try:
        rows = connection.execute("SELECT id_hmac, at::text FROM forgotten").fetchall()
        found = connection.execute("SELECT value FROM secrets WHERE name = 'forgotten'").fetchone()
    except psycopg.errors.UndefinedTable:
        return Kept()
    if not rows or found is None:
        return Kept()
    theirs = keys.secret("forgotten")
    if theirs is not None and theirs != found[0]:
        raise BackupFailed(
            "The store and the backup know those who asked to be forgotten by different keys, and one of the "
            "lists would be lost: restore into an empty store, and forget again (`mentorbot forget LOGIN`) "
            "who asked since the backup."
        )
    return Kept([(bytes(id_), str(at)) for id_, at in rows], found[0])


def _replace(url: str, file: Path, keys: Keys, kept: Kept) -> None:
    before = statements.clear(keys.schema)
    after = statements.finish(keys, forgotten=kept.forgotten, key=kept.key)
    with _told(url) as tell:
        tell.write(before.encode())
        for line in _script(file):
            tell.write(line)
        tell.write(after.encode())
        tell.write(b"COMMIT;\n")


@contextmanager
def _told(url: str) -> Iterator[IO[bytes]]:
    """What psql does when it is told; unless told COMMIT at the end, nothing. Raises BackupFailed."""
    command, environment = client("psql", url, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
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
            raise BackupFailed(f"The backup could not be restored: {said_in(errors)}")


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
            raise BackupFailed(f"{file} is no backup that can be read: {said_in(errors)}")


def _number(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement.encode()).fetchone()
    return int(row[0]) if row is not None else 0
