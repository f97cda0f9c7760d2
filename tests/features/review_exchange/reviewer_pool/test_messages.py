"""How a review is asked of somebody: true of the author's credit, and to one reader."""

from __future__ import annotations

import pytest

from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, ExchangeState
from mentorbot.features.review_exchange.reviewer_pool.messages import please_review
from mentorbot.features.review_exchange.reviewer_pool.ranking import Fit, PoolReason, Standing
from tests.builders import NOW, a_person


def asked(*reasons: Reason | PoolReason, free: bool = False, earned: int = 0) -> str:
    exchange = Exchange(
        number=1,
        title="Speed it up",
        author=a_person("ada"),
        since=NOW,
        state=ExchangeState.WANTED,
        nth=1,
        paid=200,
        free=free,
        earned=earned,
    )
    return please_review(exchange, Fit(person=a_person("grace"), score=1.0, reasons=reasons))


@pytest.mark.parametrize(
    ("free", "earned", "says"),
    [
        pytest.param(True, 0, "ada is new here.", id="a newcomer's first"),
        pytest.param(False, 200, "ada has reviewed others' work.", id="earned by reviewing"),
        pytest.param(False, 0, "ada has spent a credit on it.", id="a gift"),
    ],
)
def test_what_speaks_for_the_author_is_true_of_their_credit(free: bool, earned: int, says: str) -> None:
    opening = asked(free=free, earned=earned).split("\n\n")[0]
    assert opening == f"@grace, would you review this pull request? {says}"


def test_reasons_are_said_to_the_person_asked() -> None:
    said = asked(
        Reason(why=Why.WORKED_ON_KIND, what=".c"),
        PoolReason(standing=Standing.TAKES_PART, count=2),
        PoolReason(standing=Standing.OFFERED, on=NOW),
        PoolReason(standing=Standing.OWES),
    )
    assert "Why I ask you: you worked on .c files here; you gave 2 reviews in the exchange lately; " in said
    assert "you got a review here" not in said, "three are enough"


def test_without_a_reason_none_is_made_up() -> None:
    assert "Why" not in asked()
