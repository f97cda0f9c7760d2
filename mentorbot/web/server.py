"""The bot's web server: one application of webhook, health, metrics, pages and login."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from mentorbot.core.translator import phrase, say
from mentorbot.settings import EVERYWHERE
from mentorbot.web.connection_limits import ConnectionLimiter, connection_limit
from mentorbot.web.health import Health
from mentorbot.web.lazy_part import LazyPart
from mentorbot.web.login_errors import GitHubUnreachable, LoginFailed
from mentorbot.web.page_language import language_middleware
from mentorbot.web.webhook import Webhook

if TYPE_CHECKING:
    from mentorbot.web.login import Login
    from mentorbot.web.pages import Pages

log = structlog.get_logger("web")

_STATIC = Path(__file__).parent / "static"
_SHUTDOWN_SECONDS = 1.0
_BACKLOG = 128  # connections that wait to be let in, and are let in at once


class CannotListen(Exception):  # noqa: N818 - says what is the case, as callers read it
    """The address is taken, or not ours; the text names the fix."""


class Routed(Protocol):
    """Pages with addresses of their own."""

    def routes(self) -> Sequence[web.RouteDef]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """What the server answers with. Without `pages` it is a worker's: health and metrics only.

    `setup` are pages of the set-up: of a trial in the sandbox, or the last one, where it was done just now.

    Pages are built once somebody visits them: many servers only ever hear GitHub. `encrypted` tells that
    people reach it over https, and are never to come by another way.
    """

    health: Health
    webhook: Webhook | None = None
    pages: LazyPart[Pages] | None = None
    login: Login | None = None
    setup: Routed | None = None
    encrypted: bool = False


def create_app(parts: WebParts) -> web.Application:
    """The application, ready for `listening`."""
    app = web.Application(
        middlewares=[language_middleware(secure=parts.encrypted), _error_pages(parts.pages)]
    )
    if parts.encrypted:
        app.on_response_prepare.append(_require_https)
    app.router.add_get("/healthz", parts.health.alive)
    app.router.add_get("/readyz", parts.health.ready)
    app.router.add_get("/metrics", parts.health.metrics)
    if parts.webhook is not None:
        app.router.add_post("/github/webhook", parts.webhook.receive, expect_handler=parts.webhook.expected)
    if parts.pages is not None:
        app.router.add_static("/static", _STATIC)
        visits = _Visits(parts.pages)
        app.router.add_get("/", visits.home)
        app.router.add_get("/about", visits.about)
        if parts.login is not None:
            app.router.add_get("/login", parts.login.begin)
            app.router.add_get("/login/callback", parts.login.finish)
            app.router.add_post("/logout", parts.login.end)
        if parts.setup is not None:
            app.router.add_routes(parts.setup.routes())
        app.router.add_get("/{owner}/{name}", visits.repository)
        app.router.add_get(r"/{owner}/{name}/{number:\d{1,9}}", visits.thread)
    return app


class _Visits:
    """Hands requests on to pages that are built when the first one comes."""

    def __init__(self, pages: LazyPart[Pages]) -> None:
        self._pages = pages

    async def home(self, request: web.Request) -> web.Response:
        return await (await self._pages()).home(request)

    async def about(self, request: web.Request) -> web.Response:
        return await (await self._pages()).about(request)

    async def repository(self, request: web.Request) -> web.Response:
        return await (await self._pages()).repository(request)

    async def thread(self, request: web.Request) -> web.Response:
        return await (await self._pages()).thread(request)


async def _require_https(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A place that several servers can listen on, one after the other; between them callers just wait.

    Raises CannotListen.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        place = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    with place:
        yield place


@asynccontextmanager
async def listening(
    app: web.Application,
    *,
    host: str,
    port: int,
    limiter: ConnectionLimiter | None = None,
    place: socket.socket | None = None,
) -> AsyncIterator[int]:
    """Serve until the end of the block; yields the port (port 0: a free one). Raises CannotListen.

    Where it is `bound` to a `place` already, that is where, and stays bound afterwards.
    """
    runner = web.AppRunner(app, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        async with _listener(
            runner, limiter or ConnectionLimiter(connection_limit()), host, port, place
        ) as listener:
            yield int(listener.sockets[0].getsockname()[1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _listener(
    runner: web.AppRunner, limiter: ConnectionLimiter, host: str, port: int, place: socket.socket | None
) -> AsyncIterator[asyncio.Server]:
    server = runner.server
    assert server is not None  # noqa: S101 - it was set up
    loop = asyncio.get_running_loop()

    def connection() -> asyncio.Protocol:
        return limiter.connection(server)

    try:
        if place is not None:
            listener = await loop.create_server(connection, sock=place.dup(), backlog=_BACKLOG)
        else:
            listener = await loop.create_server(connection, host, port, backlog=_BACKLOG)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        yield listener
    finally:
        listener.close()


def local_address(host: str, port: int) -> str:
    """Where this machine finds what listens there."""
    return f"http://{'localhost' if host == EVERYWHERE else host}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> CannotListen:
    return CannotListen(
        f"Cannot listen on {host}:{port} ({error.strerror}). Is another mentorbot running? "
        "PORT and HOST choose another place: `PORT=3010 mentorbot serve`, for instance."
    )


def _error_pages(pages: LazyPart[Pages] | None) -> Middleware:
    """What people see instead of an error's bowels."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except GitHubUnreachable as error:
            return await _error_response(pages, request, 503, say("GitHub does not answer"), str(error))
        except LoginFailed as error:
            return await _error_response(pages, request, 400, say("That login didn't work"), str(error))
        except web.HTTPException as error:
            if pages is None or error.status < web.HTTPBadRequest.status_code or request.method != "GET":
                raise
            return (await pages()).message(
                request, error.status, *map(say, _ERROR_TEXTS.get(error.status, _ERROR_TEXTS[404]))
            )
        except Exception:
            resource = request.match_info.route.resource
            log.exception(
                "A request failed", page=resource.canonical if resource else "", method=request.method
            )
            return await _error_response(pages, request, 500, *map(say, _ERROR_TEXTS[500]))

    return middleware


async def _error_response(
    pages: LazyPart[Pages] | None, request: web.Request, status: int, title: str, text: str
) -> web.StreamResponse:
    if pages is None or request.method != "GET":
        return web.Response(status=status, text=f"{title}. {text}\n")
    return (await pages()).message(request, status, title, text)


_ERROR_TEXTS = {
    404: (
        phrase("Nothing here"),
        phrase("There is no such page. The address may have a typing mistake."),
    ),
    405: (phrase("Not this way"), phrase("This address takes no visits, only messages from GitHub.")),
    500: (
        phrase("Sorry, that went wrong"),
        phrase("The mistake is ours, and it is in the log. Please try again in a minute."),
    ),
}
