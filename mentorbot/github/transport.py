"""One installation's way to GitHub: its token, its limits, and not too much at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.github.error_mapping import error_message, error_of
from mentorbot.github.http_client import HttpClient, HttpRequest, HttpResponse
from mentorbot.github.rate_limits import RateLimits
from mentorbot.github.tokens import Credential

Pause = Callable[[float], Awaitable[None]]

_AT_ONCE = 20  # of each, reads and writes; GitHub allows 100 over all; https://docs.github.com/en/rest/overview/rate-limits-for-the-rest-api
_UNAUTHORIZED = 401


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
        refused = error_of(answer.status, answer.body)
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
