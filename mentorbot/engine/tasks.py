"""What jobs are called, which goes first, and how long a failed one waits."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob

from mentorbot.core.errors import GitHubUnavailable

DECIDE = "decide"
DECIDE_PART = "decide part"
ACT = "act"
LOOK_AGAIN = "look again"
SWEEP = "sweep"
SEED = "seed"
REFRESH_CONFIG = "refresh config"
RECONCILE = "reconcile"

# Higher goes first: what was decided (`lanes.Rank`, from 40 to 30), then what came in, then what can wait.
DECIDE_FIRST = 20
CONFIG_FIRST = 10
SWEEP_LATER = -10
SEED_LATER = -20

PAUSES = (1, 5, 30, 120, 600, 1800, 3600, 7200)
"""Seconds between tries of what failed; after the last one it is parked."""


HOLDS_ITS_LOCK = timedelta(seconds=30)
"""How long what shares a failing job's lock waits for it; from then on it is overtaken."""


class PutBack(Exception):  # noqa: N818 - says what is to be done
    """Not now: do this job again `after` a while (at another `priority` or under another `lock`)."""

    def __init__(
        self, why: str, *, after: timedelta, priority: int | None = None, lock: str | None = None
    ) -> None:
        super().__init__(why)
        self.after = max(after, timedelta(0))
        self.priority = priority
        self.lock = lock

    @staticmethod
    def after_failure(attempt: int) -> timedelta:
        """How long to wait after the `attempt`th failure, counted from 1."""
        return timedelta(seconds=PAUSES[min(attempt, len(PAUSES)) - 1])


class GrowingPauses(BaseRetryStrategy):
    """Jobs never fail for good: what they do is parked by themselves when there is no hope."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision:
        """When to try again. A job that the worker's end cut short is done again at once."""
        if isinstance(exception, PutBack):
            return RetryDecision(
                retry_in={"milliseconds": int(exception.after.total_seconds() * 1000)},
                priority=exception.priority,
                lock=exception.lock,
            )
        if isinstance(exception, asyncio.CancelledError | JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        after = PutBack.after_failure(job.attempts + 1)
        return RetryDecision(retry_in={"seconds": int(after.total_seconds())})


def put_back_until(unavailable: GitHubUnavailable, *, attempt: int, now: datetime) -> PutBack:
    """Wait for GitHub: until it said, and otherwise longer each time."""
    if unavailable.retry_at is None:
        return PutBack(unavailable.why, after=PutBack.after_failure(attempt))
    return PutBack(unavailable.why, after=max(unavailable.retry_at - now, timedelta(seconds=1)))


def fail(why: str, *, after: timedelta, failing_since: datetime, now: datetime, apart: str) -> PutBack:
    """Try a failing job again `after` a while: for its first 30 s of failing what comes after it waits.

    Then it is tried under the lock `apart`, and the others go on. A clock that was set back holds nobody up.
    """
    holds_for = HOLDS_ITS_LOCK - (now - failing_since)
    if timedelta(0) < holds_for <= HOLDS_ITS_LOCK:
        return PutBack(why, after=min(after, holds_for))
    return PutBack(why, after=after, lock=apart)
