from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench.deliveries_of import ToldThen
from bench.window import AT_ONCE, FURTHEST_AHEAD, Window

START = datetime(2020, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def opened(
    who: int | None, *, at: float = 0, kind: str = "pull_request", number: int = 1, **more: Any
) -> ToldThen:
    thread = {"user": None if who is None else {"id": who}, "number": number, **more}
    action = "closed" if "merged" in more else "opened"
    key = "issue" if kind == "issues" else "pull_request"
    return ToldThen(START + at * HOUR, f"{who}/{at}", kind, {"action": action, key: thread})


def merged(who: int, *, at: float = 0) -> ToldThen:
    return opened(who, at=at, merged=True)


def reviewed(who: int, *, at: float = 0, number: int = 2) -> ToldThen:
    payload = {"action": "submitted", "sender": {"id": who}, "pull_request": {"number": number}}
    return ToldThen(START + at * HOUR, f"review {who}/{at}", "pull_request_review", payload)


ADA, GRACE = 1, 2


def under_way(*deliveries: ToldThen, done: tuple[ToldThen, ...] = ()) -> Window:
    window = Window()
    for told in done:
        window.add(told)
        window.done(told.id)
    for told in deliveries:
        window.add(told)
    return window


@pytest.mark.parametrize(
    ("before", "under_way_now", "told", "takes"),
    [
        pytest.param([], [], opened(ADA), True, id="nothing is under way"),
        pytest.param([], [opened(ADA)], opened(GRACE, at=1, number=3), False, id="a first, then another"),
        pytest.param([], [opened(ADA)], opened(GRACE, number=3), False, id="two at the same time"),
        pytest.param([], [opened(ADA)], reviewed(GRACE, at=1), True, id="what others do elsewhere"),
        pytest.param([], [opened(ADA)], reviewed(ADA, at=1), False, id="what the same person does then"),
        pytest.param([], [opened(ADA)], reviewed(GRACE, at=1, number=1), False, id="or what is done there"),
        pytest.param([], [reviewed(ADA)], opened(GRACE, at=1), True, id="a first doesn't wait for others"),
        pytest.param([], [reviewed(ADA)], opened(ADA, at=1), False, id="a review, then a pull request"),
        pytest.param([opened(ADA)], [opened(ADA, at=1)], opened(ADA, at=2), True, id="a second is no first"),
        pytest.param(
            [opened(ADA, kind="issues")], [opened(ADA, kind="issues", at=1)], opened(ADA, at=2), False,
            id="an issue, then the first pull request",
        ),
        pytest.param(
            [opened(ADA)], [opened(ADA, at=1)], merged(ADA, at=2), False, id="opened, then merged first"
        ),
        pytest.param([], [opened(None)], opened(None, at=1), True, id="people who are gone have no first"),
        pytest.param([], [reviewed(ADA)], reviewed(ADA, at=1), True, id="a review decides nothing"),
        pytest.param(
            [opened(ADA)], [opened(ADA, at=1)], opened(GRACE, at=FURTHEST_AHEAD / HOUR + 2), False,
            id="a first that would make an earlier step too late",
        ),
        pytest.param(
            [opened(ADA)], [opened(ADA, at=1)], reviewed(GRACE, at=FURTHEST_AHEAD / HOUR + 2), True,
            id="anything else is told early then",
        ),
        pytest.param(
            [], [reviewed(ADA)], opened(GRACE, at=FURTHEST_AHEAD / HOUR + 2), True,
            id="a review is never too late",
        ),
        pytest.param(
            [], [reviewed(ADA, at=n / 100) for n in range(AT_ONCE)], reviewed(GRACE, at=5), False,
            id="too many at once",
        ),
        pytest.param([], [reviewed(ADA)], reviewed(ADA), False, id="the same one, sent again"),
    ],
)  # fmt: skip
def test_a_delivery_is_sent_as_soon_as_it_builds_on_nothing_under_way(
    before: list[ToldThen], under_way_now: list[ToldThen], told: ToldThen, takes: bool
) -> None:
    window = under_way(*under_way_now, done=tuple(before))
    assert window.takes(told) is takes


def test_time_stands_still_for_a_first_and_leaves_no_step_behind() -> None:
    first, step, later = opened(ADA), opened(ADA, at=1), reviewed(GRACE, at=FURTHEST_AHEAD / HOUR + 2)
    window = under_way(first)
    assert window.time_with(later) == first.at
    window.done(first.id)
    assert window.time_with(later) == later.at
    window.add(step)
    assert window.time_with(later) == step.at + FURTHEST_AHEAD
    window.done(step.id)
    assert window.time_with(later) == later.at


def test_what_waited_is_taken_once_the_others_are_done() -> None:
    first, review, second = opened(ADA), reviewed(GRACE), opened(GRACE, at=2)
    window = under_way(review, first)
    assert not window.takes(second)
    window.done(first.id)
    assert not window.takes(second)
    window.done(review.id)
    assert window.takes(second)
    assert list(window.under_way) == []
