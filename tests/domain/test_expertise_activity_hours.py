from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.domain.expertise import hours_apart, usual_hour
from mentorbot.domain.expertise.decay import DecayingCount

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def at(*hours: float) -> list[datetime]:
    return [DAY + timedelta(days=day, hours=hour) for day, hour in enumerate(hours)]


@pytest.mark.parametrize(
    ("moments", "hour"),
    [
        pytest.param(at(9, 10, 11, 10, 10), 10.0, id="in the morning"),
        pytest.param(at(23, 1, 23.5, 0.5, 0), 0.0, id="around midnight, not around noon"),
        pytest.param(at(9, 10, 11, 10), None, id="too few to tell"),
        pytest.param(at(0, 6, 12, 18, 0, 6, 12, 18), None, id="all around the clock"),
    ],
)
def test_the_middle_of_somebodys_day(moments: list[datetime], hour: float | None) -> None:
    found = usual_hour(moments)
    if hour is None or found is None:
        assert found is hour
    else:
        assert hours_apart(found, hour) < 0.01


@pytest.mark.parametrize(("one", "other", "apart"), [(23.0, 1.0, 2.0), (0.0, 12.0, 12.0), (9.5, 8.0, 1.5)])
def test_hours_are_apart_as_on_a_clock(one: float, other: float, apart: float) -> None:
    assert hours_apart(one, other) == apart


def test_a_fading_count_tells_its_latest_moments() -> None:
    count = DecayingCount(timedelta(days=60))
    for moment in at(1, 2, 3):
        count.add(moment)
    assert count.latest(DAY + timedelta(days=2), 5) == at(1, 2)
    assert count.latest(DAY + timedelta(days=9), 1) == at(1, 2, 3)[-1:]
