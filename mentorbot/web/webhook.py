"""Takes GitHub's deliveries: checked, stored by the engine, then 202; what is wrong is refused with one line.

The bodies that are read at one time share a budget of memory, and each has its time.

https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog
from aiohttp import web

from mentorbot.core.clock import Clock
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.github.delivery_target import UnreadablePayload, read_target
from mentorbot.web.connection_limits import note_refused, note_signed
from mentorbot.web.metrics import Metrics

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

_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}", re.ASCII)
_DELIVERY_ID = re.compile(r"[\w.-]{1,100}", re.ASCII)
_EVENT_NAME = re.compile(r"[a-z][a-z_]{0,63}", re.ASCII)

_STORED_WITHIN = 1.8
"""Seconds that storing a delivery may take; then GitHub hears 503, rather than nothing after ten. It goes on
all the same, and where it succeeds in the end the redelivery is known already."""

log = structlog.get_logger("web")


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


@dataclass(frozen=True, slots=True)
class DeliveryHeaders:
    """What a delivery's head says of it, in the form that GitHub gives it."""

    event: str
    id: str
    signature: str


class Webhook:
    """`POST /github/webhook`. `receive` stores a delivery durably; False where it is known already."""

    def __init__(
        self,
        *,
        receive: Callable[[Delivery], Awaitable[bool]],
        secret: str,
        clock: Clock,
        metrics: Metrics,
        unavailable: tuple[type[Exception], ...],
        bodies: RequestBodies | None = None,
    ) -> None:
        self._receive = receive
        self._keyed = hmac.new(secret.encode(), digestmod=hashlib.sha256)
        self._clock = clock
        self._metrics = metrics
        self._unavailable = unavailable
        self._bodies = bodies or RequestBodies()

    async def receive(self, request: web.Request) -> web.Response:
        started = time.perf_counter()
        try:
            delivery = await self._checked(request)
            if delivery.event == "ping":
                log.info("GitHub says hello", delivery=delivery.id)
                return web.Response(status=202, text="pong\n")
            async with asyncio.timeout(_STORED_WITHIN):
                is_new = await self._receive(delivery)
        except DeliveryRefused as refusal:
            return self._refuse(request, refusal)
        except self._unavailable as error:
            return self._put_off(request, error)
        self._metrics.delivery(delivery.event, "stored" if is_new else "known")
        self._metrics.ack_seconds.observe(time.perf_counter() - started)
        return web.Response(status=202)

    async def expected(self, request: web.Request) -> web.Response | None:
        """Whether somebody who asks first (`Expect: 100-continue`) may send the body."""
        try:
            _headers_of(request)
        except DeliveryRefused as refusal:
            return self._refuse(request, refusal)
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # as aiohttp itself does: the answer's head is still to come
        return None

    async def _checked(self, request: web.Request) -> Delivery:
        """The delivery, once type, size, signature, headers and JSON are right. Raises DeliveryRefused."""
        announced = _headers_of(request)
        keyed = self._keyed.copy()
        async with self._bodies.read(request, keyed) as body:
            if not hmac.compare_digest("sha256=" + keyed.hexdigest(), announced.signature):
                raise DeliveryRefused(
                    401, "The signature does not fit: is GITHUB_WEBHOOK_SECRET the App's webhook secret?"
                )
            note_signed(request)
            whole = bytes(body)
        try:
            target = read_target(whole)
        except UnreadablePayload as unreadable:
            raise DeliveryRefused(400, str(unreadable)) from unreadable
        return Delivery(
            id=announced.id,
            event=announced.event,
            body=whole,
            target=target,
            received_at=self._clock(),
            headers=request.headers,
        )

    def _refuse(self, request: web.Request, refusal: DeliveryRefused) -> web.Response:
        self._metrics.delivery("", f"refused {refusal.status}")
        log.warning(
            "Delivery refused",
            status=refusal.status,
            reason=refusal.reason,
            delivery=_id_of(request),
            sender=request.remote,
        )
        response = web.Response(status=refusal.status, text=refusal.reason + "\n")
        if refusal.status == web.HTTPServiceUnavailable.status_code:
            response.headers["Retry-After"] = RETRY_AFTER
        response.force_close()
        note_refused(request)
        return response

    def _put_off(self, request: web.Request, error: Exception) -> web.Response:
        self._metrics.delivery("", "store down")
        log.error(
            "Delivery not stored, because the store cannot be reached; it is fetched back later",
            delivery=_id_of(request),
            error=type(error).__name__,
        )
        return web.Response(status=503, headers={"Retry-After": RETRY_AFTER}, text="Please try again.\n")


def _headers_of(request: web.Request) -> DeliveryHeaders:
    """What the head says, before a byte of the body is read. Raises DeliveryRefused."""
    headers = request.headers
    if request.content_type != "application/json":
        raise DeliveryRefused(
            415, "Send JSON: in the App's webhook settings, set the content type to application/json."
        )
    signature = headers.get("X-Hub-Signature-256", "")
    if not signature:
        raise DeliveryRefused(
            401, "X-Hub-Signature-256 is missing: set a secret in the App's webhook settings."
        )
    if not _SIGNATURE.fullmatch(signature):
        raise DeliveryRefused(
            401, "The signature does not fit: it has to be `sha256=` and 64 hexadecimal digits."
        )
    event, id_ = headers.get("X-GitHub-Event", ""), headers.get("X-GitHub-Delivery", "")
    if not event or not id_:
        raise DeliveryRefused(400, "X-GitHub-Event and X-GitHub-Delivery are needed: is this really GitHub?")
    if not _EVENT_NAME.fullmatch(event) or not _DELIVERY_ID.fullmatch(id_):
        raise DeliveryRefused(400, "X-GitHub-Event or X-GitHub-Delivery is not of GitHub's making.")
    refuse_if_too_large(request)
    return DeliveryHeaders(event, id_, signature)


def _id_of(request: web.Request) -> str | None:
    """The delivery's id for the log, where it is one."""
    id_ = request.headers.get("X-GitHub-Delivery", "")
    return id_ if _DELIVERY_ID.fullmatch(id_) else None
