"""When a silent mentor or mentee is reminded, and when something has to change: due and not yet done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentorbot.config.calendar import Calendar
from mentorbot.config.durations import Duration
from mentorbot.core.plan import Plan, no_concern_of_ours
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.inactivity.facts import LastActivity, SignOfLife, WordsToMentees
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.records import LastSeen, WordToMentee

_OFTEN_ENOUGH = timedelta(hours=1)


def remember_activity(sign: SignOfLife, _config: Mentoring) -> Plan:
    """Who works on their own things is not silent."""
    if not sign.takes_part:
        return no_concern_of_ours("nobody in the mentoring programme, or seen by others already")
    if sign.seen_at is not None and sign.at - sign.seen_at < _OFTEN_ENOUGH:
        return no_concern_of_ours("seen within the hour already")
    seen = remember(LastSeen(at=sign.at), key=str(sign.by.id), whose=sign.by.id)
    return Plan(actions=(seen,), because=f"@{sign.by.login} was seen", concerns=False)


def remember_words(words: WordsToMentees, _config: Mentoring) -> Plan:
    """A mentor has said hello when they wrote to the mentee, not when they agreed."""
    if not words.mentees:
        return no_concern_of_ours("no word of a mentor's to a mentee of theirs")
    mentor = words.mentor
    remembered = [
        remember(WordToMentee(at=words.at), key=f"{one.id}/{mentor.id}", whose=one.id, about=(mentor.id,))
        for one in words.mentees
    ]
    because = f"@{mentor.login} wrote to a mentee"
    return Plan(actions=tuple(remembered), because=because, concerns=False, about=(mentor.id,))


class Side(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class DueReminder:
    """What is due: the `nth` reminder (from 1), or, with `nth` 0, to draw the consequence."""

    side: Side
    since: datetime
    nth: int

    @property
    def name(self) -> str:
        """What makes this reminder the same as another: the side, the silence, and which one it is."""
        return f"{self.side} silent since {self.since:%Y-%m-%d}/rung {self.nth}"


def due_reminder(
    pair: MentoringPair, activity: LastActivity, config: Mentoring, *, now: datetime, calendar: Calendar
) -> DueReminder | None:
    """What is due for an active pair; None while both are heard of, or had this reminder already.

    While the mentee is silent the mentor has nothing to answer, so only the mentee is asked then.
    """
    mentee_since = _silent_since(pair, activity.mentee)
    patience = config.silent_mentee
    if patience.ask[0].has_passed(mentee_since, now, calendar):
        if patience.pause.has_passed(mentee_since, now, calendar):
            return DueReminder(Side.MENTEE, mentee_since, 0)
        reached = _reached(patience.ask, mentee_since, now, calendar)
        return _unless_sent(pair, DueReminder(Side.MENTEE, mentee_since, reached))
    mentor_since = _silent_since(pair, activity.mentor, activity.away_until)
    if config.silent_mentor.relieve.has_passed(mentor_since, now, calendar):
        return DueReminder(Side.MENTOR, mentor_since, 0)
    reached = _reached(config.silent_mentor.ask, mentor_since, now, calendar)
    return _unless_sent(pair, DueReminder(Side.MENTOR, mentor_since, reached)) if reached else None


def _silent_since(pair: MentoringPair, *active_at: datetime | None) -> datetime:
    """Since when this side has done nothing here, at the earliest since the pair is as it is."""
    moments = [moment for moment in (pair.since, *active_at) if moment is not None]
    if not moments:
        raise ValueError(f"pair {pair.key} has never begun")
    return max(moments)


def _reached(ask: Sequence[Duration], since: datetime, now: datetime, calendar: Calendar) -> int:
    """How many reminders are due by now; the earlier ones that were missed are left out."""
    return sum(one.has_passed(since, now, calendar) for one in ask)


def _unless_sent(pair: MentoringPair, due: DueReminder) -> DueReminder | None:
    return None if pair.reminder == due.name else due
