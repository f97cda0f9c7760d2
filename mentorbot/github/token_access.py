"""GitHub as somebody sees it with a token of their own: read-only, no App, no server, no store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NoReturn
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost
from mentorbot.github.client import ApiUrls, Client, Pause, Transport
from mentorbot.github.error_mapping import Missing
from mentorbot.github.etag_cache import EtagCache
from mentorbot.github.http_client import HttpClient
from mentorbot.github.project_listings import RepositoryNotFound
from mentorbot.github.questions import RequestCount
from mentorbot.github.rate_limits import RateLimits
from mentorbot.github.server_versions import ServerVersion
from mentorbot.github.tokens import PersonalToken

_NO_CACHE = 1


@dataclass(frozen=True, slots=True)
class TokenAccess:
    """A client that asks as the person whose token it is, and how many requests it has sent."""

    client: Client
    count: RequestCount
    pause: Pause

    async def why_not_shown(self, full_name: str) -> NoReturn:
        """Why GraphQL shows nothing of a repository, as REST explains it.

        Raises SignOnNeeded, NotAllowed or RepositoryNotFound, and whatever else keeps GitHub from answering.
        """
        try:
            await self.client.read(f"/repos/{full_name}")
        except Missing as missing:
            raise RepositoryNotFound(missing.why) from missing
        raise AccessLost("GitHub shows the repository to this token over REST, and not over GraphQL.")


def _proxy_for(address: str) -> str | None:
    """The proxy by which a person's other programs reach this address.

    aiohttp's own `trust_env` would read .netrc, too, and refuse to send our header where that knows GitHub.
    """
    url = URL(address)
    if url.host is None or proxy_bypass(url.host):
        return None
    return getproxies().get(url.scheme)


@asynccontextmanager
async def opened_access(
    token: str, urls: ApiUrls, *, clock: Clock, pause: Pause = asyncio.sleep
) -> AsyncIterator[TokenAccess]:
    """Access until the block ends. Nothing is sent before something is asked."""
    count = RequestCount()
    async with aiohttp.ClientSession(proxy=_proxy_for(urls.rest)) as session:
        http = HttpClient(session, base_urls=(urls.rest, urls.graphql), observe=count.observe)
        transport = Transport(
            http=http, credential=PersonalToken(token), limits=RateLimits(clock), pause=pause
        )
        client = Client(transport, urls=urls, cache=EtagCache(_NO_CACHE), server_version=ServerVersion())
        yield TokenAccess(client, count, pause)
