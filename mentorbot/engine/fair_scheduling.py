"""Shares the room for writing among installations, so that a slow one leaves some to others."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from mentorbot.engine.retries import RetryLater

_STANDSTILL = 0.5  # seconds in which nothing ended: waiting for a place would only keep others from theirs
_BETWEEN = 0.25  # seconds between those that come back, as coming back takes room, too


class FairShare:
    """So many slots; an installation gets no more of them than it leaves to the others."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._taken: Counter[int] = Counter()
        self._change = asyncio.Condition()
        self._changed: dict[int, float] = {}
        self._next: dict[int, float] = {}

    @asynccontextmanager
    async def slot(self, installation_id: int) -> AsyncIterator[None]:
        """A slot during the block. Raises RetryLater where none will be free soon."""
        async with self._change:
            while self._taken[installation_id] >= self._places - self._taken.total():
                left = self._changed.get(installation_id, 0.0) + _STANDSTILL - _now()
                if left <= 0:
                    raise RetryLater("much is under way there", after=self._next_turn(installation_id))
                with suppress(TimeoutError):
                    async with asyncio.timeout(left):
                        await self._change.wait()
            self._taken[installation_id] += 1
            self._changed[installation_id] = _now()
        try:
            yield
        finally:
            async with self._change:
                self._taken[installation_id] -= 1
                self._changed[installation_id] = _now()
                if not self._taken[installation_id]:
                    for memory in (self._taken, self._changed):
                        del memory[installation_id]
                self._change.notify_all()

    def _next_turn(self, installation_id: int) -> timedelta:
        """When to come back: one after the other, in the order in which they came."""
        now = _now()
        turn = max(self._next.get(installation_id, 0.0), now + _BETWEEN)
        still = {id_: at for id_, at in self._next.items() if at > now}
        self._next = still | {installation_id: turn + _BETWEEN}
        return timedelta(seconds=turn - now)


def _now() -> float:
    return asyncio.get_running_loop().time()
