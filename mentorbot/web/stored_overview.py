"""Answers the pages' questions from the store, without asking GitHub anything."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.config import Configuration, Problem, read_configuration
from mentorbot.core.handbook import Handbook
from mentorbot.core.ports import JournalEntry
from mentorbot.db.repositories import Workplace
from mentorbot.db.store import Store
from mentorbot.web.overview import BotStatus, ConfigProblem, RepositoryStatus, Seeding

_FINISHED = "finished"


class StoredOverview:
    """The overview of what is in the store."""

    def __init__(self, store: Store, handbook: Handbook) -> None:
        self._store = store
        self._handbook = handbook

    async def status(self) -> BotStatus:
        """How the bot is doing; private repositories are counted, but not named."""
        store = self._store
        places = await store.repositories.active()
        public = [place for place in places if not place.repository.private]
        return BotStatus(
            installations=len(await store.repositories.installations()),
            repositories=len(places),
            waiting=(await store.jobs.backlog()).waiting,
            parked=await self.parked(),
            last_delivery_at=await store.deliveries.last(),
            seeding=[
                Seeding(place.repository.full_name, _progress(place))
                for place in public
                if place.seeding != _FINISHED
            ],
            public_repositories=sorted(place.repository.full_name for place in public),
        )

    async def parked(self) -> int:
        """How much was set aside for somebody to look at."""
        deliveries, effects = await self._store.deliveries.parked(), await self._store.effects.parked()
        return len(deliveries) + len(effects)

    async def repository(self, full_name: str) -> RepositoryStatus | None:
        """One repository by present name; None where the bot may not work in it."""
        place = await self._store.repositories.named(full_name)
        if place is None or not place.active:
            return None
        configuration = await self._configuration(place.repository.id)
        return RepositoryStatus(
            id=place.repository.id,
            full_name=place.repository.full_name,
            private=place.repository.private,
            has_config=configuration.exists,
            features_on=[entry.name for entry in self._handbook.menu(configuration) if entry.is_on],
            problems=[_shown(problem) for problem in configuration.problems],
        )

    async def journal(self, full_name: str, number: int | None, *, limit: int) -> Sequence[JournalEntry]:
        """The latest entries on a repository, or on one issue or pull request."""
        place = await self._store.repositories.named(full_name)
        if place is None:
            return []
        if number is not None:
            return await self._store.journal.about(place.repository.id, number, limit=limit)
        latest = await self._store.journal.latest(repository_ids=[place.repository.id], limit=limit)
        return [entry for _, entry in latest]

    async def _configuration(self, repository_id: int) -> Configuration:
        stored = await self._store.configs.get(repository_id)
        return read_configuration(
            stored.sources if stored else (),
            sections=self._handbook.sections(),
            last_good=stored.last_good if stored else {},
        )


def _progress(place: Workplace) -> str:
    pages = f"{place.pages} page{'' if place.pages == 1 else 's'} read"
    return "about to begin" if place.seeding == "waiting" else f"reading its {place.seeding}: {pages}"


def _shown(problem: Problem) -> ConfigProblem:
    home = "" if problem.origin == "repository" else "the owner's .github repository, "
    return ConfigProblem(f"{home}line {problem.line}, column {problem.column}", problem.message)
