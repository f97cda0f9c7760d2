"""A PostgreSQL for tests: one server for the session, one fresh, migrated database for each test."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.db.schema import migrate
from mentorbot.db.store import Store

# A crash of the machine may cost a test its data, which nobody needs; everything else is as in production.
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "shared_buffers": "128MB",
}
_TEMPLATE = "migrated"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made there
_ROOM = 4 * 1024**3  # bytes; containers often have 64 MB


class PostgresForTests:
    """Gives out empty databases that have every table."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedPostgres(folder, settings=_FAST, may_create_databases=True)
        self._numbers = itertools.count(1)
        self._url = ""

    def start(self) -> None:
        """Start the server and migrate the database that all others are copied from."""
        self._url = self._server.start()
        self._tell(f"CREATE DATABASE {_TEMPLATE}")
        asyncio.run(migrate(self._address_of(_TEMPLATE)))

    def stop(self) -> None:
        """Stop the server; its files go with the folder."""
        self._server.stop()

    def fresh_database(self) -> str:
        """The address of a new database with all tables and nothing in them."""
        name = f"test_{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        return self._address_of(name)

    def empty_database(self) -> str:
        """The address of a new database without any table."""
        name = f"empty_{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name}")
        return self._address_of(name)

    def drop(self, url: str) -> None:
        """Throw a database away."""
        self._tell(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def refuse(self, url: str) -> None:
        """Let nobody into a database any more, and throw out who is in it."""
        name = make_url(url).database
        self._tell(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self._tell(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - ours
        )

    def allow(self, url: str) -> None:
        """Let people in again."""
        self._tell(f"ALTER DATABASE {make_url(url).database} ALLOW_CONNECTIONS true")

    def _address_of(self, name: str) -> str:
        return make_url(self._url).set(database=name).render_as_string(hide_password=False)

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement.encode())


def _where() -> Path | None:
    """In memory where there is room, as a thousand databases are copied; else where temporary files go."""
    try:
        return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free > _ROOM else None
    except OSError:
        return None


@contextmanager
def an_open_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach (pytest's own are closed to others), gone in the end."""
    with tempfile.TemporaryDirectory(prefix="mentorbot-", dir=_where()) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """An open folder in place of pytest's: as root, the bot's PostgreSQL runs as somebody else."""
    with an_open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresForTests]:
    """The session's PostgreSQL."""
    with an_open_folder() as folder:
        server = PostgresForTests(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def database_url(postgres: PostgresForTests) -> Iterator[str]:
    """A fresh database with all tables, for one test."""
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A started store on a fresh database."""
    store = Store(database_url)
    await store.start()
    yield store
    await store.close()
