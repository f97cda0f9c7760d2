"""Keeps track of where the bot may work: installations come and go, repositories change their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from cachetools import LRUCache

from mentorbot.core.entities import Repository
from mentorbot.core.events import (
    InstallationChanged,
    LoginChanged,
    RepositoriesAdded,
    RepositoriesRemoved,
    RepositoryChanged,
)
from mentorbot.db.store import Store
from mentorbot.engine.jobs import backfill_job
from mentorbot.engine.parse_delivery import ParsedDelivery
from mentorbot.github.webhook_event import AnyEvent

_MOST_IN_MEMORY = 5_000
_AFTER_THE_NEWS = timedelta(seconds=30)  # what made us meet a repository is answered first, with few requests
_STATES = {
    "created": "active",
    "unsuspended": "active",
    "new_permissions_accepted": "active",
    "suspended": "suspended",
    "deleted": "deleted",
}
_NO_LONGER = "I may not work in this repository any more"

log = structlog.get_logger("engine.installations")


class Installations:
    """Updates the store from what deliveries say, and starts the backfill of new repositories."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: LRUCache[int, tuple[Repository, int]] = LRUCache(_MOST_IN_MEMORY)

    async def update_from(self, parsed: ParsedDelivery) -> None:
        as_of = parsed.delivery.received_at
        for heard in parsed.all_events:
            await self._update_from(heard, as_of)
        repository = parsed.repository
        installation_id = parsed.events[0].installation_id if repository else 0
        gone = any(isinstance(h, RepositoryChanged) and h.change == "deleted" for h in parsed.all_events)
        if repository is not None and installation_id and not gone:
            await self._update_repository(repository, installation_id, as_of)

    async def add_repositories(
        self,
        installation_id: int,
        repositories: Sequence[Repository],
        *,
        as_of: datetime,
        after: timedelta | None = None,
    ) -> None:
        """The bot may work in these repositories; the past of new ones is read in the background, `after`."""
        new = await self._store.repositories.put(installation_id, repositories, as_of=as_of)
        if new:  # whoever installs the App again wants it to work
            await self._store.tidying.lift(new)
        for repository in repositories:
            if repository.id in new:
                await self.start_backfill(repository, after=after)

    async def remove_repositories(
        self, installation_id: int, repository_ids: Sequence[int] | None, *, as_of: datetime
    ) -> None:
        """The bot may no longer work in these repositories (None: in none of the installation)."""
        left = await self._store.repositories.leave(installation_id, repository_ids, as_of=as_of)
        dropped = await self._store.effects.drop_all(left, why=_NO_LONGER)
        for repository_id in left:
            self._seen.pop(repository_id, None)
        log.info("repositories_removed", installation=installation_id, repositories=left, dropped=dropped)

    async def start_backfill(self, repository: Repository, *, after: timedelta | None = None) -> None:
        """Read a repository's past (again), from its newest page on."""
        async with self._store.transaction() as connection:
            await self._store.repositories.progress(
                connection, repository.id, stage="waiting", cursor=None, pages=0
            )
            await self._store.jobs.defer(connection, [backfill_job(repository.id, after=after)])
        log.info("backfill_started", repository=repository.full_name)

    async def _update_from(self, heard: AnyEvent, as_of: datetime) -> None:
        if isinstance(heard, InstallationChanged):
            state = _STATES.get(heard.change, "active")
            await self._store.repositories.put_installation(
                heard.installation_id, heard.account, state=state, as_of=as_of
            )
            log.info("installation_changed", installation=heard.installation_id, change=heard.change)
        elif isinstance(heard, RepositoriesAdded):
            await self._store.repositories.put_installation(
                heard.installation_id, heard.account, state="active", as_of=as_of
            )
            await self.add_repositories(heard.installation_id, heard.repositories, as_of=as_of)
        elif isinstance(heard, RepositoriesRemoved):
            ids = [repository.id for repository in heard.repositories] or None
            await self.remove_repositories(heard.installation_id, ids, as_of=as_of)
        elif isinstance(heard, LoginChanged):
            await self._store.repositories.rename_owner(heard.person)
            self._seen.clear()
        elif isinstance(heard, RepositoryChanged) and heard.change == "deleted":
            await self.remove_repositories(heard.installation_id, [heard.repository.id], as_of=as_of)

    async def _update_repository(self, repository: Repository, installation_id: int, as_of: datetime) -> None:
        """Keep a repository's present name and nature; nothing to write for one that is as we know it."""
        known = repository, installation_id
        if self._seen.get(repository.id) == known:
            return
        await self.add_repositories(installation_id, [repository], as_of=as_of, after=_AFTER_THE_NEWS)
        self._seen[repository.id] = known
