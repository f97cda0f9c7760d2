"""Makes of a stored delivery what the core understands: events, and what there is to learn from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mentorbot.core.entities import Repository
from mentorbot.core.events import Event
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.domain.contributions import IngestBatch
from mentorbot.github.payloads import (
    Heard,
    UnexpectedJson,
    acts_of,
    acts_on_heads_of,
    beginning_of,
    events_of,
    sightings_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDelivery:
    """A delivery in our words. `lesson` is None where it teaches nothing."""

    delivery: StoredDelivery
    heard: tuple[Heard, ...]
    lesson: IngestBatch | None

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened in a repository."""
        return tuple(heard for heard in self.heard if isinstance(heard, Event))

    @property
    def repository(self) -> Repository | None:
        """Where it happened, where it happened in a repository."""
        return next((event.repository for event in self.events), None)


def parse_delivery(delivery: StoredDelivery) -> ParsedDelivery:
    """Read a delivery's payload. Raises UnknownShape where it is not as GitHub describes it."""
    if delivery.payload is None:
        raise UnexpectedJson("the payload is gone, as the delivery is old")
    payload = json.loads(delivery.payload)
    heard = events_of(delivery.event, payload, delivery=delivery.id, received_at=delivery.received_at)
    return ParsedDelivery(delivery=delivery, heard=heard, lesson=_lesson(delivery, payload, heard))


def _lesson(
    delivery: StoredDelivery, payload: Mapping[str, Any], heard: tuple[Heard, ...]
) -> IngestBatch | None:
    if delivery.repository_id is None:
        return None
    name, received_at = delivery.event, delivery.received_at
    beginning = beginning_of(name, payload, received_at=received_at)
    lesson = IngestBatch(
        repository_id=delivery.repository_id,
        as_of=_as_of(delivery, payload, heard),
        sightings=sightings_of(name, payload, received_at=received_at),
        beginnings=(beginning,) if beginning else (),
        acts=acts_of(name, payload, received_at=received_at),
        acts_on_heads=acts_on_heads_of(name, payload, received_at=received_at),
    )
    return lesson or None


def _as_of(delivery: StoredDelivery, payload: Mapping[str, Any], heard: tuple[Heard, ...]) -> datetime:
    """When the payload was true: it may reach us long afterwards, and after newer ones."""
    at = next((event.at for event in heard if isinstance(event, Event)), delivery.received_at)
    thread = payload.get("pull_request") or payload.get("issue")
    if delivery.action == "opened" or not isinstance(thread, Mapping):
        return at
    try:
        return max(at, datetime.fromisoformat(str(thread.get("updated_at"))).astimezone(UTC))
    except (ValueError, OverflowError):
        return at
