"""What a mentee needs of their mentor now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mentorbot.config.calendar import Calendar
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.inactivity.facts import LastActivity
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState

JUST_BEFORE = timedelta(minutes=5)
"""A greeting may stand in the very comment that makes two people a pair, which is decided a moment later."""


class Need(StrEnum):
    """What a mentee needs of their mentor, most urgent first."""

    REVIEW = "review"  # a pull request waits for this mentor
    STUCK = "stuck"  # a pull request waits for others for long
    QUIET = "quiet"  # nothing was heard of the mentee for a while
    HELLO = "hello"  # the pair is new, and the mentor hasn't written to the mentee
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteePullRequest:
    number: int
    title: str
    url: str
    turn: Holder
    since: datetime
    waits_for_mentor: bool

    def waits_for_long(self, config: Mentoring, *, now: datetime, calendar: Calendar) -> bool:
        """True where it has been the reviewers' turn for too long."""
        return self.turn is Holder.REVIEWERS and config.waiting.has_passed(self.since, now, calendar)


def need_of(
    pair: MentoringPair,
    pulls: Sequence[MenteePullRequest],
    activity: LastActivity,
    config: Mentoring,
    *,
    now: datetime,
    calendar: Calendar,
) -> Need:
    if pair.state is PairState.PAUSED or pair.since is None:
        return Need.NOTHING
    if any(pull.waits_for_mentor for pull in pulls):
        return Need.REVIEW
    if any(pull.waits_for_long(config, now=now, calendar=calendar) for pull in pulls):
        return Need.STUCK
    if config.check_in.has_passed(max(activity.mentee or pair.since, pair.since), now, calendar):
        return Need.QUIET
    if activity.word_to_mentee is None or activity.word_to_mentee < pair.since - JUST_BEFORE:
        return Need.HELLO
    return Need.NOTHING
