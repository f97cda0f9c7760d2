"""What the pages show, from what the store knows: few questions to it at once, one an hour to GitHub."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mentorbot.config.configuration import ConfigProblem, Configuration
from mentorbot.config.other_bots.reading import OtherBot
from mentorbot.core.entities import Repository
from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.journal import JournalEntry
from mentorbot.core.languages import SOURCE
from mentorbot.core.people import Person
from mentorbot.engine.engine import Engine
from mentorbot.engine.status import Status
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.feature_api.ports import WouldHaveSaid

_UNREAD = Configuration(exists=False)

COUNTED_EVERY = 5.0
"""Seconds for which a status holds, for whoever asks: strangers may, as often as they like."""

_MOST_NOT_SAID = 30
_OWNER_EVERY, _ASKED_AGAIN_AFTER = 3600.0, 60.0  # seconds; the second where GitHub did not answer
_AT_ONCE = 3  # of the few connections to the store, so many are for visitors; the others are for the work


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryOverview:
    """A repository, what the bot does in it and in which language, and what is wrong with its config.

    `other_bots` are those to whom is left what they do there. `tidied` is true where all that was ours was
    taken back. In shadow, `would_have_said` is what it would have written, the latest first; None where it is
    live.
    """

    repository: Repository
    has_config: bool
    features_on: Sequence[str]
    problems: Sequence[ConfigProblem]
    language: str = SOURCE
    other_bots: Sequence[OtherBot] = ()
    would_have_said: Sequence[WouldHaveSaid] | None = None
    tidied: bool = False


class PageSource(Protocol):
    """Answers the pages' questions: `EngineOverview`, or what a test says."""

    async def status(self) -> Status:
        """How the bot is doing, or was a moment ago."""
        ...

    async def owner(self) -> Person | None:
        """The account to which the App belongs; None where GitHub does not tell."""
        ...

    async def repository_named(self, full_name: str) -> Repository | None:
        """The repository of this name that the bot works in; takes as long where there is none."""
        ...

    async def repository(self, full_name: str) -> RepositoryOverview | None:
        """The same, with what its page shows."""
        ...

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        """What was done or not in a repository, or in one issue or pull request of it; newest first."""
        ...


class EngineOverview:
    """Answers from what the engine knows. However many visitors come, the work has the store."""

    def __init__(
        self, engine: Engine, catalog: FeatureCatalog, *, counted_every: float = COUNTED_EVERY
    ) -> None:
        self._engine = engine
        self._catalog = catalog
        self._counted_every = counted_every
        self._counting = asyncio.Lock()
        self._counted: tuple[float, Status] | None = None
        self._owner: tuple[float, Person | None] | None = None
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def status(self) -> Status:
        async with self._counting:
            if self._counted is None or time.monotonic() - self._counted[0] >= self._counted_every:
                async with self._slots:
                    self._counted = time.monotonic(), await self._engine.status()
            return self._counted[1]

    async def owner(self) -> Person | None:
        if self._owner is None or time.monotonic() >= self._owner[0]:
            async with self._slots:
                try:
                    found, lasts = await self._engine.owner(), _OWNER_EVERY
                except GitHubUnavailable:
                    found, lasts = None, _ASKED_AGAIN_AFTER
            self._owner = time.monotonic() + lasts, found
        return self._owner[1]

    async def repository_named(self, full_name: str) -> Repository | None:
        async with self._slots:
            workplace = await self._engine.workplace(full_name)
        return workplace.repository if workplace is not None and workplace.active else None

    async def repository(self, full_name: str) -> RepositoryOverview | None:
        async with self._slots:
            workplace = await self._engine.workplace(full_name)
            if workplace is None or not workplace.active:
                return None
            configuration = await self._engine.known_configuration(full_name) or _UNREAD
            said = None
            if configuration.is_shadow:
                said = await self._engine.would_have_said(full_name, limit=_MOST_NOT_SAID)
        return RepositoryOverview(
            repository=workplace.repository,
            has_config=configuration.exists,
            features_on=[entry.name for entry in self._catalog.menu(configuration) if entry.is_on],
            problems=configuration.problems,
            language=configuration.language,
            other_bots=configuration.heeded_bots,
            would_have_said=said,
            tidied=workplace.tidied,
        )

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        async with self._slots:
            return await self._engine.journal_of(full_name, number, limit=limit)
