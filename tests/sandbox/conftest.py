"""A small world for each test: an organisation with a maintainer, a repository, the App; a newcomer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.server import GitHub, running_github
from tests.sandbox.receiving import Caller, Ear, app_jwt, listening


@pytest.fixture
async def github() -> AsyncIterator[GitHub]:
    async with running_github() as running:
        acts = running.acts
        acts.add_user("grace", name="Grace Hopper")
        acts.add_user("ada", name="Ada Lovelace")
        acts.add_user("newton")
        acts.add_organization("octo", owners=("grace",))
        acts.create_repository(
            "octo/hello", by="grace", files={"README.md": "# Hello\n", "src/a.py": "a = 1\n"}
        )
        acts.install("octo")
        yield running


@pytest.fixture
async def acts(github: GitHub) -> Acts:
    return github.acts


@pytest.fixture
async def ear(github: GitHub) -> AsyncIterator[Ear]:
    async with listening(github) as found:
        yield found


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as found:
        yield found


@pytest.fixture
async def api(github: GitHub, session: aiohttp.ClientSession) -> Caller:
    """The installation's way to call."""
    token = github.tokens.for_installation(github.acts.installation_on("octo")).token
    return Caller(session=session, github=github, authorization=f"token {token}")


@pytest.fixture
async def as_app(github: GitHub, session: aiohttp.ClientSession) -> Caller:
    """The App's own way to call."""
    return Caller(session=session, github=github, authorization=f"Bearer {app_jwt(github)}")


@pytest.fixture
async def anonymous(github: GitHub, session: aiohttp.ClientSession) -> Caller:
    return Caller(session=session, github=github, authorization=None)
