"""Tells what repositories would have said in shadow: to their desks, and on their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentorbot.config.configuration import Configuration
from mentorbot.config.desk import desk_in
from mentorbot.db.store import Store
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.shadow import LONG_AGO
from mentorbot.feature_api.ports import ToldOfShadow, WouldHaveSaid

MOST_TOLD = 1000
"""At a desk, of one project: more than anybody reads."""

_UNREAD = Configuration(exists=False)


def in_shadow_since(configuration: Configuration) -> datetime | None:
    """Since when nothing is written, for what is told of that; None where something is."""
    return (configuration.mode_since or LONG_AGO) if configuration.is_shadow else None


async def would_have_said(
    store: Store, repository_id: int, *, since: datetime, limit: int
) -> Sequence[WouldHaveSaid]:
    """What would have been done since then: the last so many, the latest last."""
    return [
        WouldHaveSaid(
            at=one.done_at or since,
            feature=one.feature,
            action=one.action,
            because=one.because,
            people=one.people,
        )
        for one in await store.shadow.said(repository_id, since=since, limit=limit)
    ]


async def told_of_shadow(
    store: Store, configurations: Configurations, full_name: str, *, owner_id: int
) -> ToldOfShadow | None:
    """The same of a repository of this owner, for its desk; None where we don't work in one of that name."""
    place = await store.repositories.named(full_name)
    if place is None or not place.active or place.repository.owner.id != owner_id:
        return None
    configuration = await configurations.known(place.repository.id) or _UNREAD
    told = ToldOfShadow(
        repository=place.repository,
        desk=desk_in(configuration.sections),
        since=in_shadow_since(configuration),
    )
    if told.since is None:
        return told
    said = await would_have_said(store, place.repository.id, since=told.since, limit=MOST_TOLD)
    return replace(told, said=tuple(said))
