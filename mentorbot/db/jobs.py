"""What is still to do: procrastinate's queue, filled in the transaction that makes work necessary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg
import structlog

from mentorbot.db.bulk_rows import as_key, json_text
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import Database

if TYPE_CHECKING:
    from mentorbot.db.procrastinate_app import ProcrastinateApp
    from mentorbot.db.procrastinate_overrides import BatchingJobManager

QUEUE = "mentorbot"
ANSWERS = "mentorbot answers"
EFFECTS = "mentorbot effects"
"""What is done to GitHub has queues of its own, so that it never takes the room that others need."""

log = structlog.get_logger("db.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do later.

    Jobs with the same `lock` run one at a time and in order; higher `priority` goes first. `after` delays
    it. Of jobs with the same `once` at most one waits. Each `queue` has its own room in a worker.
    """

    task: str
    arguments: Mapping[str, Any]
    lock: str | None = None
    priority: int = 0
    after: timedelta | None = None
    once: str | None = None
    queue: str = QUEUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much there is to do: `waiting` now, `later` at a set time (or behind such a job), `running`."""

    waiting: int
    later: int
    running: int


@dataclass(frozen=True, slots=True)
class OldestJobs:
    """For how long the oldest job waits though it could be done, and the oldest one under way is; or None."""

    waiting: timedelta | None
    running: timedelta | None


class Jobs:
    """The queue. `app` is procrastinate's, on which the engine registers what to do: for those who do it."""

    def __init__(self, app: Callable[[], ProcrastinateApp], database: Database) -> None:
        self._database = database
        self._app = app

    @property
    def app(self) -> ProcrastinateApp:
        return self._app()

    @property
    def manager(self) -> BatchingJobManager:
        return self.app.job_manager

    def within(self, database: Database) -> Jobs:
        """The same queue, seen through another database (a dry run)."""
        return Jobs(self._app, database)

    async def open(self) -> None:
        """Begin to take jobs. Whoever only makes them need not."""
        await self.app.open_async()

    async def close(self) -> None:
        await self.app.close_async()

    async def defer(self, connection: AsyncConnection, jobs: Sequence[Job]) -> None:
        """Put jobs into the queue within the transaction of `connection`: they exist once it is committed.

        Those whose `once` waits already are left out.
        """
        wanted = await self._without_doubles(connection, jobs)
        if not wanted:
            return
        await connection.execute(_DEFER, {"rows": json_text([{"job": job_row(job)} for job in wanted])})

    async def rescue(self, *, dead_after: float) -> int:
        """Give back the jobs of workers without a heartbeat for so many seconds; return how many.

        Any number of rescuers may be at it: a job is given back once. Each job is rescued by itself, so that
        one that cannot be holds up no other.
        """
        await self.manager.beat()
        orphans = await self._database.fetch(_ORPHANS, {"dead_after": dead_after})
        rescued = 0
        for orphan in orphans:
            try:
                rescued += bool(await self._database.fetch_value(_RESCUE, orphan._asdict()))
            except psycopg.Error:
                log.exception("job_not_rescued", job=orphan.id, task=orphan.task_name)
        return rescued

    async def backlog(self) -> Backlog:
        [row] = await self._database.fetch(_BACKLOG)
        return Backlog(**row._asdict())

    async def oldest(self) -> OldestJobs:
        """How old the oldest work is: where it grows, something is stuck, however few jobs there are."""
        [row] = await self._database.fetch(_OLDEST)
        return OldestJobs(**row._asdict())

    async def _without_doubles(self, connection: AsyncConnection, jobs: Sequence[Job]) -> list[Job]:
        jobs = [replace(job, once=as_key(job.once)) if job.once else job for job in jobs]
        wanted = {job.once or id(job): job for job in jobs}
        names = sorted(name for name in wanted if isinstance(name, str))
        if not names:
            return list(jobs)
        # The index on queueing_lock would turn a double into an error that spoils the whole transaction.
        await connection.execute(_LOCK_NAMES, {"names": names})
        waiting = set((await connection.execute(_WAITING_NAMES, {"names": names})).scalars())
        return [job for name, job in wanted.items() if name not in waiting]


def queue_at(url: str) -> Callable[[], ProcrastinateApp]:
    """Procrastinate, once it is asked for: a web server never does, and that takes a tenth of its start."""

    @cache
    def app() -> ProcrastinateApp:
        from mentorbot.db.procrastinate_app import ProcrastinateApp  # noqa: PLC0415 - see above

        return ProcrastinateApp(url)

    return app


DEFER_JOBS = "procrastinate_defer_jobs_v1"
JOB_OF_ROW = """CAST(ROW(job ->> 'queue', job ->> 'task', job ->> 'priority', job ->> 'lock', job ->> 'once',
                         job -> 'arguments', job ->> 'at') AS procrastinate_job_to_defer_v1)"""
"""SQL that puts jobs into procrastinate's queue, each from a `job_row`, a jsonb named `job`."""

_DEFER = text(
    f"""SELECT {DEFER_JOBS}(array(
           SELECT {JOB_OF_ROW} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row (job jsonb)))"""  # noqa: S608 - constants
)
_BACKLOG = text(
    """WITH delayed AS MATERIALIZED (
           SELECT lock, priority, id FROM procrastinate_jobs
           WHERE status = 'todo' AND scheduled_at > now() AND lock IS NOT NULL
       ), job AS (
           SELECT status, coalesce(scheduled_at > now(), false)
                  OR coalesce(lock IN (SELECT lock FROM delayed), false) AND EXISTS (
                      SELECT FROM delayed
                      WHERE delayed.lock = job.lock
                        AND (delayed.priority > job.priority
                             OR delayed.priority = job.priority AND delayed.id < job.id)) AS later
           FROM procrastinate_jobs AS job WHERE status IN ('todo', 'doing')
       )
       SELECT count(*) FILTER (WHERE status = 'todo' AND NOT later) AS waiting,
              count(*) FILTER (WHERE status = 'todo' AND later) AS later,
              count(*) FILTER (WHERE status = 'doing') AS running
       FROM job"""
)
# A heartbeat in the future stems from a clock that was set back: the living beat again within a second.
_ORPHANS = text(
    """SELECT job.id, job.worker_id, job.task_name FROM procrastinate_jobs AS job
       LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
       WHERE job.status = 'doing'
         AND (worker.id IS NULL
              OR worker.last_heartbeat NOT BETWEEN now() - make_interval(secs => :dead_after)
                                               AND now() + make_interval(secs => :dead_after))
       ORDER BY job.id"""
)
_RESCUE = text("SELECT mentorbot_put_back_job(:id, CAST(:worker_id AS bigint), now(), NULL, NULL)")
_OLDEST = text(
    """SELECT now() - least(
           (SELECT min(scheduled_at) FROM procrastinate_jobs
            WHERE status = 'todo' AND scheduled_at <= now()),
           (SELECT at FROM procrastinate_jobs AS job JOIN procrastinate_events ON job_id = job.id
            WHERE status = 'todo' AND scheduled_at IS NULL AND type = 'deferred'
            ORDER BY job.id LIMIT 1)) AS waiting,
       now() - (
           SELECT min(started) FROM (
               SELECT max(at) AS started FROM procrastinate_jobs AS job
               JOIN procrastinate_events ON job_id = job.id
               WHERE status = 'doing' AND type = 'started' GROUP BY job.id) AS begun) AS running"""
)
_LOCK_NAMES = text(
    "SELECT pg_advisory_xact_lock(hashtext('job ' || name)) FROM unnest(CAST(:names AS text[])) AS name"
)
_WAITING_NAMES = text(
    "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:names)"
)


def job_row(job: Job) -> Mapping[str, Any]:
    """A job as JSON, as `JOB_OF_ROW` reads it."""
    return {
        "queue": job.queue,
        "task": job.task,
        "lock": None if job.lock is None else as_key(job.lock),
        "once": job.once,
        "priority": job.priority,
        "arguments": job.arguments,
        "at": (datetime.now(UTC) + job.after).isoformat() if job.after else None,
    }
