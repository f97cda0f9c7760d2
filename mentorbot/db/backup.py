"""Saves the whole store in a file, and what is secret in it in another one, to be kept apart.

The file is what `pg_dump` writes (its custom format), without the rows of `secrets`: whoever finds it can't
tell who asked to be forgotten.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import psycopg
from sqlalchemy.engine import make_url

from mentorbot.db import safe_files
from mentorbot.db.postgres_programs import installed_programs, major_version
from mentorbot.db.url import libpq_url

_KIND = "the keys of a mentorbot backup: needed to restore it, and to be kept apart from it"
_CHUNK = 1 << 20


class BackupFailed(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The store could not be saved or restored; the text names the fix. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupKeys:
    """What goes beside a backup: its secrets in base64, and what tells that both belong together."""

    sha256: str
    migration: str
    mentorbot: str
    made_at: str
    schema: str
    secrets: Mapping[str, str]
    kind: str = _KIND

    def secret(self, name: str) -> bytes | None:
        value = self.secrets.get(name)
        return None if value is None else base64.b64decode(value)


def keys_of(file: Path) -> Path:
    """Where the keys of a backup lie, unless they were put elsewhere."""
    return file.with_name(f"{file.name}.key")


def back_up(url: str, file: Path, *, release: str, now: datetime) -> int:
    """Save the store at `url` while the bot goes on; return how many bytes it took. Raises BackupFailed."""
    for one in (file, keys_of(file)):
        if os.path.lexists(one):
            raise BackupFailed(f"{one} exists already: choose another name, or remove it first.")
    with psycopg.connect(libpq_url(url)) as connection:
        check_versions(connection)
        migration, schema, secrets = _about(connection)
    try:
        with safe_files.replacing(file) as dump:
            _dump(url, dump)
            keys = BackupKeys(
                sha256=_fingerprint(dump),
                migration=migration,
                mentorbot=release,
                made_at=now.isoformat(),
                schema=schema,
                secrets=secrets,
            )
            with safe_files.replacing(keys_of(file)) as beside:
                beside.write(json.dumps(asdict(keys), indent=2).encode())
            return dump.tell()
    except OSError as error:
        raise BackupFailed(f"Cannot write {file}: {error.strerror}.") from error


def read_keys(path: Path) -> BackupKeys:
    """The keys of a backup. Raises BackupFailed where there are none."""
    try:
        return BackupKeys(**json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BackupFailed(
            f"The backup's keys cannot be read from {path} ({error.strerror}): without them the bot would "
            "say everything once more. `--key FILE` names where you keep them."
        ) from error
    except (ValueError, TypeError) as error:
        raise BackupFailed(f"{path} does not hold the keys of a backup.") from error


def check_fits(file: Path, keys: BackupKeys) -> None:
    """Raise BackupFailed unless the file is there, undamaged, and the one that these keys belong to."""
    try:
        with file.open("rb") as dump:
            found = _fingerprint(dump)
    except OSError as error:
        raise BackupFailed(f"Cannot read {file}: {error.strerror}.") from error
    if found != keys.sha256:
        raise BackupFailed(f"{file} is damaged, or these keys belong to another backup.")


def check_versions(connection: psycopg.Connection) -> None:
    """Raise BackupFailed where the server is newer than the programs that come along."""
    ours = int(major_version(installed_programs() / "bin"))
    theirs = connection.info.server_version // 10000
    if theirs > ours:
        raise BackupFailed(
            f"The database is PostgreSQL {theirs}, and this mentorbot brings the programs of {ours}: use the "
            f"`pg_dump` of PostgreSQL {theirs}, and save the rows of the table `secrets` apart from the rest."
        )


def client_command(program: str, url: str, *words: str) -> tuple[Sequence[str], Mapping[str, str]]:
    """Command line and environment of a PostgreSQL program; the password is in neither list of processes."""
    address = make_url(libpq_url(url))
    bare = address.set(password=None).render_as_string(hide_password=False)
    path = str(installed_programs() / "bin" / program)
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    return [path, "--no-password", f"--dbname={bare}", *words], {**os.environ, **secret}


def _about(connection: psycopg.Connection) -> tuple[str, str, Mapping[str, str]]:
    try:
        migration = connection.execute("SELECT version_num, current_schema() FROM alembic_version").fetchone()
        rows = connection.execute("SELECT name, value FROM secrets").fetchall()
    except psycopg.errors.UndefinedTable as error:
        raise BackupFailed("There is nothing to save: the database has no tables of mentorbot's.") from error
    if migration is None:
        raise BackupFailed("There is nothing to save: the database was never migrated.")
    return (*migration, {name: base64.b64encode(value).decode() for name, value in rows})


def _dump(url: str, into: IO[bytes]) -> None:
    command, environment = client_command(
        "pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s",
        "--exclude-table-data=*.secrets",
    )  # fmt: skip
    with tempfile.TemporaryFile() as errors:
        finished = subprocess.run(  # noqa: S603 - our own program with our own arguments
            command, stdout=into, stderr=errors, env=environment, check=False
        )
        if finished.returncode != 0:
            raise BackupFailed(f"pg_dump failed: {last_errors(errors)}")


def last_errors(errors: IO[bytes]) -> str:
    """The last lines of what a program complained about."""
    errors.seek(0)
    return "\n".join(errors.read().decode(errors="replace").strip().splitlines()[-4:])


def _fingerprint(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
