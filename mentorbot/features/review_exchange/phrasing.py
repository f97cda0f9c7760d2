"""How amounts and reasons are put into words, wherever they are told."""

from __future__ import annotations

from collections.abc import Sequence

from mentorbot.core.markdown import as_text
from mentorbot.core.translator import english_plural
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import REVIEW


def number_of_credits(number: int) -> str:
    return english_plural("one credit", "{count} credits", number)


def number_of_reviews(number: int) -> str:
    return english_plural("one review", "{count} reviews", number)


def worth(amount: int) -> str:
    """An amount in reviews: "one review", "half a review", "0.25 of a review", "1.5 reviews"."""
    if amount == REVIEW // 2:
        return "half a review"
    if 0 < amount < REVIEW:
        return f"{amount / REVIEW:g} of a review"
    return "one review" if amount == REVIEW else f"{amount / REVIEW:g} reviews"


def in_credits(balance: int, section: ReviewExchange) -> str:
    """A balance: "one credit", "no credit yet, and half a review towards the next one"."""
    whole, rest = divmod(balance, section.price)
    have = number_of_credits(whole) if whole else "no credit yet"
    return f"{have}, and {worth(rest)} towards the next one" if rest else have


def next_one(balance: int, section: ReviewExchange) -> str:
    """What would earn the next credit, in a sentence."""
    missing = -(-(section.price - balance % section.price) // REVIEW)
    return english_plural(
        "One more review that helped would earn the next.",
        "{count} more reviews that helped would earn the next.",
        missing,
    )


def listed(reasons: Sequence[str]) -> str:
    """Reasons one after another; nobody is mentioned by what users wrote."""
    return "; ".join(as_text(reason, limit=120) for reason in reasons)
