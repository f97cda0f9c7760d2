"""Keeps track of where the bot may work: installations come and go, repositories change their names."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from mentorbot.core.entities import Repository
from mentorbot.core.events import (
    InstallationChanged,
    LoginChanged,
    RepositoriesAdded,
    RepositoriesRemoved,
    RepositoryChanged,
)
from mentorbot.db.jobs import Job
from mentorbot.db.store import Store
from mentorbot.engine.parse_delivery import ParsedDelivery
from mentorbot.engine.tasks import SEED, SEED_LATER
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
    """Takes note of installations and repositories."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: OrderedDict[int, tuple[Repository, int]] = OrderedDict()

    async def notice(self, understood: ParsedDelivery) -> None:
        """Take note of what a delivery says about where the bot may work."""
        as_of = understood.delivery.received_at
        for heard in understood.all_events:
            await self._notice(heard, as_of)
        repository = understood.repository
        installation_id = understood.events[0].installation_id if repository else 0
        gone = any(isinstance(h, RepositoryChanged) and h.change == "deleted" for h in understood.all_events)
        if repository is not None and installation_id and not gone:
            await self._meet(repository, installation_id, as_of)

    async def arrive(
        self,
        installation_id: int,
        repositories: Sequence[Repository],
        *,
        as_of: datetime,
        after: timedelta | None = None,
    ) -> None:
        """The bot may work in these repositories; the past of new ones is read in the background, `after`."""
        new = await self._store.repositories.put(installation_id, repositories, as_of=as_of)
        for repository in repositories:
            if repository.id in new:
                await self.read_past(repository, after=after)

    async def leave(
        self, installation_id: int, repository_ids: Sequence[int] | None, *, as_of: datetime
    ) -> None:
        """The bot may no longer work in these repositories (None: in none of the installation)."""
        left = await self._store.repositories.leave(installation_id, repository_ids, as_of=as_of)
        dropped = await self._store.effects.drop_all(left, why=_NO_LONGER)
        for repository_id in left:
            self._seen.pop(repository_id, None)
        log.info("repositories_left", installation=installation_id, repositories=left, dropped=dropped)

    async def read_past(self, repository: Repository, *, after: timedelta | None = None) -> None:
        """Read a repository's past (again), from its newest page on."""
        async with self._store.transaction() as connection:
            await self._store.repositories.progress(
                connection, repository.id, stage="waiting", cursor=None, pages=0
            )
            await self._store.jobs.defer(connection, [seed_job(repository.id, after=after)])
        log.info("repository_joined", repository=repository.full_name)

    async def _notice(self, heard: AnyEvent, as_of: datetime) -> None:
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
            await self.arrive(heard.installation_id, heard.repositories, as_of=as_of)
        elif isinstance(heard, RepositoriesRemoved):
            ids = [repository.id for repository in heard.repositories] or None
            await self.leave(heard.installation_id, ids, as_of=as_of)
        elif isinstance(heard, LoginChanged):
            await self._store.repositories.rename_owner(heard.person)
            self._seen.clear()
        elif isinstance(heard, RepositoryChanged) and heard.change == "deleted":
            await self.leave(heard.installation_id, [heard.repository.id], as_of=as_of)

    async def _meet(self, repository: Repository, installation_id: int, as_of: datetime) -> None:
        """Keep a repository's present name and nature; nothing to write for one that is as we know it."""
        known = repository, installation_id
        if self._seen.get(repository.id) == known:
            self._seen.move_to_end(repository.id)
            return
        await self.arrive(installation_id, [repository], as_of=as_of, after=_AFTER_THE_NEWS)
        self._seen[repository.id] = known
        while len(self._seen) > _MOST_IN_MEMORY:
            self._seen.popitem(last=False)


def seed_job(repository_id: int, *, after: timedelta | None = None) -> Job:
    """The job that reads one page of a repository's past (`after` a while), and then makes the next one."""
    return Job(
        task=SEED,
        arguments={"repository": repository_id},
        lock=f"seed {repository_id}",
        once=f"seed {repository_id}",
        priority=SEED_LATER,
        after=after,
    )
