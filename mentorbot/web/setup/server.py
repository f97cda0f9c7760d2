"""Serves the set-up: in a small server of its own, that needs no credentials, or for a bot to show."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from mentorbot.core.clock import Clock
from mentorbot.features import load_catalog
from mentorbot.github.registration import Registration
from mentorbot.settings import Settings
from mentorbot.web.server import listening, local_address
from mentorbot.web.setup.guard import SetupGuard
from mentorbot.web.setup.pages import Keep, Setup

_STATIC = Path(__file__).parent.parent / "static"
_LARGEST_FORM = 64 * 1024


@asynccontextmanager
async def opened_setup(
    settings: Settings, *, guard: SetupGuard, keep: Keep, clock: Clock, is_trial: bool = False
) -> AsyncIterator[Setup]:
    """The pages of the set-up, which ask GitHub until the end of the block."""
    async with aiohttp.ClientSession() as http:
        yield Setup(
            guard=guard,
            registration=Registration(http, api_url=settings.github_api_url, clock=clock),
            catalog=load_catalog(settings.outside_features),
            keep=keep,
            server_url=settings.server_url,
            public_url=settings.public_url,
            is_trial=is_trial,
        )


@asynccontextmanager
async def running_setup(
    settings: Settings, *, guard: SetupGuard, keep: Keep, clock: Clock, place: socket.socket
) -> AsyncIterator[Setup]:
    """A server with nothing but the set-up, on a place that is bound, until the end of the block."""
    async with opened_setup(settings, guard=guard, keep=keep, clock=clock) as setup:
        app = create_setup_app(setup)
        async with listening(app, host=settings.listens_on, port=settings.port, place=place) as port:
            guard.open_at(settings.public_url or local_address(settings.listens_on, port))
            yield setup


def create_setup_app(setup: Setup) -> web.Application:
    app = web.Application(client_max_size=_LARGEST_FORM)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/", _begin)
    app.router.add_static("/static", _STATIC)
    app.router.add_routes(setup.routes())
    return app


async def _alive(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _begin(_: web.Request) -> web.Response:
    return web.Response(status=303, headers={"Location": "/setup"})
