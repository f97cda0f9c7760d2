"""The GitHub App: where it is installed, what it was granted, and its ways into each installation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from cachetools import LRUCache, TTLCache

from mentorbot.core.clock import Clock
from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, Impossible
from mentorbot.core.people import Person
from mentorbot.github import entity_reader
from mentorbot.github.client import ApiUrls, Client, Pause, Transport, path_segment
from mentorbot.github.error_mapping import Missing
from mentorbot.github.etag_cache import EtagCache
from mentorbot.github.http_client import HttpClient, ObserveRequest
from mentorbot.github.installation import InstallationContext
from mentorbot.github.json_reader import JsonReader, parse_items, parse_response
from mentorbot.github.missed_deliveries import (
    DeliveryAttempts,
    ListedDelivery,
    MissedDelivery,
    deliveries_tried,
    missed_delivery,
)
from mentorbot.github.rate_limits import RateLimits
from mentorbot.github.reader import RepositoryReader
from mentorbot.github.server_versions import ServerVersion
from mentorbot.github.tokens import AppCredential, Credential, InstallationCredential, NoCredential
from mentorbot.github.writer import InstallationWriter

_MOST_INSTALLATIONS = 256  # kept in memory; others get a new token when their turn comes
_IDENTITY_SECONDS = 3600.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppIdentity:
    """Who the App is. `bot` is the account under which it writes; its id is 0 while GitHub doesn't tell.

    `owner` is the account to which the App belongs: whoever runs it, in the eyes of those it writes to.
    """

    id: int
    slug: str
    name: str
    bot: Person
    url: str
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    owner: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationGrant:
    """An installation, and what it was granted there. `repositories` is "all" or "selected"."""

    installation_id: int
    account: Person
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    suspended: bool
    repositories: str


def _ignore_request(api: str, status: str) -> None:
    """Observes no requests, where nobody counts them."""


class GitHubApp:
    """The App, as one process knows it. All methods raise what `mentorbot.core.errors` names."""

    def __init__(  # noqa: PLR0913 - three of them are time, which tests make
        self,
        *,
        session: aiohttp.ClientSession,
        api_url: str,
        graphql_url: str,
        app_id: str | int,
        private_key: str,
        clock: Clock,
        about: str = "",
        observe_request: ObserveRequest = _ignore_request,
        pause: Pause = asyncio.sleep,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """`elapsed` tells seconds since some moment: what is remembered for a while is no matter of dates.

        `about` is the page about the bot, to which the footer of what it writes unasked leads.
        """
        self._urls = ApiUrls(rest=api_url.rstrip("/"), graphql=graphql_url)
        self._http = HttpClient(
            session, base_urls=(self._urls.rest, self._urls.graphql), observe=observe_request
        )
        self._server_version = ServerVersion()
        self._clock = clock
        self._about = about
        self._pause = pause
        credential = AppCredential(app_id=str(app_id), private_key=private_key, clock=clock)
        self._app = self._client(credential)
        self._app_id = str(app_id)
        self._installations: LRUCache[int, InstallationContext] = LRUCache(_MOST_INSTALLATIONS)
        self._identity: TTLCache[str, AppIdentity] = TTLCache(1, _IDENTITY_SECONDS, timer=elapsed)

    def reader(self, installation_id: int, repository: Repository) -> RepositoryReader:
        return RepositoryReader(self._installation(installation_id), repository)

    def writer(self, installation_id: int) -> InstallationWriter:
        return InstallationWriter(
            self._installation(installation_id), bot=self._bot, wrote=self._learn_bot, about=self._about
        )

    async def me(self) -> AppIdentity:
        """Who we are, as far as GitHub tells: work must not wait for that. Remembered for an hour."""
        known = self._identity.get("me")
        if known is None:
            try:
                known = await self.fetch_identity()
            except (Impossible, AccessLost) as error:
                _log.warning("app_unknown_to_itself", why=str(error))
                known = _unknown_identity(self._app_id)
            self._identity["me"] = known
        return known

    async def fetch_identity(self) -> AppIdentity:
        """Who GitHub says we are, asked now. Raises where it does not say."""
        found = await self._app.read("/app")
        slug = parse_response(found, "app", lambda app: app.text("slug"))
        bot = await self._account(f"{slug}[bot]")
        return parse_response(
            found,
            "app",
            lambda app: AppIdentity(
                id=app.number("id"),
                slug=slug,
                name=app.text("name", slug),
                bot=bot,
                url=app.text("html_url", ""),
                permissions=app.text_map("permissions"),
                events=app.texts("events"),
                owner=entity_reader.person(app.maybe("owner")),
            ),
        )

    async def installations(self) -> Sequence[InstallationGrant]:
        found = await self._app.pages("/app/installations?per_page=100")
        return parse_items(found, "installation", _grant)

    async def repositories(self, installation_id: int) -> Sequence[Repository]:
        client = self._installation(installation_id).client
        found = await client.pages("/installation/repositories?per_page=100")
        return parse_items(found, "repository", entity_reader.repository)

    async def hook_url(self) -> str | None:
        """Where GitHub sends webhooks; None where the App has none."""
        try:
            found = await self._app.read("/app/hook/config")
        except Missing:
            return None
        return parse_response(found, "hook", lambda hook: hook.text("url", "")) or None

    async def deliveries_tried(self, *, since: datetime) -> DeliveryAttempts:
        return await deliveries_tried(self._app, since=since)

    async def missed_delivery(self, failed: ListedDelivery) -> MissedDelivery | None:
        return await missed_delivery(self._app, failed)

    async def _bot(self) -> Person:
        return (await self.me()).bot

    async def _account(self, login: str) -> Person:
        """Our own account. Where GitHub does not tell about it, its name will do: no person may take it."""
        try:
            found = await (await self._any_client()).read(f"/users/{path_segment(login)}")
        except (Impossible, AccessLost) as error:
            _log.warning("own_account_unknown", login=login, why=str(error))
            return Person(id=0, login=login, is_bot=True)
        return parse_response(found, "user", entity_reader.account)

    def _learn_bot(self, written: Any) -> None:
        """Learn who we are from the author of what we have just written, where GitHub did not tell before."""
        known = self._identity.get("me")
        if known is None or known.bot.id:
            return
        author = parse_response(written, "answer", lambda answer: entity_reader.person(answer.maybe("user")))
        if author is not None:
            self._identity["me"] = replace(known, bot=author)

    async def _any_client(self) -> Client:
        """Somebody who may look up accounts: the App itself may not, an installation may."""
        for grant in await self.installations():
            if not grant.suspended:
                return self._installation(grant.installation_id).client
        return self._client(NoCredential())

    def _installation(self, installation_id: int) -> InstallationContext:
        found = self._installations.get(installation_id)
        if found is None:
            path = f"/app/installations/{installation_id}/access_tokens"
            credential = InstallationCredential(
                mint=lambda: self._app.write_again("POST", path), clock=self._clock
            )
            found = InstallationContext(
                id=installation_id, client=self._client(credential), clock=self._clock
            )
            self._installations[installation_id] = found
            if (known := self._identity.get("me")) and not known.bot.id:
                del self._identity["me"]  # there is somebody new who may look up accounts
        return found

    def _client(self, credential: Credential) -> Client:
        transport = Transport(
            http=self._http, credential=credential, limits=RateLimits(self._clock), pause=self._pause
        )
        return Client(transport, urls=self._urls, cache=EtagCache(), server_version=self._server_version)


def _unknown_identity(app_id: str) -> AppIdentity:
    bot = Person(id=0, login="", is_bot=True)
    return AppIdentity(
        id=int(app_id) if app_id.isdecimal() else 0,
        slug="",
        name=f"App {app_id}",
        bot=bot,
        url="",
        permissions={},
        events=(),
    )


def _grant(found: JsonReader) -> InstallationGrant:
    return InstallationGrant(
        installation_id=found.number("id"),
        account=entity_reader.account(found.at("account")),
        permissions=found.text_map("permissions"),
        events=found.texts("events"),
        suspended="suspended_at" in found,
        repositories=found.text("repository_selection", "all"),
    )
