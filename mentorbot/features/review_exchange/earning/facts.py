"""What is asked about reviews that wait: who reacted to them, who thanks, who may confirm."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Permission, Person
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports, Reacted
from mentorbot.features.review_exchange.arguments import person_named
from mentorbot.features.review_exchange.collusion.facts import suspects_in
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview, key_of
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, balance_displays
from mentorbot.features.review_exchange.ledger.ledger import Entry, Place
from mentorbot.features.review_exchange.ledger.ledger_store import (
    Accounts,
    LedgerStore,
    ledger_store_of,
    place_of,
)

MOST_LOOKED_AT = 500
"""Things whose reactions are read in one round: five questions. The longest waiting come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Somebody's word on a review: yes or no, from the author or a maintainer."""

    by: Person
    at: datetime
    yes: bool
    maintainer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmedReview:
    """A review that waits, and what was said about it. `held` is true where only a maintainer may confirm."""

    now: datetime
    calendar: Calendar
    review: PendingReview
    place: Place
    accounts: Accounts
    votes: Sequence[Vote] = ()
    held: bool = False
    displays: Sequence[BalanceDisplay] = ()


async def unconfirmed_reviews(
    section: ReviewExchange, ports: Ports
) -> AsyncIterator[Case[UnconfirmedReview]]:
    """Every review that waits. Reactions are asked for a hundred at a time, as GitHub tells of none."""
    records = await ports.records.all(PendingReview)
    waiting = sorted((record.value for record in records), key=lambda one: (one.since, one.number))
    if not waiting:
        return
    store = await ledger_store_of(section, ports)
    reactions = await _reactions(waiting, ports)
    suspected = await suspects_in(store, section, ports)
    for one in waiting:
        facts = await facts_of(one, reactions, suspected, store, ports)
        yield Case(one.number, await _with_displays(facts, section, ports))


async def facts_of(
    one: PendingReview,
    reactions: Mapping[str, Sequence[Reacted]],
    suspected: frozenset[Person],
    store: LedgerStore,
    ports: Ports,
) -> UnconfirmedReview:
    said = [reacted for node in one.nodes for reacted in reactions.get(node, ())]
    accounts = await store.accounts(one.reviewer)
    return UnconfirmedReview(
        now=ports.now,
        calendar=ports.calendar,
        review=one,
        place=place_of(ports, one.number),
        accounts=accounts,
        votes=[vote for reacted in said if (vote := await _vote(reacted, one, ports))],
        held=one.reviewer in suspected and one.author in suspected,
    )


async def _with_displays(
    facts: UnconfirmedReview, section: ReviewExchange, ports: Ports
) -> UnconfirmedReview:
    """Where the reviewer's balance is shown; looked for only where it may be about to change."""
    is_time = section.silence.has_passed(facts.review.since, facts.now, facts.calendar)
    if not facts.votes and not is_time:
        return facts
    return replace(facts, displays=await balance_displays(facts.review.reviewer, section, ports))


async def _reactions(waiting: Sequence[PendingReview], ports: Ports) -> Mapping[str, Sequence[Reacted]]:
    nodes = [node for one in waiting for node in one.nodes][:MOST_LOOKED_AT]
    return await ports.github.reactions_to(nodes) if nodes else {}


async def _vote(reacted: Reacted, one: PendingReview, ports: Ports) -> Vote | None:
    """A 👍 or 👎 by somebody who has a say; GitHub is asked only about people who gave one."""
    if reacted.content not in {"+1", "-1"} or reacted.by == one.reviewer or reacted.by.is_bot:
        return None
    yes = reacted.content == "+1"
    if reacted.by == one.author:
        return Vote(by=reacted.by, at=reacted.at, yes=yes, maintainer=False)
    if not (await ports.github.permission(reacted.by)).is_maintainer:
        return None
    return Vote(by=reacted.by, at=reacted.at, yes=yes, maintainer=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Somebody thanks a reviewer: what waits for it, or why nothing does."""

    now: datetime
    by: Person
    maintainer: bool
    reviewer: Person
    found: UnconfirmedReview | None
    state: Entry | None


async def thanks(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Thanks:
    """Whose review is thanked for. Raises Refusal where nobody is named, or nobody of that name is known."""
    reviewer = await person_named(event.words, ports, usage="thanks @reviewer")
    number = event.thread.number
    store = await ledger_store_of(section, ports)
    record = await ports.records.get(PendingReview, key_of(number, reviewer))
    accounts = await store.accounts(reviewer)
    found = None
    right = await ports.github.permission(event.by) if event.by != event.thread.author else Permission.READ
    if record is not None:
        suspected = await suspects_in(store, section, ports)
        found = await facts_of(record.value, {}, suspected, store, ports)
        found = replace(found, displays=await balance_displays(reviewer, section, ports))
    return Thanks(
        now=event.at,
        by=event.by,
        maintainer=right.is_maintainer,
        reviewer=reviewer,
        found=found,
        state=accounts.ledger.state(reviewer, place_of(ports, number)),
    )
