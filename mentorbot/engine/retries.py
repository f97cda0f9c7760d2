"""What becomes of a delivery that fails: tried in its place, then apart from its thread, then parked."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.errors import GitHubUnavailable
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.store import Store
from mentorbot.engine.observer import Observer
from mentorbot.engine.persist import let_answers_go
from mentorbot.engine.tasks import HOLDS_ITS_LOCK, PAUSES, PutBack, fail, put_back_until

_LONGEST_WAIT_FOR_GITHUB = timedelta(days=1)

log = structlog.get_logger("engine.retries")


class Retries:
    """Decides when what failed is tried again, and when there is no hope."""

    def __init__(self, *, store: Store, clock: Clock, observer: Observer) -> None:
        self._store = store
        self._clock = clock
        self._observer = observer

    def patience_with(self, delivery: StoredDelivery) -> float | None:
        """Seconds that a try may take: a hanging one holds up its thread as a failing one does."""
        if delivery.failing_since is None:
            return HOLDS_ITS_LOCK.total_seconds()
        left = HOLDS_ITS_LOCK - (self._clock() - delivery.failing_since)
        return left.total_seconds() if timedelta(0) < left <= HOLDS_ITS_LOCK else None

    async def failed(
        self, delivery: StoredDelivery, error: Exception, *, began: datetime, hung: bool
    ) -> None:
        """A try that `began` then came to nothing, or `hung` until it was stopped.

        Raises PutBack, unless the delivery is parked.
        """
        failing = await self._store.deliveries.fail(delivery.id, since=began)
        now = self._clock()
        if isinstance(error, GitHubUnavailable):
            after = put_back_until(error, attempt=failing.failures, now=now).after
            hopeless = now - failing.since > _LONGEST_WAIT_FOR_GITHUB
            log.info("delivery_put_back", why=error.why, failures=failing.failures)
        else:
            after = PutBack.after_failure(failing.failures)
            hopeless = failing.failures > len(PAUSES)
            log.warning("delivery_failed", failures=failing.failures, exc_info=error)
        why = f"{type(error).__name__}: {error}"
        if hopeless:
            await self.park(delivery, why)
            return
        since = now - HOLDS_ITS_LOCK if hung else failing.held_since
        raise fail(why, after=after, failing_since=since, now=now, apart=f"apart {delivery.id}") from error

    async def part_failed(
        self, delivery: StoredDelivery, part: str, error: Exception, *, attempt: int
    ) -> None:
        """A part that is tried alone failed again. Raises PutBack, unless it is parked with its delivery."""
        if isinstance(error, GitHubUnavailable):
            after = put_back_until(error, attempt=attempt, now=self._clock()).after
            log.info("part_put_back", why=error.why)
        elif attempt <= len(PAUSES):
            after = PutBack.after_failure(attempt)
            log.warning("part_failed_again", attempt=attempt, exc_info=error)
        else:
            log.error("part_parked", exc_info=error)
            await self.park(delivery, f"{part}: {type(error).__name__}: {error}")
            return
        raise PutBack(str(error), after=after, lock=lock_of_part(delivery, part)) from error

    async def park(self, delivery: StoredDelivery, reason: str) -> None:
        """Put it aside, visibly."""
        log.error("delivery_parked", reason=reason)
        async with self._store.transaction() as connection:
            await self._store.deliveries.park(connection, delivery.id, reason=reason, now=self._clock())
            await let_answers_go(connection, self._store, [delivery.id])
        self._observer.delivery(delivery.event, "parked")


def lock_of_part(delivery: StoredDelivery, part: str) -> str:
    """What fails by itself is tried by itself."""
    return f"apart {delivery.id} {part}"
