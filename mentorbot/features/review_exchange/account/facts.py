"""What is asked about accounts: whose is shown, who gives what to whom, what is too old."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import CommandGiven
from mentorbot.core.markdown import code
from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.arguments import person_named
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay, balance_displays
from mentorbot.features.review_exchange.ledger.ledger import Place
from mentorbot.features.review_exchange.ledger.ledger_store import (
    Accounts,
    LedgerStore,
    ledger_store_of,
    place_of,
)

MOST_AT_ONCE = 20
_GIVE = "credits give @user 1 for the docs"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """What somebody has. `waiting` are their reviews that nobody has confirmed yet."""

    asked_by: Person
    person: Person
    here: Place
    accounts: Accounts
    waiting: Sequence[PendingReview]
    calendar: Calendar


async def statement(event: CommandGiven, section: ReviewExchange, ports: Ports) -> AccountStatement:
    """Whose balance is asked for: their own, unless they name somebody."""
    person = await person_named(event.words, ports, usage="credits @user") if event.words else event.by
    store = await ledger_store_of(section, ports)
    records = await ports.records.all(PendingReview)
    return AccountStatement(
        asked_by=event.by,
        person=person,
        here=place_of(ports),
        accounts=await store.accounts(person),
        waiting=[record.value for record in records if record.value.reviewer == person],
        calendar=ports.calendar,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A maintainer gives somebody credits; `spoken` tells this gift apart from another."""

    now: datetime
    by: Person
    to: Person
    number: int
    reason: str
    place: Place
    accounts: Accounts
    spoken: str
    displays: Sequence[BalanceDisplay] = ()


async def gift(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Gift:
    """Who gives how much to whom. Raises Refusal where one of them is missing."""
    to = await person_named(event.words, ports, usage=_GIVE)
    number = event.words[1] if len(event.words) > 1 else ""
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= MOST_AT_ONCE:
        example = code(command_prefix(ports.configuration) + _GIVE)
        raise Refusal(
            say(
                "How many credits? Write a number from 1 to {most}, for instance {example}.",
                most=MOST_AT_ONCE,
                example=example,
            )
        )
    if to.is_bot:
        raise Refusal(say("Bots can't have credits. Name a person instead."))
    store = await ledger_store_of(section, ports)
    return Gift(
        now=event.at,
        by=event.by,
        to=to,
        number=int(number),
        reason=" ".join(event.words[2:])[:200],
        place=place_of(ports, event.thread.number),
        accounts=await store.accounts(to),
        spoken=f"{event.source.kind}-{event.source.id}",
        displays=await balance_displays(to, section, ports),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCredits:
    """An account in which something may have expired: `amount` came in before `before` and is unspent."""

    now: datetime
    person: Person
    amount: int
    before: datetime
    place: Place
    accounts: Accounts
    displays: Sequence[BalanceDisplay] = ()


async def old_credits(section: ReviewExchange, ports: Ports) -> AsyncIterator[Case[OldCredits]]:
    """Every account that is kept here with something in it that is too old."""
    expire_after = section.expire_after
    store = await ledger_store_of(section, ports)
    if expire_after is None or store.home is not None:
        return
    whole = await store.whole()
    for person in whole.people():
        too_old = [
            entry.at
            for entry in whole.of(person)
            if entry.moves > 0 and expire_after.has_passed(entry.at, ports.now, ports.calendar)
        ]
        if too_old:
            yield Case(None, await _old_credits(person, max(too_old), store, section, ports))


async def _old_credits(
    person: Person, last: datetime, store: LedgerStore, section: ReviewExchange, ports: Ports
) -> OldCredits:
    accounts = await store.accounts(person)
    amount = accounts.ledger.unspent_of(person, until=last)
    facts = OldCredits(
        now=ports.now, person=person, amount=amount, before=last, place=place_of(ports), accounts=accounts
    )
    return replace(facts, displays=await balance_displays(person, section, ports)) if amount else facts
