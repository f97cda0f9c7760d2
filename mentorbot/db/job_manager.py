"""Procrastinate's job manager, with several jobs to a round trip where it takes one each.

The statements are procrastinate's own functions. Fetched and finished one by one, those two round trips were
the larger part of what an uneventful delivery costs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from mentorbot.db.gathering import LINGER, Gathering

_MOST_AT_ONCE = 8


class ManyAtOnce(JobManager):
    """Fetches as many jobs as there is `room` for, and finishes those together that end together."""

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self.room: Callable[[], int] = lambda: 1
        self._fetched: deque[Job] = deque()
        self._most = 1
        self._finish = Gathering(self._finish_together, linger=LINGER)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job; None where there is none that can be done now."""
        if not self._fetched:
            most = max(1, min(self._most, self.room()))
            rows = await self.connector.execute_query_all_async(
                query=_FETCH, queues=queues, worker_id=worker_id, most=most
            )
            self._fetched.extend(Job.from_row(row) for row in rows)
            self._most = min(2 * most, _MOST_AT_ONCE) if len(rows) == most else 1
        return self._fetched.popleft() if self._fetched else None

    async def finish_job_by_id_async(self, job_id: int, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - procrastinate's signature
        """A job came to its end."""
        if status is not Status.SUCCEEDED or not delete_job:
            await super().finish_job_by_id_async(job_id, status, delete_job)
            return
        await self._finish(job_id)

    async def give_back(self) -> None:
        """Give back what was fetched and not begun, as the worker stops.

        Where the database is gone, other workers take it over once this one's heartbeat is missed.
        """
        waiting, self._fetched = self._fetched, deque()
        for job in waiting:
            await self.retry_job(job)

    async def _finish_together(self, ids: Sequence[int]) -> Sequence[Any]:
        await self.connector.execute_query_async(query=_FINISH, ids=list(ids))
        return ids


# The inner select keeps the function from being called once for each column, or only once for all rows.
_FETCH = """
SELECT (taken.job).id, (taken.job).status, (taken.job).task_name, (taken.job).priority, (taken.job).lock,
       (taken.job).queueing_lock, (taken.job).args, (taken.job).scheduled_at, (taken.job).queue_name,
       (taken.job).attempts, (taken.job).worker_id
FROM (SELECT procrastinate_fetch_job_v2(%(queues)s::varchar[], %(worker_id)s) AS job
      FROM generate_series(1, %(most)s)) AS taken
WHERE (taken.job).id IS NOT NULL
"""
_FINISH = "SELECT procrastinate_finish_job_v1(id, 'succeeded', true) FROM unnest(%(ids)s::bigint[]) AS id"
