"""Holds effects while they are done, so that no other worker does: a process needs one connection for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from mentorbot.db.advisory_locks import LockSpace, lock_key
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import Database

_TRY = text("SELECT pg_try_advisory_lock(:space, :id)")
_LET_GO = text("SELECT pg_advisory_unlock(:space, :id)")


class EffectLocks:
    """What this process holds. The database lets go by itself when the process dies, and only then.

    A worker that merely hangs keeps what it holds. The connection is given back when nothing is held.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()  # one statement at a time
        self._held: set[int] = set()
        self._connection: AsyncConnection | None = None
        self._stack = AsyncExitStack()

    @asynccontextmanager
    async def of(self, id_: int) -> AsyncIterator[bool]:
        """Hold something during the block; False where somebody else does, here or in another process."""
        mine = await self._take(id_)
        try:
            yield mine
        finally:
            if mine:
                await self._let_go(id_)

    async def _take(self, id_: int) -> bool:
        async with self._turn, self._given_back_when_idle():
            if id_ in self._held:
                return False
            if self._connection is None:
                self._connection = await self._stack.enter_async_context(self._database.reading())
            mine = bool(await self._connection.scalar(_TRY, {"space": LockSpace.EFFECT, "id": lock_key(id_)}))
            if mine:
                self._held.add(id_)
            return mine

    async def _let_go(self, id_: int) -> None:
        async with self._turn, self._given_back_when_idle():
            self._held.discard(id_)
            if self._connection is not None:
                await self._connection.execute(_LET_GO, {"space": LockSpace.EFFECT, "id": lock_key(id_)})

    @asynccontextmanager
    async def _given_back_when_idle(self) -> AsyncIterator[None]:
        """Give the connection back after the last use. One that broke is not used again."""
        try:
            yield
        except BaseException:
            if self._connection is not None:
                await self._connection.close()
            await self._give_back()
            raise
        if not self._held:
            await self._give_back()

    async def _give_back(self) -> None:
        self._connection = None
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()
