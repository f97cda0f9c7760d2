"""Answers the pages' questions from what the engine knows, without asking GitHub anything."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence

from mentorbot.config.configuration import ConfigProblem, Configuration
from mentorbot.core.journal import JournalEntry
from mentorbot.db.read_failures import ReadFailure
from mentorbot.db.repositories import InstalledRepository
from mentorbot.engine import Engine
from mentorbot.engine.completeness import FINISHED, progress_of
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.web.overview import (
    BackfillProgress,
    BotStatus,
    DisplayedProblem,
    RepositoryStatus,
    Whereabouts,
)

_UNREAD = Configuration(exists=False)

COUNTED_EVERY = 5.0
"""Seconds for which a status holds, for whoever asks: strangers may, as often as they like."""

_AT_ONCE = 3  # of the few connections to the store, so many are for visitors; the others are for the work


class EngineOverview:
    """The overview of what the engine knows. However many visitors come, the work has the store."""

    def __init__(
        self, engine: Engine, catalog: FeatureCatalog, *, counted_every: float = COUNTED_EVERY
    ) -> None:
        self._engine = engine
        self._catalog = catalog
        self._counted_every = counted_every
        self._counting = asyncio.Lock()
        self._counted: tuple[float, BotStatus] | None = None
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def status(self) -> BotStatus:
        """How the bot is doing, or was a moment ago; private repositories are counted, but not named."""
        async with self._counting:
            if self._counted is None or time.monotonic() - self._counted[0] >= self._counted_every:
                async with self._room:
                    self._counted = time.monotonic(), await self._count()
            return self._counted[1]

    async def _count(self) -> BotStatus:
        status = await self._engine.status()
        public = [place for place in status.repositories if not place.repository.private]
        return BotStatus(
            installations=len(status.installations),
            repositories=len(status.repositories),
            waiting=status.backlog.waiting,
            parked=status.parked,
            last_delivery_at=status.last_delivery_at,
            seeding=[
                BackfillProgress(place.repository.full_name, _progress(place, status.unread))
                for place in public
                if place.seeding != FINISHED or place.repository.id in status.unread
            ],
            public_repositories=sorted(place.repository.full_name for place in public),
        )

    async def whereabouts(self, full_name: str) -> Whereabouts | None:
        """Whether the bot works in a repository of this name: one question to the store, either way."""
        async with self._room:
            place = await self._engine.workplace(full_name)
        if place is None or not place.active:
            return None
        return Whereabouts(place.repository.id, place.repository.private)

    async def repository(self, full_name: str) -> RepositoryStatus | None:
        """One repository by present name; None where the bot may not work in it."""
        async with self._room:
            place = await self._engine.workplace(full_name)
            if place is None or not place.active:
                return None
            configuration = await self._engine.known_configuration(full_name) or _UNREAD
        return RepositoryStatus(
            id=place.repository.id,
            full_name=place.repository.full_name,
            private=place.repository.private,
            has_config=configuration.exists,
            features_on=[entry.name for entry in self._catalog.menu(configuration) if entry.is_on],
            problems=[_shown(problem) for problem in configuration.problems],
        )

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        """The latest entries on a repository, or on one issue or pull request."""
        async with self._room:
            return await self._engine.journal_of(full_name, number, limit=limit)


def _progress(place: InstalledRepository, unread: Mapping[int, Sequence[ReadFailure]]) -> str:
    """How far its past was read, and whether GitHub refuses some of it; why is for the operator to know."""
    progress = progress_of(place)
    if place.repository.id not in unread:
        return progress
    return "; ".join(filter(None, [progress, "GitHub does not let me read everything at the moment"]))


def _shown(problem: ConfigProblem) -> DisplayedProblem:
    home = "" if problem.origin == "repository" else "the owner's .github repository, "
    return DisplayedProblem(f"{home}line {problem.line}, column {problem.column}", problem.message)
