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

DORMANT_AFTER = timedelta(days=180)
"""After so long without any human act, nobody is reminded unless a maintainer wants it."""

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
    """How long a party has not been heard of at `now`, and the nudges it got in this turn.

    `human` is when anybody did anything there at all. `kept_waiting` is how long the other side had let this
    one wait before. `released_at` is when a maintainer last wanted reminders in what had been quiet for long;
    `is_released` where that was said of this very pull request.
    """

    holder: Holder
    since: datetime
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    past_nudges: tuple[PastNudge, ...] = ()
    human: datetime | None = None
    kept_waiting: timedelta = timedelta(0)
    released_at: datetime | None = None
    is_released: bool = False

    @property
    def is_on_a_business_day(self) -> bool:
        return self.calendar.is_business_day(self.calendar.local(self.now).date())

    @property
    def is_dormant(self) -> bool:
        """True where no human did anything for so long that a reminder would only startle people."""
        return self.is_old and (self.released_at is None or self.released_at + DORMANT_AFTER < self.now)

    @property
    def is_old(self) -> bool:
        """True where it takes a maintainer's word for a reminder."""
        return (self.human or self.since) + DORMANT_AFTER < self.now

    @property
    def is_asked_for(self) -> bool:
        """True where a maintainer released this very pull request, and nobody was reminded since."""
        last, released = self.last_nudge, self.released_at
        return self.is_released and released is not None and (last is None or last < released)

    @property
    def patient_until(self) -> datetime:
        """Before this, no reminder: whoever had to wait may take as long themselves."""
        return self.since + self.kept_waiting

    @property
    def rung(self) -> int:
        """The highest rung that was reached in this turn, 0 at first."""
        return max((one.rung for one in self.past_nudges), default=0)

    @property
    def last_nudge(self) -> datetime | None:
        return max((one.at for one in self.past_nudges), default=None)


def last_human_act(timeline: PullRequestTimeline, rules: TurnSettings) -> datetime:
    """When a person, whoever it was, last did anything in it that is more than bookkeeping."""
    acts = (act.at for act in timeline.acts if act.kind in SIGNS_OF_LIFE and _is_of_a_person(act, rules))
    return max((timeline.opened_at, *acts))


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

    Between two nudges of a turn there is at least `again`, however late the first one was. Nor is any due to
    who was kept waiting for longer than they have been silent by now.
    """
    last, now = quiet.last_nudge, quiet.now
    if quiet.patient_until > now:
        return None
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
    at = max(due_at(rung, patience, quiet.since, quiet.calendar), quiet.patient_until)
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
    return _is_of_a_person(act, rules) and (act.by == author) == (holder is Holder.AUTHOR)


def _is_of_a_person(act: Act, rules: TurnSettings) -> bool:
    return act.by is not None and not rules.is_bot(act.by)
