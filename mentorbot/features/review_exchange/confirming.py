"""Who says that a review was worth something: its author's 👍, a maintainer, or a week of silence."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import Comment, Doable, Occasion
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports, Reacted
from mentorbot.features.review_exchange import messages
from mentorbot.features.review_exchange.books import Books, Page, books_of, place_of
from mentorbot.features.review_exchange.clusters import clusters
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger import Entry, Kind, Place
from mentorbot.features.review_exchange.showing import OpenPull, open_pulls_of, show_balance
from mentorbot.features.review_exchange.waiting import WAITING, Waiting

MOST_LOOKED_AT = 500
"""Things whose reactions are read in one round: five questions. The longest waiting come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Somebody's word on a review: yes or no, from the author or a maintainer."""

    by: Person
    at: datetime
    yes: bool
    maintainer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """A review that waits, and what was said about it. `held` is true where only a maintainer may confirm."""

    now: datetime
    calendar: Calendar
    waiting: Waiting
    place: Place
    page: Page
    said: Sequence[Word] = ()
    held: bool = False
    pulls: Sequence[OpenPull] = ()


async def unconfirmed(section: ReviewExchange, ports: Ports) -> AsyncIterator[Case[Unconfirmed]]:
    """Every review that waits. Reactions are asked for a hundred at a time, as GitHub tells of none."""
    records = await ports.records.all(WAITING)
    waiting = sorted((Waiting.of(record) for record in records), key=lambda one: (one.since, one.number))
    if not waiting:
        return
    books = await books_of(section, ports)
    reactions = await _reactions(waiting, ports)
    suspected = await suspected_in(books, section, ports)
    for one in waiting:
        facts = await facts_of(one, reactions, suspected, books, ports)
        yield Case(one.number, await _with_pulls(facts, section, ports))


async def facts_of(
    one: Waiting,
    reactions: Mapping[str, Sequence[Reacted]],
    suspected: frozenset[Person],
    books: Books,
    ports: Ports,
) -> Unconfirmed:
    """What is known of one review that waits, its reactions among `reactions`."""
    said = [reacted for node in one.nodes for reacted in reactions.get(node, ())]
    page = await books.page(one.reviewer)
    return Unconfirmed(
        now=ports.now,
        calendar=ports.calendar,
        waiting=one,
        place=place_of(ports, one.number),
        page=page,
        said=[word for reacted in said if (word := await _word(reacted, one, ports))],
        held=one.reviewer in suspected and one.author in suspected,
    )


async def _with_pulls(facts: Unconfirmed, section: ReviewExchange, ports: Ports) -> Unconfirmed:
    """Where the reviewer's balance is shown; looked for only where it is about to change."""
    if not confirm(facts, section).acts:
        return facts
    return replace(facts, pulls=await open_pulls_of(facts.waiting.reviewer, section, ports))


async def _reactions(waiting: Sequence[Waiting], ports: Ports) -> Mapping[str, Sequence[Reacted]]:
    nodes = [node for one in waiting for node in one.nodes][:MOST_LOOKED_AT]
    return await ports.github.reactions_to(nodes) if nodes else {}


async def suspected_in(books: Books, section: ReviewExchange, ports: Ports) -> frozenset[Person]:
    """Who belongs to a small closed group without a maintainer; nearly always nobody."""
    if not section.guards.clusters:
        return frozenset()
    found: set[Person] = set()
    for cluster in clusters(await books.whole(), now=ports.now):
        rights = [await ports.github.permission(person) for person in sorted(cluster.members, key=_id)]
        if not any(right.is_maintainer for right in rights):
            found |= cluster.members
    return frozenset(found)


def _id(person: Person) -> int:
    return person.id


async def _word(reacted: Reacted, one: Waiting, ports: Ports) -> Word | None:
    """A 👍 or 👎 by somebody who has a say; GitHub is asked only about people who gave one."""
    if reacted.content not in {"+1", "-1"} or reacted.by == one.reviewer or reacted.by.is_bot:
        return None
    yes = reacted.content == "+1"
    if reacted.by == one.author:
        return Word(by=reacted.by, at=reacted.at, yes=yes, maintainer=False)
    if not (await ports.github.permission(reacted.by)).is_maintainer:
        return None
    return Word(by=reacted.by, at=reacted.at, yes=yes, maintainer=True)


def confirm(facts: Unconfirmed, section: ReviewExchange) -> Plan:
    """A review is earned by a yes or by silence; a no stops it until a maintainer or time decides."""
    one, who = facts.waiting, f"@{facts.waiting.reviewer.login}"
    state = facts.page.ledger.state(one.reviewer, facts.place)
    if state is None or state.kind in {Kind.EARNED, Kind.VOIDED}:
        return plan(one.forgotten(), because=f"The review by {who} needs no confirmation any more")
    yes = [word for word in facts.said if word.yes and (word.maintainer or not facts.held)]
    no = [word for word in facts.said if not word.yes]
    settled = [word for word in yes if word.maintainer] or ([] if no else yes)
    if settled:
        word = min(settled, key=lambda word: word.at)
        return earned(facts, section, by=word.by, at=word.at, how="👍")
    if no and one.disputed_at is None:
        return _dispute(facts, min(no, key=lambda word: word.at))
    if one.disputed_at is not None and not no:
        return plan(
            replace(one, disputed_at=None).remembered(),
            because=f"Nobody disputes the review by {who} any more",
        )
    return _by_time(facts, section)


def _by_time(facts: Unconfirmed, section: ReviewExchange) -> Plan:
    one, who = facts.waiting, f"@{facts.waiting.reviewer.login}"
    if one.disputed_at is not None or facts.held:
        since = one.disputed_at or one.since
        if not section.dispute.has_passed(since, facts.now, facts.calendar):
            return leave_alone(f"The review by {who} is to be confirmed by a maintainer")
        entry = _entry(
            facts, Kind.VOIDED, at=section.dispute.after(since, facts.calendar), reason="unconfirmed"
        )
        return plan(
            facts.page.entry(entry),
            one.forgotten(),
            because=f"Nobody confirmed the review by {who} within {section.dispute}",
        )
    if not section.silence.has_passed(one.since, facts.now, facts.calendar):
        return leave_alone(
            f"The review by {who} counts on {section.silence.after(one.since, facts.calendar):%-d %B}"
        )
    at = section.silence.after(one.since, facts.calendar)
    return earned(facts, section, by=None, at=at, how=f"{section.silence} without an objection")


def earned(
    facts: Unconfirmed,
    section: ReviewExchange,
    *,
    by: Person | None,
    at: datetime,
    how: str,
    more: tuple[Doable, ...] = (),
) -> Plan:
    """The part of a credit is in the account from now on."""
    one = facts.waiting
    # Never before the review itself: a reaction may be older than the remark that made it enough.
    entry = _entry(facts, Kind.EARNED, at=max(at, one.since), reason=how, amount=one.value, by=by)
    balance = facts.page.ledger.balance(one.reviewer) + one.value
    confirmed = f"confirmed by {f'@{by.login} ({how})' if by else how}"
    return plan(
        facts.page.entry(entry),
        one.forgotten(),
        *show_balance(facts.pulls, balance, section, since=entry.key),
        *more,
        because=f"The review by @{one.reviewer.login} earned {messages.worth(one.value)}, {confirmed}",
    )


def _dispute(facts: Unconfirmed, word: Word) -> Plan:
    one = facts.waiting
    entry = _entry(facts, Kind.DISPUTED, at=max(word.at, one.since), reason="👎", by=word.by, what=one.what)
    return plan(
        facts.page.entry(entry),
        replace(one, disputed_at=entry.at).remembered(),
        Comment(
            key=f"pr{one.number}/why disputed by {word.by.id}",
            number=one.number,
            body=messages.why_disputed(word.by, one.reviewer),
            occasion=Occasion.NUDGE,
            mentions=(word.by,),
        ),
        because=f"@{word.by.login} disputes that the review by @{one.reviewer.login} helped",
    )


def _entry(
    facts: Unconfirmed,
    kind: Kind,
    *,
    at: datetime,
    reason: str,
    amount: int = 0,
    by: Person | None = None,
    what: str | None = None,
) -> Entry:
    one = facts.waiting
    pending = [
        entry
        for entry in facts.page.ledger.of(one.reviewer, Kind.PENDING, place=facts.place)
        if entry.what == one.what
    ]
    known = pending[-1] if pending else None
    # An earned part has no name of its own: that there can be only one for a reviewer and pull request is its
    # key.
    named = "" if kind is Kind.EARNED else what if what is not None else f"after {one.what}"
    return Entry(
        kind=kind,
        person=one.reviewer,
        at=at,
        place=facts.place,
        what=named,
        amount=amount,
        reason=reason,
        about=one.author,
        by=by,
        head=known.head if known else "",
        verdict=known.verdict if known else "",
        words=known.words if known else 0,
        lines=known.lines if known else 0,
        fingerprint=known.fingerprint if known else "",
    )
