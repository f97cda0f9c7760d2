from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.features.review_exchange.queue import queue_of
from mentorbot.features.review_exchange.redeem.exchanges import Ask, Exchange, ExchangeState
from tests.builders import NOW, a_person

PRICE = 200


def wanted(number: int, *, days: float = 0, **more: Any) -> Exchange:
    details: dict[str, Any] = {"state": ExchangeState.WANTED, **more}
    return Exchange(
        number=number,
        title="Speed it up",
        author=a_person("ada"),
        since=NOW - timedelta(days=days),
        nth=1,
        paid=PRICE,
        **details,
    )


@pytest.mark.parametrize(
    ("exchanges", "order"),
    [
        pytest.param([wanted(1, days=1), wanted(2, days=5)], [2, 1], id="who waits longer"),
        pytest.param([wanted(1, days=5), wanted(2, earned=400)], [2, 1], id="who gave more lately"),
        pytest.param([wanted(1, days=4), wanted(2, came_back=1)], [2, 1], id="whose credit came back"),
        pytest.param([wanted(1, days=0.2), wanted(2, newcomer=True)], [2, 1], id="newcomers at equal rank"),
        pytest.param([wanted(1, days=1), wanted(2, newcomer=True)], [1, 2], id="not before a higher rank"),
        pytest.param([wanted(1, earned=10_000), wanted(2, days=16)], [2, 1], id="five credits count at most"),
        pytest.param([wanted(2), wanted(1)], [1, 2], id="else by number"),
        pytest.param(
            [wanted(1, state=ExchangeState.SETTLED), wanted(2, state=ExchangeState.RETURNED), wanted(3)],
            [3],
            id="only who waits",
        ),
    ],
)
def test_who_comes_first(exchanges: list[Exchange], order: list[int]) -> None:
    queue = queue_of(exchanges, now=NOW, price=PRICE)
    assert [placed.exchange.number for placed in queue] == order
    assert [placed.place for placed in queue] == list(range(1, len(order) + 1))


def test_each_place_has_its_reasons() -> None:
    ask = Ask(person=a_person("grace"), at=NOW, requested=True)
    (one,) = queue_of(
        [wanted(1, days=3, earned=150, came_back=2, newcomer=True, asked=(ask,))], now=NOW, price=PRICE
    )
    assert one.reasons == (
        "waiting for 3 days",
        "its author gave 1.5 reviews lately",
        "a credit of its author came back twice",
        "its author is new here",
        "@grace is asked",
    )
    (begun,) = queue_of([wanted(1, state=ExchangeState.IN_REVIEW, came_back=3)], now=NOW, price=PRICE)
    assert begun.reasons == (
        "waiting since today",
        "a credit of its author came back 3 times",
        "somebody has begun",
    )
