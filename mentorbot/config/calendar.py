"""Business days: which days count when somebody waits, in the repository's own part of the world."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ConfigDict, Field, field_validator, model_validator

from mentorbot.config.section import Section
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.markdown import code as quoted


class Weekday(StrEnum):
    """The days of the week, as they are written in the config file."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


_NUMBERS = {day: number for number, day in enumerate(Weekday)}
_YEAR_END = frozenset({*((12, day) for day in range(24, 32)), (1, 1)})
"""Months and days, from 24 December to 1 January."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days count, and where midnight is. All moments handed in and out are aware datetimes.

    `weekend` holds numbers as `date.weekday()` counts them (Monday 0); `holidays` codes such as "DE" or
    "DE-BY"; `freeze` first and last days of spans in which nobody is expected to answer. With `year_end`,
    the days from 24 December to 1 January don't count either.
    """

    timezone: str = "UTC"
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: tuple[str, ...] = ()
    freeze: tuple[tuple[date, date], ...] = ()
    year_end: bool = True

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def is_business_day(self, day: date) -> bool:
        days = _business_days(self, day.year)
        place = bisect_left(days, day.toordinal())
        return place < len(days) and days[place] == day.toordinal()

    def is_break(self, day: date) -> bool:
        """True in a freeze and over the turn of the year, when nobody is expected to be there."""
        is_off = self.year_end and (day.month, day.day) in _YEAR_END
        return is_off or any(first <= day <= last for first, last in self.freeze)

    def next_business_day(self, day: date) -> date:
        return self._nth_business_day_after(day, 1)

    def business_days_after(self, moment: datetime, amount: int) -> datetime:
        """The moment at which `amount` business days have passed, at the same time of the day.

        A wait that starts on a day off starts with the next business day.
        """
        local = self.local(moment)
        if self.is_business_day(local.date()):
            return self._at(self._nth_business_day_after(local.date(), amount), local.time(), local.fold)
        start = self.next_business_day(local.date())
        return self._at(self._nth_business_day_after(start, amount), time(0), 0)

    def business_days_between(self, start: datetime, end: datetime) -> int:
        """How many whole business days have passed from `start` to `end`; 0 where `end` is earlier."""
        first, last = self.local(start).date(), self.local(end).date()
        if end <= start:
            return 0
        passed = self._business_days_in(first, last)  # (first, last]
        if not self.is_business_day(first):
            passed -= 1  # the first business day only starts the wait
        if passed > 0 and self.business_days_after(start, passed) > end:
            passed -= 1
        return max(passed, 0)

    def days_after(self, moment: datetime, amount: int) -> datetime:
        """The same time of the day, `amount` days later."""
        local = self.local(moment)
        return self._at(local.date() + timedelta(days=amount), local.time(), local.fold)

    def months_after(self, moment: datetime, amount: int) -> datetime:
        """The same day of the month, `amount` months later; the last one where that month is shorter."""
        local = self.local(moment)
        years, month = divmod(local.month - 1 + amount, 12)
        year = local.year + years
        day = min(local.day, monthrange(year, month + 1)[1])
        return self._at(date(year, month + 1, day), local.time(), local.fold)

    def _at(self, day: date, clock: time, fold: int) -> datetime:
        """A wall-clock time as UTC. Times that the switch to summer time skips come out an hour later."""
        wall = datetime.combine(day, clock.replace(fold=fold), tzinfo=self.zone)
        return wall.astimezone(UTC)

    def _business_days_in(self, first: date, last: date) -> int:
        """How many business days lie after `first` and not after `last`."""
        if first.year == last.year:
            days = _business_days(self, first.year)
            return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())
        head = _business_days(self, first.year)
        between = sum(len(_business_days(self, year)) for year in range(first.year + 1, last.year))
        tail = _business_days(self, last.year)
        return (
            len(head) - bisect_right(head, first.toordinal()) + between + bisect_right(tail, last.toordinal())
        )

    def _nth_business_day_after(self, day: date, nth: int) -> date:
        year, days = day.year, _business_days(self, day.year)
        place = bisect_right(days, day.toordinal()) + nth - 1
        while place >= len(days):
            place -= len(days)
            year += 1
            days = _business_days(self, year)
        return date.fromordinal(days[place])


DEFAULT_CALENDAR = Calendar()


# `holidays` can count working days as well, but walks day by day (milliseconds for each year, and a sweep
# asks for thousands of spans), knows no freezes, and takes the Saturdays that China works for business days.
@lru_cache(maxsize=1024)
def _business_days(calendar: Calendar, year: int) -> tuple[int, ...]:
    """Ordinals of the year's business days. Cached: a sweep asks for thousands of pull requests at once."""
    off: set[int] = set()
    if calendar.holidays:
        from mentorbot.config.public_holidays import holidays_in  # noqa: PLC0415 - loaded for those who need it

        off.update(day.toordinal() for code in calendar.holidays for day in holidays_in(code, year))
    for first, last in calendar.freeze:
        off.update(range(first.toordinal(), last.toordinal() + 1))
    if calendar.year_end:
        off.update(date(year, month, day).toordinal() for month, day in _YEAR_END)
    new_year, new_years_eve = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    # Ordinal 1 is a Monday, so that (ordinal - 1) % 7 is `date.weekday()`.
    return tuple(
        day
        for day in range(new_year, new_years_eve + 1)
        if (day - 1) % 7 not in calendar.weekend and day not in off
    )


class Freeze(Section):
    """Days on which nobody is expected to answer, for instance in a release week."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    first: date = Field(alias="from", examples=["2026-12-21"])
    """The first day, written `2026-12-21`."""
    last: date = Field(alias="to", examples=["2027-01-03"])
    """The last day, written `2027-01-03`."""

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if self.last < self.first:
            raise ValueError("`to` is before `from`: swap them")
        if self.last - self.first > timedelta(days=366):
            raise ValueError("a freeze lasts a year at most: write a nearer `to`")
        return self


class CalendarSection(Section):
    """Which days count as business days, for every feature. Without this section: Monday to Friday, UTC."""

    timezone: str = Field(default="UTC", examples=["Europe/Berlin"])
    """Where the repository's clock stands, as in the IANA time zone database."""
    weekend: tuple[Weekday, ...] = Field(
        default=(Weekday.SATURDAY, Weekday.SUNDAY), max_length=6, examples=[["Friday", "Saturday"]]
    )
    """Days of the week that are no business days."""
    holidays: str | tuple[str, ...] = Field(default=(), examples=["DE", "DE-BY", ["DE", "US"]])
    """Public holidays that don't count: a country's (`DE`), those of a part of it (`DE-BY`), or a list."""
    freeze: tuple[Freeze, ...] = Field(default=(), max_length=50)
    """Spans that do not count, such as release freezes."""
    year_end: bool = True
    """From 24 December to 1 January no day counts, and nobody is reminded; with `false`, they are days like
    others."""

    @field_validator("timezone")
    @classmethod
    def _is_known_timezone(cls, name: str) -> str:
        known = known_timezones()
        if name not in known:
            raise ValueError(_unknown("time zone", name, known, "Europe/Berlin"))
        return name

    @field_validator("holidays")
    @classmethod
    def _are_known_holidays(cls, codes: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not isinstance(codes, str) and len(codes) > _MOST_COUNTRIES:
            raise ValueError(f"these are {len(codes)} countries: write at most {_MOST_COUNTRIES}")
        for code in (codes,) if isinstance(codes, str) else codes:
            _check_holidays(code)
        return codes

    def calendar(self) -> Calendar:
        codes = (self.holidays,) if isinstance(self.holidays, str) else self.holidays
        return Calendar(
            timezone=self.timezone,
            weekend=frozenset(_NUMBERS[day] for day in self.weekend),
            holidays=codes,
            freeze=tuple((freeze.first, freeze.last) for freeze in self.freeze),
            year_end=self.year_end,
        )


_MOST_COUNTRIES = 20
_ENOUGH_TO_GUESS = 3  # letters of a country's name


@lru_cache(maxsize=1)
def known_timezones() -> frozenset[str]:
    """The names in the IANA time zone database. Kept, because finding them means reading folders."""
    return frozenset(available_timezones())


def _check_holidays(code: str) -> None:
    """Raise ValueError, with the code that was probably meant, where nobody knows this country's holidays."""
    if code in {"no", "none", "false", "off"}:
        raise ValueError(
            f"`{code}` is no country: leave the key out for no holidays, or write `NO` for Norway"
        )
    from mentorbot.config.public_holidays import codes_by_name, parts_of_countries  # noqa: PLC0415 - as above

    country, _, subdivision = code.partition("-")
    known = parts_of_countries()
    if country not in known:
        named = codes_by_name()
        near = [
            name for name in named if len(code) >= _ENOUGH_TO_GUESS and name.startswith(code.lower())
        ] or ([nearest(code.lower(), named, cutoff=0.75)])
        meant = country.upper() if country.upper() in known else named.get(near[0], "")
        hint = f"did you mean `{meant}`?" if meant else "write a code such as `DE` or `DE-BY`"
        raise ValueError(f"there is no country {quoted(code)}: {hint}")
    if subdivision and subdivision not in known[country]:
        parts = {f"{country}-{part}" for part in known[country]}
        raise ValueError(_unknown("part of a country", code, parts, min(parts, default=country)))


def _unknown(what: str, name: str, known: Collection[str], example: str) -> str:
    # People know the city ("berlin"), not the path it stands under in the database.
    by_last_part = {other.lower().rpartition("/")[2]: other for other in sorted(known)}
    near = nearest(name.lower(), by_last_part, cutoff=0.8)
    meant = by_last_part[near] if near else nearest(name, known, cutoff=0.8)
    hint = f"did you mean `{meant}`?" if meant else f"write one such as `{example}`"
    return f"there is no {what} {quoted(name)}: {hint}"
