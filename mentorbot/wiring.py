"""The only place where things are constructed: store, GitHub, engine, web server, worker."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import psycopg
import structlog

from mentorbot.core.clock import Clock
from mentorbot.db.database import STORE_DOWN
from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.postgres_supervision import address
from mentorbot.db.schema import migrate, missing_migrations
from mentorbot.engine.receive_delivery import DeliveryReceiver
from mentorbot.engine.unknown_names import UnknownRepository
from mentorbot.loading import loading
from mentorbot.settings import Settings
from mentorbot.web.health import Health, Readiness
from mentorbot.web.lazy_part import LazyPart
from mentorbot.web.metrics import Metrics, MetricsAccess
from mentorbot.web.server import CannotListen, Routed, WebParts, create_app, listening, local_address
from mentorbot.web.webhook import Webhook

if TYPE_CHECKING:
    from mentorbot.db.store import Store
    from mentorbot.engine.engine import Engine
    from mentorbot.feature_api.feature_catalog import FeatureCatalog
    from mentorbot.github.app import GitHubApp
    from mentorbot.web.login import Login
    from mentorbot.web.pages import Pages

S = TypeVar("S", bound=IntakeStore)

log = structlog.get_logger("wiring")

SETUP_ERRORS: tuple[type[Exception], ...] = (
    StoreUnusable,
    UnknownRepository,
    CannotListen,
    psycopg.OperationalError,
)
"""What keeps a command from starting, and is not its own fault."""

WORKER_PATIENCE = 6.0
"""Seconds that a worker has for finishing what is under way; the rest of the ten is for the store to stop."""

_GIVING_BACK, _CLOSING = 0.5, 0.8  # seconds for what should take none, and hangs where the store does


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServer:
    """What takes deliveries in. `worker` ends when it was told to stop, or when it fails."""

    store: IntakeStore
    metrics: Metrics
    url: str = ""
    worker: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Go on until cancelled. Raises what made the worker fail."""
        if self.worker is None:
            await asyncio.Event().wait()
        else:
            await asyncio.wait([self.worker])
            self.worker.result()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot(WebServer):
    """The bot with all its parts."""

    engine: Engine
    app: GitHubApp
    store: Store
    catalog: FeatureCatalog


def now() -> datetime:
    return datetime.now(UTC)


def explain_setup_error(error: Exception) -> str:
    """A set-up error in words that name the fix."""
    if isinstance(error, psycopg.OperationalError):
        reason = str(error).strip().splitlines()[0]
        return f"The database cannot be reached ({reason}). Is DATABASE_URL right, and is it running?"
    return str(error)


@asynccontextmanager
async def store_address(settings: Settings, *, own: bool) -> AsyncIterator[str]:
    """The database's address; without DATABASE_URL a PostgreSQL of ours runs during the block.

    It is started again when it dies; when that doesn't help, the block is cancelled. `own` is for the bot
    itself: a second one on the same embedded store is refused. Raises StoreUnusable.
    """
    async with address(settings.database_url, embedded_in=settings.mentorbot_data, own=own) as url:
        yield url


async def run_missing_migrations(url: str) -> Sequence[str]:
    """Run the migrations that are missing, and return their ids."""
    missing = await missing_migrations(url)
    if missing:
        await migrate(url)
    return missing


@asynccontextmanager
async def opened_bot(settings: Settings, *, clock: Clock, own: bool = False) -> AsyncIterator[Bot]:
    """The bot's parts without web server and worker: what commands need. Raises one of SETUP_ERRORS."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings, own=own))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield _bot(settings, store, http=http, clock=clock, metrics=Metrics())


def _bot(
    settings: Settings, store: Store, *, http: aiohttp.ClientSession, clock: Clock, metrics: Metrics
) -> Bot:
    with loading():
        # Half of all that is ever imported, and a web server that only hears GitHub needs none of it.
        from mentorbot.engine.engine import Engine  # noqa: PLC0415
        from mentorbot.features import load_catalog  # noqa: PLC0415
        from mentorbot.github.app import GitHubApp  # noqa: PLC0415
        from mentorbot.github.footer import about_page  # noqa: PLC0415

        catalog = load_catalog(settings.outside_features)
    for one in catalog.outside:
        if one.left_out_because:
            log.warning("feature_left_out", feature=one.name, why=one.left_out_because)
    app = GitHubApp(
        session=http,
        api_url=settings.github_api_url,
        graphql_url=settings.graphql_url,
        app_id=settings.github_app_id or 0,
        private_key=settings.private_key,
        clock=clock,
        about=about_page(settings.public_url, api_url=settings.github_api_url),
        observe_request=metrics.request,
    )
    engine = Engine(
        store=store,
        app=app,
        catalog=catalog,
        clock=clock,
        observer=metrics,
        public_url=settings.public_url or "",
    )
    return Bot(engine=engine, app=app, store=store, catalog=catalog, metrics=metrics)


@asynccontextmanager
async def opened_store(settings: Settings, *, own: bool = False) -> AsyncIterator[Store]:
    """Only the store: for commands that ask what is remembered. Raises one of SETUP_ERRORS."""
    from mentorbot.db.store import Store  # noqa: PLC0415 - a web server opens a part of it

    async with _opened(settings, Store, own=own) as store:
        yield store


@asynccontextmanager
async def _opened(
    settings: Settings, kind: type[S], *, own: bool, running_at: str | None = None
) -> AsyncIterator[S]:
    async with nullcontext(running_at) if running_at else store_address(settings, own=own) as url:
        if settings.database_url is None:
            await run_missing_migrations(url)
        store = kind(url)
        try:
            await store.start()
            yield store
        finally:
            await _close(store)


@asynccontextmanager
async def working(bot: Bot) -> AsyncIterator[asyncio.Task[None]]:
    """A worker during the block; at its end it finishes what is under way, or gives it back."""
    stop = asyncio.Event()
    task = asyncio.create_task(_work(bot, stop))
    try:
        yield task
    finally:
        stop.set()
        await _finish_worker(task)


@asynccontextmanager
async def running_bot(
    settings: Settings,
    *,
    clock: Clock,
    worker: bool = True,
    setup: Callable[[Bot], Routed] | None = None,
    place: socket.socket | None = None,
) -> AsyncIterator[Bot]:
    """The web server, with a worker or without, until the end of the block. Raises one of SETUP_ERRORS.

    `setup` gives pages of the set-up to it; `place` is where it listens, if it is bound already.
    """
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(opened_bot(settings, clock=clock, own=True))
        if worker:
            bot = replace(bot, worker=await stack.enter_async_context(working(bot)))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        login = _login(settings, bot.store, http)
        pages = LazyPart(lambda: _pages(settings, bot, login, clock))
        parts = _web_parts(settings, bot.store, bot.metrics, login=login, pages=pages, clock=clock)
        if setup is not None:
            parts = replace(parts, setup=setup(bot))
        yield replace(bot, url=await stack.enter_async_context(_website(settings, parts, place)))


@asynccontextmanager
async def running_web(
    settings: Settings, *, clock: Clock, store_url: str | None = None
) -> AsyncIterator[WebServer]:
    """Only the web server, until the end of the block; `store_url` is where its store runs.

    Raises one of SETUP_ERRORS.

    Workers beside it do the work, and hold all that takes. An engine is built for its pages alone, once
    somebody visits one.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(
            _opened(settings, IntakeStore, own=True, running_at=store_url)
        )
        http = await stack.enter_async_context(aiohttp.ClientSession())
        metrics, login = Metrics(), _login(settings, store, http)

        def pages() -> Pages:
            from mentorbot.db.store import Store  # noqa: PLC0415 - for visitors only

            whole = Store(store.url, database=store.database, jobs=store.jobs)
            bot = _bot(settings, whole, http=http, clock=clock, metrics=metrics)
            return _pages(settings, bot, login, clock)

        parts = _web_parts(settings, store, metrics, login=login, pages=LazyPart(pages), clock=clock)
        url = await stack.enter_async_context(_website(settings, parts))
        yield WebServer(store=store, metrics=metrics, url=url)


@asynccontextmanager
async def _website(
    settings: Settings, parts: WebParts, place: socket.socket | None = None
) -> AsyncIterator[str]:
    app = create_app(parts)
    async with listening(app, host=settings.listens_on, port=settings.port, place=place) as port:
        yield settings.public_url or local_address(settings.listens_on, port)


@asynccontextmanager
async def running_worker(
    settings: Settings, *, clock: Clock, health_port: int | None = None
) -> AsyncIterator[Bot]:
    """Only a worker, until the end of the block; with a port for whoever watches it. Raises SETUP_ERRORS."""
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(opened_bot(settings, clock=clock))
        bot = replace(bot, worker=await stack.enter_async_context(working(bot)))
        if health_port is not None:
            app = create_app(WebParts(health=_health(bot.store, bot.metrics, _metrics_access(settings))))
            port = await stack.enter_async_context(listening(app, host=settings.listens_on, port=health_port))
            bot = replace(bot, url=f"http://localhost:{port}")
        yield bot


async def _work(bot: Bot, stop: asyncio.Event) -> None:
    """Work jobs off, as soon as the database has all its tables. Raises StoreUnusable where it never will."""
    from mentorbot.engine.worker import stopped_within  # noqa: PLC0415 - brings procrastinate along

    while not stop.is_set():
        try:
            if not await missing_migrations(bot.store.url):
                await bot.store.check()
                break
            log.warning("Waiting for `mentorbot migrate`: the database lacks migrations")
        except STORE_DOWN as error:  # it was there a moment ago, and is started again
            log.warning("Waiting for the database", why=type(error).__name__)
        await stopped_within(stop, seconds=2)
    if not stop.is_set():
        await bot.engine.run_worker(stop)


async def _finish_worker(worker: asyncio.Task[None]) -> None:
    """Let a worker finish what is under way, or take it from its hands: its jobs are given back."""
    _, late = await asyncio.wait([worker], timeout=WORKER_PATIENCE)
    for task in late:
        log.warning("The worker did not finish in time; its jobs are given back")
        task.cancel()
        await asyncio.wait([task], timeout=_GIVING_BACK)
    if not worker.done():
        return
    error = None if worker.cancelled() else worker.exception()
    if error is not None and not isinstance(error, SETUP_ERRORS):  # those are explained in a sentence
        log.error("The worker failed", exc_info=error)


async def _close(store: IntakeStore) -> None:
    """Disconnect, without waiting for a database that hangs."""
    closing = asyncio.create_task(store.close())
    _, late = await asyncio.wait([closing], timeout=_CLOSING)
    for task in late:
        task.cancel()


def _web_parts(
    settings: Settings,
    store: IntakeStore,
    metrics: Metrics,
    *,
    login: Login | None,
    pages: LazyPart[Pages],
    clock: Clock,
) -> WebParts:
    return WebParts(
        health=_health(store, metrics, _metrics_access(settings)),
        webhook=Webhook(
            receive=DeliveryReceiver(store, metrics).receive,
            secret=settings.webhook_secret,
            clock=clock,
            metrics=metrics,
            unavailable=STORE_DOWN,
        ),
        pages=pages,
        login=login,
        encrypted=_is_encrypted(settings),
    )


def _pages(settings: Settings, bot: Bot, login: Login | None, clock: Clock) -> Pages:
    from mentorbot.web.overview import EngineOverview  # noqa: PLC0415 - as Pages
    from mentorbot.web.pages import Pages  # noqa: PLC0415 - brings Jinja along, for visitors only

    return Pages(
        source=EngineOverview(bot.engine, bot.catalog),
        login=login,
        clock=clock,
        server_url=settings.server_url,
        metrics_access=_metrics_access(settings),
    )


def _is_encrypted(settings: Settings) -> bool:
    return settings.public_url is not None and settings.public_url.startswith("https://")


def _health(store: IntakeStore, metrics: Metrics, metrics_access: MetricsAccess) -> Health:
    readiness = Readiness(store, metrics)
    return Health(
        metrics=metrics, verdict=readiness.verdict, refresh=readiness.refresh, access=metrics_access
    )


def _metrics_access(settings: Settings) -> MetricsAccess:
    token = settings.metrics_token
    return MetricsAccess(token.get_secret_value() if token is not None else None)


def _login(settings: Settings, store: IntakeStore, http: aiohttp.ClientSession) -> Login | None:
    """Login, where a client id switches it on (the settings then hold all three)."""
    id_, secret, session = (
        settings.github_client_id,
        settings.github_client_secret,
        settings.session_secret,
    )
    if id_ is None or secret is None or session is None:
        return None
    from mentorbot.web.login import Login, OAuthApp  # noqa: PLC0415 - where it is on; brings cryptography along
    from mentorbot.web.sessions import Sessions  # noqa: PLC0415 - the same

    return Login(
        app=OAuthApp(
            client_id=id_,
            client_secret=secret.get_secret_value(),
            server_url=settings.server_url,
            api_url=settings.github_api_url,
            public_url=settings.public_url,
        ),
        sessions=Sessions(session.get_secret_value(), kept=store.sessions, secure=_is_encrypted(settings)),
        http=http,
    )
