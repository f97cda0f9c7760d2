"""Asks the store whether deliveries can be stored, and how much there is to do."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from mentorbot.db.schema import missing_migrations
from mentorbot.db.store import Store
from mentorbot.engine import Engine
from mentorbot.web.metrics import Metrics

log = structlog.get_logger("web")

PATIENCE = 3.0
"""Seconds for the store to answer a question about its health."""


class Readiness:
    """What `/readyz` and `/metrics` need of store and engine."""

    def __init__(self, store: Store, engine: Engine, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics
        self._engine = engine
        self._is_migrated = False

    async def what_is_missing(self) -> Sequence[str]:
        """Reasons why deliveries cannot be stored now; none when they can."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.answers()
                missing = () if self._is_migrated else await missing_migrations(self._store.url)
        except Exception as error:  # noqa: BLE001 - whatever it is, the store is not ready, and says why
            log.warning("The store does not answer", error=repr(error))
            return [f"the store does not answer ({type(error).__name__})"]
        self._is_migrated = not missing
        return [f"migration {one} is missing: run `mentorbot migrate`" for one in missing]

    async def refresh(self) -> None:
        """Bring the gauges up to date; while the store does not answer they say nothing (NaN)."""
        try:
            async with asyncio.timeout(PATIENCE):
                status = await self._engine.status()
        except Exception as error:  # noqa: BLE001 - the other figures are wanted all the more
            log.warning("The store does not answer", error=repr(error))
            self._metrics.jobs_waiting.set(float("nan"))
            self._metrics.jobs_parked.set(float("nan"))
            return
        self._metrics.jobs_waiting.set(status.backlog.waiting)
        self._metrics.jobs_parked.set(status.parked)
