"""All that we do differently from procrastinate, in one place; some of it by methods that it keeps to itself.

`tests/db/test_procrastinate_overrides.py` holds what we override against the version that is locked: whoever
raises the version reads what changed there first.

Fetching and finishing: several jobs to a round trip. One by one, those two trips were the larger part of what
an uneventful delivery costs. Putting back: see `mentorbot_put_back_job` in migration 0003.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from procrastinate import App, JobContext
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.utils import utcnow
from procrastinate.worker import Worker

from mentorbot.db.batcher import LINGER, Batcher

_FEWEST_AT_ONCE, _MOST_AT_ONCE = 8, 32
_LOOKS_AT = 256  # jobs in a row that may all wait with one lock
_UNKNOWN_AGAIN_AFTER = timedelta(minutes=1)
_PAUSES = (0.2, 1.0)  # seconds before a statement is tried again on another connection

log = structlog.get_logger("db.procrastinate")


class BatchingJobManager(JobManager):
    """Fetches as many jobs as there is `room` for, and finishes those together that end together.

    `room` tells for each queue how many more jobs may run now. No job is taken that would have to wait.

    A job that was taken over by others meanwhile, as this worker seemed dead, is theirs: neither finished nor
    put back by us.
    """

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self.room: Callable[[], Mapping[str, int]] = dict
        self._worker_id: int | None = None
        self.fetched: deque[Job] = deque()
        self.looks_at = _LOOKS_AT
        self._most = _FEWEST_AT_ONCE
        self._finish = Batcher(self._finish_together, linger=LINGER)

    async def register_worker(self) -> int:
        self._worker_id = await super().register_worker()
        return self._worker_id

    async def beat(self) -> None:
        """Whoever looks for dead workers is alive, even where this process could not say so for a while."""
        if self._worker_id is not None:
            await self.update_heartbeat(self._worker_id)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job; None where there is none that can be done now."""
        if not self.fetched:
            room = self.room() or dict.fromkeys(queues or (), 1)
            having = {queue: left for queue, left in room.items() if left > 0}
            # All of a lot may come from one queue: from whichever, there is room for it.
            most = min(self._most, *having.values()) if having else 0
            rows = await self._free_jobs(list(having), worker_id, most) if most else []
            self.fetched.extend(Job.from_row(row) for row in rows)
            self._most = min(2 * most, _MOST_AT_ONCE) if 0 < most == len(rows) else _FEWEST_AT_ONCE
        return self.fetched.popleft() if self.fetched else None

    async def _free_jobs(self, queues: list[str], worker_id: int, most: int) -> list[dict[str, Any]]:
        """Take what can be done now. Where one lock's jobs are all that was seen, look behind them."""
        in_the_way: list[str] = []
        while True:
            rows = await self.connector.execute_query_all_async(
                query=_FETCH,
                queues=queues,
                worker_id=worker_id,
                most=most,
                looks_at=self.looks_at,
                passing_over=in_the_way,
            )
            if not rows[0]["in_the_way"]:
                return [row for row in rows if row["id"] is not None]
            in_the_way += rows[0]["in_the_way"]

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: ARG002, FBT001 - procrastinate's signature
        """A job came to its end.

        Nothing is given up: what this version has no task for waits for one that has (a rolling restart).
        """
        if status is Status.SUCCEEDED:
            await self._finish((job.id, job.worker_id))
        else:
            await self.retry_job(job, retry_at=utcnow() + _UNKNOWN_AGAIN_AFTER)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,  # noqa: ARG002 - there is only one
        lock: str | None = None,
    ) -> None:
        """Put a job back. Where its own successor waits already, that one takes its turn."""
        await self._surely(
            _PUT_BACK,
            job_id=job.id,
            held_by=job.worker_id,
            retry_at=retry_at or utcnow(),
            new_priority=priority,
            new_lock=lock,
        )

    async def give_back(self) -> None:
        """Give back what was fetched and not begun, as the worker stops.

        Where the database is gone, other workers take it over once this one's heartbeat is missed.
        """
        waiting, self.fetched = self.fetched, deque()
        for job in waiting:
            with suppress(ConnectorException):
                await self.retry_job(job)

    async def _finish_together(self, jobs: Sequence[tuple[int | None, int | None]]) -> Sequence[Any]:
        ids, workers = [id_ for id_, _ in jobs], [worker for _, worker in jobs]
        await self._surely(_FINISH, ids=ids, workers=workers)
        return jobs

    async def _surely(self, query: str, **values: Any) -> None:
        """Execute a statement that may be repeated, once more where the first connection was a dead one."""
        for pause in _PAUSES:
            with suppress(ConnectorException):
                return await self.connector.execute_query_async(query=query, **values)
            await asyncio.sleep(pause)
        return await self.connector.execute_query_async(query=query, **values)


class PromptWorker(Worker):
    """Looks for the next job as soon as one ends, as that may have been what the next one waited for.

    Procrastinate looks again only after a notification or an interval, and forgets notifications that arrive
    while it is looking. It also waits a moment before each job, so that no two begin together.
    """

    def __init__(self, app: App, *, room: Mapping[str, int], **options: Any) -> None:
        super().__init__(app=app, queues=list(room), concurrency=sum(room.values()), **options)
        self._changes = 0
        self._whole_room = room
        manager = app.job_manager
        assert isinstance(manager, BatchingJobManager)  # noqa: S101 - `queue_at` made it one
        self._manager = manager
        self._manager.room = self._room

    def _room(self) -> Mapping[str, int]:
        """How many more jobs of each queue may run now."""
        running = Counter(context.job.queue for context in self._running_jobs.values())
        return {queue: most - running[queue] for queue, most in self._whole_room.items()}

    async def _handle_notification(self, *, channel: str, notification: Any) -> None:
        self._changes += 1
        await super()._handle_notification(channel=channel, notification=notification)

    def _log_extra(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Nothing: what is logged about each job is switched off, but would be put together all the same."""
        return {}

    async def _process_job(self, context: JobContext) -> None:
        try:
            await super()._process_job(context)
        except Exception:  # the job's end could not be written: while this worker lives, nobody takes it over
            log.warning("job_stays_open", job=context.job.id, task=context.job.task_name, exc_info=True)
            self.stop()  # type: ignore[no-untyped-call]  # procrastinate leaves it untyped
        self._changes += 1
        self._new_job_event.set()

    async def _fetch_and_process_jobs(self) -> None:
        """Do what can be done now. What was fetched together begins together: no job waits for room here."""
        assert self.worker_id is not None  # noqa: S101 - it runs
        while not self._stop_event.is_set():
            before = self._changes
            self._new_job_event.clear()
            job = await self._manager.fetch_job(self.queues, self.worker_id)
            if job is not None:
                self._begin(job)
            elif before == self._changes:
                return

    def _begin(self, job: Job) -> None:
        context = JobContext(
            app=self.app,
            worker_name=self.worker_name,
            worker_queues=self.queues,
            job=job,
            abort_reason=lambda: self._job_ids_to_abort.get(job.id) if job.id else None,
            start_timestamp=time.time(),
        )
        task = asyncio.create_task(self._process_job(context), name=f"{job.task_name} {job.id}")
        self._running_jobs[task] = context
        task.add_done_callback(self._running_jobs.pop)

    async def _shutdown(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        await self._manager.give_back()
        await super()._shutdown(side_tasks)


# What procrastinate_fetch_job_v2 does for one job, for many: of jobs with one lock, only the first is free.
# Thousands may wait with one lock, in front of all others: those of locks that are held are passed over at
# once, and whether one is the first is asked of so many only. Where that brings none, their locks are told.
_FETCH = """
WITH seen AS MATERIALIZED (
    SELECT id, lock, priority FROM procrastinate_jobs
    WHERE status = 'todo' AND queue_name = ANY(%(queues)s)
      AND (scheduled_at IS NULL OR scheduled_at <= now())
      AND (lock IS NULL OR lock <> ALL(%(passing_over)s::text[]) AND lock NOT IN (
               SELECT lock FROM procrastinate_jobs WHERE status = 'doing' AND lock IS NOT NULL))
    ORDER BY priority DESC, id
    LIMIT %(looks_at)s
), candidate AS MATERIALIZED (
    SELECT id FROM (
        SELECT id, lock, priority, row_number() OVER (PARTITION BY lock ORDER BY priority DESC, id) AS place
        FROM seen) AS placed
    WHERE place = 1 OR lock IS NULL
    ORDER BY priority DESC, id
), free AS MATERIALIZED (
    SELECT first.id FROM candidate CROSS JOIN LATERAL (
        SELECT job.id FROM procrastinate_jobs AS job
        WHERE job.id = candidate.id AND job.status = 'todo'
          AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
          AND (job.lock IS NULL OR job.id = (
                   SELECT same.id FROM procrastinate_jobs AS same
                   WHERE same.lock = job.lock AND same.status = 'todo'
                   ORDER BY same.priority DESC, same.id LIMIT 1)
               AND NOT EXISTS (
                   SELECT FROM procrastinate_jobs AS running
                   WHERE running.lock = job.lock AND running.status = 'doing'))
        FOR UPDATE OF job SKIP LOCKED) AS first
    LIMIT %(most)s
), taken AS (
    UPDATE procrastinate_jobs AS job SET status = 'doing', worker_id = %(worker_id)s
    FROM free WHERE job.id = free.id
    RETURNING job.*
), in_the_way AS (
    SELECT array_agg(DISTINCT lock) FILTER (WHERE lock IS NOT NULL) AS locks FROM seen
    HAVING count(*) = %(looks_at)s AND NOT EXISTS (SELECT FROM taken)
)
SELECT id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts,
       worker_id, (SELECT locks FROM in_the_way) AS in_the_way
FROM (SELECT) AS always LEFT JOIN taken ON true ORDER BY priority DESC, id
"""
# One that waits again, as we seemed dead, is left: it may stand for the successor that could not be queued.
_FINISH = """
DELETE FROM procrastinate_jobs AS job
USING unnest(%(ids)s::bigint[], %(workers)s::bigint[]) AS done (id, worker_id)
WHERE job.id = done.id AND job.status = 'doing' AND (job.worker_id IS NULL OR job.worker_id = done.worker_id)
"""
_PUT_BACK = """
SELECT mentorbot_put_back_job(%(job_id)s, %(held_by)s, %(retry_at)s, %(new_priority)s, %(new_lock)s)
"""
