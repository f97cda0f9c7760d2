"""Brings the database's schema up to date, tells whether it is, and drops it with all that is in it."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path

import psycopg

from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.url import libpq_url

MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic's folder. A migration's file is named after its id, and each builds on the one before it."""


class NewerSchema(StoreUnusable):
    """The database was migrated by a mentorbot that knows more migrations than this one."""


async def migrate(url: str) -> None:
    """Run the migrations that are missing. Raises psycopg.OperationalError where nobody answers."""
    # Alembic takes a tenth of the time and memory that a start takes, and most starts migrate nothing.
    from mentorbot.db.alembic_upgrade import upgrade  # noqa: PLC0415

    await asyncio.to_thread(upgrade, url)


async def missing_migrations(url: str) -> tuple[str, ...]:
    """The ids of migrations that the database still lacks, oldest first; empty when it is up to date.

    Raises NewerSchema, and psycopg.OperationalError where nobody answers.
    """
    at = await _present_migration(url)
    if at is None:
        return known_migrations()
    if not is_known(at):
        raise NewerSchema(
            f"The database was migrated by a newer mentorbot (to {at}, this one knows {newest_migration()}): "
            "install that one, or restore a backup that this one made."
        )
    return known_migrations()[known_migrations().index(at) + 1 :]


async def drop_everything(url: str) -> None:
    """Drop everything in the database. Only for databases of ours: nothing can bring it back."""
    async with await psycopg.AsyncConnection.connect(libpq_url(url)) as connection:
        await connection.execute("DROP SCHEMA public CASCADE")
        await connection.execute("CREATE SCHEMA public")


@cache
def known_migrations() -> tuple[str, ...]:
    """The ids of all migrations, oldest first, without asking Alembic, which would load each of them."""
    return tuple(
        sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    )


def newest_migration() -> str:
    return known_migrations()[-1]


def is_known(migration: str) -> bool:
    """False for a migration of a newer mentorbot."""
    return migration in known_migrations()


async def _present_migration(url: str) -> str | None:
    """The last migration that ran; None where none ever did."""
    async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True) as connection:
        try:
            row = await (await connection.execute("SELECT version_num FROM alembic_version")).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return None if row is None else str(row[0])
