"""Tells whoever runs the bot whether it lives, whether it is ready, and in figures how it is doing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from mentorbot.web.metrics import CONTENT_TYPE, Metrics


class Health:
    """`/healthz`, `/readyz`, `/metrics`.

    `what_is_missing` returns the reasons why the bot cannot work now, none when it can; `refresh` brings
    gauges up to date before they are read.
    """

    def __init__(
        self,
        *,
        metrics: Metrics,
        what_is_missing: Callable[[], Awaitable[Sequence[str]]],
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        self._metrics = metrics
        self._what_is_missing = what_is_missing
        self._refresh = refresh

    async def alive(self, _request: web.Request) -> web.Response:
        """The process answers: that is all that liveness means."""
        return web.json_response({"status": "alive"})

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when deliveries can be stored, else 503 with the reasons."""
        reasons = list(await self._what_is_missing())
        if reasons:
            return web.json_response({"status": "not ready", "reasons": reasons}, status=503)
        return web.json_response({"status": "ready"})

    async def figures(self, _request: web.Request) -> web.Response:
        """Prometheus' text format."""
        await self._refresh()
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})
