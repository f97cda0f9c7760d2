"""How the bot is doing: for the pages, `doctor`, `readyz` and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Parked
from mentorbot.db.jobs import Backlog
from mentorbot.db.repositories import Installation, Workplace
from mentorbot.db.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts and lists. `repositories` are those the bot may work in, each with how far its past was read."""

    installations: Sequence[Installation]
    repositories: Sequence[Workplace]
    backlog: Backlog
    parked_deliveries: Sequence[StoredDelivery]
    parked_effects: Sequence[Parked]
    last_delivery_at: datetime | None

    @property
    def parked(self) -> int:
        """How much waits for somebody to look at it (a hundred of each kind at most)."""
        return len(self.parked_deliveries) + len(self.parked_effects)


async def status_of(store: Store) -> Status:
    """How the bot is doing now."""
    return Status(
        installations=await store.repositories.installations(),
        repositories=await store.repositories.active(),
        backlog=await store.jobs.backlog(),
        parked_deliveries=await store.deliveries.parked(),
        parked_effects=await store.effects.parked(),
        last_delivery_at=await store.deliveries.last(),
    )
