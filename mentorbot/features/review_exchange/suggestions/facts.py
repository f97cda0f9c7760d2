"""What is asked for `/suggest reviews`: the open pull requests that fit somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.domain.suggested_reviews import ReviewCandidate, SuggestedReview, suggest
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.redeem.exchanges import exchanges_in

SHOWN = 3

_LOOKED_AT = 8
"""Of so many that fit by what is known already, the touched files are asked for: a request each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What somebody could review, best first."""

    now: datetime
    by: Person
    found: Sequence[SuggestedReview]


async def suggestions(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Suggestions:
    """The open pull requests that fit this person, ranked twice: by what is known, then with their files."""
    wanted = {one.number for one in await exchanges_in(ports.records) if one.runs}
    past = await ports.people.expertise()
    labels = frozenset(label.lower() for label in section.newcomer_labels)
    pulls = [
        ReviewCandidate(timeline=timeline, wanted=timeline.number in wanted)
        async for timeline in ports.timelines.open()
        if ports.configuration.ignore.label_among(timeline.labels) is None
    ]
    first = suggest(event.by, pulls, past, now=ports.now, newcomer_labels=labels)[:_LOOKED_AT]
    looked_at = [replace(one.pull, paths=await _paths(one.pull.timeline.number, ports)) for one in first]
    found = suggest(event.by, looked_at, past, now=ports.now, newcomer_labels=labels)
    return Suggestions(now=ports.now, by=event.by, found=found[:SHOWN])


async def _paths(number: int, ports: Ports) -> frozenset[str]:
    return frozenset(file.path for file in await ports.github.files(number))
