from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.durations import Duration, Unit

DURATION = TypeAdapter(Duration)
BERLIN = Calendar(timezone="Europe/Berlin")
# The numbers each unit may have, so that no example is over ten years.
DURATIONS = st.builds(Duration, st.integers(1, 10), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        pytest.param("14 days", 14, Unit.DAY, id="days"),
        pytest.param("1 day", 1, Unit.DAY, id="one day"),
        pytest.param("a week", 1, Unit.WEEK, id="a word for one"),
        pytest.param("An hour", 1, Unit.HOUR, id="an, in capitals"),
        pytest.param("one month", 1, Unit.MONTH, id="one, written out"),
        pytest.param("3 business days", 3, Unit.BUSINESS_DAY, id="business days"),
        pytest.param("3 working days", 3, Unit.BUSINESS_DAY, id="working days"),
        pytest.param("5 workdays", 5, Unit.BUSINESS_DAY, id="workdays"),
        pytest.param("2 business-days", 2, Unit.BUSINESS_DAY, id="with a hyphen"),
        pytest.param("12  Hours", 12, Unit.HOUR, id="capitals and spaces"),
        pytest.param("2w", 2, Unit.WEEK, id="the short form"),
        pytest.param("1y", 1, Unit.YEAR, id="a year, short"),
        pytest.param("30 min", 30, Unit.MINUTE, id="minutes"),
        pytest.param("6 months", 6, Unit.MONTH, id="months"),
        pytest.param(" 2 days\n", 2, Unit.DAY, id="space around it"),
    ],
)
def test_durations_are_read_as_people_write_them(written: str, amount: int, unit: Unit) -> None:
    assert Duration.parse(written) == Duration(amount, unit)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param("14", "Write `14 days`", id="a bare number"),
        pytest.param("", "write one like", id="nothing"),
        pytest.param("soon", "`soon` is not a duration", id="no number"),
        pytest.param("2 fortnights", "`2 fortnights` is not a duration", id="an unknown unit"),
        pytest.param("1.5 days", "`1.5 days` is not a duration", id="a fraction"),
        pytest.param("-3 days", "`-3 days` is not a duration", id="a negative number"),
        pytest.param("٣ days", "is not a duration", id="digits that few can read"),
        pytest.param("0 days", "at least `1 day`", id="none at all"),
        pytest.param("11 years", "at most ten years", id="too many years"),
        pytest.param("3000 business days", "at most ten years", id="too many business days"),
        pytest.param("999999999 weeks", "at most ten years", id="absurdly many"),
        pytest.param("9999999999999 weeks", "is not a duration", id="more digits than anybody means"),
        pytest.param("`@here` " * 20, "is not a duration", id="something with code quotes in it"),
    ],
)
def test_what_is_no_duration_is_refused_with_what_to_write_instead(written: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        Duration.parse(written)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param(14, "Write `14 days`", id="a number"),
        pytest.param(True, "a duration is needed", id="a switch"),
        pytest.param(None, "a duration is needed", id="nothing"),
        pytest.param(["14 days"], "a duration is needed", id="a list"),
    ],
)
def test_a_setting_that_is_no_text_is_no_duration(value: object, says: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(says)):
        DURATION.validate_python(value)


@given(DURATIONS)
def test_a_duration_survives_being_written_and_read(duration: Duration) -> None:
    assert DURATION.validate_json(DURATION.dump_json(duration), strict=True) == duration
    assert Duration.parse(str(duration)) == duration
    assert DURATION.validate_python(duration) is duration


@given(
    st.integers(1, 10),
    st.sampled_from(["h", "d", "w", "y", "mo", "min", "work day", "business days", "Weeks"]),
)
def test_editors_accept_what_the_bot_accepts(amount: int, unit: str) -> None:
    written = f"{amount} {unit}"
    assert Duration.parse(written)
    assert re.search(DURATION.json_schema()["pattern"], written)


def test_editors_refuse_a_bare_number() -> None:
    assert not re.search(DURATION.json_schema()["pattern"], "14")


@pytest.mark.parametrize(
    ("duration", "since", "ends"),
    [
        pytest.param("90 min", (2026, 3, 2, 10), (2026, 3, 2, 11, 30), id="minutes are minutes"),
        pytest.param("24 hours", (2026, 3, 28, 12), (2026, 3, 29, 12), id="hours don't care for summer time"),
        pytest.param("1 day", (2026, 3, 28, 12), (2026, 3, 29, 11), id="a day keeps the clock's time"),
        pytest.param("1 week", (2026, 10, 24, 12), (2026, 10, 31, 13), id="so does a week, in autumn"),
        pytest.param("1 month", (2026, 1, 31, 12), (2026, 2, 28, 12), id="a month that is shorter"),
        pytest.param("1 year", (2028, 2, 29, 12), (2029, 2, 28, 12), id="a year after a leap day"),
        pytest.param("2 months", (2026, 11, 15, 12), (2027, 1, 15, 12), id="over the turn of the year"),
        pytest.param("1 business day", (2026, 3, 6, 12), (2026, 3, 9, 12), id="a weekend does not count"),
    ],
)
def test_a_duration_ends_when_people_would_say_so(
    duration: str, since: tuple[int, ...], ends: tuple[int, ...]
) -> None:
    started = datetime(*since, tzinfo=UTC)  # type: ignore[arg-type, misc]  # year to minute
    expected = datetime(*ends, tzinfo=UTC)  # type: ignore[arg-type, misc]  # the same
    assert Duration.parse(duration).after(started, BERLIN) == expected


@given(
    DURATIONS,
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds have none
    st.timedeltas(timedelta(0), timedelta(days=9)),
)
def test_who_waited_longer_never_comes_off_worse(
    duration: Duration, since: datetime, later: timedelta
) -> None:
    now = duration.after(since, BERLIN)
    assert duration.has_passed(since, now, BERLIN)
    assert not duration.has_passed(since, now - timedelta(seconds=1), BERLIN)
    assert duration.after(since, BERLIN) <= duration.after(since + later, BERLIN) + timedelta(hours=1)


def test_ten_years_after_now_are_still_a_date() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    for unit, most in {
        "business days": 2_600,
        "days": 3_660,
        "years": 10,
        "months": 120,
        "weeks": 522,
    }.items():
        assert Duration.parse(f"{most} {unit}").after(now, DEFAULT_CALENDAR).year in {2035, 2036}
