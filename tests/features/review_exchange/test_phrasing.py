"""Amounts are told in credits alone, and what is told is true."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import REVIEW
from mentorbot.features.review_exchange.phrasing import in_credits, next_credit

PRICES = st.builds(ReviewExchange, give=st.integers(1, 20), get=st.integers(1, 20))


@pytest.mark.parametrize(
    ("give", "get", "amount", "told"),
    [
        (2, 1, 0, "0"),
        (2, 1, 100, "½"),
        (2, 1, 200, "1"),
        (2, 1, 350, "1¾"),
        (2, 1, 50, "¼"),
        (2, 1, 25, "⅛"),
        (1, 1, 150, "1½"),
        (3, 1, 100, "⅓"),
        (3, 1, 500, "1⅔"),
        pytest.param(3, 1, 125, "5/12", id="no sign for it"),
        pytest.param(3, 1, 725, "2 5/12", id="no sign for it, and whole ones"),
        (3, 2, 100, "⅔"),
        (3, 2, 300, "2"),
        (4, 3, 100, "¾"),
        pytest.param(4, 3, 400, "3", id="four reviews earn three credits"),
        pytest.param(4, 3, 200, "1½", id="a price with a rest"),
        (1, 3, 100, "3"),
    ],
)
def test_amounts_are_told_in_credits(give: int, get: int, amount: int, told: str) -> None:
    assert in_credits(amount, ReviewExchange(give=give, get=get)) == told


@given(PRICES, st.integers(0, 4_000))
def test_the_whole_number_is_how_many_can_be_spent_and_the_rest_less_than_one(
    section: ReviewExchange, quarters: int
) -> None:
    amount = quarters * REVIEW // 4
    whole, rest = _read(in_credits(amount, section))
    assert whole == amount // section.price
    assert 0 <= rest < 1


@given(PRICES, st.integers(0, 400))
def test_where_a_credit_is_a_round_number_of_quarters_what_is_told_is_exact(
    section: ReviewExchange, quarters: int
) -> None:
    if section.give * 4 % section.get:
        return
    amount = quarters * REVIEW // 4
    whole, rest = _read(in_credits(amount, section))
    assert whole + rest == Fraction(quarters * section.get, 4 * section.give)


@given(PRICES, st.integers(1, 20))
def test_give_reviews_earn_get_credits(section: ReviewExchange, times: int) -> None:
    assert section.give * REVIEW * times // section.price >= section.get * times


@given(PRICES, st.integers(0, 4_000))
def test_so_many_more_reviews_as_are_told_do_earn_the_next_credit(
    section: ReviewExchange, balance: int
) -> None:
    told = next_credit(balance, section)
    more = 1 if told.startswith("One ") else int(told.split()[0])
    assert (balance + more * REVIEW) // section.price > balance // section.price
    assert (balance + (more - 1) * REVIEW) // section.price == balance // section.price


def _read(told: str) -> tuple[int, Fraction]:
    """The amount as a reader takes it."""
    if told.isdecimal():
        return int(told), Fraction(0)
    if "/" in told:
        *whole, part = told.split()
        return int(whole[0]) if whole else 0, Fraction(part)
    return int(told[:-1] or 0), Fraction(unicodedata.numeric(told[-1])).limit_denominator(20)
