"""When what failed is tried again: jobs, deliveries and the writes of which nobody knows what became of them.

A job that fails raises `RetryLater`, or is tried again after a growing backoff. A delivery is first tried in
its place, so that nothing overtakes it, then apart from its thread, and in the end it is parked.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob

from mentorbot.core.clock import Clock
from mentorbot.core.errors import GitHubUnavailable, LimitReached
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.store import Store
from mentorbot.engine.commands import release_replies
from mentorbot.engine.delivery_jobs import lock_of_part
from mentorbot.engine.observer import Observer

BACKOFF_SECONDS = (1, 5, 30, 120, 600, 1800, 3600, 7200)
"""Seconds between tries of what failed; after the last one it is parked."""

HOLDS_LOCK_FOR = timedelta(seconds=30)
"""How long what shares a failing job's lock waits for it; from then on it is overtaken."""

LONGEST_WAIT_FOR_GITHUB = timedelta(days=1)
"""What GitHub has failed to answer for so long is parked, where somebody sees it."""

_TRIES_IN_A_DAY = len(BACKOFF_SECONDS) + 10

log = structlog.get_logger("engine.retries")


class RetryLater(Exception):  # noqa: N818 - says what is to be done
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
        return timedelta(seconds=BACKOFF_SECONDS[min(attempt, len(BACKOFF_SECONDS)) - 1])


class Backoff(BaseRetryStrategy):
    """Jobs never fail for good: what they do is parked by themselves when there is no hope."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision:
        """When to try again. A job that the worker's end cut short is done again at once."""
        if isinstance(exception, RetryLater):
            return RetryDecision(
                retry_in={"milliseconds": int(exception.after.total_seconds() * 1000)},
                priority=exception.priority,
                lock=exception.lock,
            )
        if isinstance(exception, asyncio.CancelledError | JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        after = RetryLater.after_failure(job.attempts + 1)
        return RetryDecision(retry_in={"seconds": int(after.total_seconds())})


def wait_for_github(unavailable: GitHubUnavailable, *, attempt: int, now: datetime) -> RetryLater:
    """Wait for GitHub: until it said, and otherwise longer each time."""
    if unavailable.retry_at is None:
        return RetryLater(unavailable.why, after=RetryLater.after_failure(attempt))
    return RetryLater(unavailable.why, after=max(unavailable.retry_at - now, timedelta(seconds=1)))


def retry_failing(
    why: str, *, after: timedelta, failing_since: datetime, now: datetime, apart: str
) -> RetryLater:
    """Try a failing job again `after` a while: for its first 30 s of failing what comes after it waits.

    Then it is tried under the lock `apart`, and the others go on. A clock that was set back holds nobody up.
    """
    holds_for = HOLDS_LOCK_FOR - (now - failing_since)
    if timedelta(0) < holds_for <= HOLDS_LOCK_FOR:
        return RetryLater(why, after=min(after, holds_for))
    return RetryLater(why, after=after, lock=apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryDelays:
    """The waits of one engine; tests have less patience.

    A write of which nobody knows whether GitHub did it may still be under way there: `before_lookup` is
    counted from its beginning. Once it was repeated, `before_duplicate_check` passes before the last look for
    twins. What keeps failing holds its neighbours up no longer than `in_lane`.
    """

    before_lookup: timedelta = timedelta(seconds=15)
    before_duplicate_check: timedelta = timedelta(seconds=20)
    in_lane: timedelta = timedelta(seconds=30)


RETRY_DELAYS = RetryDelays()


class DeliveryRetries:
    """Decides when what failed is tried again, and when there is no hope."""

    def __init__(self, *, store: Store, clock: Clock, observer: Observer) -> None:
        self._store = store
        self._clock = clock
        self._observer = observer

    def timeout_for(self, delivery: StoredDelivery) -> float | None:
        """Seconds that a try may take: a hanging one holds up its thread as a failing one does."""
        if delivery.failing_since is None:
            return HOLDS_LOCK_FOR.total_seconds()
        left = HOLDS_LOCK_FOR - (self._clock() - delivery.failing_since)
        return left.total_seconds() if timedelta(0) < left <= HOLDS_LOCK_FOR else None

    async def failed(
        self, delivery: StoredDelivery, error: Exception, *, began: datetime, hung: bool
    ) -> None:
        """A try that `began` then came to nothing, or `hung` until it was stopped.

        Raises RetryLater, unless the delivery is parked.
        """
        failing = await self._store.deliveries.fail(delivery.id, since=began)
        now = self._clock()
        if isinstance(error, GitHubUnavailable):
            after = wait_for_github(error, attempt=failing.failures, now=now).after
            hopeless = now - failing.since > LONGEST_WAIT_FOR_GITHUB
            log.info("delivery_postponed", why=error.why, failures=failing.failures)
        else:
            after = RetryLater.after_failure(failing.failures)
            hopeless = failing.failures > len(BACKOFF_SECONDS)
            log.warning("delivery_failed", failures=failing.failures, exc_info=error)
        why = f"{type(error).__name__}: {error}"
        if hopeless:
            await self.park(delivery, why)
            return
        since = now - HOLDS_LOCK_FOR if hung else failing.held_since
        raise retry_failing(
            why, after=after, failing_since=since, now=now, apart=f"apart {delivery.id}"
        ) from error

    async def part_failed(
        self, delivery: StoredDelivery, part: str, error: Exception, *, attempt: int
    ) -> None:
        """A part that is tried alone failed again. Raises RetryLater, or parks it."""
        is_hopeful = attempt <= _TRIES_IN_A_DAY or isinstance(error, LimitReached)
        if isinstance(error, GitHubUnavailable) and is_hopeful:
            after = wait_for_github(error, attempt=attempt, now=self._clock()).after
            log.info("part_postponed", why=error.why)
        elif not isinstance(error, GitHubUnavailable) and attempt <= len(BACKOFF_SECONDS):
            after = RetryLater.after_failure(attempt)
            log.warning("part_failed_again", attempt=attempt, exc_info=error)
        else:
            log.error("part_parked", exc_info=error)
            await self.park(delivery, f"{part}: {type(error).__name__}: {error}")
            return
        raise RetryLater(str(error), after=after, lock=lock_of_part(delivery, part)) from error

    async def park(self, delivery: StoredDelivery, reason: str) -> None:
        log.error("delivery_parked", reason=reason)
        async with self._store.transaction() as connection:
            await self._store.deliveries.park(connection, delivery.id, reason=reason, now=self._clock())
            await release_replies(connection, self._store, [delivery.id])
        self._observer.delivery(delivery.event, "parked")
