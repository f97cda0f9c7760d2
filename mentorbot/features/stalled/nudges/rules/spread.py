"""How the reminders that are due now spread over the coming days, if nothing happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.due_dates import DORMANT_AFTER
from mentorbot.features.stalled.nudges.rules.nudge import rung_of
from mentorbot.features.stalled.nudges.rules.rollout import Due, in_order
from mentorbot.features.stalled.records import Rollout

MORNING = time(6)

MOST_DAYS = 2_000
"""Business days that are looked ahead: what is not sent by then would rest long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many reminders come on which day, in order; `resting` are too old before theirs comes."""

    days: tuple[tuple[date, int], ...]
    resting: int = 0


def spread(
    due: Iterable[Due], rollout: Rollout, config: Stalled, *, room: int, now: datetime, calendar: Calendar
) -> Spread:
    """The reminders due now, in today's order, `room` of them today and as many as a day has from then on.

    What becomes due meanwhile takes its turns between them: of each later day, half may go to that.
    """
    waiting = [candidate for candidate, _ in in_order(due, rollout, config, now=now, calendar=calendar)]
    today = calendar.local(now).date()
    day = today if calendar.is_business_day(today) else calendar.next_business_day(today)
    days: list[tuple[date, int]] = []
    resting = 0
    while waiting and len(days) < MOST_DAYS:
        at = now if day == today else datetime.combine(day, MORNING, tzinfo=calendar.zone)
        awake = [candidate for candidate in waiting if _rests_from(candidate) >= at]
        resting += len(waiting) - len(awake)
        most = room if day == today else config.a_day
        days.append((day, min(most, len(awake))))
        waiting = awake[most:]
        day = calendar.next_business_day(day)
    return Spread(days=tuple(days), resting=resting)


def _rests_from(candidate: Candidate) -> datetime:
    """From when on it is too old for a reminder, if nothing happens."""
    quiet = candidate.quiet_period
    return max(filter(None, (quiet.human or quiet.since, quiet.released_at))) + DORMANT_AFTER


def becoming_due(
    candidates: Iterable[Candidate], config: Stalled, *, now: datetime, within: timedelta
) -> int:
    """How many more become due within that time."""
    return sum(_becomes_due(candidate, config, now=now, ends=now + within) for candidate in candidates)


def _becomes_due(candidate: Candidate, config: Stalled, *, now: datetime, ends: datetime) -> bool:
    at = candidate.due_since(config)
    if at is None or not now < at <= ends:
        return False
    then = replace(candidate, quiet_period=replace(candidate.quiet_period, now=at))
    return isinstance(rung_of(then, config), int)
