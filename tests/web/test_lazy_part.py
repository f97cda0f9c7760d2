from __future__ import annotations

import asyncio
import threading

import pytest

from mentorbot.web.lazy_part import LazyPart


async def test_it_is_built_once_however_many_ask_at_the_same_time() -> None:
    built: list[object] = []

    def build() -> object:
        built.append(object())
        return built[-1]

    part = LazyPart(build)
    assert not built

    assert {*await asyncio.gather(part(), part()), await part()} == {*built}
    assert len(built) == 1


async def test_others_go_on_while_it_is_built() -> None:
    asked_meanwhile = threading.Event()

    def build() -> bool:
        return asked_meanwhile.wait(30)

    building = asyncio.create_task(LazyPart(build)())
    await asyncio.sleep(0)
    asked_meanwhile.set()
    assert await building


async def test_what_could_not_be_built_is_tried_again() -> None:
    tries: list[int] = []

    def build() -> int:
        tries.append(len(tries))
        if len(tries) == 1:
            raise ValueError("not yet")
        return len(tries)

    part = LazyPart(build)
    with pytest.raises(ValueError, match="not yet"):
        await part()
    assert await part() == 2
