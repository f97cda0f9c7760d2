"""When which nudge is due: by the last human act of the party concerned, on the repository's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.durations import Duration, Unit
from mentorbot.core.people import Person
from mentorbot.core.translator import say_plural
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn, TurnSettings
from mentorbot.features.stalled.config import Author, Reviewers
from mentorbot.features.stalled.nudge_history import PastNudge

LAST_ASK = 3
"""The author's rung on which others are invited to carry on: never the first thing somebody hears."""

TOP = {Holder.AUTHOR: LAST_ASK, Holder.REVIEWERS: 2}

_DAY = timedelta(days=1)
_COUNTED_IN_DAYS = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})
# Bookkeeping (labels, milestones, assignments) is no sign of life.
SIGNS_OF_LIFE = frozenset(
    {
        ActKind.COMMENTED,
        ActKind.REVIEWED,
        ActKind.LINE_COMMENTED,
        ActKind.REACTED,
        ActKind.PUSHED,
        ActKind.FORCE_PUSHED,
        ActKind.BASE_MERGED,
        ActKind.MARKED_READY,
        ActKind.DRAFTED,
        ActKind.REVIEW_REQUESTED,
        ActKind.REVIEW_DISMISSED,
        ActKind.THREAD_RESOLVED,
        ActKind.THREAD_UNRESOLVED,
        ActKind.REOPENED,
        ActKind.DECLARED_READY,
        ActKind.DECLARED_BLOCKED,
        ActKind.DECLARED_WAITING,
        ActKind.SNOOZED,
    }
)
"""What shows that somebody is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPeriod:
    """How long a party has not been heard of at `now`, and the nudges it got in this turn."""

    holder: Holder
    since: datetime
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    past_nudges: tuple[PastNudge, ...] = ()

    @property
    def is_on_a_business_day(self) -> bool:
        return self.calendar.is_business_day(self.calendar.local(self.now).date())

    @property
    def rung(self) -> int:
        """The highest rung that was reached in this turn, 0 at first."""
        return max((one.rung for one in self.past_nudges), default=0)

    @property
    def last_nudge(self) -> datetime | None:
        return max((one.at for one in self.past_nudges), default=None)


def quiet_since(timeline: PullRequestTimeline, turn: Turn, rules: TurnSettings) -> datetime:
    """Since when the party whose turn it is has not been heard of: at most as long as it is their turn."""
    heard = (
        act.at
        for act in timeline.acts
        if act.kind in SIGNS_OF_LIFE and _is_of(act, turn.holder, timeline.author, rules)
    )
    return max((turn.since, *heard))


def rung_due(patience: Author | Reviewers, quiet: QuietPeriod, *, top: int = LAST_ASK) -> int | None:
    """The highest rung up to `top` that is due and not yet done; None where none is. Never two at once.

    Between two nudges of a turn there is at least `again`, however late the first one was.
    """
    last, now = quiet.last_nudge, quiet.now
    if last is not None and after(patience.again, last, quiet.calendar) > now:
        return None
    rungs = range(1, min(top, TOP[quiet.holder]) + 1)
    due = [rung for rung in rungs if due_at(rung, patience, quiet.since, quiet.calendar) <= now]
    if quiet.holder is Holder.AUTHOR and last is None:
        due = [rung for rung in due if rung < LAST_ASK]
    return due[-1] if due and due[-1] > quiet.rung else None


def next_due(patience: Author | Reviewers, quiet: QuietPeriod) -> datetime | None:
    """When the next nudge of this turn is due, should it stay as quiet as it is; None after the last one."""
    rung = quiet.rung + 1
    if rung > TOP[quiet.holder]:
        return None
    at = due_at(rung, patience, quiet.since, quiet.calendar)
    last = quiet.last_nudge
    return at if last is None else max(at, after(patience.again, last, quiet.calendar))


def due_at(rung: int, patience: Author | Reviewers, since: datetime, calendar: Calendar) -> datetime:
    """When a rung is due: `after`, and then `again` for each further one."""
    at = after(patience.after, since, calendar)
    for _ in range(rung - 1):
        at = after(patience.again, at, calendar)
    return at


def after(duration: Duration, since: datetime, calendar: Calendar) -> datetime:
    """The moment at which this much has passed; days of a freeze stop the clock for every unit."""
    due = duration.after(since, calendar)
    if duration.unit not in _COUNTED_IN_DAYS:  # business days know the freezes by themselves
        return due
    counted = calendar.local(since).date()
    while frozen := _frozen_days(calendar, counted, calendar.local(due).date()):
        counted = calendar.local(due).date()
        due = calendar.days_after(due, frozen)
    return due


def quiet_for(patience: Author | Reviewers, quiet: QuietPeriod) -> str:
    """How long it has been quiet, beside how long it may be: "Quiet for 3 of 14 days"."""
    duration = patience.after
    if duration.unit is Unit.BUSINESS_DAY:
        return say_plural(
            "Quiet for {days} of one business day",
            "Quiet for {days} of {count} business days",
            duration.amount,
            days=quiet.calendar.business_days_between(quiet.since, quiet.now),
        )
    patient_for = after(duration, quiet.since, quiet.calendar) - quiet.since
    return say_plural(
        "Quiet for {days} of one day",
        "Quiet for {days} of {count} days",
        max(round(patient_for / _DAY), 1),
        days=max((quiet.now - quiet.since) // _DAY, 0),
    )


def _frozen_days(calendar: Calendar, first: date, last: date) -> int:
    """How many days after `first` and not after `last` lie in a freeze."""
    days = (first + timedelta(days=day) for day in range(1, (last - first).days + 1))
    return sum(any(start <= day <= end for start, end in calendar.freeze) for day in days)


def _is_of(act: Act, holder: Holder, author: Person | None, rules: TurnSettings) -> bool:
    if act.by is None or rules.is_bot(act.by):
        return False
    return (act.by == author) == (holder is Holder.AUTHOR)
