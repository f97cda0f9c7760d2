"""When a silent mentor or mentee is asked, and when something has to change: due and not yet done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.config.calendar import Calendar
from mentorbot.config.durations import Duration
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.pair import Pair


class Side(StrEnum):
    """Whose silence it is."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: to ask on rung `nth` (from 1), or, with `nth` 0, to draw the consequence."""

    side: Side
    since: datetime
    nth: int

    @property
    def rung(self) -> str:
        """What makes this question the same as another: the side, the silence, and the rung."""
        return f"{self.side} silent since {self.since:%Y-%m-%d}/rung {self.nth}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActs:
    """When both last did anything here; None where nothing is known. `away_until` is the mentor's."""

    mentor: datetime | None = None
    mentee: datetime | None = None
    away_until: datetime | None = None


def silence_of(pair: Pair, acts: LastActs, side: Side) -> datetime:
    """Since when this side has done nothing here, at the earliest since the pair is as it is."""
    begun = pair.since
    known = [acts.mentor, acts.away_until] if side is Side.MENTOR else [acts.mentee]
    moments = [moment for moment in (begun, *known) if moment is not None]
    if not moments:
        raise ValueError(f"pair {pair.key} has never begun")
    return max(moments)


def due(pair: Pair, acts: LastActs, config: Mentoring, *, now: datetime, calendar: Calendar) -> Due | None:
    """What is due for an active pair; None while both are heard of, or were asked on this rung already.

    While the mentee is silent the mentor has nothing to answer, so only the mentee is asked then.
    """
    mentee_since = silence_of(pair, acts, Side.MENTEE)
    patience = config.silent_mentee
    if patience.ask[0].has_passed(mentee_since, now, calendar):
        if patience.pause.has_passed(mentee_since, now, calendar):
            return Due(Side.MENTEE, mentee_since, 0)
        return _next(pair, Side.MENTEE, mentee_since, patience.ask, now=now, calendar=calendar)
    mentor_since = silence_of(pair, acts, Side.MENTOR)
    if config.silent_mentor.relieve.has_passed(mentor_since, now, calendar):
        return Due(Side.MENTOR, mentor_since, 0)
    return _next(pair, Side.MENTOR, mentor_since, config.silent_mentor.ask, now=now, calendar=calendar)


def _next(
    pair: Pair, side: Side, since: datetime, ask: Sequence[Duration], *, now: datetime, calendar: Calendar
) -> Due | None:
    """The highest rung that is due; lower ones that were missed are left out."""
    reached = sum(1 for one in ask if one.has_passed(since, now, calendar))
    if not reached:
        return None
    found = Due(side, since, reached)
    return None if pair.rung == found.rung else found
