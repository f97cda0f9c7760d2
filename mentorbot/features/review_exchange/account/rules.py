"""`/credits`: what somebody has and why, gifts by maintainers, and what expires."""

from __future__ import annotations

from mentorbot.core.actions import Answer
from mentorbot.core.markdown import as_text
from mentorbot.core.plan import Plan, leave_alone, plan
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.account import messages
from mentorbot.features.review_exchange.account.facts import AccountStatement, Gift, OldCredits
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.labels.rules import show_balance
from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind


def tell(facts: AccountStatement, section: ReviewExchange) -> Plan:
    """Anybody may ask what somebody has; what was refused is told to themself only."""
    text = messages.statement(
        facts.person,
        facts.accounts.ledger,
        facts.waiting,
        section,
        here=facts.here,
        is_own=facts.person == facts.asked_by,
        slash=facts.slash,
    )
    return plan(
        Answer(text=text),
        because=f"@{facts.asked_by.login} asked what @{facts.person.login} has: "
        f"{phrasing.in_credits(facts.accounts.ledger.balance(facts.person), section)}",
        about=[id_ for entry in facts.accounts.ledger.entries() for id_ in entry.people],
    )


def give(facts: Gift, section: ReviewExchange) -> Plan:
    """A gift is in the account at once, with who gave it and why."""
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
        return leave_alone(f"@{facts.by.login} gave this gift already")
    balance = facts.accounts.ledger.balance(facts.to) + entry.amount
    what = phrasing.number_of_credits(facts.number)
    reason = f": {as_text(facts.reason, limit=100)}" if facts.reason else ""
    return plan(
        facts.accounts.entry(entry),
        *show_balance(facts.displays, balance, section, since=entry.key),
        Answer(reaction="hooray", text=messages.gifted(facts.to, facts.number, balance, section)),
        because=f"@{facts.by.login} gave @{facts.to.login} {what}{reason}",
    )


def expire(facts: OldCredits, section: ReviewExchange) -> Plan:
    """What nobody has spent for so long is gone; what came in first is spent first."""
    who = f"@{facts.person.login}"
    if not facts.amount:
        return leave_alone(f"Nothing of what {who} has is older than {section.expire_after}")
    entry = Entry(
        kind=EntryKind.EXPIRED,
        person=facts.person,
        at=facts.now,
        place=facts.place,
        what=f"until {facts.before:%Y-%m-%dT%H%M%S}",
        amount=facts.amount,
        reason=f"older than {section.expire_after}",
    )
    balance = facts.accounts.ledger.balance(facts.person) - facts.amount
    return plan(
        facts.accounts.lock(facts.person, facts.now),
        facts.accounts.entry(entry),
        *show_balance(facts.displays, balance, section, since=entry.key),
        because=f"{phrasing.worth(facts.amount)} of {who} expired after {section.expire_after}",
    )
