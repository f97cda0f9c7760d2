"""What is told from a repository's stored past, worked out anew at most once an hour."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from cachetools import LRUCache

from mentorbot.core.clock import Clock
from mentorbot.db.observations import Observations
from mentorbot.db.store import Store
from mentorbot.domain.expertise import Expertise
from mentorbot.domain.project_people import ProjectPeople

LOOKS_BACK = timedelta(days=730)
"""What is older weighs next to nothing for who knows what."""

MOST_THREADS = 5_000
"""Issues and pull requests that expertise is told from; the latest ones. Some 20 MB in memory at most."""

_GOOD_FOR = timedelta(hours=1)
_MOST_INDEXES = 4
_MOST_PROJECTS = 1_000

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    made_at: datetime
    forgot_at: datetime | None
    value: V


class HourlyCache(Generic[V]):
    """Something by repository: at most an hour old, and nobody who was forgotten since is in it."""

    def __init__(
        self, store: Store, clock: Clock, make: Callable[[int, datetime], Awaitable[V]], *, most: int
    ) -> None:
        self._store, self._clock, self._make = store, clock, make
        self._kept: LRUCache[int, _Kept[V]] = LRUCache(most)
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, repository_id: int) -> V:
        async with self._making[repository_id]:
            now, kept = self._clock(), self._kept.get(repository_id)
            forgot_at = await self._store.forgetting.last()
            if kept is None or abs(now - kept.made_at) >= _GOOD_FOR or kept.forgot_at != forgot_at:
                kept = _Kept(now, forgot_at, await self._make(repository_id, now))
                self._kept[repository_id] = kept
        return kept.value


def expertise_cache(store: Store, clock: Clock) -> HourlyCache[Expertise]:
    """Who knows what."""
    pasts = Observations(store.database)

    async def make(repository_id: int, now: datetime) -> Expertise:
        seen = await pasts.observations(repository_id, since=now - LOOKS_BACK, most=MOST_THREADS)
        # A second of arithmetic for a large repository: webhooks go on being heard meanwhile.
        return await asyncio.to_thread(Expertise, seen)

    return HourlyCache(store, clock, make, most=_MOST_INDEXES)


def project_people_cache(store: Store, clock: Clock) -> HourlyCache[ProjectPeople]:
    """Who has a name there by what they did."""

    async def make(repository_id: int, _now: datetime) -> ProjectPeople:
        return await store.people.project_people(repository_id)

    return HourlyCache(store, clock, make, most=_MOST_PROJECTS)
