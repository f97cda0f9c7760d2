"""Starts our PostgreSQL again when it dies or hangs, and gives up, audibly, when that doesn't help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import structlog

from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.db.postgres_data_folder import DataMissing
from mentorbot.db.postgres_programs import StoreUnusable

_LOOK = 0.5  # seconds between looks whether it lives
_ASK = 10.0  # seconds between questions whether it answers
_ANSWER = 20.0  # seconds for an answer
_UNANSWERED = 3  # questions in a row after which it counts as hanging
_PAUSES: Sequence[float] = (0, 1, 2, 5, 10, 20)  # seconds before each try to start it
_WELL = 60.0  # seconds of life after which earlier deaths don't count any more

log = structlog.get_logger("store")


class StoreLost(StoreUnusable):
    """PostgreSQL died and can't be brought back: the process is to end, for a supervisor to see."""


class Supervision:
    """Watches one PostgreSQL. `pauses` are waited before each try; when they are used up, that was it.

    Every `ask` seconds it is asked whether it answers.
    """

    def __init__(
        self,
        embedded: EmbeddedPostgres,
        url: str,
        *,
        pauses: Sequence[float] = _PAUSES,
        ask: float = _ASK,
    ) -> None:
        self._embedded = embedded
        self._url = url
        self._pauses = pauses
        self._ask = ask
        self._tries = 0
        self._well_since = time.monotonic()
        self._asked_at = time.monotonic()
        self._unanswered = 0

    async def watch(self) -> None:
        """Watch until cancelled. Raises StoreLost when PostgreSQL can't be brought back."""
        while True:
            await asyncio.sleep(_LOOK)
            if self._embedded.is_alive and await self._answers():
                continue
            log.error("PostgreSQL died or hangs; it is started again", tries=self._tries)
            await self._bring_back()

    async def _bring_back(self) -> None:
        if time.monotonic() - self._well_since > _WELL:
            self._tries = 0
        trouble = "it dies again and again"
        while self._tries < len(self._pauses):
            await asyncio.sleep(self._pauses[self._tries])
            self._tries += 1
            try:
                await asyncio.to_thread(self._embedded.revive)
            except DataMissing as error:
                raise StoreLost(f"PostgreSQL died. {error}") from error
            except StoreUnusable as error:
                trouble = str(error)
                log.warning("PostgreSQL could not be started again", tries=self._tries, why=trouble)
                continue
            self._well_since = self._asked_at = time.monotonic()
            self._unanswered = 0
            log.warning("PostgreSQL runs again", tries=self._tries)
            return
        raise StoreLost(
            f"PostgreSQL died and could not be brought back in {self._tries} tries: {trouble}\n"
            f"Is the disk full, or was something in {self._embedded.home} removed? Mentorbot ends now; what "
            "GitHub could not deliver meanwhile is fetched back when it starts again."
        )

    async def _answers(self) -> bool:
        """False once several questions in a row remained without any answer; a refusal is one."""
        if time.monotonic() - self._asked_at < self._ask:
            return True
        try:
            async with asyncio.timeout(_ANSWER):
                connection = await psycopg.AsyncConnection.connect(self._url)
                await connection.close()
        except (TimeoutError, psycopg.OperationalError) as error:
            answered = "FATAL" in str(error)
        else:
            answered = True
        self._unanswered = 0 if answered else self._unanswered + 1
        self._asked_at = time.monotonic()
        return self._unanswered < _UNANSWERED


@asynccontextmanager
async def address(
    database_url: str | None, *, embedded_in: Path, own: bool, meanwhile: Callable[[], None] = lambda: None
) -> AsyncIterator[str]:
    """The database's address; without one a PostgreSQL of ours runs during the block, and is kept alive.

    What is to be done `meanwhile` is done while that one starts.
    """
    if database_url is not None:
        meanwhile()
        yield database_url
        return
    embedded = EmbeddedPostgres(embedded_in, own=own)
    try:
        starting = asyncio.get_running_loop().run_in_executor(None, embedded.start)
        meanwhile()
        url = await starting
        async with supervised(embedded, url):
            yield url
    finally:
        await asyncio.to_thread(embedded.stop)


@asynccontextmanager
async def supervised(embedded: EmbeddedPostgres, url: str) -> AsyncIterator[None]:
    """Keep PostgreSQL alive during the block. Cancels it and raises StoreLost when that can't be done."""
    block = asyncio.current_task()
    lost: StoreLost | None = None

    async def watch() -> None:
        nonlocal lost
        try:
            await Supervision(embedded, url).watch()
        except StoreLost as error:
            lost = error
            if block is not None:
                block.cancel()

    watching = asyncio.create_task(watch())
    try:
        yield
    except asyncio.CancelledError:
        if lost is None or block is None:
            raise
        block.uncancel()
        raise lost from None
    finally:
        watching.cancel()
        await asyncio.wait([watching])
