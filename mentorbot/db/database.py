"""Connections and transactions; and dry runs, in which everything is done for real and nothing stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg

from mentorbot.db.connection import AsyncConnection, Row, Statement, Values, text
from mentorbot.db.connection_pool import ConnectionPool

STORE_DOWN: tuple[type[Exception], ...] = (psycopg.OperationalError, psycopg.InterfaceError, OSError)
"""What a database that cannot be reached makes its drivers raise."""

_LAST_MOMENT = 0.6  # seconds for those who are still at it when all is closed


class Database:
    """The pools of connections to one PostgreSQL database.

    Most of what a worker writes need not wait for the disk: when the machine crashes, the last instant is
    lost as a whole, the job among it, and is done again. What must not be lost says `durable`: what was
    acknowledged to GitHub, and that something is about to be done to the world.
    """

    def __init__(self, url: str, *, most_connections: int = 16) -> None:
        """`most_connections` of one pool; that for durable transactions has at most ten of them."""
        few = min(most_connections, 10)
        relaxed = {**_SETTINGS, "synchronous_commit": "off"}
        self._durable = ConnectionPool(url, kept=min(few, 4), most=few, settings=_SETTINGS)
        self._relaxed = ConnectionPool(url, kept=few, most=most_connections, settings=relaxed)
        self._users = 0
        self._unused = asyncio.Event()
        self._unused.set()

    async def close(self, *, within: float = _LAST_MOMENT) -> None:
        """Disconnect, once those who are still at it are done, or after so many seconds.

        A batch goes on though whoever wanted it went away, and would lose its connection in the middle.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._unused.wait()
        await self._durable.close()
        await self._relaxed.close()

    @asynccontextmanager
    async def transaction(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed at the end, rolled back when something is raised.

        A `durable` one is on disk at the end, with everything that was committed before it.
        """
        async with self.reading(durable=durable) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def reading(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection for single statements, each on its own: no round trips for BEGIN and COMMIT.

        What `durable` ones write is on disk when they end.
        """
        self._users += 1
        self._unused.clear()
        try:
            async with (self._durable if durable else self._relaxed).connection() as connection:
                yield connection
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    async def fetch(
        self, statement: Statement, values: Values = None, *, durable: bool = False
    ) -> Sequence[Row]:
        """The rows of a single statement, on its own; the other `fetch_…` are like it."""
        async with self.reading(durable=durable) as connection:
            return (await connection.execute(statement, values)).all()

    async def fetch_row(
        self, statement: Statement, values: Values = None, *, durable: bool = False
    ) -> Row | None:
        return next(iter(await self.fetch(statement, values, durable=durable)), None)

    async def fetch_column(self, statement: Statement, values: Values = None) -> list[Any]:
        return [row[0] for row in await self.fetch(statement, values)]

    async def fetch_value(self, statement: Statement, values: Values = None, *, durable: bool = False) -> Any:
        row = await self.fetch_row(statement, values, durable=durable)
        return row[0] if row is not None else None

    async def execute(self, statement: Statement, values: Values = None) -> int:
        """Execute a single statement, on its own; how many rows it touched."""
        async with self.reading() as connection:
            return (await connection.execute(statement, values)).rowcount

    @asynccontextmanager
    async def dry_run(self) -> AsyncIterator[Database]:
        """A database in which all that is written is seen, until the end; then it never happened."""
        async with self.reading() as connection, connection.begin():
            # It asks GitHub in between.
            await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield _DryRun(connection)
            raise psycopg.Rollback


# No transaction waits for GitHub: one that idles belongs to a process that was stopped, and holds up others.
_SETTINGS = {"idle_in_transaction_session_timeout": "10s"}


class _DryRun(Database):
    """One connection in one transaction, whose transactions are savepoints. For one user at a time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def close(self, *, within: float = _LAST_MOMENT) -> None:
        """Nothing: the connection belongs to whoever tries it."""

    @asynccontextmanager
    async def transaction(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:  # noqa: ARG002 - as above
        async with self._connection.begin():
            yield self._connection

    @asynccontextmanager
    async def reading(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:  # noqa: ARG002 - as above
        yield self._connection

    @asynccontextmanager
    async def dry_run(self) -> AsyncIterator[Database]:
        """A dry run within a dry run is the same one."""
        yield self


class DataAccess:
    """What reads and writes one kind of thing in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
