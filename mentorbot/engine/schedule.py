"""The clock: makes a job for each schedule that is due and not yet done, once, however many workers tick."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from mentorbot.config.configuration import Configuration
from mentorbot.core.clock import Clock
from mentorbot.db.jobs import Job
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.configuration import LOOK_AGAIN_AFTER, Configurations
from mentorbot.engine.cron import last_due
from mentorbot.engine.sweep import Sweeper
from mentorbot.engine.tasks import CONFIG_FIRST, REFRESH_CONFIG, SWEEP, SWEEP_LATER

log = structlog.get_logger("engine.schedule")


class Scheduler:
    """Knows what is due."""

    def __init__(
        self, *, store: Store, configurations: Configurations, sweeper: Sweeper, clock: Clock
    ) -> None:
        self._store = store
        self._configurations = configurations
        self._sweeper = sweeper
        self._clock = clock

    async def tick(self) -> int:
        """Make jobs for what is due; return how many. Ticking again, here or elsewhere, makes none.

        A run that was missed (the bot was down) is caught up once, not once for each time it was missed. A
        schedule seen for the first time waits for its next turn.
        """
        last = await self._store.schedule_runs.last_due()
        made = 0
        for workplace in await self._store.repositories.active():
            configuration = await self._configurations.known(workplace.repository.id)
            if configuration is not None and not workplace.repository.archived:
                made += await self._tick_in(workplace, configuration, last)
        await self._look_again_at_configs()
        return made

    async def _tick_in(
        self,
        workplace: InstalledRepository,
        configuration: Configuration,
        last: dict[tuple[int, str], datetime],
    ) -> int:
        made, now = 0, self._clock()
        for round_, trigger in self._sweeper.rounds(configuration):
            due = last_due(trigger.cadence, now, configuration.calendar)
            before = last.get((workplace.repository.id, round_))
            # A mark in the future stems from a clock that ran ahead: start anew from here.
            if due is None or (before is not None and due <= before <= now):
                continue
            made += await self._take(workplace, round_, due, before, run=before is not None and before < due)
        return made

    async def _take(
        self,
        workplace: InstalledRepository,
        round_: str,
        due: datetime,
        before: datetime | None,
        *,
        run: bool,
    ) -> int:
        repository_id = workplace.repository.id
        async with self._store.transaction() as connection:
            mine = await self._store.schedule_runs.take(
                connection, repository_id, round_, due_at=due, last=before
            )
            if not mine or not run:
                return 0
            await self._store.jobs.defer(connection, [sweep_job(repository_id, round_)])
        log.info("due", round=round_, repository=workplace.repository.full_name, due_at=due.isoformat())
        return 1

    async def _look_again_at_configs(self) -> None:
        old = await self._store.configs.in_need_of_a_look(read_before=self._clock() - LOOK_AGAIN_AFTER)
        jobs = [
            Job(
                task=REFRESH_CONFIG,
                arguments={"repository": repository_id},
                once=f"config {repository_id}",
                priority=CONFIG_FIRST,
                after=timedelta(seconds=place % 60) or None,
            )
            for place, repository_id in enumerate(old)
        ]
        async with self._store.transaction() as connection:
            await self._store.jobs.defer(connection, jobs)


def sweep_job(repository_id: int, round_: str) -> Job:
    """The job that runs a schedule in a repository."""
    return Job(
        task=SWEEP,
        arguments={"repository": repository_id, "round": round_},
        lock=f"sweep {repository_id} {round_}",
        once=f"sweep {repository_id} {round_}",
        priority=SWEEP_LATER,
    )
