"""The two GitHubs of these tests: a scripted one, and the sandbox with a check of each request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import pytest

from mentorbot.core.actions import Action, Comment, Occasion
from mentorbot.core.entities import Repository
from mentorbot.core.people import Person
from mentorbot.github.app import GitHubApp
from mentorbot.github.client import Client
from mentorbot.github.reader import RepositoryReader
from mentorbot.github.writer import InstallationWriter
from mentorbot.sandbox import model as sandbox
from mentorbot.sandbox.model import Account, Issue, PullRequest
from mentorbot.sandbox.model import Comment as WrittenComment
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.contract.graphql import problems_of_document
from tests.contract.openapi import description
from tests.github.scripted import PRIVATE_KEY, ScriptedGitHub, scripted_github

REPOSITORY = Repository(id=1, full_name="acme/rockets", owner=Person(id=2, login="acme"))
"""What readers and writers of the scripted GitHub are about."""

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Hands:
    """A clock that a test moves, and the pauses that were asked for (none is really made)."""

    def __init__(self) -> None:
        self.now = START
        self.pauses: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    async def pause(self, seconds: float) -> None:
        """Don't wait, but remember for how long one would have."""
        self.pauses.append(seconds)


@dataclass(slots=True)
class Counted:
    """What the request counter was told."""

    requests: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, api: str, status: str) -> None:
        self.requests.append((api, status))

    def of(self, *apis: str) -> int:
        """How many requests there were to these APIs."""
        return sum(api in apis for api, _ in self.requests)


@dataclass(slots=True, kw_only=True)
class Desk:
    """The App at work in a sandbox: an organisation with one repository and some people."""

    github: SimulatedGitHub
    app: GitHubApp
    counted: Counted
    installation_id: int
    repository: Repository

    @property
    def reader(self) -> RepositoryReader:
        return self.app.reader(self.installation_id, self.repository)

    @property
    def writer(self) -> InstallationWriter:
        return self.app.writer(self.installation_id)

    async def do(
        self, action: Action, *, attempt: int = 1, made: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Perform an action of the feature welcome."""
        key = f"welcome/{self.repository.id}/{action.key}"
        return await self.writer.perform(
            action, repository=self.repository, key=key, attempt=attempt, made=made
        )

    async def keep_one(self, action: Action, *, made: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
        """Take back the twins of an action of the feature welcome."""
        key = f"welcome/{self.repository.id}/{action.key}"
        return await self.writer.keep_one(action, repository=self.repository, key=key, made=made)

    def fresh_app(self) -> GitHubApp:
        """Another process of the same App: it remembers nothing."""
        return self._make()

    _make: Callable[[], GitHubApp]


def as_repository(found: sandbox.Repository) -> Repository:
    """The sandbox's repository in our words."""
    owner = Person(id=found.owner.id, login=found.owner.login)
    return Repository(id=found.id, full_name=found.full_name, owner=owner, private=found.is_private)


def as_person(found: Account) -> Person:
    """The sandbox's account in our words."""
    return Person(id=found.id, login=found.login, is_bot=found.type == "Bot")


@pytest.fixture
def hands() -> Hands:
    return Hands()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """GitHub's descriptions take seconds to read: once is enough."""
    for item in items:
        if "desk" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("descriptions"))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def desk(session: aiohttp.ClientSession) -> AsyncIterator[Desk]:
    async with running_github(start=START) as github:
        acts = github.acts
        for login in ("grace", "ada", "linus", "margaret"):
            acts.add_user(login)
        acts.add_organization("acme", owners=("grace",))
        repository = acts.create_repository("acme/rockets", files={"README.md": "Up!"}, by="grace")
        installation = acts.install("acme", by="grace")
        counted = Counted()

        async def pause(_: float) -> None:
            return None

        def make() -> GitHubApp:
            return GitHubApp(
                session=session,
                api_url=github.url,
                graphql_url=f"{github.url}/graphql",
                app_id=github.app.id,
                private_key=github.app.private_key,
                clock=github.clock.precise,
                observe_request=counted,
                pause=pause,
            )

        yield Desk(
            github=github,
            app=make(),
            counted=counted,
            installation_id=installation.id,
            repository=as_repository(repository),
            _make=make,
        )
        _hold_against_github(github)


_STRUCK = frozenset({0, 401, 403, 502})


def _hold_against_github(github: SimulatedGitHub) -> None:
    """Every request we made is one that GitHub describes."""
    problems = []
    for request in github.requests:
        if request.graphql is not None:
            problems += problems_of_document(request.graphql)
            continue
        query = dict(parse_qsl(request.query))
        if request.status in _STRUCK:  # then the sandbox has not kept the body
            continue
        body = request.body or None
        problems += description().problems_of_request(request.method, request.path, query=query, body=body)
    assert problems == []


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedGitHub]:
    async with scripted_github() as github:
        yield github


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def scripted_app(
    scripted: ScriptedGitHub, session: aiohttp.ClientSession, hands: Hands, counted: Counted
) -> GitHubApp:
    return GitHubApp(
        session=session,
        api_url=scripted.url,
        graphql_url=f"{scripted.url}/graphql",
        app_id="7",
        private_key=PRIVATE_KEY,
        clock=hands,
        observe_request=counted,
        pause=hands.pause,
        elapsed=lambda: hands().timestamp(),
    )


@pytest.fixture
def client(scripted_app: GitHubApp) -> Client:
    return scripted_app._installation(5).client.within(REPOSITORY.id)


@pytest.fixture
def reader(scripted_app: GitHubApp) -> RepositoryReader:
    return scripted_app.reader(5, REPOSITORY)


@pytest.fixture
def writer(scripted_app: GitHubApp) -> InstallationWriter:
    return scripted_app.writer(5)


@pytest.fixture
def issue(desk: Desk) -> Issue:
    return desk.github.acts.open_issue("acme/rockets", by="ada", title="It does not start")


@pytest.fixture
def pull(desk: Desk) -> PullRequest:
    return desk.github.acts.open_pull_request(
        "acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"}
    )


async def perform(writer: InstallationWriter, action: Action, *, attempt: int = 1) -> Mapping[str, Any]:
    """Perform an action in the scripted GitHub."""
    key = "welcome/1/person 4711"
    return await writer.perform(action, repository=REPOSITORY, key=key, attempt=attempt, made=None)


def a_welcome(number: int) -> Comment:
    """A comment that greets somebody."""
    return Comment(key="person 4711", number=number, body="Hi!", occasion=Occasion.CELEBRATION)


def first_comment(issue: Issue) -> WrittenComment:
    """The first comment of a thread in the sandbox."""
    return next(iter(issue.comments.values()))
