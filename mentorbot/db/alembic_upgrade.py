"""Runs Alembic: loaded only where migrations are missing, as it takes its time."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from mentorbot.db.advisory_locks import LockSpace
from mentorbot.db.url import sqlalchemy_url


def upgrade(url: str, *, to: str = "head") -> None:
    """Run the migrations that are missing, up to the one named, one process at a time.

    Raises psycopg.Error.
    """
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LockSpace.MIGRATION})
            connection.commit()
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LockSpace.MIGRATION})
            connection.commit()
    except DBAPIError as error:  # the rest of the program knows only what the driver raises
        raise error.orig or error from error
    finally:
        engine.dispose()


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", "mentorbot.db:migrations")
    config.set_main_option("path_separator", "os")
    return config
