"""Fetches back what GitHub could not deliver: it never tries again by itself.

https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing
from mentorbot.github.json_reader import JsonReader, parse_items, parse_response

_log = structlog.get_logger(__name__)
_DELIVERED = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedDelivery:
    """A webhook that never reached us: what would have come. `id` is its `X-GitHub-Delivery`.

    `headers` have lower-case names. No signature is checked: GitHub itself gave us this over its API.
    """

    id: str
    event: str
    payload: bytes
    received_at: datetime
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDelivery:
    """A webhook as GitHub's list has it. `id` is its `X-GitHub-Delivery`, `attempt` the latest one."""

    id: str
    event: str
    at: datetime
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAttempts:
    """What GitHub tried to deliver, oldest first: the failed ones, and those that somebody took in.

    `until` is when the latest attempt of all was.
    """

    failed: tuple[ListedDelivery, ...]
    until: datetime | None
    delivered: tuple[ListedDelivery, ...] = ()

    @property
    def everything(self) -> Sequence[ListedDelivery]:
        """The failed ones and the others, oldest first."""
        return sorted((*self.failed, *self.delivered), key=_place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    id: int
    guid: str
    event: str
    at: datetime
    delivered: bool


async def deliveries_tried(app: Client, *, since: datetime) -> DeliveryAttempts:
    """What GitHub tried to deliver since a moment, a hundred a request; it keeps three days.

    `app` must speak as the App itself. Raises what `mentorbot.core.errors` names.
    """
    newest: dict[str, _Attempt] = {}
    delivered: set[str] = set()
    attempts = await _attempts(app, since)
    for attempt in attempts:
        if attempt.delivered:
            delivered.add(attempt.guid)
        newest.setdefault(attempt.guid, attempt)
    listed = sorted(
        (
            ListedDelivery(id=guid, event=attempt.event, at=attempt.at, attempt=attempt.id)
            for guid, attempt in newest.items()
        ),
        key=_place,
    )
    return DeliveryAttempts(
        failed=tuple(one for one in listed if one.id not in delivered),
        delivered=tuple(one for one in listed if one.id in delivered),
        until=max((attempt.at for attempt in attempts), default=None),
    )


async def missed_delivery(app: Client, listed: ListedDelivery) -> MissedDelivery | None:
    """What would have come: one request. None where GitHub keeps it no longer."""
    try:
        answer = await app.read(f"/app/hook/deliveries/{listed.attempt}")
    except Missing:  # three days were over in between
        answer = {}
    request = answer.get("request") if isinstance(answer, dict) else None
    payload = request.get("payload") if isinstance(request, dict) else None
    if not isinstance(payload, dict):
        _log.warning("missed_delivery_is_gone", delivery=listed.id, github_event=listed.event)
        return None
    headers = parse_response(request, "delivery.request", lambda sent: sent.text_map("headers"))
    return MissedDelivery(
        id=listed.id,
        event=listed.event,
        payload=json.dumps(payload).encode(),
        received_at=listed.at,
        headers={name.lower(): value for name, value in headers.items()},
    )


def _place(listed: ListedDelivery) -> tuple[datetime, int]:
    return listed.at, listed.attempt


async def _attempts(app: Client, since: datetime) -> list[_Attempt]:
    """All attempts since a moment, newest first."""
    attempts: list[_Attempt] = []
    address: str | None = "/app/hook/deliveries?per_page=100"
    while address:
        page = await app.page(address)
        found = parse_items(page.items, "delivery", _attempt)
        attempts.extend(attempt for attempt in found if attempt.at >= since)
        is_last = any(attempt.at < since for attempt in found)
        address = None if is_last else page.next_url
    return attempts


def _attempt(found: JsonReader) -> _Attempt:
    return _Attempt(
        id=found.number("id"),
        guid=found.text("guid"),
        event=found.text("event"),
        at=found.moment("delivered_at"),
        delivered=found.number("status_code", 0) in _DELIVERED,
    )
