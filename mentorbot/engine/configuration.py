"""What is configured where: read from GitHub once, then from our store until a push says otherwise."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from datetime import timedelta

import structlog

from mentorbot.config.configuration import CONFIG_PATH, Configuration
from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.events import BranchPushed, Event, RepositoryChanged
from mentorbot.db.batcher import LINGER, Batcher
from mentorbot.db.configs import StoredConfig
from mentorbot.db.store import Store
from mentorbot.engine.config_process import ConfigProcess
from mentorbot.engine.github_client import AppClient
from mentorbot.feature_api.feature_catalog import FeatureCatalog

LOOK_AGAIN_AFTER = timedelta(hours=6)
"""Pushes tell of changes at once; this is for those to `.github` repositories the App isn't installed on."""

_MOST_IN_MEMORY = 500
_OWNERS_REPOSITORY = ".github"
_CHANGES_THAT_MATTER = frozenset({"renamed", "transferred", "edited", "publicized", "privatized"})

log = structlog.get_logger("engine.configuration")


class Configurations:
    """Knows the configuration in force in each repository."""

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        catalog: FeatureCatalog,
        clock: Clock,
        reader: ConfigProcess | None = None,
    ) -> None:
        self._store = store
        self._app = app
        self._sections = catalog.sections()
        self._clock = clock
        self._reader = reader or ConfigProcess()
        self._memory: OrderedDict[int, tuple[int, Configuration]] = OrderedDict()
        self._stored = Batcher(self._load, linger=LINGER)
        self._asking: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._parsing: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, repository: Repository, installation_id: int) -> Configuration:
        """The configuration in force; asks GitHub only when it was never read, or is known to have changed.

        Raises what `mentorbot.core.errors` names when GitHub has to be asked and doesn't answer.
        """
        stored = await self._stored(repository.id)
        if stored is None or stored.stale:
            return await self._read(repository, installation_id, unless_known=True)
        return await self._parsed(repository.id, stored)

    async def known(self, repository_id: int) -> Configuration | None:
        """The configuration as far as we know it, without asking GitHub."""
        stored = await self._stored(repository_id)
        return await self._parsed(repository_id, stored) if stored else None

    async def refresh(self, repository: Repository, installation_id: int) -> Configuration:
        """Read the files from GitHub now."""
        return await self._read(repository, installation_id, unless_known=False)

    async def _read(
        self, repository: Repository, installation_id: int, *, unless_known: bool
    ) -> Configuration:
        async with self._asking[repository.id]:
            before = (await self._load([repository.id]))[0]
            if unless_known and before is not None and not before.stale:  # somebody else was faster
                return await self._parsed(repository.id, before)
            sources = await self._app.reader(installation_id, repository).config_sources()
            configuration = await self._reader.read(
                sources, sections=self._sections, last_good=before.last_good if before else {}
            )
            await self._store.configs.put(
                repository.id, sources, configuration.good_values, now=self._clock()
            )
        self._asking.pop(repository.id, None)
        if configuration.problems:
            log.warning(
                "config_has_problems",
                repository=repository.full_name,
                problems=sum(problem.stands_for for problem in configuration.problems),
            )
        return configuration

    async def notice(self, events: Sequence[Event]) -> None:
        """Mark what these events make out of date."""
        for event in events:
            if isinstance(event, BranchPushed) and _touches_config(event):
                is_owners = event.repository.name == _OWNERS_REPOSITORY
                await self._store.configs.mark_stale(
                    repository_id=event.repository.id,
                    owner_id=event.repository.owner.id if is_owners else None,
                )
            if isinstance(event, RepositoryChanged) and event.change in _CHANGES_THAT_MATTER:
                await self._store.configs.mark_stale(repository_id=event.repository.id)

    async def _load(self, repository_ids: Sequence[int]) -> Sequence[StoredConfig | None]:
        found = await self._store.configs.load(set(repository_ids))
        return [found.get(repository_id) for repository_id in repository_ids]

    async def _parsed(self, repository_id: int, stored: StoredConfig) -> Configuration:
        async with self._parsing[repository_id]:
            remembered = self._memory.get(repository_id)
            if remembered is not None and remembered[0] == stored.version:
                self._memory.move_to_end(repository_id)
                return remembered[1]
            configuration = await self._reader.read(
                stored.sources, sections=self._sections, last_good=stored.last_good
            )
            self._memory[repository_id] = stored.version, configuration
        self._parsing.pop(repository_id, None)
        while len(self._memory) > _MOST_IN_MEMORY:
            self._memory.popitem(last=False)
        return configuration


def _touches_config(push: BranchPushed) -> bool:
    """True also where the push doesn't say what it touched (a branch set back, too many commits to list)."""
    return push.is_on_default_branch and (not push.touched_paths or CONFIG_PATH in push.touched_paths)
