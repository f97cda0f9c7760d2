"""Who knows what in each repository: an index of the stored past, made anew at most once an hour."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from mentorbot.core.clock import Clock
from mentorbot.db.observations import Observations
from mentorbot.db.store import Store
from mentorbot.domain.expertise import Expertise

LOOKS_BACK = timedelta(days=730)
"""What is older weighs next to nothing."""

MOST_THREADS = 5_000
"""Issues and pull requests an index is made of; the latest ones. Some 20 MB in memory at most."""

_GOOD_FOR = timedelta(hours=1)
_MOST_IN_MEMORY = 4


@dataclass(frozen=True, slots=True)
class _Kept:
    made_at: datetime
    forgot_at: datetime | None
    expertise: Expertise


class ExpertiseCache:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._pasts = Observations(store.database)
        self._clock = clock
        self._kept: LRUCache[int, _Kept] = LRUCache(_MOST_IN_MEMORY)
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, repository_id: int) -> Expertise:
        """The index of a repository, at most an hour old; nobody who was forgotten since is in it."""
        async with self._making[repository_id]:
            now, kept = self._clock(), self._kept.get(repository_id)
            forgot_at = await self._store.forgetting.last()
            if kept is None or abs(now - kept.made_at) >= _GOOD_FOR or kept.forgot_at != forgot_at:
                seen = await self._pasts.observations(
                    repository_id, since=now - LOOKS_BACK, most=MOST_THREADS
                )
                # A second of arithmetic for a large repository: webhooks go on being heard meanwhile.
                kept = _Kept(now, forgot_at, await asyncio.to_thread(Expertise, seen))
                self._kept[repository_id] = kept
        return kept.expertise
