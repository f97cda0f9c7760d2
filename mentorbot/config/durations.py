"""Spans of time as people write them: "14 days", "3 business days"; never a bare number.

No library knows business days, and those that read durations take bare numbers for seconds: hence this
parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from pydantic.json_schema import JsonSchemaValue

from mentorbot.config.calendar import Calendar
from mentorbot.config.text_value import TextValue
from mentorbot.core.markdown import code
from mentorbot.core.translator import english_plural, phrase, say, say_plural, translator

HOW_TO_WRITE_ONE = phrase("`14 days`, `3 business days`, `12 hours`, `2 weeks` or `1 year`")


class Unit(StrEnum):
    """What is counted; the word in the singular."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


# Ten years of each: longer is a typing error, and dates would run out.
_AT_MOST = {
    Unit.MINUTE: 10 * 366 * 24 * 60,
    Unit.HOUR: 10 * 366 * 24,
    Unit.DAY: 3_660,
    Unit.BUSINESS_DAY: 2_600,
    Unit.WEEK: 522,
    Unit.MONTH: 120,
    Unit.YEAR: 10,
}
_COUNTED = {
    Unit.MINUTE: ("{count} minute", "{count} minutes"),
    Unit.HOUR: ("{count} hour", "{count} hours"),
    Unit.DAY: ("{count} day", "{count} days"),
    Unit.BUSINESS_DAY: ("{count} business day", "{count} business days"),
    Unit.WEEK: ("{count} week", "{count} weeks"),
    Unit.MONTH: ("{count} month", "{count} months"),
    Unit.YEAR: ("{count} year", "{count} years"),
}
_SPELLINGS = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), Unit.MINUTE),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), Unit.HOUR),
    **dict.fromkeys(("d", "day", "days"), Unit.DAY),
    **{
        first + gap + last: Unit.BUSINESS_DAY
        for first in ("business", "working", "work")
        for gap in (" ", "-", "")
        for last in ("day", "days")
    },
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), Unit.WEEK),
    **dict.fromkeys(("mo", "month", "months"), Unit.MONTH),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), Unit.YEAR),
}
_ONE = frozenset({"a", "an", "one"})
# ASCII digits only: \d would let through digits of other scripts that `int` reads but nobody else does.
_WRITTEN = re.compile(r"(?P<amount>[0-9]{1,9}|an?\b|one\b)\s*(?P<unit>[a-z][a-z -]*)", re.ASCII)
_BARE_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_PATTERN = (
    r"^\s*([0-9]{1,9}|[Aa]n?|[Oo]ne)\s*([Mm]in(ute)?s?|[Hh](ou)?rs?|[Hh]|[Dd](ays?)?|"
    r"([Bb]usiness|[Ww]ork(ing)?)[ -]?days?|[Ww](ee)?ks?|[Ww]|[Mm]o(nths?)?|[Yy](ea)?rs?|[Yy])\s*$"
)


@dataclass(frozen=True, slots=True)
class Duration(TextValue):
    """A span of time in one unit. Days and longer keep the clock's time in the calendar's time zone."""

    JSON_SCHEMA: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "pattern": _PATTERN,
        "examples": ["14 days", "3 business days", "12 hours"],
    }
    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= _AT_MOST[self.unit]:
            raise ValueError(
                say(
                    "{duration} has to be at least {least} and at most ten years",
                    duration=code(str(self)),
                    least=code(f"1 {self.unit}"),
                )
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The duration written in `text`. Raises ValueError naming what to write instead."""
        plain = " ".join(text.split()).lower()
        if _BARE_NUMBER.fullmatch(plain):
            number, days = code(plain[:20]), code(f"{plain[:20]} days")
            raise ValueError(say("{number} of what? Write {days}, or another unit", number=number, days=days))
        written = _WRITTEN.fullmatch(plain)
        unit = _SPELLINGS.get(written["unit"]) if written else None
        if written is None or unit is None:
            raise ValueError(
                say(
                    "{text} is not a duration: write one like {examples}",
                    text=code(text, limit=40),
                    examples=say(HOW_TO_WRITE_ONE),
                )
            )
        return cls(1 if written["amount"] in _ONE else int(written["amount"]), unit)

    def after(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment (aware) at which this much has passed since `moment`."""
        if self.unit is Unit.BUSINESS_DAY:
            return calendar.business_days_after(moment, self.amount)
        if self.unit is Unit.MINUTE:
            return moment + timedelta(minutes=self.amount)
        if self.unit is Unit.HOUR:
            return moment + timedelta(hours=self.amount)
        if self.unit in {Unit.DAY, Unit.WEEK}:
            return calendar.days_after(moment, self.amount * (7 if self.unit is Unit.WEEK else 1))
        return calendar.months_after(moment, self.amount * (12 if self.unit is Unit.YEAR else 1))

    def has_passed(self, since: datetime, now: datetime, calendar: Calendar) -> bool:
        """True when at least this much lies between `since` and `now`: "due", never "due exactly today"."""
        return self.after(since, calendar) <= now

    def told(self) -> str:
        """How long it is, in the language at hand: "3 business days"."""
        if self.unit is Unit.BUSINESS_DAY:
            return say_plural("one business day", "{count} business days", self.amount)
        return translator().counted(self.amount, self.unit.value)

    def __str__(self) -> str:
        return english_plural(*_COUNTED[self.unit], self.amount)

    @classmethod
    def from_file(cls, value: object) -> Self:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(  # noqa: TRY004 - pydantic wants it
                say("a duration is needed: write one like {examples}", examples=say(HOW_TO_WRITE_ONE))
            )
        return cls.parse(str(value))
