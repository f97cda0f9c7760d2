"""`/suggest reviews`: three pull requests that fit whoever asks, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.core.actions import Answer, Remember
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, plan
from mentorbot.domain.suggested_reviews import ReviewCandidate, SuggestedReview, suggest
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import answers
from mentorbot.features.review_exchange.asking import OFFER
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import EXCHANGE, Exchange

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
    exchanges = [Exchange.of(record) for record in await ports.records.all(EXCHANGE)]
    wanted = {one.number for one in exchanges if one.runs}
    past = await ports.people.expertise()
    labels = frozenset(label.lower() for label in section.newcomer_labels)
    pulls = [
        ReviewCandidate(timeline=timeline, wanted=timeline.number in wanted)
        async for timeline in ports.timelines.open()
    ]
    first = suggest(event.by, pulls, past, now=ports.now, newcomer_labels=labels)[:_LOOKED_AT]
    looked_at = [replace(one.pull, paths=await _paths(one.pull.timeline.number, ports)) for one in first]
    found = suggest(event.by, looked_at, past, now=ports.now, newcomer_labels=labels)
    return Suggestions(now=ports.now, by=event.by, found=found[:SHOWN])


async def _paths(number: int, ports: Ports) -> frozenset[str]:
    return frozenset(file.path for file in await ports.github.files(number))


def propose(facts: Suggestions, section: ReviewExchange) -> Plan:
    """Whoever looks for a review to give gets three, and may be asked for others for a while."""
    offer = Remember(
        kind=OFFER,
        key=str(facts.by.id),
        value={
            "person": {"id": facts.by.id, "login": facts.by.login},
            "at": facts.now.isoformat(),
        },
        whose=facts.by.id,
    )
    return plan(
        offer,
        Answer(text=answers.suggestions(facts.found, section)),
        because=f"@{facts.by.login} asked for reviews to give; {len(facts.found)} fit",
        about=[one.pull.timeline.author for one in facts.found],
    )
