"""Fixtures with life in them: a small GitHub, the whole bot, and both together."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from mentorbot.cli.sandbox import introduce
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.settings import Settings
from mentorbot.wiring import Bot, running_bot
from tests.patience import until
from tests.world import World

MONDAY_MORNING = datetime(2026, 2, 9, 8, tzinfo=UTC)


@pytest.fixture
async def github() -> AsyncIterator[SimulatedGitHub]:
    """A small GitHub, on a Monday morning."""
    async with running_github(start=MONDAY_MORNING) as github:
        yield github


@pytest.fixture
def settings(github: SimulatedGitHub, database_url: str) -> Settings:
    """Settings of a bot that the small GitHub's App belongs to."""
    return settings_for(github, database_url)


@pytest.fixture
async def bot(github: SimulatedGitHub, settings: Settings) -> AsyncIterator[Bot]:
    """The whole bot, web server and worker, hearing the small GitHub."""
    async with running_bot(settings, clock=github.clock.precise) as bot:
        await asked_at_the_start(github)
        introduce(github, bot)
        github.deliver_to(f"{bot.url}/github/webhook")
        yield bot


@pytest.fixture
async def world(github: SimulatedGitHub, bot: Bot) -> World:
    """Both together: what people do, and what they then see."""
    return World(github, bot)


_ASKED_AT_THE_START = Counter({"/app/installations": 2, "/app/hook/deliveries": 1})


async def asked_at_the_start(github: SimulatedGitHub) -> None:
    """Wait until a worker has asked what each asks as it starts: no event that follows costs that."""
    await until(lambda: Counter(one.path for one in github.requests) >= _ASKED_AT_THE_START)


def settings_for(github: SimulatedGitHub, database_url: str) -> Settings:
    """Credentials of the small GitHub's App, and a port of its own."""
    return Settings.model_construct(
        **{
            name: field.get_default()
            for name, field in Settings.model_fields.items()
            if not field.is_required()
        }
        | {
            "github_app_id": github.app.id,
            "github_private_key": SecretStr(github.app.private_key),
            "github_webhook_secret": SecretStr(github.app.webhook_secret),
            "github_client_id": github.app.client_id,
            "github_client_secret": SecretStr(github.app.client_secret),
            "session_secret": SecretStr("s" * 32),
            "github_api_url": github.url,
            "github_server_url": github.url,
            "database_url": database_url,
            "host": "127.0.0.1",
            "port": 0,
        }
    )
