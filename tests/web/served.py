"""Runs an aiohttp application on a free port of this machine, the way the bot's own server does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web

from mentorbot.web.connection_limits import ConnectionLimiter
from mentorbot.web.server import listening


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens, and a client to ask it with. Redirects are the test's business."""

    host: str
    port: int
    http: ClientSession

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


@asynccontextmanager
async def served(app: web.Application, *, limiter: ConnectionLimiter | None = None) -> AsyncIterator[Served]:
    async with listening(app, host="127.0.0.1", port=0, limiter=limiter) as port, ClientSession() as http:
        yield Served("127.0.0.1", port, http)
