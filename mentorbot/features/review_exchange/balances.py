"""`/credits`: what somebody has and why, gifts by maintainers, and what expires."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.core.actions import Answer
from mentorbot.core.events import CommandGiven
from mentorbot.core.markdown import as_text, code
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, Refusal, leave_alone, plan
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import answers, messages
from mentorbot.features.review_exchange.books import Books, Page, books_of, place_of
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger import Entry, Kind, Place
from mentorbot.features.review_exchange.naming import person_named
from mentorbot.features.review_exchange.showing import OpenPull, open_pulls_of, show_balance
from mentorbot.features.review_exchange.waiting import WAITING, Waiting

MOST_AT_ONCE = 20
_GIVE = "/credits give @user 1 for the docs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody's account, asked for by themself or somebody else, and what waits to be confirmed here."""

    asked_by: Person
    person: Person
    here: Place
    page: Page
    waiting: Sequence[Waiting]


async def account(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Account:
    """Whose balance is asked for: their own, unless they name somebody."""
    person = await person_named(event.words, ports, usage="/credits @user") if event.words else event.by
    books = await books_of(section, ports)
    records = [Waiting.of(record) for record in await ports.records.all(WAITING)]
    return Account(
        asked_by=event.by,
        person=person,
        here=place_of(ports),
        page=await books.page(person),
        waiting=[one for one in records if one.reviewer == person],
    )


def tell(facts: Account, section: ReviewExchange) -> Plan:
    """Anybody may ask what somebody has; what was refused is told to themself only."""
    text = answers.account(
        facts.person,
        facts.page.ledger,
        facts.waiting,
        section,
        here=facts.here,
        is_own=facts.person == facts.asked_by,
    )
    return plan(
        Answer(text=text),
        because=f"@{facts.asked_by.login} asked what @{facts.person.login} has: "
        f"{messages.in_credits(facts.page.ledger.balance(facts.person), section)}",
        about=[id_ for entry in facts.page.ledger.entries() for id_ in entry.people],
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
    page: Page
    spoken: str
    pulls: Sequence[OpenPull] = ()


async def gift(event: CommandGiven, section: ReviewExchange, ports: Ports) -> Gift:
    """Who gives how much to whom. Raises Refusal where one of them is missing."""
    to = await person_named(event.words, ports, usage=_GIVE)
    number = event.words[1] if len(event.words) > 1 else ""
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= MOST_AT_ONCE:
        raise Refusal(f"How many credits? A number from 1 to {MOST_AT_ONCE}, as in {code(_GIVE)}.")
    if to.is_bot:
        raise Refusal("Bots have no account here.")
    books = await books_of(section, ports)
    return Gift(
        now=event.at,
        by=event.by,
        to=to,
        number=int(number),
        reason=" ".join(event.words[2:])[:200],
        place=place_of(ports, event.thread.number),
        page=await books.page(to),
        spoken=f"{event.source.kind}-{event.source.id}",
        pulls=await open_pulls_of(to, section, ports),
    )


def give(facts: Gift, section: ReviewExchange) -> Plan:
    """A gift is in the account at once, with who gave it and why."""
    entry = Entry(
        kind=Kind.GIFTED,
        person=facts.to,
        at=facts.now,
        place=facts.place,
        what=f"by {facts.spoken}",
        amount=facts.number * section.price,
        reason=facts.reason,
        by=facts.by,
    )
    if entry.key in facts.page.ledger:
        return leave_alone(f"@{facts.by.login} gave this gift already")
    balance = facts.page.ledger.balance(facts.to) + entry.amount
    what = messages.counted(facts.number, "credit")
    reason = f": {as_text(facts.reason, limit=100)}" if facts.reason else ""
    return plan(
        facts.page.entry(entry),
        *show_balance(facts.pulls, balance, section, since=entry.key),
        Answer(reaction="hooray", text=answers.gifted(facts.to, facts.number, balance, section)),
        because=f"@{facts.by.login} gave @{facts.to.login} {what}{reason}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """An account in which something may have expired: `amount` came in before `before` and is unspent."""

    now: datetime
    person: Person
    amount: int
    before: datetime
    place: Place
    page: Page
    pulls: Sequence[OpenPull] = ()


async def old_credits(section: ReviewExchange, ports: Ports) -> AsyncIterator[Case[Old]]:
    """Every account of the books kept here with something in it that is too old."""
    expire_after = section.expire_after
    books = await books_of(section, ports)
    if expire_after is None or books.home is not None:
        return
    whole = await books.whole()
    for person in whole.people():
        too_old = [
            entry.at
            for entry in whole.of(person)
            if entry.moves > 0 and expire_after.has_passed(entry.at, ports.now, ports.calendar)
        ]
        if too_old:
            yield Case(None, await _old(person, max(too_old), books, section, ports))


async def _old(person: Person, last: datetime, books: Books, section: ReviewExchange, ports: Ports) -> Old:
    page = await books.page(person)
    amount = page.ledger.unspent_of(person, until=last)
    facts = Old(now=ports.now, person=person, amount=amount, before=last, place=place_of(ports), page=page)
    return replace(facts, pulls=await open_pulls_of(person, section, ports)) if amount else facts


def expire(facts: Old, section: ReviewExchange) -> Plan:
    """What nobody has spent for so long is gone; what came in first is spent first."""
    who = f"@{facts.person.login}"
    if not facts.amount:
        return leave_alone(f"Nothing of what {who} has is older than {section.expire_after}")
    entry = Entry(
        kind=Kind.EXPIRED,
        person=facts.person,
        at=facts.now,
        place=facts.place,
        what=f"until {facts.before:%Y-%m-%dT%H%M%S}",
        amount=facts.amount,
        reason=f"older than {section.expire_after}",
    )
    balance = facts.page.ledger.balance(facts.person) - facts.amount
    return plan(
        facts.page.lock(facts.person, facts.now),
        facts.page.entry(entry),
        *show_balance(facts.pulls, balance, section, since=entry.key),
        because=f"{messages.worth(facts.amount)} of {who} expired after {section.expire_after}",
    )
