"""No installation takes all the room for writing."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from mentorbot.engine.fair_scheduling import FairShare
from mentorbot.engine.retries import RetryLater


async def taken(stack: AsyncExitStack, room: FairShare, installation: int) -> int:
    """Take as many places as there are to be had; how many that were."""
    places = 0
    while True:
        try:
            await stack.enter_async_context(room.slot(installation))
        except RetryLater:
            return places
        places += 1


async def test_each_installation_leaves_as_much_as_it_takes() -> None:
    room = FairShare(16)
    async with AsyncExitStack() as stack:
        assert [await taken(stack, room, installation) for installation in (5, 6, 7)] == [8, 4, 2]
    async with AsyncExitStack() as stack:
        assert await taken(stack, room, 6) == 8


async def test_a_place_that_gets_free_soon_is_waited_for() -> None:
    room = FairShare(2)
    order: list[int] = []

    async def work(number: int) -> None:
        async with room.slot(5):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in range(50)))
    assert sorted(order) == list(range(50))


async def test_those_without_a_place_come_back_one_after_the_other() -> None:
    room = FairShare(2)
    waits = []
    async with room.slot(5):
        for _ in range(4):
            with pytest.raises(RetryLater) as put_back:
                async with room.slot(5):
                    pass
            waits.append(put_back.value.after)
    assert waits == sorted(waits)
    assert len(set(waits)) == 4
