"""Takes in the bodies of requests: all together within a budget of memory, each within its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

LARGEST_PAYLOAD = 25 * 1024 * 1024
"""GitHub's own cap: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap (bytes)."""

SLOWEST_BODY = 30.0
"""Seconds after which half a body is given up; GitHub hangs up after ten, Enterprise Server after 30."""

LONGEST_SILENCE = 5.0
"""Seconds without a byte after which half a body is given up."""

BUDGET = 32 * 1024 * 1024
KEPT_FOR_SMALL = 6 * 1024 * 1024
SMALL = 256 * 1024
"""Nearly all deliveries are smaller; whatever strangers upload, a part of the budget is theirs."""

RETRY_AFTER = "30"


class DeliveryRefused(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A delivery that is not taken in: the HTTP status, and what would work instead."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class BodyHash(Protocol):
    """Gets each piece of a body as it comes: a keyed hash."""

    def update(self, piece: bytes, /) -> None:
        """The next piece."""


class RequestBodies:
    """The bodies that are being read. `held` is how many bytes they take together."""

    def __init__(self, *, budget: int = BUDGET, silence: float = LONGEST_SILENCE) -> None:
        self._budget = budget
        self._silence = silence
        self.held = 0

    @asynccontextmanager
    async def read(self, request: web.Request, taster: BodyHash) -> AsyncIterator[bytearray]:
        """The raw body, which counts as held until the end of the block. Raises DeliveryRefused.

        It is given up as soon as it turns out too large: Content-Length may be absent or a lie.
        """
        refuse_if_too_large(request)
        body = bytearray()  # no list of pieces: each of them may be a single byte
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                while piece := await self._next(request):
                    body += piece
                    self.held += len(piece)
                    self._check(len(body))
                    taster.update(piece)
            yield body
        except TimeoutError as error:
            raise DeliveryRefused(
                408,
                f"The body did not arrive within {SLOWEST_BODY:.0f} seconds, "
                f"or nothing of it within {self._silence:g}.",
            ) from error
        finally:
            self.held -= len(body)

    async def _next(self, request: web.Request) -> bytes:
        try:
            if request.content.is_eof():  # all of it is here already, as nearly always
                return request.content.read_nowait()
            async with asyncio.timeout(self._silence):
                return await request.content.readany()
        except (web.RequestPayloadError, ConnectionError) as error:
            raise DeliveryRefused(400, "The body broke off, or is not what its head says.") from error

    def _check(self, size: int) -> None:
        if size > LARGEST_PAYLOAD:
            raise _too_large()
        if self.held > (self._budget if size <= SMALL else self._budget - KEPT_FOR_SMALL):
            raise DeliveryRefused(
                503, f"Too much is being sent at once. Please try again in {RETRY_AFTER} seconds."
            )


def refuse_if_too_large(request: web.Request) -> None:
    """Raises DeliveryRefused where a body admits to be too large."""
    if (request.content_length or 0) > LARGEST_PAYLOAD:
        raise _too_large()


def _too_large() -> DeliveryRefused:
    return DeliveryRefused(413, f"The body is larger than {LARGEST_PAYLOAD} bytes, which GitHub never sends.")
