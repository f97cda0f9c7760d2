from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar, CalendarSection, _business_days

GERMAN = Calendar(timezone="Europe/Berlin", holidays=("DE",))
WITHOUT_YEAR_END = Calendar(year_end=False)
CALENDARS = st.sampled_from(
    [
        DEFAULT_CALENDAR,
        GERMAN,
        WITHOUT_YEAR_END,
        Calendar(timezone="America/New_York", holidays=("US", "DE-BY")),
        Calendar(timezone="Asia/Kathmandu", weekend=frozenset({5})),
        Calendar(timezone="Asia/Riyadh", weekend=frozenset({4, 5})),
        Calendar(timezone="Pacific/Apia", weekend=frozenset()),
        Calendar(timezone="Australia/Lord_Howe", freeze=((date(2026, 12, 21), date(2027, 1, 3)),)),
    ]
)
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis wants bounds without a time zone
    datetime(2060, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)


def berlin(*parts: int) -> datetime:
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("calendar", "day", "counts"),
    [
        pytest.param(DEFAULT_CALENDAR, date(2026, 3, 2), True, id="a Monday"),
        pytest.param(DEFAULT_CALENDAR, date(2026, 3, 7), False, id="a Saturday"),
        pytest.param(
            DEFAULT_CALENDAR, date(2026, 12, 23), True, id="the last day before the turn of the year"
        ),
        pytest.param(DEFAULT_CALENDAR, date(2026, 12, 24), False, id="the first day of the turn of the year"),
        pytest.param(DEFAULT_CALENDAR, date(2027, 1, 1), False, id="the last day of the turn of the year"),
        pytest.param(DEFAULT_CALENDAR, date(2026, 1, 2), True, id="the first day of work in a year"),
        pytest.param(
            WITHOUT_YEAR_END,
            date(2026, 12, 25),
            True,
            id="Christmas, where neither that nor holidays are set",
        ),
        pytest.param(GERMAN, date(2026, 12, 25), False, id="Christmas in Germany"),
        pytest.param(GERMAN, date(2026, 1, 6), True, id="Epiphany in most of Germany"),
        pytest.param(Calendar(holidays=("DE-BY",)), date(2026, 1, 6), False, id="Epiphany in Bavaria"),
        pytest.param(Calendar(weekend=frozenset({4, 5})), date(2026, 3, 8), True, id="Sunday in Riyadh"),
        pytest.param(
            Calendar(freeze=((date(2026, 3, 2), date(2026, 3, 3)),)),
            date(2026, 3, 3),
            False,
            id="in a freeze",
        ),
        pytest.param(
            Calendar(freeze=((date(2026, 3, 2), date(2026, 3, 3)),)), date(2026, 3, 4), True, id="after it"
        ),
    ],
)
def test_a_day_counts_where_people_work(calendar: Calendar, day: date, counts: bool) -> None:
    assert calendar.is_business_day(day) is counts


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param(berlin(2026, 3, 6, 10), 1, berlin(2026, 3, 9, 10), id="Friday to Monday"),
        pytest.param(
            berlin(2026, 3, 7, 10), 1, berlin(2026, 3, 10), id="a wait from Saturday starts on Monday"
        ),
        pytest.param(
            berlin(2026, 3, 27, 10), 1, berlin(2026, 3, 30, 10), id="summer time comes at the weekend"
        ),
        pytest.param(berlin(2026, 10, 23, 10), 1, berlin(2026, 10, 26, 10), id="and goes"),
        pytest.param(berlin(2026, 12, 23, 10), 3, berlin(2027, 1, 6, 10), id="over Christmas"),
        pytest.param(berlin(2026, 12, 31, 23, 59), 1, berlin(2027, 1, 5), id="over New Year"),
    ],
)
def test_business_days_pass_at_the_same_time_of_the_day(start: datetime, days: int, end: datetime) -> None:
    assert GERMAN.business_days_after(start, days) == end
    assert GERMAN.business_days_between(start, end) == days
    assert GERMAN.business_days_between(start, end - timedelta(seconds=1)) == days - 1


def test_midnight_is_where_the_repository_is() -> None:
    late_on_sunday = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)  # Monday already in Berlin
    assert GERMAN.business_days_after(late_on_sunday, 1) == datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    assert DEFAULT_CALENDAR.business_days_after(late_on_sunday, 1) == datetime(2026, 3, 10, tzinfo=UTC)


def test_a_time_that_summer_time_skips_comes_an_hour_later() -> None:
    assert GERMAN.days_after(berlin(2026, 3, 28, 2, 30), 1) == berlin(2026, 3, 29, 3, 30)


def test_the_next_business_day_is_never_the_same_day() -> None:
    assert DEFAULT_CALENDAR.next_business_day(date(2026, 3, 6)) == date(2026, 3, 9)
    assert WITHOUT_YEAR_END.next_business_day(date(2026, 12, 31)) == date(2027, 1, 1)
    assert DEFAULT_CALENDAR.next_business_day(date(2026, 12, 23)) == date(2027, 1, 4)


def test_nothing_passes_backwards() -> None:
    assert DEFAULT_CALENDAR.business_days_between(berlin(2026, 3, 6), berlin(2026, 3, 2)) == 0
    assert DEFAULT_CALENDAR.business_days_between(berlin(2026, 3, 6), berlin(2026, 3, 6)) == 0


@given(CALENDARS, MOMENTS, st.integers(1, 400))
def test_counting_and_adding_business_days_agree(calendar: Calendar, start: datetime, amount: int) -> None:
    end = calendar.business_days_after(start, amount)
    assert calendar.business_days_between(start, end) == amount
    assert calendar.business_days_between(start, end - timedelta(seconds=1)) in {amount - 1, amount}
    assert calendar.is_business_day(calendar.local(end).date())


@given(CALENDARS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_counted_days_are_those_a_patient_person_counts(
    calendar: Calendar, start: datetime, wait: timedelta
) -> None:
    end = start + wait
    passed = calendar.business_days_between(start, end)
    patient = 0
    while calendar.business_days_after(start, patient + 1) <= end:
        patient += 1
    assert passed == patient


@given(CALENDARS, st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_from_christmas_eve_to_new_years_day_no_day_counts_unless_that_is_switched_off(
    calendar: Calendar, day: date
) -> None:
    is_year_end = (day.month == 12 and day.day >= 24) or (day.month, day.day) == (1, 1)
    always, never = replace(calendar, year_end=True), replace(calendar, year_end=False)
    assert always.is_business_day(day) is (never.is_business_day(day) and not is_year_end)
    assert always.is_break(day) is (never.is_break(day) or is_year_end)


@given(CALENDARS, st.integers(2001, 2060), st.integers(1, 30))
def test_nothing_that_waits_in_business_days_is_due_at_the_turn_of_the_year(
    calendar: Calendar, year: int, amount: int
) -> None:
    calendar = replace(calendar, year_end=True)
    before = datetime(year - 1, 12, 20, 12, tzinfo=calendar.zone)
    due = calendar.local(calendar.business_days_after(before, amount)).date()
    assert not date(year - 1, 12, 24) <= due <= date(year, 1, 1)


@given(CALENDARS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(1, 30))
def test_who_starts_to_wait_later_is_not_served_earlier(
    calendar: Calendar, start: datetime, later: timedelta, amount: int
) -> None:
    ends = calendar.business_days_after(start, amount)
    # An hour's grace: on the night in autumn when it is 2 o'clock twice, wall clocks go back.
    assert calendar.business_days_after(start + later, amount) >= ends - timedelta(hours=1)


def test_a_sweep_over_thousands_of_old_pull_requests_counts_each_year_once() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    GERMAN.business_days_between(now - timedelta(days=5_000), now)
    counted = _business_days.cache_info().misses
    for age in range(5_000):
        GERMAN.business_days_between(now - timedelta(days=age), now)
    assert _business_days.cache_info().misses == counted


@pytest.mark.parametrize(
    ("settings", "calendar"),
    [
        pytest.param({}, DEFAULT_CALENDAR, id="nothing"),
        pytest.param(
            {"timezone": "Europe/Berlin", "holidays": "DE"}, GERMAN, id="time zone and one country's holidays"
        ),
        pytest.param({"holidays": ["DE-BY", "US"]}, Calendar(holidays=("DE-BY", "US")), id="holidays of two"),
        pytest.param(
            {"weekend": ["Friday", "Saturday"]}, Calendar(weekend=frozenset({4, 5})), id="a weekend"
        ),
        pytest.param({"weekend": []}, Calendar(weekend=frozenset()), id="no weekend"),
        pytest.param({"year_end": False}, WITHOUT_YEAR_END, id="no pause at the turn of the year"),
        pytest.param({"holidays": "NO"}, Calendar(holidays=("NO",)), id="Norway"),
        pytest.param(
            {"freeze": [{"from": "2026-12-21", "to": "2027-01-03"}]},
            Calendar(freeze=((date(2026, 12, 21), date(2027, 1, 3)),)),
            id="a freeze",
        ),
    ],
)
def test_settings_make_a_calendar(settings: dict[str, object], calendar: Calendar) -> None:
    assert CalendarSection.model_validate(settings).calendar() == calendar


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param(
            {"timezone": "Europe/Berln"}, "did you mean `Europe/Berlin`?", id="a misspelt time zone"
        ),
        pytest.param({"timezone": "berlin"}, "did you mean `Europe/Berlin`?", id="a city"),
        pytest.param({"timezone": "qqqqqq"}, "write one such as `Europe/Berlin`", id="no time zone at all"),
        pytest.param({"timezone": "../etc/passwd"}, "there is no time zone", id="a path"),
        pytest.param({"holidays": "de"}, "did you mean `DE`?", id="a country in small letters"),
        pytest.param({"holidays": "Germany"}, "did you mean `DE`?", id="a country's name"),
        pytest.param({"holidays": "GER"}, "did you mean `DE`?", id="the beginning of a country's name"),
        pytest.param({"holidays": "Swedn"}, "did you mean `SE`?", id="a country's name, misspelt"),
        pytest.param({"holidays": "X1"}, "write a code such as `DE`", id="no country"),
        pytest.param({"holidays": ["DE", "DE-XX"]}, "write one such as `DE-", id="no part of it"),
        pytest.param({"holidays": "DE-by"}, "did you mean `DE-BY`?", id="a part in small letters"),
        pytest.param({"holidays": "no"}, "`NO` for Norway", id="no holidays, or Norway?"),
        pytest.param({"holidays": ["DE"] * 21}, "at most 20", id="too many countries"),
        pytest.param({"weekend": ["Saturday"] * 7}, "at most 6", id="nothing but weekend"),
        pytest.param({"freeze": [{"from": "2026-12-21", "to": "2026-12-01"}]}, "swap them", id="backwards"),
        pytest.param(
            {"freeze": [{"from": "2026-12-21", "to": "2046-12-01"}]}, "a year at most", id="endless"
        ),
    ],
)
def test_settings_that_make_no_calendar_say_what_would(settings: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CalendarSection.model_validate(settings)
    assert says in str(refused.value)
