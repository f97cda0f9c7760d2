"""The clock: when schedules are due, and a job for each that is due and not yet done.

There is one job, however many workers tick, and however often it was missed while the bot was down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

import structlog
from cachetools import LRUCache

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.clock import Clock
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.configuration import LOOK_AGAIN_AFTER, Configurations
from mentorbot.engine.jobs import refresh_config_job, sweep_job
from mentorbot.engine.sweep import Sweeper

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_TIMETABLES = 50_000  # of some 300 bytes; configs themselves are too large to keep, and slow to parse
_FURTHEST_BACK = 400  # days; a repository whose calendar has no business day in them has no weekdays at all

log = structlog.get_logger("engine.schedule")


@dataclass(frozen=True, slots=True)
class _Timetable:
    """A repository's schedules, each with its cadence, as its config of this version has them."""

    version: int
    calendar: Calendar
    schedules: tuple[tuple[str, str], ...]


class Scheduler:
    """Makes jobs for what is due: the schedules of features, and looks at configs nobody told us of."""

    def __init__(
        self, *, store: Store, configurations: Configurations, sweeper: Sweeper, clock: Clock
    ) -> None:
        self._store = store
        self._configurations = configurations
        self._sweeper = sweeper
        self._clock = clock
        self._timetables: LRUCache[int, _Timetable] = LRUCache(_MOST_TIMETABLES)

    async def tick(self) -> int:
        """Make jobs for what is due; return how many. Ticking again, here or elsewhere, makes none.

        A run that was missed (the bot was down) is caught up once, not once for each time it was missed. A
        schedule seen for the first time waits for its next turn.
        """
        last = await self._store.schedule_runs.last_due()
        workplaces = [one for one in await self._store.repositories.active() if not one.repository.archived]
        versions = await self._store.configs.versions([one.repository.id for one in workplaces])
        due_now = partial(cache(last_due), now=self._clock())
        made = 0
        for workplace in workplaces:
            try:
                if (version := versions.get(workplace.repository.id)) is not None:
                    timetable = await self._timetable(workplace.repository.id, version.version)
                    made += await self._tick_repository(workplace, timetable, last, due_now)
            except Exception:  # whatever is wrong with one, the others' schedules go on
                log.exception("schedules_not_looked_at", repository=workplace.repository.full_name)
        await self._refresh_old_configs()
        return made

    async def _timetable(self, repository_id: int, version: int) -> _Timetable:
        timetable = self._timetables.get(repository_id)
        if timetable is None or timetable.version != version:
            configuration = await self._configurations.known(repository_id)
            timetable = _Timetable(version, DEFAULT_CALENDAR, ())
            if configuration is not None:
                schedules = [(name, on.cadence) for name, on in self._sweeper.schedules(configuration)]
                timetable = _Timetable(version, configuration.calendar, tuple(schedules))
            self._timetables[repository_id] = timetable
        return timetable

    async def _tick_repository(
        self,
        workplace: InstalledRepository,
        timetable: _Timetable,
        last: dict[tuple[int, str], datetime],
        due_now: Callable[..., datetime | None],
    ) -> int:
        made, now = 0, self._clock()
        for schedule, cadence in timetable.schedules:
            due = due_now(cadence, calendar=timetable.calendar)
            before = last.get((workplace.repository.id, schedule))
            # A mark in the future stems from a clock that ran ahead: start anew from here.
            if due is None or (before is not None and due <= before <= now):
                continue
            made += await self._defer_once(
                workplace, schedule, due, before, run=before is not None and before < due
            )
        return made

    async def _defer_once(
        self,
        workplace: InstalledRepository,
        schedule: str,
        due: datetime,
        before: datetime | None,
        *,
        run: bool,
    ) -> int:
        repository_id = workplace.repository.id
        async with self._store.transaction() as connection:
            mine = await self._store.schedule_runs.take(
                connection, repository_id, schedule, due_at=due, last=before
            )
            if not mine or not run:
                return 0
            await self._store.jobs.defer(connection, [sweep_job(repository_id, schedule)])
        log.info(
            "schedule_due",
            schedule=schedule,
            repository=workplace.repository.full_name,
            due_at=due.isoformat(),
        )
        return 1

    async def _refresh_old_configs(self) -> None:
        old = await self._store.configs.in_need_of_a_look(read_before=self._clock() - LOOK_AGAIN_AFTER)
        jobs = [
            refresh_config_job(repository_id, after=timedelta(seconds=place % 60) or None)
            for place, repository_id in enumerate(old)
        ]
        async with self._store.transaction() as connection:
            await self._store.jobs.defer(connection, jobs)


def last_due(cadence: str, now: datetime, calendar: Calendar) -> datetime | None:
    """The latest moment (UTC), not after `now`, at which a schedule was due; None if none in a year.

    A cadence is one of those that `feature_api.feature.Every` lets through.
    """
    if cadence == "hour":
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    day, _, at_local_time = cadence.partition(" ")
    at = time.fromisoformat(at_local_time)
    today = calendar.local(now).date()
    for back in range(_FURTHEST_BACK):
        candidate = today - timedelta(days=back)
        if not _fits(candidate, day, calendar):
            continue
        # A time that the switch to summer time skips comes out an hour later.
        due = datetime.combine(candidate, at, tzinfo=ZoneInfo(calendar.timezone)).astimezone(UTC)
        if due <= now:
            return due
    return None


def _fits(candidate: date, day: str, calendar: Calendar) -> bool:
    if day == "day":
        return True
    if day == "weekday":
        return calendar.is_business_day(candidate)
    return _DAYS[candidate.weekday()] == day
