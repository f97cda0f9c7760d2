"""How a report speaks of numbers, spans and days."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.core.translator import english_plural

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SMALL = 10


def counted(count: int, one: str, more: str = "") -> str:
    """As in "1 pull request", "2,100 pull requests"."""
    return english_plural(f"{{count}} {one}", f"{{count}} {more or one + 's'}", count)


def day(moment: datetime) -> str:
    return f"{moment:%-d %B %Y}"


def age(span: timedelta) -> str:
    """How long something lies back: "3 hours", "12 days", "5 months", "2 years"."""
    days = span / _DAY
    units = ((365, "year"), (30, "month"), (1, "day"))
    for length, unit in units:
        least = 2 * length if unit != "day" else 2
        if days >= least:
            return counted(int(days // length), unit)
    return counted(max(round(span / _HOUR), 1), "hour")


def duration(span: timedelta | None) -> str:
    """How long something took: "11 hours", "5 days"; a dash where that isn't known."""
    if span is None:
        return "–"
    hours = span / _HOUR
    if hours < 1:
        return "an hour"
    return counted(round(hours), "hour") if hours < 48 else counted(round(hours / 24), "day")  # noqa: PLR2004


def percent(part: int, whole: int) -> str:
    """With its base: "25 of 46 (54 %)"; no percentage of nothing, nor of a handful."""
    if whole < _SMALL:
        return f"{part:,} of {whole:,}"
    share = 100 * part / whole
    rounded = f"{share:.0f}"
    if rounded == "0" and part:
        rounded = "under 1"
    if rounded == "100" and part < whole:
        rounded = "over 99"
    return f"{part:,} of {whole:,} ({rounded}\N{NO-BREAK SPACE}%)"
