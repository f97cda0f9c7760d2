"""What `/exchange` answers: a place in the queue, or what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text
from mentorbot.features.review_exchange import phrasing
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.phrasing import listed
from mentorbot.features.review_exchange.redeem.exchanges import Exchange
from mentorbot.features.review_exchange.reviewer_pool.ranking import Fit


def is_draft(*, slash: str) -> str:
    return (
        "This is a draft, so reviewers would look too early. Press **Ready for review** at the end of the "
        f"page, then write `{slash}exchange` again."
    )


def not_enough(balance: int, section: ReviewExchange, *, slash: str) -> str:
    return (
        f"You have {phrasing.in_credits(balance, section)}. {phrasing.next_one(balance, section)} "
        f"`{slash}suggest reviews` finds three pull requests that suit you. Until then your pull request "
        "gets looked at as any other."
    )


def runs_already(exchange: Exchange, placed: tuple[int, tuple[str, ...], int]) -> str:
    place, reasons, length = placed
    return (
        f"A credit is spent here already, since {exchange.since:%-d %B}. It is number {place} of {length} "
        f"in the queue ({listed(reasons)})."
    )


def spent(
    exchange: Exchange,
    placed: tuple[int, tuple[str, ...], int],
    left: int,
    section: ReviewExchange,
    *,
    fits: Sequence[Fit],
) -> str:
    place, reasons, length = placed
    parts = [
        "Your first review here is on us."
        if exchange.free
        else "Done: a credit is spent on this pull request.",
        f"It is number {place} of {length} in the queue ({listed(reasons)}).",
    ]
    if exchange.asked and fits:
        who = as_text(exchange.asked[-1].person.login)
        why = f" ({listed(fits[0].reasons[:2])})" if fits[0].reasons else ""
        parts.append(f"I ask {who} to have a look{why}; if {who} has no time, somebody else.")
    else:
        parts.append("I ask somebody as soon as somebody can be asked.")
    interest = ", with a little interest" if section.interest else ""
    parts.append(f"If nobody comes within {section.review_within}, the credit comes back to you{interest}.")
    if not exchange.free:
        parts.append(f"You have {phrasing.in_credits(left, section)} left.")
    return " ".join(parts)
