"""What the exchange answers to commands: accounts with their reasons, places in the queue, suggestions."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text, code, folded, mention
from mentorbot.core.people import Person
from mentorbot.domain.suggested_reviews import SuggestedReview
from mentorbot.features.review_exchange import messages
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import Exchange
from mentorbot.features.review_exchange.ledger import REVIEW, Entry, Kind, Ledger, Place
from mentorbot.features.review_exchange.pool import Fit
from mentorbot.features.review_exchange.waiting import Waiting

_NOBODY_YET = "nobody has reviewed it yet"


def a_maintainer_confirms(reviewer: Person) -> str:
    """Said where thanks are heard, but a maintainer is to confirm."""
    return f"How kind. A maintainer confirms the part of a credit for {as_text(reviewer.login)}."


def nothing_to_thank_for(reviewer: Person, state: Entry | None) -> str:
    """Why thanks move nothing in the ledger."""
    who = as_text(reviewer.login)
    if state is None:
        return f"I have seen no review by {who} here that could earn anything, but your thanks are heard."
    return f"The review by {who} doesn't earn anything, as {_why(state)}. Your thanks are heard all the same."


def not_enough(balance: int, section: ReviewExchange) -> str:
    """Said to somebody who has no credit, with what to do."""
    return (
        f"You have {messages.in_credits(balance, section)}. {messages.next_one(balance, section)} "
        "`/suggest reviews` finds three pull requests that suit you. Until then your pull request gets "
        "looked at "
        "as any other."
    )


def runs_already(exchange: Exchange, placed: tuple[int, tuple[str, ...], int]) -> str:
    """Said where a credit was spent here already."""
    place, reasons, length = placed
    return (
        f"A credit is spent here already, since {exchange.since:%-d %B}. It is number {place} of {length} "
        f"in the "
        f"queue ({_listed(reasons)})."
    )


def spent(
    exchange: Exchange,
    placed: tuple[int, tuple[str, ...], int],
    left: int,
    section: ReviewExchange,
    *,
    fits: Sequence[Fit],
) -> str:
    """What happens now that a credit is spent."""
    place, reasons, length = placed
    parts = [
        "Your first review here is on us."
        if exchange.free
        else "Done: a credit is spent on this pull request.",
        f"It is number {place} of {length} in the queue ({_listed(reasons)}).",
    ]
    if exchange.asked and fits:
        who = as_text(exchange.asked[-1].person.login)
        why = f" ({_listed(fits[0].reasons[:2])})" if fits[0].reasons else ""
        parts.append(f"I ask {who} to have a look{why}; if {who} has no time, somebody else.")
    else:
        parts.append("I ask somebody as soon as somebody can be asked.")
    parts.append(
        f"If nobody comes within {section.review_within}, the credit comes back to you, with a little "
        f"interest."
        if section.interest
        else f"If nobody comes within {section.review_within}, the credit comes back to you."
    )
    if not exchange.free:
        parts.append(f"You have {messages.in_credits(left, section)} left.")
    return " ".join(parts)


def please_review(exchange: Exchange, fit: Fit) -> str:
    """A review is asked of somebody whom GitHub lets nobody request one from."""
    author = as_text(exchange.author.login)
    what = (
        f"{author} is new here and would be glad of a review."
        if exchange.free
        else f"{author} reviewed others' pull requests and would like a review of this one."
    )
    why = f" I thought of you because {_listed(_of_you(fit.reasons[:3]))}." if fit.reasons else ""
    return (
        f"{mention(fit.person)}, {what} Would you have a look?{why} It counts towards a review of your own. "
        "If you have no time, you need not do anything: I ask somebody else in a few days."
    )


def gifted(to: Person, number: int, balance: int, section: ReviewExchange) -> str:
    """A gift is told to whoever gave it, and to whom."""
    now = messages.in_credits(balance, section)
    return f"{mention(to)} got {messages.counted(number, 'credit')} and has {now} now."


def suggestions(found: Sequence[SuggestedReview], section: ReviewExchange) -> str:
    """Pull requests somebody could review, each with its reasons."""
    if not found:
        return (
            "Just now there is nothing here that waits for a review and is not yours. Thank you for asking!"
        )
    lines = [
        f"{place}. [#{one.pull.timeline.number}]({one.pull.timeline.url}) "
        f"{as_text(one.pull.timeline.title, limit=100)}: {_listed(one.reasons) or _NOBODY_YET}"
        for place, one in enumerate(found, start=1)
    ]
    opening = "These would suit you:" if len(found) > 1 else "This one would suit you:"
    ending = (
        f"Every {messages.counted(section.give, 'review').removeprefix('one ')} that helped"
        f" earn{'s' if section.give == 1 else ''} you {messages.counted(section.get, 'review')} of your own."
    )
    return "\n".join((opening, "", *lines, "", ending))


def account(
    person: Person,
    ledger: Ledger,
    waiting: Sequence[Waiting],
    section: ReviewExchange,
    *,
    here: Place,
    is_own: bool,
) -> str:
    """What somebody has and why; refusals are told to themself only."""
    who, has = ("You", "have") if is_own else (as_text(person.login), "has")
    balance = ledger.balance(person)
    parts = [f"{who} {has} {messages.in_credits(balance, section)}. {messages.next_one(balance, section)}"]
    if waiting:
        listed = ", ".join(f"#{one.number}" for one in waiting[:10])
        parts.append(
            f"Waiting to be confirmed: {listed}. They count when their authors say so (👍 or `/thanks`), or "
            f"after "
            f"{section.silence}."
        )
    moved = [entry for entry in ledger.of(person) if entry.moves]
    if moved:
        lines = "\n".join(f"- {_line(entry, here)}" for entry in reversed(moved[-10:]))
        parts.append(folded("Where it comes from", lines))
    refused = ledger.of(person, Kind.REFUSED, Kind.VOIDED)
    if is_own and refused:
        lines = "\n".join(
            f"- {_where(entry, here)}: {code(entry.reason)}, {_why(entry)}"
            for entry in reversed(refused[-5:])
        )
        parts.append(folded("What did not count, and why", lines))
    return "\n\n".join(parts)


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


def _why(entry: Entry) -> str:
    return messages.GUARDS.get(entry.reason, entry.reason)


def _listed(reasons: Sequence[str]) -> str:
    return "; ".join(as_text(reason, limit=120) for reason in reasons)


def _of_you(reasons: Sequence[str]) -> list[str]:
    """Reasons that go on after a name, said to that person."""
    said = []
    for reason in reasons:
        first, _, rest = reason.partition(" ")
        verb = {"has": "have", "was": "were", "is": "are"}.get(first) or (
            first.removesuffix("s") if first in {"offers", "owes", "knows", "reviews"} else first
        )
        said.append(f"you {verb} {rest}".replace("wasn't", "weren't"))
    return said
