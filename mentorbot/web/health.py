"""Tells whoever runs the bot whether it lives, whether it is ready, and in figures how it is doing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from mentorbot.web.metrics import CONTENT_TYPE, Metrics
from mentorbot.web.metrics_access import FiguresAccess
from mentorbot.web.readiness import ReadinessVerdict


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
        access: FiguresAccess,
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

    async def figures(self, request: web.Request) -> web.Response:
        """Prometheus' text format."""
        if not self._access.allows(request):
            return self._access.refusal()
        await self._refresh()
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})
