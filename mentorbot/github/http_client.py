"""Sends one HTTP request to GitHub, with time-outs, without ever showing a token to another host."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from yarl import URL

from mentorbot.core.errors import Impossible
from mentorbot.github.error_mapping import Missing, RequestDropped

ObserveRequest = Callable[[str, str], None]
"""Told of every request: which API ("rest", "graphql", "token"), and the status ("200", or "dropped")."""

TIMEOUT = aiohttp.ClientTimeout(total=40, connect=10, sock_connect=5, sock_read=20)
API_VERSION = "2022-11-28"
MAX_RESPONSE_BYTES = 32 * 1024 * 1024  # a delivery's payload may have 25 MB
_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 307, 308})


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What came back. Header names are looked up in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """What is sent. `only_repository` is the id of the one repository that a redirect may lead to."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    api: str
    only_repository: int | None = None


class HttpClient:
    """HTTP to one GitHub: `base_urls` are its REST and GraphQL base_urls."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_urls: tuple[str, ...],
        observe: ObserveRequest,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        self._session = session
        self._origins = frozenset(URL(address).origin() for address in base_urls)
        self._observe = observe
        self._timeout = timeout
        self._max_response_bytes = max_response_bytes

    async def send(self, request: HttpRequest, *, authorization: str | None) -> HttpResponse:
        """Send it and read the answer, following redirects of renamed repositories with the same method.

        Raises `RequestDropped` where no whole answer came, `Impossible` where it would lead elsewhere.
        """
        url = self._allowed(URL(request.url, encoded=True))
        headers = {**request.headers, "x-github-api-version": API_VERSION}
        if authorization is not None:
            headers["authorization"] = authorization
        for _ in range(_MOST_REDIRECTS + 1):
            answer = await self._send_once(request, url, headers)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            url = self._allowed(url.join(URL(location, encoded=True)))
            _check_repository(request.only_repository, url)
        raise RequestDropped(f"GitHub redirects {request.method} {request.url} in circles.")

    def _allowed(self, url: URL) -> URL:
        """The address itself, where it belongs to this GitHub: our token must go nowhere else."""
        if not url.is_absolute() or url.origin() not in self._origins:
            raise Impossible(
                f"GitHub points to another host ({url.host}), where our token must not be sent; "
                "check GITHUB_API_URL."
            )
        return url

    async def _send_once(self, request: HttpRequest, url: URL, headers: Mapping[str, str]) -> HttpResponse:
        try:
            # aiohttp would turn a redirected POST into a GET.
            async with self._session.request(
                request.method,
                url,
                headers=headers,
                data=request.body or None,
                allow_redirects=False,
                timeout=self._timeout,
            ) as response:
                body = await _whole_body(response, self._max_response_bytes)
                answer = HttpResponse(response.status, response.headers, body)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._observe(request.api, "dropped")
            why = str(error) or type(error).__name__
            unsent = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
            raise RequestDropped(f"No answer to {request.method} {url.path}: {why}", undone=unsent) from error
        self._observe(request.api, str(answer.status))
        return answer


async def _whole_body(response: aiohttp.ClientResponse, largest: int) -> bytes:
    parts, size = [], 0
    async for part in response.content.iter_chunked(64 * 1024):
        size += len(part)
        if size > largest:
            raise Impossible(
                f"{response.url.path} answers with more than {largest} bytes.",
                status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            )
        parts.append(part)
    return b"".join(parts)


def _check_repository(repository_id: int | None, url: URL) -> None:
    """Renamed repositories lead to /repositories/ID/…; a transferred issue leads into another one."""
    parts = url.path.split("/repositories/")
    if repository_id is None or len(parts) == 1:
        return
    found = parts[-1].split("/")[0]
    if found != str(repository_id):
        raise Missing("It was moved to another repository.", status=HTTPStatus.GONE)
