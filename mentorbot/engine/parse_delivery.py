"""Makes of a stored delivery what the core understands: events, and what there is to learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.entities import Repository
from mentorbot.core.events import Event
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.domain.contributions import IngestBatch
from mentorbot.github.json_reader import UnexpectedJson, loads
from mentorbot.github.payloads import parse_webhook
from mentorbot.github.webhook_event import AnyEvent, ParsedWebhook


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDelivery:
    """A delivery in our words. `lesson` is None where it teaches nothing."""

    delivery: StoredDelivery
    all_events: tuple[AnyEvent, ...]
    lesson: IngestBatch | None

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for event in self.all_events if isinstance(event, Event))

    @property
    def repository(self) -> Repository | None:
        return next((event.repository for event in self.events), None)


def parse_delivery(delivery: StoredDelivery) -> ParsedDelivery:
    """Read a delivery's payload. Raises `UnexpectedJson` where it is not as GitHub describes it."""
    if delivery.payload is None:
        raise UnexpectedJson("the payload is gone, as the delivery is old")
    payload = loads(delivery.payload)
    parsed = parse_webhook(delivery.event, payload, delivery=delivery.id, received_at=delivery.received_at)
    return ParsedDelivery(
        delivery=delivery, all_events=parsed.events, lesson=_lesson(delivery, parsed) or None
    )


def _lesson(delivery: StoredDelivery, parsed: ParsedWebhook) -> IngestBatch | None:
    if delivery.repository_id is None:
        return None
    return IngestBatch(
        repository_id=delivery.repository_id,
        as_of=_as_of(delivery, parsed),
        sightings=parsed.sightings,
        beginnings=(parsed.opened,) if parsed.opened else (),
        acts=parsed.acts,
        acts_on_heads=parsed.acts_on_heads,
    )


def _as_of(delivery: StoredDelivery, parsed: ParsedWebhook) -> datetime:
    """When the payload was true: it may reach us long afterwards, and after newer ones."""
    at = next((event.at for event in parsed.events if isinstance(event, Event)), delivery.received_at)
    if delivery.action == "opened" or parsed.updated_at is None:
        return at
    return max(at, parsed.updated_at)
