"""What `/credits` answers: a balance, where it comes from, what did not count. Everything is in credits."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.config.calendar import Calendar
from mentorbot.core.markdown import as_text, code, folded, mention
from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_list, say_plural
from mentorbot.features.review_exchange.account.facts import AccountStatement, Gift
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.earning.pending_reviews import PendingReview
from mentorbot.features.review_exchange.ledger.ledger import (
    CLOSED,
    INTEREST,
    MERGED,
    NEWCOMERS,
    OVERDUE,
    Entry,
    EntryKind,
    Place,
)
from mentorbot.features.review_exchange.phrasing import in_credits, login, next_credit
from mentorbot.features.review_exchange.scoring.messages import why_refused

_MOST_WAITING, _MOST_MOVES, _MOST_REFUSED = 10, 10, 5

_MOVED = {
    EntryKind.EARNED: phrase("for a review of {where}"),
    EntryKind.SPENT: phrase("spent on {where}"),
    EntryKind.EXPIRED: phrase("expired, as nobody spent it in time"),
}
_GAVE_BACK = {
    OVERDUE: phrase("back from {where}: nobody reviewed it in time"),
    CLOSED: phrase("back from {where}: it was closed before a review"),
    MERGED: phrase("back from {where}: it was merged before a review"),
}


def statement(facts: AccountStatement, section: ReviewExchange) -> str:
    """What somebody has and why; refusals are told to themself only."""
    person, ledger, here = facts.person, facts.accounts.ledger, facts.here
    is_own = person == facts.asked_by
    balance = ledger.balance(person)
    parts = [_own(balance, section) if is_own else _of_another(person, balance, section)]
    waiting = [one for one in facts.waiting if one.disputed_at is None]
    if waiting:
        parts.append(
            say(
                "Not confirmed yet: {reviews}. If nobody objects, a review usually counts from that day. The "
                "author can confirm it earlier, with 👍 or `{slash}thanks`.",
                reviews=_with_days(waiting, section, facts.calendar),
            )
        )
    disputed = [one for one in facts.waiting if one.disputed_at is not None]
    if disputed:
        parts.append(
            say(
                "Somebody objected to {reviews}. A maintainer can still confirm with `{slash}thanks`.",
                reviews=say_list([f"#{one.number}" for one in disputed[:_MOST_WAITING]]),
            )
        )
    moved = [entry for entry in ledger.of(person) if entry.moves]
    if moved:
        lines = "\n".join(f"- {_line(entry, section, here)}" for entry in reversed(moved[-_MOST_MOVES:]))
        parts.append(folded(say("Where the credits come from"), lines))
    refused = ledger.of(person, EntryKind.REFUSED, EntryKind.VOIDED)
    if is_own and refused:
        lines = "\n".join(
            f"- {_where(entry, here)}: {why_refused(entry)} ({code(entry.reason)})"
            for entry in reversed(refused[-_MOST_REFUSED:])
        )
        parts.append(folded(say("Reviews that did not count, and why"), lines))
    return "\n\n".join(parts)


def gifted(gift: Gift, balance: int, section: ReviewExchange) -> str:
    """Told to whoever gets the gift; a reaction tells whoever gave it that it worked."""
    got = say_plural(
        "{to}, {by} gave you one credit.",
        "{to}, {by} gave you {count} credits.",
        gift.number,
        to=mention(gift.to),
        by=login(gift.by),
    )
    return f"{got} {_has(balance, section)} {_how_to_spend()}"


def to_oneself() -> str:
    return say("You can't give credits to yourself. Another maintainer can give you some.")


def _own(balance: int, section: ReviewExchange) -> str:
    how = (
        _how_to_spend()
        if balance >= section.price
        else say("`{slash}suggest reviews` finds pull requests that you can review.")
    )
    return f"{_has(balance, section)} {next_credit(balance, section)} {how}"


def _has(balance: int, section: ReviewExchange) -> str:
    return say("Your credits: **{amount}**.", amount=in_credits(balance, section))


def _how_to_spend() -> str:
    return say("To get a review for one, write `{slash}exchange` on a pull request of yours.")


def _of_another(person: Person, balance: int, section: ReviewExchange) -> str:
    return say("Credits of {name}: **{amount}**.", name=login(person), amount=in_credits(balance, section))


def _with_days(waiting: Sequence[PendingReview], section: ReviewExchange, calendar: Calendar) -> str:
    """The reviews, each with the day from which it counts."""
    return say_list(
        [
            f"#{one.number} ({say_day(section.silence.after(one.since, calendar))})"
            for one in waiting[:_MOST_WAITING]
        ]
    )


def _line(entry: Entry, section: ReviewExchange, here: Place) -> str:
    sign = "+" if entry.moves > 0 else "−"
    return f"{say_day(entry.at)} · {sign}{in_credits(entry.amount, section)} · {_what(entry, here)}"


def _what(entry: Entry, here: Place) -> str:
    """What an entry that moves the balance came from."""
    return say(
        _text_for(entry),
        where=_where(entry, here),
        name=login(entry.by) if entry.by is not None else "",
        reason=as_text(entry.reason, limit=100),
    )


def _text_for(entry: Entry) -> str:
    if entry.kind in _MOVED:
        return _MOVED[entry.kind]
    if entry.kind is EntryKind.RETURNED:
        return _GAVE_BACK.get(entry.reason, phrase("back from {where}"))
    if entry.what == NEWCOMERS:
        return phrase("for a first pull request, {where}")
    if entry.what.startswith(INTEREST):
        return phrase("for waiting, as nobody reviewed {where} in time")
    if entry.by is None:
        return phrase("a gift")
    return phrase("a gift from {name}: “{reason}”") if entry.reason else phrase("a gift from {name}")


def _where(entry: Entry, here: Place) -> str:
    """Which pull request an entry is about; of other repositories only what everybody may know."""
    if entry.place.repository_id == here.repository_id:
        return f"#{entry.place.number}"
    return say("a private pull request") if entry.place.private else as_text(str(entry.place))
