"""The simulated GitHub as a running server: `async with running_github() as github:`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from aiohttp import web

from mentorbot.sandbox import (
    graph,
    page,
    rest_apps,
    rest_checks,
    rest_comments,
    rest_issues,
    rest_labels,
    rest_people,
    rest_pulls,
    rest_repositories,
    rest_reviews,
    rest_service,
    rest_signing_in,
)
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.answers import Answer, not_found
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.auth import Tokens
from mentorbot.sandbox.clock import Clock
from mentorbot.sandbox.control import Control
from mentorbot.sandbox.faults import Faults
from mentorbot.sandbox.front import Front, RecordedRequest
from mentorbot.sandbox.limits import Limits
from mentorbot.sandbox.routes import Call, Route
from mentorbot.sandbox.state import World
from mentorbot.sandbox.webhooks import Webhooks

_TOPICS = (
    rest_apps,
    rest_repositories,
    rest_issues,
    rest_comments,
    rest_labels,
    rest_pulls,
    rest_reviews,
    rest_checks,
    rest_people,
    rest_service,
    rest_signing_in,
    graph,
)
_LARGEST_BODY = 26 * 1024 * 1024


class GitHub:
    """One simulated GitHub: its world, what can be done in it, and what was asked of it."""

    def __init__(self, *, start: datetime | None = None) -> None:
        self.clock = Clock(start)
        self.world = World(self.clock)
        self.faults = Faults()
        self.webhooks = Webhooks(self.world, self.faults)
        self.acts = Acts(self.world, self.webhooks)
        self.tokens = Tokens(self.world)
        self.limits = Limits(self.clock)
        self.requests: list[RecordedRequest] = []

    @property
    def app(self) -> App:
        """The App under test: its id, private key and webhook secret."""
        return self.world.app

    @property
    def url(self) -> str:
        """Where the REST API is; GraphQL is at `/graphql` below it."""
        return self.world.api_url

    def deliver_to(self, url: str | None) -> None:
        """Let webhooks go to `url` from now on, or nowhere (as long as that is so, none are made)."""
        self.webhooks.url = url

    async def settled(self) -> None:
        """Wait until every webhook was delivered, or failed to be."""
        await self.webhooks.settled()

    def listen_at(self, url: str) -> None:
        """Say where this GitHub is reached, for all the links it gives out."""
        self.world.api_url = self.world.html_url = url


def create_app(github: GitHub) -> web.Application:
    """The server's routes for one simulated GitHub."""
    app = web.Application(client_max_size=_LARGEST_BODY)
    front = Front(github)
    for route in all_routes():
        for prefix in ("", "/api" if route.path == "/graphql" else "/api/v3"):
            app.router.add_route(route.method, prefix + route.path, _answering(front, route))
    Control(github).add_to(app)
    nothing = Route(method="*", path="/{rest}", needs="anyone", handler=_nothing_there)
    page.add_to(app, github, otherwise=_answering(front, nothing))
    app.router.add_route("*", "/{rest:.*}", _answering(front, nothing))
    app.cleanup_ctx.append(_delivering(github))
    return app


def all_routes() -> list[Route]:
    """Everything the API answers, what is more literal first."""
    return sorted((route for topic in _TOPICS for route in topic.ROUTES.found), key=_literal_first)


def _literal_first(route: Route) -> list[int]:
    """Of routes that match the first is taken: `/pulls/comments` must come before `/pulls/{pull_number}`."""
    return [2 if ":." in part else 1 if "{" in part else 0 for part in route.path.split("/")]


def _answering(front: Front, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await front.answer(request, route)

    return answer


def _nothing_there(_: Call) -> Answer:
    raise not_found()


def _delivering(github: GitHub) -> Callable[[web.Application], AsyncIterator[None]]:
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
    github: GitHub | None = None,
    deliver_to: str | None = None,
    port: int = 0,
    start: datetime | None = None,
) -> AsyncIterator[GitHub]:
    """A simulated GitHub listening on 127.0.0.1 (a free port unless told otherwise) until the block ends.

    `github` may be one prepared earlier; `start` is when its clock starts; webhooks go to `deliver_to`.
    """
    running = github or GitHub(start=start)
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
