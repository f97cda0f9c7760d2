"""Brings the database's schema up to date, tells whether it is, and drops it with all that is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from mentorbot.db.advisory_locks import LockSpace
from mentorbot.db.url import sqlalchemy_url


async def migrate(url: str) -> None:
    """Run the migrations that are missing. Raises sqlalchemy.exc.OperationalError where nobody answers."""
    await asyncio.to_thread(_migrate, url)


async def missing_migrations(url: str) -> tuple[str, ...]:
    """The ids of migrations that the database still lacks, oldest first; empty when it is up to date."""
    return await asyncio.to_thread(_missing, url)


async def drop_everything(url: str) -> None:
    """Drop everything in the database. Only for databases of ours: nothing can bring it back."""
    engine = create_async_engine(sqlalchemy_url(url), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


def newest_migration() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def is_known(migration: str) -> bool:
    """False for a migration of a newer mentorbot."""
    return any(
        script.revision == migration for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def _migrate(url: str) -> None:
    with _connected(url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LockSpace.MIGRATION})
        connection.commit()
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LockSpace.MIGRATION})
        connection.commit()


def _missing(url: str) -> tuple[str, ...]:
    with _connected(url) as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    missing = scripts.iterate_revisions("heads", at or "base")
    return tuple(reversed([script.revision for script in missing]))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
