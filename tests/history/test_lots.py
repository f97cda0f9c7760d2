from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench.deliveries_of import ToldThen
from bench.lots import AT_ONCE, FURTHEST_AHEAD, lots_of

START = datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def opened(who: int | None, *, at: float = 0, kind: str = "pull_request", **more: Any) -> ToldThen:
    thread = {"user": None if who is None else {"id": who}, **more}
    action = "closed" if "merged" in more else "opened"
    key = "issue" if kind == "issues" else "pull_request"
    return ToldThen(START + at * HOUR, f"{who}/{at}", kind, {"action": action, key: thread})


def merged(who: int, *, at: float = 0) -> ToldThen:
    return opened(who, at=at, merged=True)


def reviewed(who: int, *, at: float = 0) -> ToldThen:
    payload = {"action": "submitted", "sender": {"id": who}}
    return ToldThen(START + at * HOUR, f"review {who}/{at}", "pull_request_review", payload)


ADA, GRACE = 1, 2


@pytest.mark.parametrize(
    ("deliveries", "sizes"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([opened(ADA), opened(GRACE, at=1)], [1, 1], id="each first has its own time"),
        pytest.param([reviewed(ADA), opened(GRACE, at=1)], [2], id="a first ends what came before"),
        pytest.param(
            [opened(ADA), opened(ADA, at=1)], [1, 1], id="the second waits until the first is known"
        ),
        pytest.param(
            [opened(ADA, kind="issues"), opened(ADA, at=1)], [1, 1], id="an issue, then a pull request"
        ),
        pytest.param([reviewed(ADA), opened(ADA, at=1)], [1, 1], id="a review, then a pull request"),
        pytest.param([opened(ADA), merged(ADA, at=1)], [1, 1], id="opened, then merged"),
        pytest.param([opened(None), opened(None, at=1)], [2], id="people who are gone have no first time"),
        pytest.param([reviewed(ADA), reviewed(ADA, at=1)], [2], id="a review decides nothing"),
        pytest.param(
            [opened(ADA), opened(ADA, at=1), opened(ADA, at=2), opened(ADA, at=3)],
            [1, 3],
            id="after the first of a kind nothing is decided any more",
        ),
        pytest.param(
            [reviewed(ADA), reviewed(GRACE, at=FURTHEST_AHEAD / HOUR + 1)], [1, 1], id="too far apart in time"
        ),
        pytest.param([reviewed(n) for n in range(AT_ONCE + 1)], [AT_ONCE, 1], id="too many at once"),
    ],
)
def test_deliveries_go_together_where_none_builds_on_another(
    deliveries: list[ToldThen], sizes: list[int]
) -> None:
    lots = list(lots_of(deliveries))
    assert [len(lot) for lot in lots] == sizes
    assert [one for lot in lots for one in lot] == deliveries
