"""Decides without doing: dry runs and replays, in a store of which nothing stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.events import Event
from mentorbot.db.repositories import InstalledRepository
from mentorbot.db.store import Store
from mentorbot.engine.components import Components
from mentorbot.engine.decide import Decision
from mentorbot.engine.receive_delivery import Delivery
from mentorbot.engine.retries import RetryLater
from mentorbot.engine.sweep import Forecast
from mentorbot.github.json_reader import UnexpectedJson
from mentorbot.github.payloads import parse_webhook

BuildComponents = Callable[[Store, Clock], Components]
"""Builds the engine's parts around a store that is rolled back, with a clock of its own."""

log = structlog.get_logger("engine.dry_run")


async def sweep_dry(
    store: Store, build: BuildComponents, workplaces: Sequence[InstalledRepository], *, clock: Clock
) -> Sequence[Decision]:
    """What all schedules of these repositories would decide now."""
    async with store.dry_run() as rehearsal:
        return await build(rehearsal, clock).sweeper.sweep_all(workplaces)


async def forecast(
    store: Store, build: BuildComponents, workplaces: Sequence[InstalledRepository], *, clock: Clock
) -> Sequence[Forecast]:
    """What all features expect of the coming days in these repositories."""
    async with store.dry_run() as rehearsal:
        return await build(rehearsal, clock).sweeper.forecasts(workplaces)


async def replay(store: Store, build: BuildComponents, deliveries: Iterable[Delivery]) -> Sequence[Decision]:
    """What would be decided about these deliveries, each at its own time; later ones know of earlier ones."""
    moment: list[datetime] = []
    decisions: list[Decision] = []
    async with store.dry_run() as rehearsal:
        components = build(rehearsal, lambda: moment[-1])
        for place, delivery in enumerate(deliveries):
            moment.append(_time_of(delivery))
            # Its own id may be known already; then nothing would be decided.
            copy = replace(delivery, id=f"replay {place} {delivery.id}", received_at=moment[-1])
            await components.receiver.receive(copy)
            try:
                decisions += await components.deliveries.process(copy.id)
            except RetryLater as later:
                log.warning("replay_undecided", delivery=delivery.id, why=str(later))
    return decisions


def _time_of(delivery: Delivery) -> datetime:
    """When it happened, according to its payload."""
    try:
        parsed = parse_webhook(delivery.event, json.loads(delivery.body), received_at=delivery.received_at)
    except UnexpectedJson:
        return delivery.received_at
    return next((event.at for event in parsed.events if isinstance(event, Event)), delivery.received_at)
