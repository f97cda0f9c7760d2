"""The bot and the small GitHub beside it, in one process: what runs where there are no credentials."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from pydantic import SecretStr

from mentorbot.cli.output import say
from mentorbot.cli.startup import SANDBOX, save_sandbox_settings
from mentorbot.db.schema import drop_everything
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.settings import Settings
from mentorbot.wiring import Bot, run_missing_migrations, running_bot, store_address

log = structlog.get_logger("sandbox")


@asynccontextmanager
async def running_sandbox(settings: Settings, *, story: str) -> AsyncIterator[Bot]:
    """The sandbox and the bot, talking to each other until the end of the block; a `story` may play."""
    async with AsyncExitStack() as stack:
        home = settings.mentorbot_data / SANDBOX
        embedded = settings.model_copy(update={"mentorbot_data": home, "database_url": None})
        # Never DATABASE_URL: the sandbox begins afresh each time, and that may be somebody's real data.
        url = await stack.enter_async_context(store_address(embedded, own=True))
        await drop_everything(url)
        await run_missing_migrations(url)
        github = await stack.enter_async_context(_github(settings))
        there = sandbox_settings(github, settings.model_copy(update={"database_url": url}))
        bot = await stack.enter_async_context(running_bot(there, clock=github.clock.precise))
        github.deliver_to(f"{bot.url}/github/webhook")
        note = save_sandbox_settings(home, there)
        stack.callback(note.unlink, missing_ok=True)
        say("Mentorbot is ready, in the sandbox: nothing leaves this machine.")
        say(f"  Mentorbot's own pages:   {bot.url}")
        say(f"  The sandbox to play in:  {github.url}")
        say("With GITHUB_APP_ID and the like in .env it serves the real GitHub. Ctrl-C stops it.")
        if story:
            stack.push_async_callback(_cancelled, asyncio.create_task(_play_story(story, github)))
        yield bot


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
async def _github(settings: Settings) -> AsyncIterator[SimulatedGitHub]:
    port = settings.port + 1 if settings.port else 0
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


async def _play_story(story: str, github: SimulatedGitHub) -> None:
    from mentorbot.sandbox.story import play  # noqa: PLC0415 - only where a story is told

    try:
        await play(story, github, say=say)
    except Exception:
        log.exception("The story broke off; the sandbox goes on")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
