"""Advisory locks: what only one at a time may do in the whole database, each kind in a space of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from enum import IntEnum

from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import Database


class LockSpace(IntEnum):
    """What is locked. Never renumber: bots of two versions may work on one database."""

    MIGRATION = 7_263_001  # two servers that start together migrate one after the other
    EFFECT = 7_263_002
    WRITE_RATE = 7_263_003
    MENTION = 7_263_004
    COMMAND_QUOTA = 7_263_005
    SILENCE = 7_263_006
    HELD_GREETINGS = 7_263_007


def lock_key(id_: int) -> int:
    """An id as a key within a space, which has 32 bits; two ids that share one merely wait for each other."""
    return id_ % 2**31


async def lock_until_commit(connection: AsyncConnection, space: LockSpace, id_: int) -> None:
    """Wait until nobody else holds this, and hold it until the transaction ends."""
    await connection.execute(_LOCK, {"space": space, "id": lock_key(id_)})


async def share_until_commit(connection: AsyncConnection, space: LockSpace, id_: int) -> None:
    """Wait until nobody has this to themselves, and let nobody until the transaction ends."""
    await connection.execute(_SHARE, {"space": space, "id": lock_key(id_)})


_LOCK = text("SELECT pg_advisory_xact_lock(:space, :id)")
_SHARE = text("SELECT pg_advisory_xact_lock_shared(:space, :id)")
_TRY = text("SELECT pg_try_advisory_lock(:space, :id)")
_LET_GO = text("SELECT pg_advisory_unlock(:space, :id)")


class EffectLocks:
    """The effects that this process holds while it does them.

    The database lets go by itself when the process dies, and only then: a worker that merely hangs keeps what
    it holds. The connection is given back when nothing is held.
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
