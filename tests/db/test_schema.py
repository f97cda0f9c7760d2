from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.schema import SchemaItem

from mentorbot.db import schema
from mentorbot.db.schema import migrate, missing_migrations
from mentorbot.db.tables import metadata
from mentorbot.db.url import sqlalchemy_url
from tests.postgres import PostgresForTests

_FILES = Path(schema.__file__).parent / "migrations" / "versions"
ALL_MIGRATIONS = tuple(sorted(file.name.partition("_")[0] for file in _FILES.glob("0*.py")))


async def test_an_empty_database_lacks_every_migration_and_a_migrated_one_none(
    postgres: PostgresForTests,
) -> None:
    url = postgres.empty_database()

    assert await missing_migrations(url) == ALL_MIGRATIONS
    await migrate(url)
    assert await missing_migrations(url) == ()


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    await migrate(database_url)

    assert await missing_migrations(database_url) == ()


async def test_the_migrations_build_exactly_the_tables_in_the_code(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.connect() as connection:
        differences = compare_metadata(_comparison(connection), metadata)
    engine.dispose()

    assert differences == []


def _comparison(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(
        connection, opts={"include_object": _is_ours, "compare_type": True, "compare_server_default": True}
    )


def _is_ours(_item: SchemaItem, name: str | None, _kind: str, _reflected: object, _other: object) -> bool:
    strangers = ("procrastinate_", "idx_procrastinate_", "mentorbot_jobs_", "alembic_")
    return not (name or "").startswith(strangers)
