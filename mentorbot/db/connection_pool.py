"""Keeps a few connections open, and lends them to one user at a time."""

from __future__ import annotations

import asyncio
import select
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import psycopg
from psycopg.pq import TransactionStatus

from mentorbot.db.bulk_rows import StorableText
from mentorbot.db.connection import AsyncConnection, DriverConnection
from mentorbot.db.url import libpq_url

_TURN = 20.0  # seconds


class PoolExhausted(psycopg.OperationalError):
    """All connections are in use, for longer than anybody should need one."""


class ConnectionPool:
    """Connections to one database with these PostgreSQL `settings`.

    Up to `most` are lent at once, up to `kept` stay open for the next user. A database that isn't there is
    told at once (psycopg_pool would go on trying, and tell it when the time is up); a connection that the
    server gave up is noticed before it is lent. Who comes too many waits `turn` seconds for the others.
    """

    def __init__(
        self, url: str, *, kept: int, most: int, settings: Mapping[str, str], turn: float = _TURN
    ) -> None:
        self._url = libpq_url(url)
        self._options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._kept = kept
        self._turn = turn
        self._free = asyncio.Semaphore(most)
        self._idle: list[DriverConnection] = []

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection during the block. Raises psycopg.OperationalError."""
        try:
            async with asyncio.timeout(self._turn):
                await self._free.acquire()
        except TimeoutError as error:
            raise PoolExhausted(f"All connections are in use, for {self._turn:.0f} seconds now") from error
        try:
            driver = await self._lent_before() or await self._connect()
            try:
                yield AsyncConnection(driver)
            finally:
                await self._take_back(driver)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Close those that nobody uses; the others when they come back, or with the process."""
        self._kept = 0
        await self._close_idle()

    async def _lent_before(self) -> DriverConnection | None:
        """The connection that was used last, for as long as it lives."""
        while self._idle:
            driver = self._idle.pop()
            if not _has_something_to_say(driver):
                return driver
            await driver.close()
        return None

    async def _connect(self) -> DriverConnection:
        driver = await psycopg.AsyncConnection.connect(self._url, autocommit=True, options=self._options)
        driver.adapters.register_dumper(str, StorableText)
        return driver

    async def _take_back(self, driver: DriverConnection) -> None:
        if driver.broken:  # so are the others, where they went to the same server
            await self._close_idle()
        is_clean = driver.pgconn.transaction_status == TransactionStatus.IDLE
        if is_clean and len(self._idle) < self._kept:
            self._idle.append(driver)
        else:
            await driver.close()

    async def _close_idle(self) -> None:
        idle, self._idle = self._idle, []
        for driver in idle:
            await driver.close()


def _has_something_to_say(driver: DriverConnection) -> bool:
    """Whether a server that nobody asked anything speaks: only to say that it hangs up."""
    if driver.closed:
        return True
    if hasattr(select, "poll"):
        look = select.poll()
        look.register(driver.fileno(), select.POLLIN)
        return bool(look.poll(0))
    return bool(select.select([driver.fileno()], [], [], 0)[0])  # pragma: no cover - Windows
