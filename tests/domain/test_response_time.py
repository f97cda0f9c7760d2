from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mentorbot.domain.response_time import Estimate, Wait, estimate, still_waiting
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.github import archive
from tests.builders import NOW

HISTORY = Path(__file__).parents[3] / "shared" / "history" / "secp256k1.jsonl.gz"
DAY = timedelta(days=1)


def answered(days: float) -> Wait:
    return Wait(opened_at=NOW - 90 * DAY, answered_at=NOW - (90 - days) * DAY, until=NOW)


def unanswered(days: float) -> Wait:
    return Wait(opened_at=NOW - days * DAY, answered_at=None, until=NOW)


def in_days(curve: tuple[tuple[timedelta, float], ...]) -> list[tuple[float, float]]:
    return [(lasted / DAY, round(waiting, 6)) for lasted, waiting in curve]


def test_the_curve_is_the_one_computed_by_hand() -> None:
    # at risk 6, 5, 4 (two answered), 2 (one gives up at the same moment and still counts), 0
    waits = [answered(1), unanswered(2), answered(3), answered(3), answered(5), unanswered(5)]
    assert in_days(still_waiting(waits)) == [
        (1, round(5 / 6, 6)),
        (3, round(5 / 6 * 2 / 4, 6)),
        (5, round(5 / 6 * 2 / 4 * 1 / 2, 6)),
    ]


def test_the_curve_of_the_textbook_comes_out() -> None:
    # remission of leukaemia under 6-mercaptopurine (Freireich 1963), the standard example, in weeks
    in_remission_until = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = still_waiting([*map(answered, in_remission_until), *map(unanswered, censored)])
    assert [(days, round(waiting, 3)) for days, waiting in in_days(curve)] == [
        (6, 0.857),
        (7, 0.807),
        (10, 0.753),
        (13, 0.690),
        (16, 0.627),
        (22, 0.538),
        (23, 0.448),
    ]


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        pytest.param([], None, id="nobody was here"),
        pytest.param([answered(1)] * 9, None, id="nine are too few"),
        pytest.param(
            [answered(day) for day in range(1, 11)],
            Estimate(pull_requests=10, half_within=5 * DAY, most_within=8 * DAY),
            id="all of ten answered",
        ),
        pytest.param(
            [answered(day) for day in range(1, 7)] + [unanswered(30)] * 4,
            Estimate(pull_requests=10, half_within=5 * DAY, most_within=None),
            id="four of ten wait for ever: nothing can be said about most",
        ),
        pytest.param(
            [answered(day) for day in range(1, 5)] + [unanswered(30)] * 6,
            Estimate(pull_requests=10, half_within=None, most_within=None, half_beyond=30 * DAY),
            id="fewer than half answered: no half to speak of",
        ),
        pytest.param(
            [unanswered(3)] * 12,
            Estimate(pull_requests=12, half_within=None, most_within=None, half_beyond=3 * DAY),
            id="nobody was answered yet: that is no more than was seen",
        ),
        pytest.param(
            [unanswered(0.02)] * 12,
            Estimate(pull_requests=12, half_within=None, most_within=None, half_beyond=0.02 * DAY),
            id="twelve that are half an hour old: nothing is known",
        ),
        pytest.param(
            [unanswered(0.02)] * 11 + [answered(0.03)],
            Estimate(pull_requests=12, half_within=None, most_within=None, half_beyond=0.02 * DAY),
            id="one answer after all others were lost from sight does not speak for them",
        ),
        pytest.param(
            [unanswered(0.02)] * 90 + [answered(day) for day in range(1, 11)],
            Estimate(pull_requests=100, half_within=5 * DAY, most_within=8 * DAY),
            id="many that came today hide nothing of what is known of the others",
        ),
        pytest.param(
            [answered(-1)] * 10,
            Estimate(pull_requests=10, half_within=0 * DAY, most_within=0 * DAY),
            id="answered before it was opened, as after an import: no wait at all",
        ),
    ],
)
def test_the_estimate_says(waits: list[Wait], expected: Estimate | None) -> None:
    assert estimate(waits) == expected


WAITS = st.lists(
    st.builds(
        lambda days, was_answered: answered(days) if was_answered else unanswered(days),
        st.integers(min_value=0, max_value=60),
        st.booleans(),
    ),
    min_size=10,
    max_size=60,
)


@given(WAITS)
def test_counting_the_unanswered_never_promises_an_earlier_answer(waits: list[Wait]) -> None:
    honest = estimate(waits)
    assert honest is not None
    only_answered = sorted(wait.lasted for wait in waits if wait.answered_at)
    if honest.half_within is not None:
        naive_half = only_answered[(len(only_answered) - 1) // 2]
        assert honest.half_within >= naive_half
    if honest.most_within is not None:
        assert honest.half_within is not None
        assert honest.most_within >= honest.half_within


@given(WAITS)
def test_newcomers_who_have_waited_for_no_time_change_nothing(waits: list[Wait]) -> None:
    """A rush of pull requests today is no news about how long people wait here."""
    waits = [wait for wait in waits if wait.lasted]
    assume(len(waits) >= 10)
    before, after = estimate(waits), estimate([*waits, *[unanswered(0)] * 40])
    assert before is not None
    assert after is not None
    assert (after.half_within, after.most_within) == (before.half_within, before.most_within)


@given(WAITS)
def test_the_curve_falls_and_stays_a_share(waits: list[Wait]) -> None:
    curve = still_waiting(waits)
    shares = [1.0, *(waiting for _, waiting in curve)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] >= 0
    assert [lasted for lasted, _ in curve] == sorted({wait.lasted for wait in waits if wait.answered_at})


@given(WAITS)
def test_the_order_of_waits_does_not_matter(waits: list[Wait]) -> None:
    assert still_waiting(waits) == still_waiting(list(reversed(waits)))


def test_a_wait_counts_to_its_answer_else_as_long_as_it_was_watched() -> None:
    assert answered(4).lasted == 4 * DAY
    assert replace(unanswered(4), until=NOW - DAY).lasted == 3 * DAY


def first_wait(one: PullRequestTimeline) -> Wait:
    def is_answer(act: Act) -> bool:
        return act.is_remark and act.by is not None and not act.by.is_bot and act.by != one.author

    answers = [act.at for act in one.acts if is_answer(act)]
    ends = [act.at for act in one.acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
    until = ends[0] if ends else max([one.opened_at, *(act.at for act in one.acts)])
    return Wait(opened_at=one.opened_at, answered_at=answers[0] if answers else None, until=until)


@pytest.mark.skipif(not HISTORY.exists(), reason="the saved history is not part of the repository")
def test_on_a_real_project_the_honest_figure_is_the_later_one() -> None:
    waits = [first_wait(one) for one in archive.stream(HISTORY) if isinstance(one, PullRequestTimeline)]
    found = estimate(waits)
    assert found is not None
    assert found.pull_requests == 1308
    only_answered = sorted(wait.lasted for wait in waits if wait.answered_at)
    assert found.half_within is not None
    assert found.half_within >= only_answered[len(only_answered) // 2]
