from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.schema import SchemaItem

from mentorbot.db.alembic_upgrade import alembic_config
from mentorbot.db.schema import NewerSchema, known_migrations, migrate, missing_migrations
from mentorbot.db.tables import metadata
from mentorbot.db.url import sqlalchemy_url
from tests.postgres import PostgresForTests


def test_the_files_names_tell_the_same_migrations_in_the_same_order_as_alembic() -> None:
    scripts = ScriptDirectory.from_config(alembic_config()).walk_revisions("base", "heads")

    assert known_migrations() == tuple(reversed([script.revision for script in scripts]))


async def test_an_empty_database_lacks_every_migration_and_a_migrated_one_none(
    postgres: PostgresForTests,
) -> None:
    url = postgres.empty_database()

    assert await missing_migrations(url) == known_migrations()
    await migrate(url)
    assert await missing_migrations(url) == ()


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    await migrate(database_url)

    assert await missing_migrations(database_url) == ()


async def test_a_database_that_lacks_some_migrations_names_those(database_url: str) -> None:
    _pretend_to_be_at(database_url, known_migrations()[-3])

    assert await missing_migrations(database_url) == known_migrations()[-2:]


async def test_a_database_of_a_newer_mentorbot_is_refused_with_what_to_do(database_url: str) -> None:
    _pretend_to_be_at(database_url, "9999")

    with pytest.raises(NewerSchema, match=r"newer mentorbot \(to 9999.*install that one"):
        await missing_migrations(database_url)


async def test_the_migrations_build_exactly_the_tables_in_the_code(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.connect() as connection:
        differences = compare_metadata(_comparison(connection), metadata)
    engine.dispose()

    assert differences == []


def _pretend_to_be_at(url: str, migration: str) -> None:
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": migration})
    engine.dispose()


def _comparison(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(
        connection, opts={"include_object": _is_ours, "compare_type": True, "compare_server_default": True}
    )


def _is_ours(_item: SchemaItem, name: str | None, _kind: str, _reflected: object, _other: object) -> bool:
    strangers = ("procrastinate_", "idx_procrastinate_", "mentorbot_jobs_", "alembic_")
    return not (name or "").startswith(strangers)
