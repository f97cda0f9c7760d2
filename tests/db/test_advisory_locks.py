"""A process holds what it does, and needs one connection for all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import psycopg
import pytest

from mentorbot.db.connection import text
from mentorbot.db.store import Store


@asynccontextmanager
async def another(store: Store) -> AsyncIterator[Store]:
    """Another process on the same database."""
    other = Store(store.url)
    await other.start()
    try:
        yield other
    finally:
        await other.close()


async def test_what_one_holds_nobody_else_gets_until_it_is_let_go(store: Store) -> None:
    async with another(store) as other, store.effects.held(7) as mine:
        async with store.effects.held(7) as twice, other.effects.held(7) as elsewhere:
            assert (mine, twice, elsewhere) == (True, False, False)
        async with other.effects.held(8) as free:
            assert free
    async with store.effects.held(7) as again:
        assert again


async def test_a_hundred_are_held_by_one_connection(store: Store) -> None:
    async with AsyncExitStack() as stack:
        holds = [stack.enter_async_context(store.effects.held(id_)) for id_ in range(100)]
        assert all(await asyncio.gather(*holds))
        async with store.transaction() as connection:
            held = await connection.scalar(
                text("SELECT count(DISTINCT pid) FROM pg_locks WHERE classid = 7263002")
            )
    assert held == 1


async def test_what_was_held_by_a_lost_connection_is_let_go_and_others_can_be_held(store: Store) -> None:
    with pytest.raises(psycopg.Error):
        async with store.effects.held(7), store.transaction() as connection:
            await connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE classid = 7263002")
            )
    async with store.effects.held(7) as mine:
        assert mine
