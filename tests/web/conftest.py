"""The bot's server with pages of what a test says, and a small GitHub to log in with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from mentorbot.web.health import Health, ReadinessVerdict
from mentorbot.web.lazy_part import LazyPart
from mentorbot.web.login import Login, OAuthApp
from mentorbot.web.metrics import Metrics, MetricsAccess
from mentorbot.web.pages import Pages
from mentorbot.web.server import WebParts, create_app
from mentorbot.web.sessions import Sessions
from tests.web.known import NOW, KnownOverview, KnownSessions, LoginGitHub
from tests.web.served import Served, served

OPEN_HERE = MetricsAccess(None)
"""Figures for this machine only, where the tests run."""

SESSION_SECRET = "s" * 32


async def nothing() -> None:
    """No gauges to refresh."""


async def all_well() -> ReadinessVerdict:
    return ReadinessVerdict()


def a_health(access: MetricsAccess = OPEN_HERE) -> Health:
    return Health(metrics=Metrics(), verdict=all_well, refresh=nothing, access=access)


def pages_of(
    overview: KnownOverview, login: Login | None = None, metrics_access: MetricsAccess = OPEN_HERE
) -> web.Application:
    pages = Pages(
        source=overview,
        login=login,
        clock=lambda: NOW,
        server_url="https://github.com",
        metrics_access=metrics_access,
    )
    return create_app(WebParts(health=a_health(), pages=LazyPart(lambda: pages), login=login))


@pytest.fixture
def overview() -> KnownOverview:
    return KnownOverview()


@pytest.fixture
async def site(overview: KnownOverview) -> AsyncIterator[Served]:
    """The pages without login."""
    async with served(pages_of(overview)) as running:
        yield running


@pytest.fixture
def github() -> LoginGitHub:
    return LoginGitHub()


@pytest.fixture
def sessions() -> KnownSessions:
    return KnownSessions()


SiteWithLogin = Callable[[], AbstractAsyncContextManager[Served]]


@pytest.fixture
async def login_site(
    overview: KnownOverview, github: LoginGitHub, sessions: KnownSessions
) -> AsyncIterator[Served]:
    """The pages with login at the small GitHub."""
    async with served(github.app()) as door, _client() as http:
        app = OAuthApp(
            client_id="Iv1.test",
            client_secret="client s3cret",
            server_url=door.url,
            api_url=door.url,
            public_url="http://bot.example.com",
        )
        login = Login(app=app, sessions=Sessions(SESSION_SECRET, kept=sessions, secure=False), http=http)
        async with served(pages_of(overview, login)) as running:
            yield running


@asynccontextmanager
async def _client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as http:
        yield http
