"""gidgethub as we need it: refusals in our own words, reads tried again, writes never blindly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import gidgethub
import gidgethub.abc
import structlog
from gidgethub import sansio
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.github.etag_cache import EtagCache
from mentorbot.github.failures import Missing, NotAllowed, RequestDropped
from mentorbot.github.http_client import HttpRequest
from mentorbot.github.server_versions import ServerVersion
from mentorbot.github.transport import Transport

T = TypeVar("T")
_ATTEMPTS = 3
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of a listing, and the address of the next one."""

    items: list[Any]
    next_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a GitHub answers: its REST and its GraphQL address."""

    rest: str
    graphql: str


class Client(gidgethub.abc.GitHubAPI):
    """Requests over a `Line`; with `repository_id` redirects may lead only to that repository.

    All methods raise what `mentorbot.core.errors` names; 404 and 410 are `Missing`, a kind of `Impossible`.
    `may_have_changed` something: False as long as GitHub did nothing else than answer.
    """

    def __init__(
        self,
        line: Transport,
        *,
        addresses: Addresses,
        cache: EtagCache,
        dialect: ServerVersion,
        repository_id: int | None = None,
    ) -> None:
        super().__init__("mentorbot", cache=cache, base_url=addresses.rest)
        self._line = line
        self._addresses = addresses
        self._answers = cache
        self._dialect = dialect
        self._repository_id = repository_id
        self.may_have_changed = False

    def within(self, repository_id: int) -> Client:
        """The same, for one repository."""
        return Client(
            self._line,
            addresses=self._addresses,
            cache=self._answers,
            dialect=self._dialect,
            repository_id=repository_id,
        )

    async def read(self, path: str) -> Any:
        """The answer to a GET, as JSON; tried again where the line drops."""
        return (await self._patiently(lambda: self._get(path)))[0]

    async def page(self, path: str) -> ResultPage:
        """One page of a listing; `path` may be the `next_url` of the page before."""
        items, next_url = await self._patiently(lambda: self._get(path))
        if isinstance(items, dict):  # {"total_count": 2, "repositories": […]}
            items = next((found for found in items.values() if isinstance(found, list)), [])
        return ResultPage(items or [], next_url)

    async def pages(self, path: str) -> list[Any]:
        """All items of a listing."""
        page = await self.page(path)
        items = page.items
        while page.next_url:
            page = await self.page(page.next_url)
            items.extend(page.items)
        return items

    async def write(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Any:
        """Send a change, once: after a dropped line only a look at what is there tells what became of it."""
        return await self._noted(self._legibly(lambda: self._send(method, path, data)))

    async def write_again(self, method: str, path: str) -> Any:
        """Send a change that does no harm when it is made twice."""
        return await self._patiently(lambda: self._send(method, path, None))

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL query; tried again where the line drops.

        What we may not see or what is gone is null in it, as GitHub answers the rest all the same.
        """
        return await self._patiently(lambda: self._query(document, variables, partly=True))

    async def tell(self, document: str, **variables: Any) -> dict[str, Any]:
        """Send a GraphQL mutation, once."""
        return await self._noted(self._query(document, variables, partly=False))

    async def sleep(self, seconds: float) -> None:
        """Wait; gidgethub asks for it."""
        await self._line.pause(seconds)

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        api = "rest"
        if url == self._addresses.graphql:
            api = "graphql"
        elif url.endswith("/access_tokens"):
            api = "token"
        answer = await self._line.send(
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

    async def _query(self, document: str, variables: Mapping[str, Any], *, partly: bool) -> dict[str, Any]:
        spoken = self._dialect.spoken(document)
        try:
            found: dict[str, Any] = await self.graphql(spoken, endpoint=self._addresses.graphql, **variables)
        except gidgethub.QueryError as error:
            if self._dialect.learns_from(error.response, sent=spoken):
                return await self._query(document, variables, partly=partly)
            return _judged(error.response, partly=partly)
        except (gidgethub.GitHubException, ValueError, KeyError, TypeError) as error:
            raise RequestDropped(f"GitHub's GraphQL answer makes no sense: {error}") from error
        return found

    async def _patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        attempts = AsyncRetrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(multiplier=0.3, max=5) + wait_random(0, 0.5),
            retry=retry_if_exception_type(RequestDropped),
            sleep=self._line.pause,
            reraise=True,
        )
        return await attempts(self._legibly, ask)

    async def _noted(self, change: Awaitable[T]) -> T:
        """The answer to a change, with a note that it may have been made."""
        try:
            found = await change
        except GitHubUnavailable as unavailable:
            self.may_have_changed |= not unavailable.undone
            raise
        self.may_have_changed = True
        return found

    @staticmethod
    async def _legibly(ask: Callable[[], Awaitable[T]]) -> T:
        """Ask; what is not JSON, or not a status that gidgethub knows, is no answer."""
        try:
            return await ask()
        except (gidgethub.GitHubException, ValueError) as error:
            raise RequestDropped(f"GitHub's answer makes no sense: {error}") from error


def _kind(error: Mapping[str, Any]) -> str:
    """What an error is of: its type; a question that the schema does not allow has a code instead."""
    details = error.get("extensions")
    code = details.get("code") if isinstance(details, dict) else None
    return str(error.get("type") or code or "")


def _judged(response: Mapping[str, Any], *, partly: bool) -> dict[str, Any]:
    """What is left of a GraphQL answer with errors, where that is enough; else raises what they mean.

    GitHub documents that there may be errors, not of which types: these are known from its answers.
    """
    errors = [error for error in response.get("errors") or () if isinstance(error, dict)]
    kinds = {_kind(error) for error in errors}
    said = "; ".join(str(error.get("message")) for error in errors) or "no reason given"
    data = response.get("data")
    if partly and isinstance(data, dict) and kinds <= {"NOT_FOUND", "FORBIDDEN"}:
        _log.debug("graphql_answered_partly", errors=said)
        return data
    if kinds & {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        raise NotAllowed(f"GitHub answered: {said}")
    if "NOT_FOUND" in kinds:
        raise Missing(f"GitHub answered: {said}", status=404)
    if kinds & {"UNPROCESSABLE", "BAD_USER_INPUT", "undefinedField", "argumentLiteralsIncompatible"}:
        raise Impossible(f"GitHub answered: {said}", status=422)
    if partly:
        raise RequestDropped(f"GitHub answered: {said}")
    raise GitHubUnavailable(f"GitHub answered: {said}")
