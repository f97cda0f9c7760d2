from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

from mentorbot.wiring import Bot, _work
from tests.patience import PATIENCE

NOBODY_THERE = "postgresql://nobody@127.0.0.1:1/nothing"


@dataclass
class StoreThatComesBack:
    """Not there when it is looked for first; afterwards a database with all tables."""

    there: str
    asked: int = 0

    @property
    def url(self) -> str:
        self.asked += 1
        return NOBODY_THERE if self.asked == 1 else self.there

    async def check(self) -> None:
        assert self.asked > 1


@dataclass
class WorkingEngine:
    worked: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_worker(self, stop: asyncio.Event) -> None:
        assert not stop.is_set()
        self.worked.set()


@dataclass
class PartsOfBot:
    store: StoreThatComesBack
    engine: WorkingEngine = field(default_factory=WorkingEngine)


async def test_a_worker_waits_for_a_store_that_dies_as_it_starts(database_url: str) -> None:
    bot: Any = PartsOfBot(StoreThatComesBack(database_url))
    async with asyncio.timeout(PATIENCE):
        await _work(cast("Bot", bot), asyncio.Event())
    assert bot.engine.worked.is_set()
    assert bot.store.asked == 2
