"""Asks GitHub over REST and GraphQL with gidgethub: reads are tried again, writes never blindly.

All clients of an installation share its way to GitHub: its token, its limits, and not too much at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import gidgethub
import gidgethub.abc
import structlog
from gidgethub import sansio
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.github.error_mapping import (
    NotGitHub,
    RequestDropped,
    error_message,
    error_of,
    graphql_error,
    graphql_error_message,
    is_partial,
    refused_fields,
    sign_on_needed,
)
from mentorbot.github.etag_cache import EtagCache
from mentorbot.github.http_client import HttpClient, HttpRequest, HttpResponse
from mentorbot.github.rate_limits import RateLimits
from mentorbot.github.server_versions import ServerVersion
from mentorbot.github.tokens import Credential

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")

_ATTEMPTS = 3
_AT_ONCE = 20  # of each, reads and writes; GitHub allows 100 over all; https://docs.github.com/en/rest/overview/rate-limits-for-the-rest-api
_UNAUTHORIZED = 401
_log = structlog.get_logger(__name__)


class Transport:
    """What all clients of an installation share, so that they mint one token and respect one limit."""

    def __init__(
        self, *, http: HttpClient, credential: Credential, limits: RateLimits, pause: Pause = asyncio.sleep
    ) -> None:
        self.pause = pause
        self._http = http
        self._credential = credential
        self._limits = limits
        # Slow reading, of which there may be a lot, must not keep from writing.
        self._slots = {writes: asyncio.Semaphore(_AT_ONCE) for writes in (False, True)}

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Send it once, with a new token where the old one is refused.

        Raises what `mentorbot.core.errors` names: an answer that is returned is a good one.
        """
        self._limits.check(request.api)
        credential, slots = self._credential, self._slots[_writes(request)]
        authorization = await self._authorization()
        async with slots:
            self._limits.check(request.api)  # it may have come into force while we waited
            answer = await self._http.send(request, authorization=authorization)
        if answer.status == _UNAUTHORIZED and (said := error_message(answer.body)) is not None:
            credential.invalidate(authorization)
            authorization = await self._authorization()
            async with slots:
                answer = await self._http.send(request, authorization=authorization)
            if answer.status == _UNAUTHORIZED:
                raise credential.rejection(said)
        self._limits.learn(answer, api=request.api)
        refused = sign_on_needed(answer.headers, answer.body) or error_of(answer.status, answer.body)
        if refused is not None:
            raise refused
        return answer

    async def _authorization(self) -> str | None:
        """What goes into the header. Where there is none to be had, nothing was sent."""
        try:
            return await self._credential.authorization()
        except GitHubUnavailable as unavailable:
            unavailable.undone = True
            raise


def _writes(request: HttpRequest) -> bool:
    return request.method != "GET" and request.api == "rest"


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a listing, and the address of the next one."""

    items: list[Any]
    next_url: str | None


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """What GraphQL answered, and the names of the fields in it that are null as we may not see them."""

    data: dict[str, Any]
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiUrls:
    """Where a GitHub answers: its REST and its GraphQL address."""

    rest: str
    graphql: str


def path_segment(text: str) -> str:
    """A text as one part of a path: a login, a label, a branch."""
    return quote(text, safe="")


class Client(gidgethub.abc.GitHubAPI):
    """Requests over a `Transport`; with `repository_id` redirects may lead only to that repository.

    All methods raise what `mentorbot.core.errors` names; 404 and 410 are `Missing`, a kind of `Impossible`.
    `may_have_changed` something: False as long as GitHub did nothing else than answer.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        urls: ApiUrls,
        cache: EtagCache,
        server_version: ServerVersion,
        repository_id: int | None = None,
    ) -> None:
        super().__init__("mentorbot", cache=cache, base_url=urls.rest)
        self._transport = transport
        self._urls = urls
        self._etag_cache = cache
        self._server_version = server_version
        self._repository_id = repository_id
        self.may_have_changed = False

    def within(self, repository_id: int) -> Client:
        """A client whose redirects may lead only to this repository: transferred issues lead into others."""
        return Client(
            self._transport,
            urls=self._urls,
            cache=self._etag_cache,
            server_version=self._server_version,
            repository_id=repository_id,
        )

    async def read(self, path: str) -> Any:
        """The answer to a GET, as JSON; tried again where the line drops."""
        return (await self._retried(lambda: self._get(path)))[0]

    async def page(self, path: str) -> ResultPage:
        """One page of a listing; `path` may be the `next_url` of the page before."""
        items, next_url = await self._retried(lambda: self._get(path))
        if isinstance(items, dict):  # {"total_count": 2, "repositories": […]}
            items = next((found for found in items.values() if isinstance(found, list)), [])
        return ResultPage(items or [], next_url)

    async def pages(self, path: str) -> list[Any]:
        page = await self.page(path)
        items = page.items
        while page.next_url:
            page = await self.page(page.next_url)
            items.extend(page.items)
        return items

    async def write(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Any:
        """Send a change, once: after a dropped line only a look at what is there tells what became of it."""
        return await self._tracked(self._decoded(lambda: self._send(method, path, data)))

    async def write_again(self, method: str, path: str) -> Any:
        """Send a change that does no harm when it is made twice."""
        return await self._retried(lambda: self._send(method, path, None))

    async def query(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL query; tried again where the line drops.

        What we may not see or what is gone is null in it, as GitHub answers the rest all the same.
        """
        answer = await self._retried(lambda: self._run_document(document, variables, is_query=True))
        return answer.data

    async def query_once(self, document: str, **variables: Any) -> GraphAnswer:
        """The same, asked once: for questions that are to be made smaller where GitHub gives up on them."""
        return await self._run_document(document, variables, is_query=True)

    async def mutate(self, document: str, **variables: Any) -> dict[str, Any]:
        """Send a GraphQL mutation, once."""
        return (await self._tracked(self._run_document(document, variables, is_query=False))).data

    async def sleep(self, seconds: float) -> None:
        """Wait; gidgethub asks for it."""
        await self._transport.pause(seconds)

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        api = "rest"
        if url == self._urls.graphql:
            api = "graphql"
        elif url.endswith("/access_tokens"):
            api = "token"
        answer = await self._transport.send(
            HttpRequest(
                method=method,
                url=url,
                headers=headers,
                body=body,
                api=api,
                only_repository=self._repository_id,
            )
        )
        return answer.status, answer.headers, answer.body

    async def _get(self, path: str) -> tuple[Any, str | None]:
        data, more, _ = await self._make_request("GET", path, None, b"", sansio.accept_format())
        return data, more

    async def _send(self, method: str, path: str, data: Mapping[str, Any] | None) -> Any:
        body = b"" if data is None else data
        found, _, _ = await self._make_request(method, path, None, body, sansio.accept_format())
        return found

    async def _run_document(
        self, document: str, variables: Mapping[str, Any], *, is_query: bool
    ) -> GraphAnswer:
        sent = self._server_version.adapt(document)
        try:
            found: dict[str, Any] = await self.graphql(sent, endpoint=self._urls.graphql, **variables)
        except gidgethub.QueryError as error:
            if self._server_version.detect_older(error.response, sent=sent):
                return await self._run_document(document, variables, is_query=is_query)
            if is_query and is_partial(error.response):
                _log.debug("graphql_answered_partly", errors=graphql_error_message(error.response))
                return GraphAnswer(dict(error.response["data"]), refused_fields(error.response))
            failure = graphql_error(error.response)
            if is_query and type(failure) is GitHubUnavailable:
                raise RequestDropped(failure.why) from error  # a query may be asked again
            raise failure from error
        except (gidgethub.GitHubException, ValueError, KeyError, TypeError) as error:
            raise NotGitHub(f"GitHub's GraphQL answer makes no sense: {error}") from error
        return GraphAnswer(found)

    async def _retried(self, ask: Callable[[], Awaitable[T]]) -> T:
        attempts = AsyncRetrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(multiplier=0.3, max=5) + wait_random(0, 0.5),
            retry=retry_if_exception_type(RequestDropped),
            sleep=self._transport.pause,
            reraise=True,
        )
        return await attempts(self._decoded, ask)

    async def _tracked(self, change: Awaitable[T]) -> T:
        """The answer to a change, with a note that it may have been made."""
        try:
            found = await change
        except GitHubUnavailable as unavailable:
            self.may_have_changed |= not unavailable.undone
            raise
        self.may_have_changed = True
        return found

    @staticmethod
    async def _decoded(ask: Callable[[], Awaitable[T]]) -> T:
        """Ask; what is not JSON, or not a status that gidgethub knows, is no answer."""
        try:
            return await ask()
        except (gidgethub.GitHubException, ValueError) as error:
            raise NotGitHub(f"GitHub's answer makes no sense: {error}") from error
