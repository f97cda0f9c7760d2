from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorbot.config.calendar import Calendar
from mentorbot.engine.schedule import last_due

BERLIN = Calendar(timezone="Europe/Berlin", holidays=("DE",))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadence", "now", "calendar", "due"),
    [
        pytest.param("hour", "2026-03-02 10:59:59", Calendar(), "2026-03-02 10:00", id="this hour"),
        pytest.param("day 06:00", "2026-03-02 06:00", Calendar(), "2026-03-02 06:00", id="exactly now"),
        pytest.param("day 06:00", "2026-03-02 05:59", Calendar(), "2026-03-01 06:00", id="not yet today"),
        pytest.param("weekday 06:00", "2026-03-01 12:00", Calendar(), "2026-02-27 06:00", id="on a Sunday"),
        pytest.param("Monday 06:00", "2026-03-04 12:00", Calendar(), "2026-03-02 06:00", id="this Monday"),
        pytest.param("Friday 06:00", "2026-03-04 12:00", Calendar(), "2026-02-27 06:00", id="last Friday"),
        pytest.param(
            "day 06:00", "2026-03-02 05:30", BERLIN, "2026-03-02 05:00", id="the repository's clock"
        ),
        pytest.param("day 06:00", "2026-07-02 04:30", BERLIN, "2026-07-02 04:00", id="in summer"),
        pytest.param(
            "day 02:30", "2026-03-29 12:00", BERLIN, "2026-03-29 01:30", id="a time that is skipped"
        ),
        pytest.param("weekday 06:00", "2026-05-01 12:00", BERLIN, "2026-04-30 04:00", id="on a holiday"),
    ],
)
def test_the_last_due_moment(cadence: str, now: str, calendar: Calendar, due: str) -> None:
    assert last_due(cadence, utc(now), calendar) == utc(due)


def test_where_no_day_is_a_business_day_nothing_is_due() -> None:
    never = Calendar(weekend=frozenset(range(7)))

    assert last_due("weekday 06:00", utc("2026-03-02 10:00"), never) is None
