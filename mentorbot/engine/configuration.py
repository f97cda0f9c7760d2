"""What is configured where: read from GitHub once, then from our store until a push says otherwise."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar

import structlog
from cachetools import LRUCache

from mentorbot.config.configuration import (
    CONFIG_PATH,
    Configuration,
    Source,
    proposed_configuration,
    read_configuration,
)
from mentorbot.config.other_bots.families import worth_reading
from mentorbot.config.other_bots.files import is_other_bots_file
from mentorbot.config.other_bots.found import found_in
from mentorbot.config.other_bots.reading import OtherBot
from mentorbot.config.section import Section
from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import BranchPushed, Event, RepositoryChanged
from mentorbot.core.translator import phrase
from mentorbot.db.batcher import LINGER, Batcher
from mentorbot.db.configs import ConfigVersion, StoredConfig
from mentorbot.db.store import Store
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.limited_process import CPU_SECONDS, OutOfResources, run_limited
from mentorbot.engine.shadow import change_mode
from mentorbot.feature_api.feature_catalog import FeatureCatalog

LOOK_AGAIN_AFTER = timedelta(hours=6)
"""Pushes tell of changes at once; this is for those to `.github` repositories the App isn't installed on."""

SHORT = 2048
"""Characters that are read at once. `bench/strangers.py` measures the worst that fits into them."""

MOST_QUICK_FILES = 5
"""Of other bots: more than these are not read at once, however short."""

MOST_BRACKETS = 40
"""Opening ones in what is read at once: what ruamel.yaml does with each grows with how many are open."""

TOO_COMPLICATED = phrase(
    "It takes too long to understand, or too much memory. "
    "Make it shorter and simpler: lists with thousands of entries are the likely reason."
)

NO_FILE = "no file"
"""What `seen_in` says where a repository has no config file of its own."""

_MOST_IN_MEMORY = 500
_OWNERS_REPOSITORY = ".github"
_CHANGES_THAT_MATTER = frozenset({"renamed", "transferred", "edited", "publicized", "privatized"})

R = TypeVar("R")

log = structlog.get_logger("engine.configuration")


class ConfigReader:
    """Reads config files: strangers write them, and nobody else may wait for that.

    What is short and flat is read at once, everything else by a process of its own: one at a time of those in
    force, and one of those that somebody proposes, as anybody may do as often as they like.
    """

    def __init__(self, *, cpu_seconds: int = CPU_SECONDS) -> None:
        self._cpu_seconds = cpu_seconds
        self._one_at_a_time = asyncio.Semaphore()
        self._one_proposal_at_a_time = asyncio.Semaphore()

    async def read(
        self,
        sources: Sequence[Source],
        *,
        sections: Mapping[str, type[Section]],
        last_good: Mapping[str, Any],
    ) -> Configuration:
        """See `read_configuration`. A file that takes too long is told as one that can't be read."""
        long = {source.origin for source in sources if not _is_quick(source.text)}
        known: dict[str, Any] = {"sections": sections, "last_good": last_good}
        if not long:
            return read_configuration(sources, **known)
        try:
            async with self._one_at_a_time:
                return await self._in_process(read_configuration, sources, **known)
        except OutOfResources:
            refused = [
                replace(source, refusal=TOO_COMPLICATED) if source.origin in long else source
                for source in sources
            ]
            return read_configuration(refused, **known)

    async def propose(self, text: str | None, current: Configuration) -> Configuration:
        """See `proposed_configuration`."""
        if _is_quick(text):
            return proposed_configuration(text, current)
        try:
            async with self._one_proposal_at_a_time:
                return await self._in_process(proposed_configuration, text, current)
        except OutOfResources:
            return proposed_configuration(text, current, refusal=TOO_COMPLICATED)

    async def find_other_bots(self, texts: Mapping[str, str]) -> tuple[OtherBot, ...] | None:
        """The bots that these files set up (see `found_in`); None where it takes too long to find out."""
        worth_it = worth_reading(texts)
        if all(_is_quick(text) for text in worth_it.values()) and len(worth_it) <= MOST_QUICK_FILES:
            return found_in(worth_it)
        try:
            async with self._one_at_a_time:
                return await self._in_process(found_in, worth_it)
        except OutOfResources:
            return None

    async def _in_process(self, read: Callable[..., R], *arguments: Any, **more: Any) -> R:
        return await run_limited(read, *arguments, cpu_seconds=self._cpu_seconds, **more)


class Configurations:
    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        catalog: FeatureCatalog,
        clock: Clock,
        reader: ConfigReader | None = None,
    ) -> None:
        self._store = store
        self._app = app
        self._sections = catalog.sections()
        self._clock = clock
        self._reader = reader or ConfigReader()
        self._memory: LRUCache[int, tuple[int, Configuration]] = LRUCache(_MOST_IN_MEMORY)
        self._version = Batcher(self._versions, linger=LINGER)
        self._asking: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._parsing: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, repository: Repository, installation_id: int) -> Configuration:
        """The configuration in force; asks GitHub only when it was never read, or is known to have changed.

        Raises what `mentorbot.core.errors` names when GitHub has to be asked and doesn't answer.
        """
        version = await self._version(repository.id)
        if version is None or version.stale:
            return await self._read(repository, installation_id, unless_known=True)
        return self._remembered(repository.id, version.version) or (
            await self.known(repository.id)
            or await self._read(repository, installation_id, unless_known=True)  # it went away just now
        )

    async def known(self, repository_id: int) -> Configuration | None:
        """The configuration as far as we know it, without asking GitHub."""
        stored = await self._stored(repository_id)
        return await self._parsed(repository_id, stored) if stored else None

    async def at_hand(self, repository_id: int) -> Configuration | None:
        """As it was last read, at no cost here; it may be a little behind: good for words, not for acts."""
        remembered = self._memory.get(repository_id)
        return remembered[1] if remembered is not None else await self.known(repository_id)

    async def refresh(self, repository: Repository, installation_id: int) -> Configuration:
        return await self._read(repository, installation_id, unless_known=False)

    async def _read(
        self, repository: Repository, installation_id: int, *, unless_known: bool
    ) -> Configuration:
        async with self._asking[repository.id]:
            before = await self._stored(repository.id)
            if unless_known and before is not None and not before.stale:  # somebody else was faster
                return await self._parsed(repository.id, before)
            sources: Sequence[Source] = await self._app.reader(installation_id, repository).config_sources()
            last_good = before.last_good if before else {}
            if await self._is_tidied(repository, sources):
                sources = [replace(source, text=None, refusal="") for source in sources]
                last_good = {}
            configuration = await self._reader.read(sources, sections=self._sections, last_good=last_good)
            if configuration.exists:
                bots = await self._other_bots(repository, installation_id, before)
                configuration = replace(configuration, other_bots=bots)
            now, shadow = self._clock(), configuration.is_shadow
            async with self._store.transaction() as connection:
                await change_mode(connection, self._store, repository.id, shadow=shadow, now=now)
                await self._store.configs.put(
                    repository.id,
                    sources,
                    configuration.good_values,
                    other_bots=configuration.other_bots,
                    now=now,
                    shadow=shadow,
                    seen=before.version if before else None,
                    within=connection,
                )
            after = await self._stored(repository.id)
        self._asking.pop(repository.id, None)
        if configuration.problems:
            log.warning(
                "config_has_problems",
                repository=repository.full_name,
                problems=sum(problem.stands_for for problem in configuration.problems),
            )
        return replace(configuration, mode_since=after.mode_since if after else None)

    async def _other_bots(
        self, repository: Repository, installation_id: int, before: StoredConfig | None
    ) -> tuple[OtherBot, ...] | None:
        """Which other bots act there: one question, as often as the config is read.

        While GitHub fails, those known before are taken to be there still: all else goes on without this
        question. Where it can't tell, nothing is held back.
        """
        try:
            texts = await self._app.reader(installation_id, repository).other_bots_files()
        except (GitHubUnavailable, Impossible, AccessLost) as error:
            log.warning("other_bots_unknown", repository=repository.full_name, why=error.why)
            if before is None or not isinstance(error, GitHubUnavailable):
                return None
            return before.other_bots
        return None if texts is None else await self._reader.find_other_bots(texts)

    async def _is_tidied(self, repository: Repository, sources: Sequence[Source]) -> bool:
        """Whether no file counts here, as all that was ours was taken back and its own file is as it was.

        A file that is put there, or changed, means that the bot is wanted again.
        """
        before, now = await self._store.tidying.held(repository.id), seen_in(sources)
        if before is None or before == now:
            return before is not None
        if now == NO_FILE:
            await self._store.tidying.hold(repository.id, seen=now, now=self._clock())
            return True
        await self._store.tidying.lift([repository.id])
        log.info("wanted_again", repository=repository.full_name)
        return False

    async def invalidate(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, BranchPushed) and _touches_config(event):
                is_owners = event.repository.name == _OWNERS_REPOSITORY
                await self._store.configs.mark_stale(
                    repository_id=event.repository.id,
                    owner_id=event.repository.owner.id if is_owners else None,
                )
            if isinstance(event, RepositoryChanged) and event.change in _CHANGES_THAT_MATTER:
                await self._store.configs.mark_stale(repository_id=event.repository.id)

    async def _versions(self, repository_ids: Sequence[int]) -> Sequence[ConfigVersion | None]:
        found = await self._store.configs.versions(set(repository_ids))
        return [found.get(repository_id) for repository_id in repository_ids]

    async def _stored(self, repository_id: int) -> StoredConfig | None:
        return (await self._store.configs.load([repository_id])).get(repository_id)

    def _remembered(self, repository_id: int, version: int) -> Configuration | None:
        remembered = self._memory.get(repository_id)
        return remembered[1] if remembered is not None and remembered[0] == version else None

    async def _parsed(self, repository_id: int, stored: StoredConfig) -> Configuration:
        async with self._parsing[repository_id]:
            if (remembered := self._remembered(repository_id, stored.version)) is not None:
                return remembered
            configuration = await self._reader.read(
                stored.sources, sections=self._sections, last_good=stored.last_good
            )
            configuration = replace(configuration, other_bots=stored.other_bots, mode_since=stored.mode_since)
            self._memory[repository_id] = stored.version, configuration
        self._parsing.pop(repository_id, None)
        return configuration


def seen_in(sources: Sequence[Source]) -> str:
    """What tells a repository's own file from any other one; `NO_FILE` where there is none."""
    own = next((source.text for source in sources if source.origin == "repository"), None)
    return NO_FILE if own is None else sha256(own.encode()).hexdigest()


def _touches_config(push: BranchPushed) -> bool:
    """True also where the push doesn't say what it touched (a branch set back, too many commits to list)."""
    return push.is_on_default_branch and (
        not push.touched_paths
        or any(path == CONFIG_PATH or is_other_bots_file(path) for path in push.touched_paths)
    )


def _is_quick(text: str | None) -> bool:
    return text is None or (len(text) <= SHORT and text.count("[") + text.count("{") <= MOST_BRACKETS)
