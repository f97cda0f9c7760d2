"""A credit that bought no review comes back: after the deadline (with interest), or when the thread ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import Doable
from mentorbot.core.plan import Plan, plan
from mentorbot.core.translator import say, say_day
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.facts import BalanceDisplay
from mentorbot.features.review_exchange.labels.rules import show_balance, show_state
from mentorbot.features.review_exchange.ledger.ledger import (
    CLOSED,
    INTEREST,
    OVERDUE,
    REVIEW,
    Entry,
    EntryKind,
    Place,
)
from mentorbot.features.review_exchange.ledger.ledger_store import Accounts
from mentorbot.features.review_exchange.reassignment.facts import OwedReview
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, ExchangeState
from mentorbot.features.review_exchange.reviewer_pool.rules import release


def refund_overdue(facts: OwedReview, section: ReviewExchange) -> Plan:
    """Where nobody reviewed in time, or it was closed without our hearing of it, nobody is asked any more."""
    one, accounts, place = facts.exchange, facts.accounts, facts.place
    at, reason, interest = facts.now, CLOSED, None
    if facts.is_late(section):
        at = section.review_within.after(one.since, facts.calendar)
        reason = OVERDUE
        interest = interest_on(one, accounts, section, at=at, place=place, calendar=facts.calendar)
    actions = refund(
        one,
        accounts,
        section,
        at=at,
        place=place,
        reason=reason,
        displays=facts.displays,
        interest=interest,
    )
    because = _gave_back(f"@{one.author.login}", section, at=at, is_late=reason == OVERDUE, interest=interest)
    return plan(*actions, *release(one), because=because)


def _gave_back(
    name: str, section: ReviewExchange, *, at: datetime, is_late: bool, interest: Entry | None
) -> str:
    if not is_late:
        return say("{name} gets the credit back: it was closed before a review", name=name)
    if interest is None:
        return say("{name} gets the credit back: nobody reviewed it until {day}", name=name, day=say_day(at))
    return say(
        "{name} gets the credit back, and {amount} for waiting: nobody reviewed it until {day}",
        name=name,
        amount=phrasing.in_credits(interest.amount, section),
        day=say_day(at),
    )


def refund(
    exchange: Exchange,
    accounts: Accounts,
    section: ReviewExchange,
    *,
    at: datetime,
    place: Place,
    reason: str,
    displays: Sequence[BalanceDisplay],
    interest: Entry | None = None,
) -> list[Doable]:
    """What was paid is in the account again, and shown there."""
    entry = Entry(
        kind=EntryKind.RETURNED,
        person=exchange.author,
        at=at,
        place=place,
        what=exchange.what,
        amount=exchange.paid,
        reason=reason,
    )
    entries = [entry] if interest is None else [entry, interest]
    balance = accounts.ledger.balance(exchange.author) + sum(one.amount for one in entries)
    since = f"{exchange.what}/returned"
    return [
        *(accounts.entry(one) for one in entries),
        exchange.remembered(state=ExchangeState.RETURNED),
        *show_state(exchange.number, exchange.state, ExchangeState.RETURNED, section, since=since),
        *show_balance(displays, balance, section, since=entry.key),
    ]


def interest_on(
    exchange: Exchange,
    accounts: Accounts,
    section: ReviewExchange,
    *,
    at: datetime,
    place: Place,
    calendar: Calendar,
) -> Entry | None:
    """A little more than was paid, for the patience; not again within the time the guard says."""
    if not section.interest:
        return None
    guard = section.guards.interest
    gifts = accounts.ledger.of(exchange.author, EntryKind.GIFTED)
    earlier = [entry for entry in gifts if entry.what.startswith(INTEREST)]
    if guard is not None and earlier and not guard.has_passed(earlier[-1].at, at, calendar):
        return None
    return Entry(
        kind=EntryKind.GIFTED,
        person=exchange.author,
        at=at,
        place=place,
        what=f"{INTEREST} {exchange.what}",
        amount=section.interest * REVIEW,
        reason=OVERDUE,
    )
