"""`/credits`: what somebody has and why, gifts by maintainers, and what expires."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.markdown import as_text
from mentorbot.core.plan import Plan, leave_alone, plan, refuse
from mentorbot.core.translator import say, say_day, say_plural
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.account import messages
from mentorbot.features.review_exchange.account.facts import AccountStatement, Gift, OldCredits
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.rules import show_balance
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind


def tell(facts: AccountStatement, section: ReviewExchange) -> Plan:
    """Anybody may ask what somebody has; what was refused is told to themself only."""
    has = phrasing.in_credits(facts.accounts.ledger.balance(facts.person), section)
    by, of = f"@{facts.asked_by.login}", f"@{facts.person.login}"
    return plan(
        Answer(text=messages.statement(facts, section)),
        because=say("{name} asked for their own credits: {amount}", name=by, amount=has)
        if by == of
        else say("{by} asked for the credits of {name}: {amount}", by=by, name=of, amount=has),
        about=[id_ for entry in facts.accounts.ledger.entries() for id_ in entry.people],
    )


def give(facts: Gift, section: ReviewExchange) -> Plan:
    """A gift to somebody else is in the account at once, with who gave it and why."""
    by, to = f"@{facts.by.login}", f"@{facts.to.login}"
    if facts.to == facts.by:
        return refuse(
            messages.to_oneself(), because=say("{name} wanted to give credits to themself", name=by)
        )
    entry = Entry(
        kind=EntryKind.GIFTED,
        person=facts.to,
        at=facts.now,
        place=facts.place,
        what=f"by {facts.spoken}",
        amount=facts.number * section.price,
        reason=facts.reason,
        by=facts.by,
    )
    if entry.key in facts.accounts.ledger:
        return leave_alone(say("{name} gave this gift already", name=by))
    balance = facts.accounts.ledger.balance(facts.to) + entry.amount
    return plan(
        facts.accounts.entry(entry),
        *show_balance(facts.displays, balance, section, since=entry.key),
        Answer(reaction="hooray", text=messages.gifted(facts, balance, section)),
        because=_gave(facts, by, to),
    )


def _gave(facts: Gift, by: str, to: str) -> str:
    if facts.reason:
        return say_plural(
            "{by} gave {to} one credit: “{reason}”",
            "{by} gave {to} {count} credits: “{reason}”",
            facts.number,
            by=by,
            to=to,
            reason=as_text(facts.reason, limit=100),
        )
    return say_plural(
        "{by} gave {to} one credit", "{by} gave {to} {count} credits", facts.number, by=by, to=to
    )


def expire(facts: OldCredits, section: ReviewExchange) -> Plan:
    """What nobody has spent for so long is gone; what came in first is spent first."""
    who = f"@{facts.person.login}"
    if not facts.amount:
        return leave_alone(say("The credits of {name} are not old enough to expire", name=who))
    entry = Entry(
        kind=EntryKind.EXPIRED,
        person=facts.person,
        at=facts.now,
        place=facts.place,
        what=f"until {facts.before:%Y-%m-%dT%H%M%S}",
        amount=facts.amount,
        reason=f"expire_after {section.expire_after}",
    )
    balance = facts.accounts.ledger.balance(facts.person) - facts.amount
    return plan(
        facts.accounts.lock(facts.person, facts.now),
        facts.accounts.entry(entry),
        *show_balance(facts.displays, balance, section, since=entry.key),
        because=say(
            "Credits of {name} expired: {amount}, as nobody spent them since {day}",
            name=who,
            amount=phrasing.in_credits(facts.amount, section),
            day=say_day(facts.before),
        ),
    )
