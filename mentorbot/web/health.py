"""Liveness, readiness and metrics, for whoever runs the bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.jobs import OldestJobs
from mentorbot.db.schema import NewerSchema, missing_migrations
from mentorbot.engine.status import slow_jobs, status_of
from mentorbot.web.metrics import CONTENT_TYPE, Metrics, MetricsAccess

log = structlog.get_logger("web")

PATIENCE = 3.0
"""Seconds for the store to answer a question about its health."""

ASKED_EVERY = 5.0
"""Seconds for which an answer holds, for whoever asks: strangers may, as often as they like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessVerdict:
    """Reasons why deliveries cannot be stored now, none when they can; and what is worth a look though."""

    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Readiness:
    """Whether deliveries can be stored, and how much there is to do: asked seldom, however many ask."""

    def __init__(
        self, store: IntakeStore, metrics: Metrics, *, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._metrics = metrics
        self._timer = timer
        self._is_migrated = False
        self._asking = asyncio.Lock()
        self._known: tuple[float, ReadinessVerdict] | None = None

    async def verdict(self) -> ReadinessVerdict:
        """Whether deliveries can be stored; who asks at the same time or soon after gets the same answer."""
        async with self._asking:
            if self._known is None or self._timer() - self._known[0] >= ASKED_EVERY:
                self._known = self._timer(), await self._ask()
            return self._known[1]

    async def _ask(self) -> ReadinessVerdict:
        try:
            async with asyncio.timeout(PATIENCE):
                missing = () if self._is_migrated else await missing_migrations(self._store.url)
                if missing:
                    return ReadinessVerdict(
                        reasons=tuple(
                            f"migration {one} is missing: run `mentorbot migrate`" for one in missing
                        )
                    )
                self._is_migrated = True
                await self._store.takes_writes()
                return ReadinessVerdict(warnings=tuple(slow_jobs(await self._store.jobs.oldest())))
        except NewerSchema as newer:
            return ReadinessVerdict(reasons=(str(newer),))
        except Exception as error:  # noqa: BLE001 - whatever it is, the store is not ready, and says why
            log.warning("The store takes no writes", error=type(error).__name__)
            return ReadinessVerdict(reasons=(f"the store takes no writes ({type(error).__name__})",))

    async def refresh(self) -> None:
        """Bring the gauges up to date; while the store does not answer they say nothing (NaN)."""
        try:
            async with asyncio.timeout(PATIENCE):
                status = await status_of(self._store)
        except Exception as error:  # noqa: BLE001 - the other figures are wanted all the more
            log.warning("The store does not answer", error=type(error).__name__)
            self._metrics.set_unknown()
            return
        self._metrics.jobs_waiting.set(status.backlog.waiting)
        self._metrics.jobs_parked.set(status.parked)
        self._metrics.set_oldest(**_seconds(status.oldest))
        self._metrics.repositories_reading.set(len(status.reading))
        self._metrics.repositories_unread.set(len(status.unread))


class Health:
    """`/healthz`, `/readyz`, `/metrics`.

    `verdict` tells whether the bot can work now; `refresh` brings gauges up to date before they are read, by
    those whom `access` allows.
    """

    def __init__(
        self,
        *,
        metrics: Metrics,
        verdict: Callable[[], Awaitable[ReadinessVerdict]],
        refresh: Callable[[], Awaitable[None]],
        access: MetricsAccess,
    ) -> None:
        self._metrics = metrics
        self._verdict = verdict
        self._refresh = refresh
        self._access = access

    async def alive(self, _request: web.Request) -> web.Response:
        """The process answers: that is all that liveness means."""
        return web.json_response({"status": "alive"})

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when deliveries can be stored, with warnings where work is stuck; else 503 with the reasons."""
        verdict = await self._verdict()
        if verdict.reasons:
            return web.json_response({"status": "not ready", "reasons": verdict.reasons}, status=503)
        if verdict.warnings:
            return web.json_response({"status": "degraded", "warnings": verdict.warnings})
        return web.json_response({"status": "ready"})

    async def metrics(self, request: web.Request) -> web.Response:
        if not self._access.allows(request):
            return self._access.refusal()
        await self._refresh()
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})


def _seconds(oldest: OldestJobs) -> dict[str, float]:
    return {
        "waiting": oldest.waiting.total_seconds() if oldest.waiting else 0.0,
        "running": oldest.running.total_seconds() if oldest.running else 0.0,
    }
