"""How amounts and reasons are put into words, wherever they are told: everything in credits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mentorbot.core.markdown import as_text
from mentorbot.core.people import Person
from mentorbot.core.translator import say_plural
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import REVIEW

_SIGNS = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗",
    "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/7": "⅐", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
    "1/9": "⅑", "1/10": "⅒",
}  # fmt: skip
_SMALLEST_PARTS = 4  # of a review: what is worth less doesn't count


def in_credits(amount: int, section: ReviewExchange) -> str:
    """Hundredths of a review in credits: "2", "½", "1½", "2 5/12".

    The whole number is how many can be spent. Where a credit can't be told in hundredths exactly (three for
    four reviews), the rest is the nearest fraction that reviews can earn.
    """
    whole, rest = divmod(amount, section.price)
    parts = section.give * _SMALLEST_PARTS
    exact = Fraction(rest * section.get, section.give * REVIEW)
    part = min(exact.limit_denominator(parts), Fraction(parts - 1, parts))
    if not part:
        return f"{whole}"
    sign = _SIGNS.get(str(part), f" {part}")
    return f"{whole or ''}{sign}".strip()


def next_credit(balance: int, section: ReviewExchange) -> str:
    """How many reviews would earn the next credit, in a sentence."""
    missing = -(-(section.price - balance % section.price) // REVIEW)
    return say_plural(
        "One more review that helps earns you the next credit.",
        "{count} more reviews that help earn you the next credit.",
        missing,
    )


def login(person: Person) -> str:
    """Somebody who is spoken of, not to: named without a mention."""
    return as_text(person.login)


def listed(reasons: Sequence[str]) -> str:
    """Reasons one after another; nobody is mentioned by what users wrote."""
    return "; ".join(as_text(reason, limit=120) for reason in reasons)
