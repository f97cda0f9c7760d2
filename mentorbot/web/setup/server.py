"""The small server of `mentorbot setup`: the set-up, and nothing that needs credentials."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from mentorbot.web.setup.pages import Setup

_STATIC = Path(__file__).parent.parent / "static"


def create_setup_app(setup: Setup) -> web.Application:
    app = web.Application(client_max_size=64 * 1024)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/", _begin)
    app.router.add_static("/static", _STATIC)
    app.router.add_routes(setup.routes())
    return app


async def _alive(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _begin(_: web.Request) -> web.Response:
    return web.Response(status=303, headers={"Location": "/setup"})
