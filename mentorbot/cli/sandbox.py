"""The bot and the small GitHub beside it, in one process: what runs where there are no credentials."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from pydantic import SecretStr

from mentorbot.cli.output import announce
from mentorbot.cli.startup import SANDBOX, save_sandbox_settings
from mentorbot.db.schema import drop_everything
from mentorbot.db.skipped_time import skip_time
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.feature_api.reference import spelled
from mentorbot.github.registration import NewApp
from mentorbot.sandbox.host import Host, OfferedCommand
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.settings import Settings
from mentorbot.web.setup.choices import Choices
from mentorbot.web.setup.guard import SetupGuard
from mentorbot.web.setup.last_page import Kept
from mentorbot.web.setup.pages import Setup
from mentorbot.web.setup.server import opened_setup
from mentorbot.wiring import Bot, run_missing_migrations, running_bot, store_address

log = structlog.get_logger("sandbox")

_LONGEST_WORK = 60.0
"""Seconds that a story and the clock wait for a bot at work."""


async def play_sandbox(settings: Settings, *, story: str) -> None:
    """Run the sandbox until cancelled, beginning with a `story`, where one is named.

    Whenever one is chosen on its page, everything begins afresh with that one, at the same addresses.
    """
    async with AsyncExitStack() as stack:
        home = settings.mentorbot_data / SANDBOX
        embedded = settings.model_copy(update={"mentorbot_data": home, "database_url": None})
        # Never DATABASE_URL: the sandbox begins afresh each time, and that may be somebody's real data.
        url = await stack.enter_async_context(store_address(embedded, own=True))
        settings = settings.model_copy(update={"database_url": url})
        chosen: str | None = story
        ports = _Ports(bot=settings.port, github=settings.port + 1 if settings.port else 0)
        is_first = True
        while chosen is not None:
            async with running_sandbox(settings, ports, story=chosen) as sandbox:
                if is_first:
                    _greet(sandbox)
                sandbox.setup.open_at(sandbox.bot.url)
                ports, is_first = sandbox.ports, False
                chosen = await sandbox.until_another_story()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ports:
    """Where the bot and the small GitHub listen; 0 is any free one."""

    bot: int
    github: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSandbox:
    """The small GitHub and the bot that hears it."""

    github: SimulatedGitHub
    bot: Bot
    setup: Setup
    chosen: asyncio.Future[str]

    @property
    def ports(self) -> _Ports:
        bot, github = (urlsplit(url).port or 0 for url in (self.bot.url, self.github.url))
        return _Ports(bot=bot, github=github)

    async def until_another_story(self) -> str | None:
        """The story that somebody chooses; None when the bot ends by itself. Raises what made it fail."""
        bot = asyncio.create_task(self.bot.run())
        ends: set[asyncio.Future[Any]] = {bot, self.chosen}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if bot.done():
                bot.result()
            return self.chosen.result() if self.chosen.done() else None
        finally:
            await _cancelled(bot)


@asynccontextmanager
async def running_sandbox(settings: Settings, ports: _Ports, *, story: str) -> AsyncIterator[RunningSandbox]:
    """An empty small GitHub and a bot with an empty store, until the end of the block; a `story` may play."""
    async with AsyncExitStack() as stack:
        await drop_everything(settings.database_url or "")
        await run_missing_migrations(settings.database_url or "")
        github = await stack.enter_async_context(_github(ports.github))
        there = sandbox_settings(github, settings.model_copy(update={"port": ports.bot}))
        guard = SetupGuard(public_url=there.public_url, announce=_note_link)
        setup = await stack.enter_async_context(
            opened_setup(there, guard=guard, keep=_keep_nothing, clock=github.clock.precise, is_trial=True)
        )
        bot = await stack.enter_async_context(
            running_bot(there, clock=github.clock.precise, setup=lambda _: setup)
        )
        chosen: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        introduce(github, bot, begin_story=partial(_choose, chosen))
        github.deliver_to(f"{bot.url}/github/webhook")
        note = save_sandbox_settings(settings.mentorbot_data / SANDBOX, there)
        stack.callback(note.unlink, missing_ok=True)
        if story:
            stack.push_async_callback(_cancelled, asyncio.create_task(_play_story(story, github)))
        yield RunningSandbox(github=github, bot=bot, setup=setup, chosen=chosen)


def _greet(sandbox: RunningSandbox) -> None:
    announce("Mentorbot is ready, in the sandbox: nothing leaves this machine.")
    announce(f"  Mentorbot's own pages:   {sandbox.bot.url}")
    announce(f"  The sandbox to play in:  {sandbox.github.url}")
    announce("`mentorbot setup` makes an App for the real GitHub. Ctrl-C stops this.")


def _choose(chosen: asyncio.Future[str], story: str) -> None:
    if not chosen.done():
        chosen.set_result(story)


def introduce(github: SimulatedGitHub, bot: Bot, *, begin_story: Callable[[str], None] | None = None) -> None:
    """Tell the small GitHub, which knows no bot, what this one can be told, and have it hear of the time."""
    github.host = Host(
        commands=tuple(
            OfferedCommand(
                text=spelled(listed),
                what=str(listed.command.help),
                who=str(listed.command.who),
                on=listed.command.on,
            )
            for listed in bot.catalog.commands()
        ),
        settled=partial(_settled, github, bot),
        time_passed=partial(_work_off, github, bot),
        begin_story=begin_story,
    )


async def _work_off(github: SimulatedGitHub, bot: Bot, by: timedelta) -> None:
    """The sandbox's clock has jumped: what was put off, and what is on schedule, is done when it is due."""
    await skip_time(bot.store, by)
    try:
        await _settled(github, bot)
        await bot.engine.tick()
        await _settled(github, bot)
    except TimeoutError as error:
        log.warning("The bot is still at work, and time goes on", why=str(error))


async def _settled(github: SimulatedGitHub, bot: Bot) -> None:
    """Wait until all is heard and worked off, and what the bot did then has come back to it, too."""
    heard = -1
    while heard != len(github.webhooks.log):
        heard = len(github.webhooks.log)
        await github.settled()
        await bot.engine.settled(within=_LONGEST_WORK)


def sandbox_settings(github: SimulatedGitHub, settings: Settings) -> Settings:
    """The settings of a bot that the sandbox's App belongs to."""
    return settings.model_copy(
        update={
            "github_app_id": github.app.id,
            "github_private_key": SecretStr(github.app.private_key),
            "github_private_key_path": None,
            "github_webhook_secret": SecretStr(github.app.webhook_secret),
            "github_client_id": github.app.client_id,
            "github_client_secret": SecretStr(github.app.client_secret),
            "session_secret": settings.session_secret or SecretStr(secrets.token_hex(32)),
            "github_api_url": github.url,
            "github_graphql_url": f"{github.url}/graphql",
            "github_server_url": github.url,
            "host": "127.0.0.1",  # everybody may act as anybody here
            "metrics_token": None,
            "public_url": f"http://127.0.0.1:{settings.port}" if settings.port else None,
        }
    )


@asynccontextmanager
async def _github(port: int) -> AsyncIterator[SimulatedGitHub]:
    try:
        async with running_github(port=port) as github:
            yield github
    except OSError as error:
        if port and str(port) in str(error):
            raise CannotGoOn(
                f"Port {port} is taken, where the sandbox would be: choose another PORT: "
                "`PORT=3010 make run`, for instance."
            ) from error
        raise


def _note_link(link: str) -> None:
    announce(f"  To try making an App:    {link}")


def _keep_nothing(_: NewApp, __: Choices) -> Kept:
    return Kept(
        note="It lives in the sandbox, as long as that runs; the bot goes on as the App it began with."
    )


async def _play_story(story: str, github: SimulatedGitHub) -> None:
    from mentorbot.sandbox.story import play  # noqa: PLC0415 - only where a story is told

    try:
        await play(story, github, say=announce)
    except Exception:
        log.exception("The story broke off; the sandbox goes on")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
