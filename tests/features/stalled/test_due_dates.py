from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.config.calendar import Calendar
from mentorbot.config.durations import Duration
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder, TurnSettings
from mentorbot.features.stalled.config import Author, Reviewers
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.due_dates import QuietPeriod, rung_due
from tests.builders import NOW
from tests.domain.pasts import a_past, act, asks_for_changes, pushes, says, turn_of
from tests.features.stalled.candidates import DAY, a_past_nudge

AUTHOR, REVIEWERS = Author(), Reviewers()
BERLIN = Calendar(timezone="Europe/Berlin", freeze=((date(2026, 3, 9), date(2026, 3, 15)),))


def quiet_period(
    days: float, *, holder: Holder = Holder.AUTHOR, told: Any = (), calendar: Calendar | None = None
) -> QuietPeriod:
    """So many days after NOW, a Monday; `told` are (rung, day)."""
    past_nudges = tuple(a_past_nudge(NOW, rung, NOW + day * DAY, holder) for rung, day in told)
    return QuietPeriod(
        holder=holder,
        since=NOW,
        now=NOW + days * DAY,
        calendar=calendar or Calendar(),
        past_nudges=past_nudges,
    )


@pytest.mark.parametrize(
    ("quiet", "due"),
    [
        pytest.param(quiet_period(13.9), None, id="not for long enough"),
        pytest.param(quiet_period(14), 1, id="exactly long enough"),
        pytest.param(quiet_period(20), 1, id="a missed day is no lost nudge"),
        pytest.param(quiet_period(20, told=[(1, 14)]), None, id="said already"),
        pytest.param(quiet_period(28, told=[(1, 14)]), 2, id="the second after as long again"),
        pytest.param(quiet_period(42, told=[(1, 14), (2, 28)]), 3, id="the third"),
        pytest.param(quiet_period(99, told=[(1, 14), (2, 28), (3, 42)]), None, id="the last word was said"),
        pytest.param(quiet_period(30), 2, id="of two missed ones only the higher"),
        pytest.param(quiet_period(99), 2, id="nobody is asked to hand over what they were never reminded of"),
        pytest.param(quiet_period(99, told=[(2, 80)]), 3, id="the last after another one, whichever"),
        pytest.param(quiet_period(30, told=[(1, 25)]), None, id="a late first one puts the second off"),
    ],
)
def test_what_an_author_hears_when(quiet: QuietPeriod, due: int | None) -> None:
    assert rung_due(AUTHOR, quiet) == due


@pytest.mark.parametrize(
    ("days", "told", "due"),
    [
        pytest.param(8.9, [], None, id="weekends do not count"),
        pytest.param(9, [], 1, id="seven business days"),
        pytest.param(18, [(1, 9)], 2, id="seven more"),
        pytest.param(99, [(1, 9), (2, 20)], None, id="then it is in the weekly list"),
        pytest.param(99, [], 2, id="the higher of two missed ones"),
    ],
)
def test_what_reviewers_hear_when(days: float, told: list[tuple[int, float]], due: int | None) -> None:
    assert rung_due(REVIEWERS, quiet_period(days, holder=Holder.REVIEWERS, told=told)) == due


@pytest.mark.parametrize(
    ("duration", "day"),
    [
        pytest.param("14 days", 21, id="seven frozen days stop the clock of days"),
        pytest.param("7 business days", 16, id="and that of business days"),
        pytest.param("3 days", 3, id="a freeze that lies ahead changes nothing"),
        pytest.param("5 hours", 5 / 24, id="hours"),
        pytest.param("1 month", 38, id="months"),
    ],
)
def test_a_freeze_stops_the_clock(duration: str, day: float) -> None:
    due = due_dates.after(Duration.parse(duration), NOW, BERLIN)
    assert abs(due - (NOW + day * DAY)) <= timedelta(hours=1)  # summer time


def test_a_wait_that_starts_within_a_freeze_starts_after_it() -> None:
    within = datetime(2026, 3, 12, 12, tzinfo=NOW.tzinfo)
    due = due_dates.after(Duration.parse("2 days"), within, BERLIN)
    assert due.date() == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("duration", "told"),
    [
        ("14 days", "Quiet for 3 of 14 days"),
        ("7 business days", "Quiet for 3 of 7 business days"),
        ("2 weeks", "Quiet for 3 of 14 days"),
    ],
)
def test_how_long_it_has_been_quiet_is_told_beside_how_long_it_may_be(duration: str, told: str) -> None:
    assert due_dates.quiet_for(Author(after=Duration.parse(duration)), quiet_period(3)) == told


def test_only_the_party_concerned_shows_signs_of_life() -> None:
    past = a_past(
        asks_for_changes("bob"),
        says("carol", "Nice.", at=NOW + 5 * DAY),
        act(ActKind.LABELED, "ada", label="bug", at=NOW + 6 * DAY),
        says("ci-bot", "Coverage: 90 %", at=NOW + 7 * DAY),
    )
    turn = turn_of(past)
    assert turn.holder is Holder.AUTHOR
    assert due_dates.quiet_since(past, turn, TurnSettings()) == turn.since
    answered = past.with_acts([says("ada", "I will update it this week.", at=NOW + 8 * DAY, id="c-9")])
    promised = turn_of(answered)
    assert promised.holder is Holder.AUTHOR
    assert due_dates.quiet_since(answered, promised, TurnSettings()) == NOW + 8 * DAY


def test_a_push_of_the_author_does_not_wake_the_reviewers() -> None:
    past = a_past(pushes(at=NOW + 9 * DAY))
    turn = turn_of(past)
    assert turn.holder is Holder.REVIEWERS
    assert due_dates.quiet_since(past, turn, TurnSettings()) == NOW


@given(
    days=st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=12),
    holder=st.sampled_from([Holder.AUTHOR, Holder.REVIEWERS]),
)
def test_whatever_mornings_are_missed_rungs_rise_one_at_a_time_and_never_too_soon(
    days: list[int], holder: Holder
) -> None:
    patience = AUTHOR if holder is Holder.AUTHOR else REVIEWERS
    told: list[tuple[int, float]] = []
    day = 0
    for step in days:
        day += step
        quiet = quiet_period(day, holder=holder, told=told)
        due = rung_due(patience, quiet)
        if due is None:
            continue
        assert due > max((rung for rung, _ in told), default=0)
        assert due < due_dates.LAST_ASK or told
        if told:
            assert due_dates.after(patience.again, NOW + told[-1][1] * DAY, Calendar()) <= quiet.now
        told.append((due, day))
    assert len(told) <= due_dates.TOP[holder]


@given(days=st.integers(min_value=0, max_value=120), first=st.integers(min_value=9, max_value=60))
def test_the_next_nudge_is_due_exactly_when_it_is_announced(days: int, first: int) -> None:
    for told in ([], [(1, first)]):
        quiet = quiet_period(days, told=told)
        at = due_dates.next_due(AUTHOR, quiet)
        assert at is not None
        before = QuietPeriod(**{**_as_dict(quiet), "now": at - timedelta(minutes=1)})
        assert rung_due(AUTHOR, before) is None
        assert rung_due(AUTHOR, QuietPeriod(**{**_as_dict(quiet), "now": at})) is not None


def _as_dict(quiet: QuietPeriod) -> dict[str, Any]:
    return {name: getattr(quiet, name) for name in ("holder", "since", "now", "calendar", "past_nudges")}
