"""While a review is owed: somebody else is asked after a silence, and what bought nothing comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import Doable
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange.asking import (
    NOBODY,
    Asking,
    ask_next,
    release,
    what_is_asked,
    whom_to_ask,
)
from mentorbot.features.review_exchange.books import Page, books_of, place_of
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.evidence import says_something
from mentorbot.features.review_exchange.exchanges import Exchange, State
from mentorbot.features.review_exchange.ledger import REVIEW, Entry, Kind, Place
from mentorbot.features.review_exchange.showing import OpenPull, open_pulls_of, show_balance, show_state

INTEREST = "interest"
"""What the gift that comes with a returned credit is called in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A review that is owed.

    `answered` tells whether whoever was asked last has said anything since; `asking` is filled where somebody
    else is to be asked. `is_open` is False where the pull request was closed without our hearing of it.
    """

    now: datetime
    calendar: Calendar
    exchange: Exchange
    place: Place
    page: Page
    is_draft: bool = False
    is_open: bool = True
    answered: bool = False
    asking: Asking = NOBODY
    pulls: Sequence[OpenPull] = ()


async def owed(section: ReviewExchange, ports: Ports) -> AsyncIterator[Case[Owed]]:
    """Every pull request on which a credit was spent and that waits for its review."""
    asked = await what_is_asked(ports)
    running = [one for one in asked.exchanges if one.runs]
    if not running:
        return
    books = await books_of(section, ports)
    for one in running:
        timeline = await ports.timelines.get(one.number)
        facts = Owed(
            now=ports.now,
            calendar=ports.calendar,
            exchange=one,
            place=place_of(ports, one.number),
            page=await books.page(one.author),
            is_draft=timeline is not None and timeline.is_draft,
            is_open=timeline is None or timeline.is_open,
            answered=timeline is not None and _answered(timeline, one),
        )
        if _is_over(facts, section):
            facts = replace(facts, pulls=await open_pulls_of(one.author, section, ports, but=one.number))
        elif _is_time_to_ask(facts, section):
            facts = replace(facts, asking=await whom_to_ask(one.number, books, asked, section, ports))
            if facts.asking.fits:  # those further back must not ask the same person for one too many
                asked = asked.after(ask_next(one, facts.asking, now=facts.now)[0])
        yield Case(one.number, facts)


def _answered(timeline: PullRequestTimeline, exchange: Exchange) -> bool:
    last = exchange.asked[-1] if exchange.asked else None
    return last is not None and any(
        act.by == last.person and act.at > last.at and says_something(act) for act in timeline.acts
    )


def _is_over(facts: Owed, section: ReviewExchange) -> bool:
    late = section.review_within.has_passed(facts.exchange.since, facts.now, facts.calendar)
    return late or not facts.is_open


def _is_time_to_ask(facts: Owed, section: ReviewExchange) -> bool:
    if facts.is_draft or facts.answered:
        return False
    asked = facts.exchange.asked
    return not asked or section.reassign_after.has_passed(asked[-1].at, facts.now, facts.calendar)


def see_to_it(facts: Owed, section: ReviewExchange) -> Plan:
    """Nobody waits for ever: the next one is asked after a silence, and what bought nothing comes back."""
    one = facts.exchange
    if _is_over(facts, section):
        return _give_back(facts, section)
    if facts.is_draft:
        return leave_alone("It is a draft again: nobody is asked to review it")
    last = one.asked[-1] if one.asked else None
    if last is not None and facts.answered:
        return leave_alone(f"@{last.person.login} was asked and has begun")
    if last is not None and not _is_time_to_ask(facts, section):
        return leave_alone(
            f"@{last.person.login} was asked on {last.at:%-d %B} and has time until after "
            f"{section.reassign_after}"
        )
    if not facts.asking.fits:
        still = f"; @{last.person.login} still is" if last is not None else ""
        return leave_alone(f"There is nobody (else) who could be asked for a review now{still}")
    changed, doing = ask_next(one, facts.asking, now=facts.now)
    fit = facts.asking.fits[0]
    why = "; ".join(fit.reasons[:2]) or "takes part in the exchange"
    silent = f", as @{last.person.login} kept silent" if last is not None else ""
    return plan(
        changed.remembered(),
        *doing,
        because=f"@{fit.person.login} is asked for a review{silent}: {why}",
    )


def _give_back(facts: Owed, section: ReviewExchange) -> Plan:
    one, now = facts.exchange, facts.now
    late = section.review_within.has_passed(one.since, now, facts.calendar)
    reason = (
        f"nobody reviewed it within {section.review_within}"
        if late
        else "it was closed before anybody reviewed it"
    )
    at = section.review_within.after(one.since, facts.calendar) if late else now
    back = Entry(
        kind=Kind.RETURNED,
        person=one.author,
        at=at,
        place=facts.place,
        what=one.what,
        amount=one.paid,
        reason=reason,
    )
    doing: list[Doable] = [facts.page.entry(back), one.remembered(state=State.RETURNED), *release(one)]
    balance = facts.page.ledger.balance(one.author) + one.paid
    interest = interest_for(one.author, facts, section, at=at) if late else None
    if interest is not None:
        doing.append(facts.page.entry(interest))
        balance += interest.amount
    doing += show_state(one.number, one.state, State.RETURNED, section, since=f"{one.what}/returned")
    doing += show_balance(facts.pulls, balance, section, since=back.key)
    extra = f", with {interest.amount / REVIEW:g} review's worth of interest" if interest is not None else ""
    return plan(*doing, because=f"The credit of @{one.author.login} comes back{extra}: {reason}")


def interest_for(person: Person, facts: Owed, section: ReviewExchange, *, at: datetime) -> Entry | None:
    """A little more than was paid, for the patience; not again within the time the guard says."""
    guard = section.guards.interest
    earlier = [
        entry for entry in facts.page.ledger.of(person, Kind.GIFTED) if entry.what.startswith(INTEREST)
    ]
    if not section.interest:
        return None
    if guard is not None and earlier and not guard.has_passed(earlier[-1].at, at, facts.calendar):
        return None
    return Entry(
        kind=Kind.GIFTED,
        person=person,
        at=at,
        place=facts.place,
        what=f"{INTEREST} {facts.exchange.what}",
        amount=section.interest * REVIEW,
        reason="nobody came in time",
    )
