"""`/thanks @reviewer`: the author, or a maintainer, says at once that a review helped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.core.actions import Answer
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission, Person
from mentorbot.core.plan import Plan, plan, refuse
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import answers
from mentorbot.features.review_exchange.books import books_of, place_of
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.confirming import Unconfirmed, earned, facts_of, suspected_in
from mentorbot.features.review_exchange.ledger import Entry, Kind
from mentorbot.features.review_exchange.naming import person_named
from mentorbot.features.review_exchange.showing import open_pulls_of
from mentorbot.features.review_exchange.waiting import WAITING, Waiting, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Somebody thanks a reviewer: what waits for it, or why nothing does."""

    now: datetime
    by: Person
    maintainer: bool
    reviewer: Person
    found: Unconfirmed | None
    state: Entry | None


async def thanks(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Thanks:
    """Whose review is thanked for. Raises Refusal where nobody is named, or nobody of that name is known."""
    reviewer = await person_named(event.words, ports, usage="/thanks @reviewer")
    number = event.thread.number
    books = await books_of(section, ports)
    record = await ports.records.get(WAITING, key_of(place_of(ports, number), reviewer))
    page = await books.page(reviewer)
    found = None
    right = await ports.github.permission(event.by) if event.by != event.thread.author else Permission.READ
    if record is not None:
        suspected = await suspected_in(books, section, ports)
        found = await facts_of(Waiting.of(record), {}, suspected, books, ports)
        found = replace(found, pulls=await open_pulls_of(reviewer, section, ports))
    return Thanks(
        now=event.at,
        by=event.by,
        maintainer=right.is_maintainer,
        reviewer=reviewer,
        found=found,
        state=page.ledger.state(reviewer, place_of(ports, number)),
    )


def thank(facts: Thanks, section: ReviewExchange) -> Plan:
    """Thanks confirm a review at once; where there is nothing to confirm, the answer says why."""
    who, found = f"@{facts.reviewer.login}", facts.found
    asked = f"@{facts.by.login} thanked {who}"
    if facts.reviewer == facts.by:
        return refuse("Thanks go to somebody else.", because=f"{asked}, which is themself")
    if facts.state is not None and facts.state.kind is Kind.EARNED:
        return plan(Answer(reaction="heart"), because=f"{asked}, whose review has earned its part already")
    if found is None:
        return refuse(
            answers.nothing_to_thank_for(facts.reviewer, facts.state), because=f"{asked}: nothing waits"
        )
    if found.held and not facts.maintainer:
        return plan(
            Answer(reaction="heart", text=answers.a_maintainer_confirms(facts.reviewer)),
            because=f"{asked}; a maintainer is to confirm it",
        )
    return earned(found, section, by=facts.by, at=facts.now, how="/thanks", more=(Answer(reaction="heart"),))
