"""Decides without doing: dry runs and replays, in a store of which nothing stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.events import Event
from mentorbot.core.outcomes import AccessLost, GitHubUnavailable
from mentorbot.db.repositories import Workplace
from mentorbot.engine.decide import Decision
from mentorbot.engine.delivery import Delivery
from mentorbot.engine.rooms import Rooms
from mentorbot.engine.tasks import PutBack
from mentorbot.engine.unknown import unknown_in
from mentorbot.github.payloads import UnknownShape, events_of

ITSELF = "mentorbot"
"""In place of a feature, where what is not known concerns all of them."""

log = structlog.get_logger("engine.rehearse")


async def sweep(rooms: Rooms, workplaces: Sequence[Workplace]) -> Sequence[Decision]:
    """What all schedules would decide now. `rooms` belong to a rehearsal."""
    return await all_rounds(rooms, workplaces)


async def all_rounds(rooms: Rooms, workplaces: Sequence[Workplace]) -> Sequence[Decision]:
    """Run all schedules of these repositories; one of which nothing can be read does not stop the others.

    What is not known is among the decisions: that nothing was found there would be good news.
    """
    decisions: list[Decision] = []
    for workplace in workplaces:
        try:
            configuration = await rooms.configurations.of(workplace.repository, workplace.installation_id)
        except (AccessLost, GitHubUnavailable) as error:
            why = f"Could not read its configuration: {error}"
            decisions.append(rooms.sweeper.unknown(workplace, ITSELF, why))
            continue
        for name, _ in rooms.sweeper.rounds(configuration):
            try:
                decisions += await rooms.sweeper.sweep(workplace, name)
            except (AccessLost, GitHubUnavailable) as error:
                why = f"Could not look at everything: {error}"
                decisions.append(rooms.sweeper.unknown(workplace, name.rpartition(" ")[0], why))
        if unknown := await unknown_in(rooms.store, workplace.repository.id):
            decisions.append(rooms.sweeper.unknown(workplace, ITSELF, unknown))
    return decisions


async def replay(furnish: Callable[[Clock], Rooms], deliveries: Iterable[Delivery]) -> Sequence[Decision]:
    """What would be decided about these deliveries, each at its own time; later ones know of earlier ones."""
    moment: list[datetime] = []
    rooms = furnish(lambda: moment[-1])
    decisions: list[Decision] = []
    for place, delivery in enumerate(deliveries):
        moment.append(_time_of(delivery))
        # Its own id may be known already; then nothing would be decided.
        copy = replace(delivery, id=f"replay {place} {delivery.id}", received_at=moment[-1])
        await rooms.inbox.hear(copy)
        try:
            decisions += await rooms.desk.work_off(copy.id)
        except PutBack as put_back:
            log.warning("not_decided", delivery=delivery.id, why=str(put_back))
    return decisions


def _time_of(delivery: Delivery) -> datetime:
    """When it happened, according to its payload."""
    try:
        heard = events_of(
            delivery.event, delivery.payload, delivery=delivery.id, received_at=delivery.received_at
        )
    except UnknownShape:
        return delivery.received_at
    return next((event.at for event in heard if isinstance(event, Event)), delivery.received_at)
