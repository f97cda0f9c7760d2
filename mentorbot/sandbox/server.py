"""The simulated GitHub as a running server: `async with running_github() as github:`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from aiohttp import web

from mentorbot.sandbox.page import registering
from mentorbot.sandbox.page import views as page
from mentorbot.sandbox.request_pipeline import Front
from mentorbot.sandbox.simulated_github import SimulatedGitHub

_LARGEST_BODY = 26 * 1024 * 1024


def create_app(github: SimulatedGitHub) -> web.Application:
    """The server's routes for one simulated GitHub: the page, and the API for all other addresses."""
    app = web.Application(client_max_size=_LARGEST_BODY)
    api = Front(github).answer
    registering.add_to(app, github, otherwise=api)
    page.add_to(app, github, otherwise=api)
    app.router.add_route("*", "/{rest:.*}", api)
    app.cleanup_ctx.append(_delivering(github))
    return app


def _delivering(github: SimulatedGitHub) -> Callable[[web.Application], AsyncIterator[None]]:
    async def deliver(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(github.webhooks.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return deliver


@asynccontextmanager
async def running_github(
    *,
    github: SimulatedGitHub | None = None,
    deliver_to: str | None = None,
    port: int = 0,
    start: datetime | None = None,
) -> AsyncIterator[SimulatedGitHub]:
    """A simulated GitHub listening on 127.0.0.1 (a free port unless told otherwise) until the block ends.

    `github` may be one prepared earlier; `start` is when its clock starts; webhooks go to `deliver_to`.
    """
    running = github or SimulatedGitHub(start=start)
    if deliver_to is not None:
        running.deliver_to(deliver_to)
    runner = web.AppRunner(create_app(running), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    listening: tuple[str, int] = runner.addresses[0]
    running.listen_at(f"http://127.0.0.1:{listening[1]}")
    try:
        yield running
    finally:
        await runner.cleanup()
