"""Catches up with what was missed: deliveries that never arrived, installations nobody told us of."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.db.cursors import SINCE_BACKUP
from mentorbot.db.store import Store
from mentorbot.engine.completeness import FINISHED
from mentorbot.engine.github_client import AppClient
from mentorbot.engine.installations import Installations
from mentorbot.engine.jobs import backfill_job, reconcile_job
from mentorbot.engine.receive_delivery import Delivery, DeliveryReceiver
from mentorbot.github.app import InstallationGrant
from mentorbot.github.delivery_target import read_target
from mentorbot.github.missed_deliveries import ListedDelivery, MissedDelivery

DELIVERIES_KEPT = timedelta(days=3)
"""How long GitHub keeps deliveries: https://docs.github.com/en/webhooks/using-webhooks/redelivering-webhooks"""

_BOOKMARK = "deliveries caught up with"
_LISTED_LATE = timedelta(hours=1)  # an attempt may show up in GitHub's list after later ones
_OUTAGE = 5  # so many that can't be fetched, one after the other: none can be now

log = structlog.get_logger("engine.catch_up")


class CatchUp:
    """Compares what GitHub has with what we know, and takes in what is missing."""

    def __init__(
        self,
        *,
        store: Store,
        app: AppClient,
        receiver: DeliveryReceiver,
        installations: Installations,
        clock: Clock,
    ) -> None:
        self._store = store
        self._app = app
        self._receiver = receiver
        self._installations = installations
        self._clock = clock

    async def deliveries(self) -> int:
        """Take in what GitHub could not deliver in the last three days; return how many were new.

        Only what we don't have is fetched, oldest first. Where that is cut short (an hour allows 5,000
        requests), the next time goes on from there. One that GitHub fails to tell keeps no other away, and is
        asked for again the next time. After a restore, what was delivered since the backup is missing, too.
        """
        since, restored = await self._since()
        tried = await self._app.deliveries_tried(since=since)
        missing = tried.everything if restored else tried.failed
        known = await self._store.deliveries.known([one.id for one in missing])
        new, failures, until, is_complete = 0, 0, None, True
        try:
            for one in missing:
                if one.id not in known:
                    try:
                        new += await self._take_in(await self._app.missed_delivery(one))
                        failures = 0
                    except (GitHubUnavailable, Impossible) as error:
                        is_complete, failures = False, failures + 1
                        if isinstance(error, LimitReached) or failures >= _OUTAGE:
                            raise
                        _tell_of_failure(one, error)
                if is_complete:
                    until = one.at
            if is_complete:
                until = tried.until
                await self._store.cursors.remove(SINCE_BACKUP)
        finally:
            if until is not None:
                await self._store.cursors.put(_BOOKMARK, {"until": until.isoformat()})
            if new:
                log.info("missed_deliveries_fetched", new=new)
        return new

    async def _since(self) -> tuple[datetime, bool]:
        """From when on something may be missing; True where that is all that was delivered since a backup."""
        since = self._clock() - DELIVERIES_KEPT
        marks = [await self._store.cursors.get(name) for name in (_BOOKMARK, SINCE_BACKUP)]
        known_until = [datetime.fromisoformat(mark["until"]) for mark in marks if mark is not None]
        return max(since, min(known_until) - _LISTED_LATE) if known_until else since, marks[1] is not None

    async def _take_in(self, missed: MissedDelivery | None) -> bool:
        if missed is None:
            return False
        return await self._receiver.receive(
            Delivery(
                id=missed.id,
                event=missed.event,
                body=missed.payload,
                target=read_target(missed.payload),
                received_at=missed.received_at,
                headers=missed.headers,
            )
        )

    async def installations(self) -> None:
        """Compare where the App is installed with what we know, and mend the difference.

        One about which GitHub tells nothing now stays as it is, and holds up no other.
        """
        began = self._clock()
        grants = await self._app.installations()
        failures = []
        for grant in grants:
            try:
                await self._compare(grant, as_of=began)
            except (GitHubUnavailable, AccessLost, Impossible) as error:
                log.warning("installation_not_compared", installation=grant.installation_id, why=error.why)
                failures.append(error)
        here = {grant.installation_id for grant in grants}
        for installation in await self._store.repositories.installations():
            if installation.id not in here:
                await self._store.repositories.put_installation(
                    installation.id, installation.account, state="deleted", as_of=began
                )
                await self._installations.remove_repositories(installation.id, None, as_of=began)
        if failures and len(failures) == len(grants):  # GitHub is down: soon again
            raise failures[0]

    async def _compare(self, grant: InstallationGrant, *, as_of: datetime) -> None:
        id_, state = grant.installation_id, "suspended" if grant.suspended else "active"
        await self._store.repositories.put_installation(id_, grant.account, state=state, as_of=as_of)
        if grant.suspended:
            return
        repositories = await self._app.repositories(id_)
        await self._installations.add_repositories(id_, repositories, as_of=as_of)
        here = {repository.id for repository in repositories}
        known = await self._store.repositories.active_ids(id_)
        if gone := sorted(known - here):
            await self._installations.remove_repositories(id_, gone, as_of=as_of)

    async def reconcile_all(self) -> None:
        """Make a job for each repository that compares our timelines with GitHub's.

        One whose past isn't read yet goes on with that, in case it was stopped.
        """
        workplaces = await self._store.repositories.active()
        jobs = [
            reconcile_job(workplace.repository.id)
            if workplace.seeding == FINISHED
            else backfill_job(workplace.repository.id)
            for workplace in workplaces
            if not workplace.repository.archived
        ]
        async with self._store.transaction() as connection:
            await self._store.jobs.defer(connection, jobs)


def _tell_of_failure(failed: ListedDelivery, error: GitHubUnavailable | Impossible) -> None:
    log.warning("missed_delivery_not_fetched", delivery=failed.id, github_event=failed.event, why=error.why)
