"""Takes GitHub's deliveries: checked, stored by the engine, then 202; what is wrong is refused with one line.

https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from mentorbot.core.clock import Clock
from mentorbot.engine.delivery import Delivery
from mentorbot.web.metrics import Metrics

LARGEST_PAYLOAD = 25 * 1024 * 1024
"""GitHub's own cap: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap (bytes)."""

SLOWEST_BODY = 30.0
"""Seconds after which half a body is given up; GitHub itself hangs up after ten."""

RETRY_AFTER = "30"

log = structlog.get_logger("web")


class Refused(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A delivery that is not taken in: the HTTP status, and what would work instead."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Webhook:
    """`POST /github/webhook`. `hear` stores a delivery durably; False where it is known already."""

    def __init__(
        self,
        *,
        hear: Callable[[Delivery], Awaitable[bool]],
        secret: str,
        clock: Clock,
        metrics: Metrics,
        unavailable: tuple[type[Exception], ...],
    ) -> None:
        self._hear = hear
        self._keyed = hmac.new(secret.encode(), digestmod=hashlib.sha256)
        self._clock = clock
        self._metrics = metrics
        self._unavailable = unavailable

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one delivery."""
        started = time.perf_counter()
        try:
            delivery = await self._checked(request)
            if delivery.event == "ping":
                log.info("GitHub says hello", delivery=delivery.id)
                return web.Response(status=202, text="pong\n")
            is_new = await self._hear(delivery)
        except Refused as refusal:
            return self._refuse(request, refusal)
        except self._unavailable as error:
            return self._put_off(request, error)
        self._metrics.delivery(delivery.event, "stored" if is_new else "known")
        self._metrics.ack_seconds.observe(time.perf_counter() - started)
        return web.Response(status=202)

    async def _checked(self, request: web.Request) -> Delivery:
        """The delivery, once type, size, signature, headers and JSON are right. Raises Refused."""
        if request.content_type != "application/json":
            raise Refused(
                415, "Send JSON: in the App's webhook settings, set the content type to application/json."
            )
        body = await _body_of(request)
        headers = request.headers
        self._check_signature(body, headers.get("X-Hub-Signature-256", ""))
        event, id_ = headers.get("X-GitHub-Event", ""), headers.get("X-GitHub-Delivery", "")
        if not event or not id_:
            raise Refused(400, "X-GitHub-Event and X-GitHub-Delivery are needed: is this really GitHub?")
        try:
            payload = json.loads(body)
        except ValueError as error:  # UnicodeDecodeError is one, too
            raise Refused(400, "The body is not JSON.") from error
        except RecursionError as error:
            raise Refused(400, "The body is nested too deeply.") from error
        if not isinstance(payload, dict):
            raise Refused(400, "The body is JSON, but not an object.")
        return Delivery(
            id=id_, event=event, payload=payload, body=body, received_at=self._clock(), headers=headers
        )

    def _check_signature(self, body: bytes, signature: str) -> None:
        if not signature:
            raise Refused(401, "X-Hub-Signature-256 is missing: set a secret in the App's webhook settings.")
        expected = self._keyed.copy()
        expected.update(body)
        # Compared as bytes, because compare_digest refuses text that is not ASCII.
        if not hmac.compare_digest(
            b"sha256=" + expected.hexdigest().encode(), signature.encode("utf-8", "replace")
        ):
            raise Refused(
                401, "The signature does not fit: is GITHUB_WEBHOOK_SECRET the App's webhook secret?"
            )

    def _refuse(self, request: web.Request, refusal: Refused) -> web.Response:
        self._metrics.delivery("", f"refused {refusal.status}")
        log.warning(
            "Delivery refused",
            status=refusal.status,
            reason=refusal.reason,
            delivery=request.headers.get("X-GitHub-Delivery"),
            sender=request.remote,
        )
        return web.Response(status=refusal.status, text=refusal.reason + "\n")

    def _put_off(self, request: web.Request, error: Exception) -> web.Response:
        self._metrics.delivery("", "store down")
        log.error(
            "Delivery not stored, because the store cannot be reached; it is fetched back later",
            delivery=request.headers.get("X-GitHub-Delivery"),
            error=type(error).__name__,
        )
        return web.Response(status=503, headers={"Retry-After": RETRY_AFTER}, text="Please try again.\n")


async def _body_of(request: web.Request) -> bytes:
    """The raw body, given up as soon as it turns out too large: Content-Length may be absent or a lie."""
    too_large = Refused(413, f"The body is larger than {LARGEST_PAYLOAD} bytes, which GitHub never sends.")
    if (request.content_length or 0) > LARGEST_PAYLOAD:
        raise too_large
    chunks, size = [], 0
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for chunk in request.content.iter_any():
                size += len(chunk)
                if size > LARGEST_PAYLOAD:
                    raise too_large
                chunks.append(chunk)
    except TimeoutError as error:
        raise Refused(408, f"The body did not arrive within {SLOWEST_BODY:.0f} seconds.") from error
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
