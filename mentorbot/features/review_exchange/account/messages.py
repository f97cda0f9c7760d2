"""What `/credits` answers: a balance, where it comes from, what did not count."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text, code, folded, mention
from mentorbot.core.people import Person
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.ledger.ledger import REVIEW, Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.scoring.messages import why_refused


def statement(
    person: Person,
    ledger: Ledger,
    waiting: Sequence[PendingReview],
    section: ReviewExchange,
    *,
    here: Place,
    is_own: bool,
    slash: str,
) -> str:
    """What somebody has and why; refusals are told to themself only."""
    who, has = ("You", "have") if is_own else (as_text(person.login), "has")
    balance = ledger.balance(person)
    parts = [f"{who} {has} {phrasing.in_credits(balance, section)}. {phrasing.next_one(balance, section)}"]
    if waiting:
        listed = ", ".join(f"#{one.number}" for one in waiting[:10])
        parts.append(
            f"Waiting to be confirmed: {listed}. They count when their authors say so (👍 or "
            f"`{slash}thanks`), or after {section.silence}."
        )
    moved = [entry for entry in ledger.of(person) if entry.moves]
    if moved:
        lines = "\n".join(f"- {_line(entry, here)}" for entry in reversed(moved[-10:]))
        parts.append(folded("Where it comes from", lines))
    refused = ledger.of(person, EntryKind.REFUSED, EntryKind.VOIDED)
    if is_own and refused:
        lines = "\n".join(
            f"- {_where(entry, here)}: {code(entry.reason)}, {why_refused(entry)}"
            for entry in reversed(refused[-5:])
        )
        parts.append(folded("What did not count, and why", lines))
    return "\n\n".join(parts)


def gifted(to: Person, number: int, balance: int, section: ReviewExchange) -> str:
    """A gift is told to whoever gave it, and to whom."""
    now = phrasing.in_credits(balance, section)
    return f"{mention(to)} got {phrasing.number_of_credits(number)} and has {now} now."


def _line(entry: Entry, here: Place) -> str:
    amount = f"{'+' if entry.moves > 0 else '−'}{entry.amount / REVIEW:g}"
    by = f", by {as_text(entry.by.login)}" if entry.by is not None else ""
    what = f"{entry.kind.value} {_where(entry, here)}"
    why = f" ({as_text(entry.reason, limit=100)}{by})" if entry.reason else by
    return f"{entry.at:%-d %B %Y}: {amount}, {what}{why}"


def _where(entry: Entry, here: Place) -> str:
    """Where an entry happened; of other repositories only what everybody may know."""
    if entry.place.repository_id == here.repository_id:
        return f"in #{entry.place.number}" if entry.place.number else "here"
    return "in another repository" if entry.place.private else f"in {entry.place}"
