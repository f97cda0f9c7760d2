"""Who should mentor a newcomer: somebody who knows what they work on, has room, and was not just asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.expertise.clock import hours_apart
from mentorbot.domain.expertise.index import Expertise
from mentorbot.domain.expertise.observations import OpenedPullRequest, is_human
from mentorbot.domain.expertise.predictors import Predictors
from mentorbot.domain.expertise.reasons import Reason, Why
from mentorbot.domain.expertise.reviewers import (
    SEEN_WITHIN,
    WEIGHTS,
    Ranked,
    ScorePart,
    Weights,
    in_ranks,
    parts_for,
)

_RESTED_DAYS = 14.0  # after so many days somebody who was asked counts as half rested
_SAME_HOURS = 3.0  # hours between two people who are awake at the same time
_HALF_A_DAY = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee:
    """Who looks for a mentor, and for what. `pull` is what they work on, when they have opened something.

    `areas` are the names of areas they asked for or whose paths they touch; `utc_offset` is where they live.
    """

    person: Person
    pull: OpenedPullRequest | None = None
    areas: frozenset[str] = frozenset()
    utc_offset: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """What is known of somebody who may be asked; everything is optional.

    `capacity` is how many mentees they want at most (None: not said), `mentees` how many they have now.
    """

    areas: frozenset[str] = frozenset()
    capacity: int | None = None
    mentees: int = 0
    utc_offset: timedelta | None = None
    last_asked_at: datetime | None = None
    away_until: datetime | None = None

    def can_be_asked(self, now: datetime) -> bool:
        is_away = self.away_until is not None and self.away_until > now
        return not is_away and (self.capacity is None or self.mentees < self.capacity)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorWeights:
    """How much each part counts for a mentor: what they did here, and what suits the two of them."""

    deeds: Weights = WEIGHTS
    area: float = 2.0
    room: float = 0.7
    rested: float = 0.7
    hours: float = 0.7


MENTOR_WEIGHTS = MentorWeights()


def rank_mentors(
    mentee: Mentee,
    past: Expertise,
    *,
    now: datetime,
    mentors: Mapping[Person, Mentor] | None = None,
    exclude: Collection[Person] = (),
    weights: MentorWeights = MENTOR_WEIGHTS,
) -> list[Ranked]:
    """Who fits best to mentor somebody, best first; only what happened before `now` is considered.

    `mentors` are those who may be asked (default: everybody seen within a year). Who is away or has no room,
    bots, the mentee and `exclude` are left out. The same facts always give the same order.
    """
    pull = mentee.pull or OpenedPullRequest(number=0, author=mentee.person, at=now)
    predictors = Predictors.about(pull, past, now)
    if mentors is None:
        mentors = dict.fromkeys(past.people(now, seen_within=SEEN_WITHIN), Mentor())
    left_out = {mentee.person, pull.author, *exclude}
    return in_ranks(
        Ranked(person, parts_for(person, predictors, weights.deeds) + _suits(mentee, mentor, now, weights))
        for person, mentor in mentors.items()
        if person not in left_out and is_human(person) and mentor.can_be_asked(now)
    )


def _suits(mentee: Mentee, mentor: Mentor, now: datetime, weights: MentorWeights) -> tuple[ScorePart, ...]:
    found = (
        _area(mentee, mentor, weights.area),
        _room(mentor, weights.room),
        _rested(mentor, now, weights.rested),
        _hours(mentee, mentor, weights.hours),
    )
    return tuple(part for part in found if part.score)


def _area(mentee: Mentee, mentor: Mentor, weight: float) -> ScorePart:
    shared = sorted(mentee.areas & mentor.areas)
    if not shared:
        return ScorePart("area", 0.0)
    return ScorePart("area", weight, Reason(why=Why.COVERS_AREA, what=", ".join(shared)))


def _room(mentor: Mentor, weight: float) -> ScorePart:
    if mentor.capacity is None:
        # Not having said it must be no drawback: one more mentee is then worth ever less.
        return ScorePart("room", weight / (1 + mentor.mentees))
    free = mentor.capacity - mentor.mentees
    return ScorePart("room", weight * free / mentor.capacity, Reason(why=Why.HAS_ROOM, count=free))


def _rested(mentor: Mentor, now: datetime, weight: float) -> ScorePart:
    if mentor.last_asked_at is None:
        return ScorePart("rested", weight)
    days = max(0.0, (now - mentor.last_asked_at) / timedelta(days=1))
    reason = Reason(why=Why.NOT_ASKED_LATELY) if days >= _RESTED_DAYS else None
    return ScorePart("rested", weight * (1 - 0.5 ** (days / _RESTED_DAYS)), reason)


def _hours(mentee: Mentee, mentor: Mentor, weight: float) -> ScorePart:
    if mentee.utc_offset is None or mentor.utc_offset is None:
        return ScorePart("hours", 0.0)
    hour = timedelta(hours=1)
    apart = hours_apart(mentee.utc_offset / hour, mentor.utc_offset / hour)  # Auckland and Honolulu are close
    reason = Reason(why=Why.SAME_HOURS) if apart <= _SAME_HOURS else None
    return ScorePart("hours", weight * (1 - apart / _HALF_A_DAY), reason)
