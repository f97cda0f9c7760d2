"""Decides without doing: dry runs and replays, in a store of which nothing stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from mentorbot.core.clock import Clock
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.events import Event
from mentorbot.db.repositories import InstalledRepository
from mentorbot.engine.completeness import unknown_in
from mentorbot.engine.components import Components
from mentorbot.engine.decide import Decision
from mentorbot.engine.delivery import Delivery
from mentorbot.engine.tasks import PutBack
from mentorbot.github.json_reader import UnexpectedJson
from mentorbot.github.payloads import parse_webhook

ITSELF = "mentorbot"
"""In place of a feature, where what is not known concerns all of them."""

log = structlog.get_logger("engine.dry_run")


async def sweep(components: Components, workplaces: Sequence[InstalledRepository]) -> Sequence[Decision]:
    """What all schedules would decide now. `rooms` belong to a dry run."""
    return await all_rounds(components, workplaces)


async def all_rounds(components: Components, workplaces: Sequence[InstalledRepository]) -> Sequence[Decision]:
    """Run all schedules of these repositories; one of which nothing can be read does not stop the others.

    What is not known is among the decisions: that nothing was found there would be good news.
    """
    decisions: list[Decision] = []
    for workplace in workplaces:
        try:
            configuration = await components.configurations.of(
                workplace.repository, workplace.installation_id
            )
        except (AccessLost, GitHubUnavailable) as error:
            why = f"Could not read its configuration: {error}"
            decisions.append(components.sweeper.unknown(workplace, ITSELF, why))
            continue
        for name, _ in components.sweeper.rounds(configuration):
            try:
                decisions += await components.sweeper.sweep(workplace, name)
            except (AccessLost, GitHubUnavailable) as error:
                why = f"Could not look at everything: {error}"
                decisions.append(components.sweeper.unknown(workplace, name.rpartition(" ")[0], why))
        if unknown := await unknown_in(components.store, workplace.repository.id):
            decisions.append(components.sweeper.unknown(workplace, ITSELF, unknown))
    return decisions


async def replay(build: Callable[[Clock], Components], deliveries: Iterable[Delivery]) -> Sequence[Decision]:
    """What would be decided about these deliveries, each at its own time; later ones know of earlier ones."""
    moment: list[datetime] = []
    components = build(lambda: moment[-1])
    decisions: list[Decision] = []
    for place, delivery in enumerate(deliveries):
        moment.append(_time_of(delivery))
        # Its own id may be known already; then nothing would be decided.
        copy = replace(delivery, id=f"replay {place} {delivery.id}", received_at=moment[-1])
        await components.inbox.hear(copy)
        try:
            decisions += await components.deliveries.process(copy.id)
        except PutBack as put_back:
            log.warning("not_decided", delivery=delivery.id, why=str(put_back))
    return decisions


def _time_of(delivery: Delivery) -> datetime:
    """When it happened, according to its payload."""
    try:
        parsed = parse_webhook(delivery.event, delivery.payload, received_at=delivery.received_at)
    except UnexpectedJson:
        return delivery.received_at
    return next((event.at for event in parsed.events if isinstance(event, Event)), delivery.received_at)
