"""The set-up as `mentorbot setup` serves it, the small GitHub on the other side, and two hands to act."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple

import aiohttp
import pytest

from mentorbot.features import load_catalog
from mentorbot.github.registration import NewApp, Registration
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.web.setup.choices import Choices
from mentorbot.web.setup.guard import SetupGuard
from mentorbot.web.setup.last_page import Kept
from mentorbot.web.setup.pages import Setup
from mentorbot.web.setup.server import create_setup_app
from tests.web.served import Served, served


class Page(NamedTuple):
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """The text as people read it."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())


@dataclass
class Keeper:
    """Keeps what it is given; with `shows` it has nowhere to put it."""

    shows: bool = False
    apps: list[NewApp] = field(default_factory=list)

    def __call__(self, app: NewApp, choices: Choices) -> Kept:
        self.apps.append(app)
        return Kept(to_show="GITHUB_APP_ID=7\n") if self.shows else Kept(file="/home/olga/.env")


@dataclass
class Visitor:
    """Somebody with a browser: cookies are kept, and forms say where they come from."""

    site: Served
    github: SimulatedGitHub
    setup: Setup
    guard: SetupGuard
    keeper: Keeper
    links: list[str]
    http: aiohttp.ClientSession

    async def open(self, path: str, **headers: str) -> Page:
        url = path if "://" in path else self.site.url + path
        async with self.http.get(url, headers=headers, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def send(self, path: str, form: Any, *, origin: str | None = "") -> Page:
        headers = {} if origin is None else {"Origin": origin or self.site.url}
        url = path if "://" in path else self.site.url + path
        async with self.http.post(url, data=form, headers=headers, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def enter(self) -> None:
        """Open the link on the console."""
        assert (await self.open(self.links[-1])).status == 303

    async def choose(self, **form: Any) -> Page:
        """Fill the form in: everything on, for the organisation, unless told otherwise."""
        names = [one.name for one in load_catalog().features]
        chosen = {"owner": "organization", "organization": "octo", "feature": names} | form
        flat = [
            (name, one)
            for name, value in chosen.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        return await self.send("/setup", flat)

    async def create(self, sent: Page, *, by: str = "olga", name: str = "mentorbot-octo") -> Page:
        """Go on to GitHub with what `choose` gave, and press the button there: where it sends the browser."""
        action = unescape(re.findall(r'action="([^"]+)"', sent.text)[0])
        manifest = unescape(re.findall(r'name="manifest" value="([^"]*)"', sent.text)[0])
        confirm = await self.send(action, {"manifest": manifest}, origin=self.site.url)
        if confirm.status != 200:
            return confirm
        place = re.findall(r'action="([^"]+)"', confirm.text)[0]
        form = {
            "manifest": manifest,
            "state": action.partition("state=")[2],
            "as": by,
            "name": name,
        }
        return await self.send(self.github.url + place, form, origin=self.github.url)

    async def make(self, **form: Any) -> Page:
        """All of it, up to the last page."""
        sent = await self.choose(**form)
        assert sent.status == 200, sent.words
        back = await self.create(sent)
        assert back.status == 302, back.words
        created = await self.open(back.headers["Location"])
        assert created.status == 303, created.words
        return await self.open("/setup/done")


@pytest.fixture
async def github() -> AsyncIterator[SimulatedGitHub]:
    async with running_github() as github:
        github.acts.add_user("olga")
        github.acts.add_user("ada")
        github.acts.add_organization("octo", owners=("olga",))
        yield github


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def server_url(github: SimulatedGitHub) -> str:
    """Where people see GitHub; tests may say that it is on the internet."""
    return github.url


@pytest.fixture
def public_url() -> str | None:
    return None


@pytest.fixture
def is_trial() -> bool:
    return False


@pytest.fixture
async def visitor(
    github: SimulatedGitHub, keeper: Keeper, server_url: str, public_url: str | None, is_trial: bool
) -> AsyncIterator[Visitor]:
    links: list[str] = []
    guard = SetupGuard(public_url=public_url, announce=links.append)
    async with aiohttp.ClientSession() as asking, _browser() as http:
        setup = Setup(
            guard=guard,
            registration=Registration(asking, api_url=github.url, clock=github.clock.precise),
            catalog=load_catalog(),
            keep=keeper,
            server_url=server_url,
            public_url=public_url,
            is_trial=is_trial,
        )
        async with served(create_setup_app(setup)) as site:
            setup.open_at(site.url)
            yield Visitor(site, github, setup, guard, keeper, links, http)


def _browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
