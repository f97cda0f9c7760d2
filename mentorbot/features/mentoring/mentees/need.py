"""What a mentee needs of their mentor now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.config.calendar import Calendar
from mentorbot.domain.turns import Holder
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.inactivity.facts import LastActivity
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState


class Need(StrEnum):
    """What a mentee needs of their mentor, most urgent first."""

    REVIEW = "review"  # a pull request waits for this mentor
    HELLO = "hello"  # the pair is new, and the mentor hasn't been heard of since
    QUIET = "quiet"  # nothing was heard of the mentee for a while
    STUCK = "stuck"  # a pull request waits for others for long
    NOTHING = "nothing"

    @property
    def is_urgent(self) -> bool:
        return self in {Need.REVIEW, Need.HELLO}


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteePullRequest:
    number: int
    title: str
    url: str
    turn: Holder
    since: datetime
    waits_for_mentor: bool


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
    if activity.mentor is None or activity.mentor < pair.since:
        return Need.HELLO
    if config.check_in.has_passed(max(activity.mentee or pair.since, pair.since), now, calendar):
        return Need.QUIET
    waiting = [pull for pull in pulls if pull.turn is Holder.REVIEWERS]
    if any(config.waiting.has_passed(pull.since, now, calendar) for pull in waiting):
        return Need.STUCK
    return Need.NOTHING
