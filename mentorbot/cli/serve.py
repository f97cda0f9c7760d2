"""Commands that keep running: serve, worker, sandbox; and migrate, which comes before."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from mentorbot.cli.output import announce, load_wiring, run, run_loading, say
from mentorbot.cli.worker_process import (
    UNTIL_STDIN_ENDS,
    figures_of_all_processes,
    step_back,
    worker_process,
)
from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.loading import loaded

if TYPE_CHECKING:
    from mentorbot.db.intake_store import IntakeStore
    from mentorbot.settings import Settings
    from mentorbot.web.metrics import Metrics

FIRST_STORY = "newcomer"
"""What plays for somebody who just wants to see what this is."""

_ONLY_FOR_SANDBOX = "graphql"

_ASK_AGAIN = 1.0
"""Seconds between looks whether it is ready by now."""

SHUTDOWN_TIMEOUT = 9.4
"""Seconds after which a process that was told to stop ends without waiting for anything."""


def serve(
    *,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Run a worker beside it, in a process of its own.")
    ] = True,
) -> None:
    """Run the web server, with its worker. Without GitHub credentials: the sandbox."""
    settings = _settings()
    if settings.has_credentials and with_worker:
        with figures_of_all_processes():
            run_loading(_serve(settings, worker=True), on=fast_event_loop())
    elif settings.has_credentials:
        run_loading(_serve(settings, worker=False), on=fast_event_loop())
    elif with_worker:
        _need_sandbox()
        run(_play(_settings(quiet=True), story=FIRST_STORY))
    else:
        raise CannotGoOn(
            "The sandbox runs in one process: leave out --no-worker, or set GITHUB_APP_ID and what "
            "belongs to it (`mentorbot setup` makes an App)."
        )


def worker(
    *,
    health_port: Annotated[
        int | None, typer.Option(help="Answer /healthz, /readyz and /metrics on this port.", max=65535)
    ] = None,
    until_stdin_ends: Annotated[bool, typer.Option(UNTIL_STDIN_ENDS, hidden=True)] = False,
) -> None:
    """Work deliveries off; any number of these, on any number of machines, on one DATABASE_URL."""
    settings = _settings()
    if not settings.has_credentials:
        raise CannotGoOn(
            "A worker needs GITHUB_APP_ID, GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET. "
            "`mentorbot setup` makes an App; in the sandbox, `mentorbot serve` works by itself."
        )
    if until_stdin_ends:
        step_back()
    run(_work(settings, health_port=health_port, until_stdin_ends=until_stdin_ends), on=fast_event_loop())


def migrate() -> None:
    """Bring the database's schema up to date."""
    settings = _settings()
    run(_migrate(settings))


def sandbox(
    *,
    story: Annotated[str, typer.Option(help="What to play: newcomer (a week) or month.")] = "",
) -> None:
    """Run the bot in the sandbox, whatever credentials there are."""
    _need_sandbox()
    from mentorbot.sandbox.story import STORIES  # noqa: PLC0415

    if story and story not in STORIES:
        raise CannotGoOn(f"There is no story {story!r}: choose one of {', '.join(STORIES)}.")
    run(_play(_settings(quiet=True), story=story))


def _need_sandbox() -> None:
    """Raises CannotGoOn where the extra is missing that holds what only the sandbox imports."""
    if find_spec(_ONLY_FOR_SANDBOX):
        return
    raise CannotGoOn(
        "The sandbox is not installed: reinstall mentorbot with it, for instance by "
        "`pipx install --force 'mentorbot[sandbox] @ file:///path/to/checkout'`, "
        "or set GITHUB_APP_ID, GITHUB_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET to serve the real GitHub."
    )


def _settings(*, quiet: bool = False) -> Settings:
    from mentorbot.cli.startup import ready_settings  # noqa: PLC0415

    return ready_settings(quiet=quiet)


def fast_event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes the event loop of processes that serve; None where there is only asyncio's own (Windows)."""
    try:
        import uvloop  # noqa: PLC0415 - see above
    except ImportError:  # pragma: no cover - Windows
        return None
    return uvloop.new_event_loop


async def _migrate(settings: Settings) -> None:
    from mentorbot.wiring import run_missing_migrations, store_address  # noqa: PLC0415

    async with store_address(settings, own=False) as url:
        done = await run_missing_migrations(url)
    say(
        english_plural("Ran {count} migration.", "Ran {count} migrations.", len(done))
        if done
        else "The database is up to date."
    )


async def _serve(settings: Settings, *, worker: bool) -> None:
    from mentorbot.db.postgres_supervision import address  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(stopping_on_signals())
        store = address(
            settings.database_url, embedded_in=settings.mentorbot_data, own=True, meanwhile=load_wiring
        )
        url = await stack.enter_async_context(store)
        from mentorbot.wiring import now, running_web  # noqa: PLC0415 - while PostgreSQL starts

        web = await stack.enter_async_context(running_web(settings, clock=now, store_url=url))
        if worker:
            web.metrics.include_all_processes()
            web = replace(web, worker=await stack.enter_async_context(worker_process(web.store.url)))
        loaded()
        async with _telling_readiness(settings, web.store, web.metrics, name="Mentorbot", at=web.url):
            await web.run()


async def _work(settings: Settings, *, health_port: int | None, until_stdin_ends: bool) -> None:
    from mentorbot.wiring import now, running_worker  # noqa: PLC0415

    async with (
        stopping_on_signals(and_end_of_stdin=until_stdin_ends),
        running_worker(settings, clock=now, health_port=health_port) as bot,
    ):
        loaded()
        async with _telling_readiness(settings, bot.store, bot.metrics, name="Mentorbot's worker"):
            await bot.run()


@asynccontextmanager
async def _telling_readiness(
    settings: Settings, store: IntakeStore, metrics: Metrics, *, name: str, at: str = ""
) -> AsyncIterator[None]:
    """Say during the block that it is ready as soon as that is so, and until then what it waits for."""
    telling = asyncio.create_task(_tell_readiness(settings, store, metrics, name=name, at=at))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.wait([telling])


async def _tell_readiness(
    settings: Settings, store: IntakeStore, metrics: Metrics, *, name: str, at: str
) -> None:
    from mentorbot.web.health import Readiness  # noqa: PLC0415 - a server has it loaded

    readiness, told = Readiness(store, metrics), ""
    while reasons := (await readiness.verdict()).reasons:
        why = f"{name} is not ready yet: {'; '.join(reasons)}."
        if why != told:
            announce(why)
            if settings.database_url is not None:
                announce("It goes on asking the database that DATABASE_URL names. Does that answer?")
        told = why
        await asyncio.sleep(_ASK_AGAIN)
    announce(f"{name} is ready: {at}" if at else f"{name} is ready.")


async def _play(settings: Settings, *, story: str) -> None:
    from mentorbot.cli.sandbox import play_sandbox  # noqa: PLC0415

    async with stopping_on_signals():
        await play_sandbox(settings, story=story)


@asynccontextmanager
async def stopping_on_signals(*, and_end_of_stdin: bool = False) -> AsyncIterator[None]:
    """Cancel the block on Ctrl-C and SIGTERM, however far it has come. The process ends, whatever hangs.

    The end of standard input is one more sign where it tells that whoever started this process is gone.
    """
    block, loop = asyncio.current_task(), asyncio.get_running_loop()
    told = False

    def stop() -> None:
        nonlocal told
        if told or block is None:
            return
        told = True
        last_resort = threading.Timer(SHUTDOWN_TIMEOUT, _exit_at_once)
        last_resort.daemon = True  # where all goes well, the process doesn't wait for it
        last_resort.start()
        block.cancel()
        announce("Stopping …")

    def read_stdin() -> None:
        if not os.read(sys.stdin.fileno(), 1024):
            loop.remove_reader(sys.stdin.fileno())
            stop()

    if and_end_of_stdin:
        loop.add_reader(sys.stdin.fileno(), read_stdin)
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_, stop)
    try:
        yield
    except asyncio.CancelledError:
        if not told or block is None:
            raise
        block.uncancel()


def _exit_at_once() -> None:
    """End without another word to a store that doesn't answer: nothing is lost, as after a crash."""
    sys.stderr.write(
        "mentorbot: The store did not let go in time. What was under way is done at the next start.\n"
    )
    sys.stderr.flush()
    os._exit(1)
