"""When a schedule is due, on the repository's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorbot.config.calendar import Calendar

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FURTHEST_BACK = 400  # days; a repository whose calendar has no business day in them has no weekdays at all


def last_due(cadence: str, now: datetime, calendar: Calendar) -> datetime | None:
    """The latest moment (UTC), not after `now`, at which a schedule was due; None if none in a year.

    A cadence reads "hour", "day 06:00", "weekday 06:00" (business days) or "Monday 06:00".
    Raises ValueError for a cadence that isn't one.
    """
    if cadence == "hour":
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    day, at = _parsed(cadence)
    today = calendar.local(now).date()
    for back in range(_FURTHEST_BACK):
        candidate = today - timedelta(days=back)
        if not _fits(candidate, day, calendar):
            continue
        # A time that the switch to summer time skips comes out an hour later.
        due = datetime.combine(candidate, at, tzinfo=ZoneInfo(calendar.timezone)).astimezone(UTC)
        if due <= now:
            return due
    return None


def is_cadence(cadence: str) -> bool:
    """True for a cadence that can be kept."""
    try:
        return cadence == "hour" or bool(_parsed(cadence))
    except ValueError:
        return False


def _parsed(cadence: str) -> tuple[str, time]:
    day, _, at = cadence.partition(" ")
    if day not in {"day", "weekday", *_DAYS}:
        raise ValueError(f"{cadence!r} is no cadence: write one like 'hour', 'day 06:00' or 'Monday 06:00'")
    return day, time.fromisoformat(at)


def _fits(candidate: date, day: str, calendar: Calendar) -> bool:
    if day == "day":
        return True
    if day == "weekday":
        return calendar.is_business_day(candidate)
    return _DAYS[candidate.weekday()] == day
