"""A small GitHub and the whole bot in a thread of their own, so that commands can be run beside them."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import structlog

from mentorbot.cli.startup import SANDBOX, save_sandbox_settings
from mentorbot.sandbox.server import running_github
from mentorbot.settings import PLATFORMS, Settings
from mentorbot.wiring import running_bot
from tests.living import settings_for
from tests.postgres import PostgresForTests
from tests.world import World

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Beside:
    """A world that goes on while a command runs."""

    world: World
    loop: asyncio.AbstractEventLoop

    def do(self, act: Callable[[World], Awaitable[T]]) -> T:
        """Let something happen there, and wait until it has."""

        async def done() -> T:
            return await act(self.world)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(30)


@pytest.fixture(autouse=True)
def leave_the_process_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No settings from outside, no .env file, and the log as pytest wants it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name in PLATFORMS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MENTORBOT_DATA", str(tmp_path / "data"))
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.fixture
def database(postgres: PostgresForTests) -> Iterator[str]:
    """A fresh database with all tables."""
    url = postgres.fresh_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def beside(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Beside]:
    """A world with its bot, and an environment that leads commands to both, as to the sandbox that plays."""
    begun: Future[Beside] = Future()
    live = _live(database, begun, setenv=monkeypatch.setenv)
    thread = threading.Thread(target=lambda: asyncio.run(live), daemon=True)
    thread.start()
    there = begun.result(30)
    save_sandbox_settings(tmp_path / "data" / SANDBOX, settings_for(there.world.github, database))
    yield there
    there.loop.call_soon_threadsafe(there.world.ended.set)
    thread.join(30)
    assert not thread.is_alive()


async def _live(database: str, begun: Future[Beside], *, setenv: Callable[[str, str], None]) -> None:
    try:
        async with running_github() as github:
            # Before the bot: its threads read the environment as they open connections, and a process where
            # another thread adds to it meanwhile crashes: setenv is "MT-Unsafe" in the GNU C library's manual
            setenv("GITHUB_APP_ID", str(github.app.id))
            setenv("GITHUB_PRIVATE_KEY", github.app.private_key)
            setenv("GITHUB_WEBHOOK_SECRET", github.app.webhook_secret)
            setenv("GITHUB_API_URL", github.url)
            setenv("DATABASE_URL", database)
            settings = settings_for(github, database)
            async with running_bot(settings, clock=github.clock.precise) as bot:
                github.deliver_to(f"{bot.url}/github/webhook")
                world = World(github, bot)
                begun.set_result(Beside(world, asyncio.get_running_loop()))
                await world.ended.wait()
    except BaseException as error:
        if not begun.done():
            begun.set_exception(error)
        raise
