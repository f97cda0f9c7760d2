from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from mentorbot.db.batcher import Batcher


class Doubling:
    """Doubles numbers, slowly; remembers in which lots they came. Odd ones over 100 can't be done."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []

    async def __call__(self, lot: Sequence[int]) -> Sequence[int]:
        self.lots.append(list(lot))
        await asyncio.sleep(0.001)
        if any(number > 100 and number % 2 for number in lot):
            raise ValueError(f"cannot do {lot}")
        return [2 * number for number in lot]


async def test_what_arrives_meanwhile_is_done_together_next() -> None:
    work = Doubling()
    gathering = Batcher(work)

    first = asyncio.create_task(gathering(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    rest = [asyncio.create_task(gathering(number)) for number in range(2, 6)]

    assert await first == 2
    assert await asyncio.gather(*rest) == [4, 6, 8, 10]
    assert work.lots == [[1], [2, 3, 4, 5]]


async def test_it_waits_a_moment_for_company() -> None:
    work = Doubling()
    gathering = Batcher(work, linger=0.005)
    await gathering(0)

    async def soon() -> int:
        await asyncio.sleep(0.001)
        return await gathering(2)

    first, second = await asyncio.gather(gathering(1), soon())

    assert (first, second) == (2, 4)
    assert work.lots == [[0], [1, 2]]


async def test_what_comes_after_a_quiet_time_waits_for_nobody() -> None:
    work = Doubling()
    gathering = Batcher(work, linger=3600)

    assert await gathering(1) == 2


async def test_a_lot_is_never_larger_than_it_may_be() -> None:
    work = Doubling()
    gathering = Batcher(work, most=2)

    await asyncio.gather(*(gathering(number) for number in range(5)))

    assert max(map(len, work.lots)) == 2


async def test_one_that_cannot_be_done_spoils_no_other() -> None:
    gathering = Batcher(Doubling())

    results = await asyncio.gather(*(gathering(number) for number in (1, 101, 3)), return_exceptions=True)

    assert results[0] == 2
    assert isinstance(results[1], ValueError)
    assert results[2] == 6


async def test_who_gives_up_waiting_does_not_disturb_the_rest() -> None:
    gathering = Batcher(Doubling())

    gone, stays = asyncio.create_task(gathering(1)), asyncio.create_task(gathering(2))
    await asyncio.sleep(0)
    gone.cancel()

    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone
