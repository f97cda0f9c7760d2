"""Stores a webhook delivery with its job before GitHub hears that we have got it: it survives any crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.db.batcher import Batcher
from mentorbot.db.bulk_rows import as_key
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.jobs import Job
from mentorbot.engine.delivery_jobs import decide_job
from mentorbot.engine.observer import Observer
from mentorbot.github.delivery_target import DeliveryTarget
from mentorbot.github.parsed_webhooks import PARSED_WEBHOOKS

_KEPT_HEADERS = (
    "x-github-event",
    "x-github-delivery",
    "x-github-hook-id",
    "x-github-hook-installation-target-id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery whose signature was right. `id` is its `X-GitHub-Delivery`; `target` was read of `body`."""

    id: str
    event: str
    body: bytes
    target: DeliveryTarget
    received_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


class DeliveryReceiver:
    """Takes deliveries in. Those that arrive during a transaction share the next one."""

    def __init__(self, store: IntakeStore, observer: Observer) -> None:
        self._store = store
        self._observer = observer
        self._store_together = Batcher(self._store_all)

    async def receive(self, delivery: Delivery) -> bool:
        """Store a delivery; False where it is known already. Once this returns, it survives any crash."""
        target = delivery.target
        understood = delivery.event in PARSED_WEBHOOKS
        stored = StoredDelivery(
            id=as_key(delivery.id),
            event=as_key(delivery.event),
            action=target.action or "",
            installation_id=target.installation_id,
            repository_id=target.repository_id,
            number=_small(target.number),
            headers={
                name: value for name, value in delivery.headers.items() if name.lower() in _KEPT_HEADERS
            },
            payload=delivery.body,
            received_at=delivery.received_at,
            state="received" if understood else "ignored",
            reason=None if understood else "no feature listens to this event",
        )
        is_new = await self._store_together((stored, decide_job(stored) if understood else None))
        if is_new and not understood:
            self._observer.delivery(delivery.event, "ignored")
        return is_new

    async def _store_all(self, lot: Sequence[tuple[StoredDelivery, Job | None]]) -> Sequence[bool]:
        new = await self._store.deliveries.receive(lot)
        outcomes = []
        for delivery, _ in lot:
            outcomes.append(delivery.id in new)
            new.discard(delivery.id)  # the same id twice in one lot is new only once
        return outcomes


def _small(number: int | None) -> int | None:
    """A number as the column holds it; larger ones are no issue's number."""
    return number if number is not None and number < 2**31 else None
