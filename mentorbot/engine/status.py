"""How the bot is doing: for the pages, `doctor`, `readyz` and the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.jobs import Backlog, OldestJobs
from mentorbot.db.parked import ParkedEffect
from mentorbot.db.read_failures import ReadFailure
from mentorbot.db.repositories import InstalledRepository, StoredInstallation
from mentorbot.engine.completeness import FINISHED, progress_of

SLOW_AFTER = timedelta(minutes=10)
"""For how long a job may wait or run before somebody should have a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts and lists. `repositories` are those the bot may work in, each with how far its past was read.

    `unread` holds, by repository id, what could not be read of some.
    """

    installations: Sequence[StoredInstallation]
    repositories: Sequence[InstalledRepository]
    backlog: Backlog
    oldest: OldestJobs
    parked_deliveries: Sequence[StoredDelivery]
    parked_effects: Sequence[ParkedEffect]
    last_delivery_at: datetime | None
    unread: Mapping[int, Sequence[ReadFailure]] = field(default_factory=dict)

    @property
    def public_repositories(self) -> Sequence[str]:
        """Those whose names anybody may know."""
        return sorted(
            workplace.repository.full_name
            for workplace in self.repositories
            if not workplace.repository.private
        )

    @property
    def public_backfills(self) -> Sequence[tuple[str, str]]:
        """Public repositories of which not all is known, and how far their past was read.

        Whether GitHub refuses some of it is told, too; why is for the operator to know.
        """
        return [
            (workplace.repository.full_name, self._progress_of(workplace))
            for workplace in self.repositories
            if not workplace.repository.private
            and (workplace.seeding != FINISHED or workplace.repository.id in self.unread)
        ]

    def _progress_of(self, workplace: InstalledRepository) -> str:
        progress = progress_of(workplace)
        if workplace.repository.id not in self.unread:
            return progress
        return "; ".join(filter(None, [progress, "GitHub does not let me read everything at the moment"]))

    @property
    def reading(self) -> Sequence[InstalledRepository]:
        return [workplace for workplace in self.repositories if workplace.seeding != FINISHED]

    @property
    def parked(self) -> int:
        """How much waits for somebody to look at it (a hundred of each kind at most)."""
        return len(self.parked_deliveries) + len(self.parked_effects)


def slow_jobs(oldest: OldestJobs) -> list[str]:
    """What takes too long, in sentences; none where nothing does."""
    ages = (("waiting job has been due", oldest.waiting), ("job under way has run", oldest.running))
    return [
        f"the oldest {what} for {age.total_seconds() / 60:.0f} minutes"
        for what, age in ages
        if age is not None and age > SLOW_AFTER
    ]


async def status_of(store: IntakeStore) -> Status:
    unread: dict[int, list[ReadFailure]] = {}
    for one in await store.read_failures.all():
        unread.setdefault(one.repository_id, []).append(one)
    return Status(
        installations=await store.repositories.installations(),
        repositories=await store.repositories.active(),
        backlog=await store.jobs.backlog(),
        oldest=await store.jobs.oldest(),
        parked_deliveries=await store.deliveries.parked(),
        parked_effects=await store.parked.effects(),
        last_delivery_at=await store.deliveries.last(),
        unread=unread,
    )
