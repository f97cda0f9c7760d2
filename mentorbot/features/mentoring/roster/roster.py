"""Everybody in the programme: who mentors whom, who waits, who may be asked, and who is above whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from mentorbot.config.calendar import Calendar
from mentorbot.core.people import Person
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import DECIDING, PairState

ANY_AREA = ""


def offset_of(timezone: str | None, now: datetime) -> timedelta | None:
    """How far this time zone is from UTC now; None where none is said."""
    return now.astimezone(ZoneInfo(timezone)).utcoffset() if timezone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Somebody who may be asked to mentor. No `areas` means any; `volunteer`: not named in the config.

    `timezone` is theirs, empty where they don't say.
    """

    person: Person
    areas: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    capacity: int = 2
    utc_offset: timedelta | None = None
    timezone: str = ""
    away_until: datetime | None = None
    volunteer: bool = False

    def covers(self, area: str) -> bool:
        return not self.areas or area == ANY_AREA or area in self.areas

    def is_away(self, now: datetime) -> bool:
        return self.away_until is not None and self.away_until > now

    def own(self, calendar: Calendar) -> Calendar:
        """The repository's calendar by their own clock."""
        return replace(calendar, timezone=self.timezone) if self.timezone else calendar

    def is_working_day(self, now: datetime, calendar: Calendar) -> bool:
        """True where it is a business day for them now."""
        own = self.own(calendar)
        return own.is_business_day(own.local(now).date())


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The programme at a moment.

    - `mentors` are those who may be asked, by id; `is_complete` is False where a team could not be read.
    - `last_asked` is when a mentor was last asked; `apart` are (mentee, mentor) by ids that
      are not proposed to each other, `parted` those of them who may not even try again by themselves.
    - `seen` is when people last worked in their own threads, which nobody else's memory keeps; `words` is
      when a mentor last wrote to a mentee, by (mentee, mentor).
    - `opted_out` want nothing from the programme. `seats_version` grows with each seat that is
      taken or offered.
    - `capacity` is that of somebody whom a maintainer proposes without their being listed.
    """

    pairs: tuple[MentoringPair, ...] = ()
    mentors: Mapping[int, Seats] = field(default_factory=dict)
    last_asked: Mapping[int, datetime] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()
    parted: frozenset[tuple[int, int]] = frozenset()
    opted_out: frozenset[int] = frozenset()
    seen: Mapping[int, datetime] = field(default_factory=dict)
    words: Mapping[tuple[int, int], datetime] = field(default_factory=dict)
    is_complete: bool = True
    seats_version: int = 0
    capacity: int = 2

    @cached_property
    def _by_key(self) -> Mapping[str, MentoringPair]:
        return {pair.key: pair for pair in self.pairs}

    @cached_property
    def _mentors_of(self) -> Mapping[int, tuple[Person, ...]]:
        found: dict[int, tuple[Person, ...]] = {}
        for pair in self.pairs:
            if pair.has_seat and pair.mentor is not None:
                found[pair.mentee.id] = (*found.get(pair.mentee.id, ()), pair.mentor)
        return found

    @cached_property
    def _seats_taken(self) -> Counter[int]:
        return Counter(pair.mentor.id for pair in self.pairs if pair.mentor is not None and pair.has_seat)

    @cached_property
    def _seats_offered(self) -> Counter[int]:
        deciding = (pair.mentor for pair in self.pairs if pair.state in DECIDING)
        return Counter(mentor.id for mentor in deciding if mentor is not None)

    def pair(self, mentee: Person, area: str) -> MentoringPair:
        known = self._by_key.get(MentoringPair(mentee=mentee, area=area).key)
        return known if known is not None else MentoringPair(mentee=mentee, area=area)

    def of(self, person: Person) -> tuple[MentoringPair, ...]:
        """All pairs they are in, on either side."""
        return tuple(pair for pair in self.pairs if person in pair.people)

    def of_mentee(self, mentee: Person) -> tuple[MentoringPair, ...]:
        """All they ever asked for, the latest first."""
        return _latest_first(pair for pair in self.pairs if pair.mentee == mentee)

    def of_mentor(self, mentor: Person) -> tuple[MentoringPair, ...]:
        """All pairs in which they are the mentor, or are asked to be."""
        return _latest_first(pair for pair in self.pairs if pair.mentor == mentor)

    def mentees_of(self, mentor: Person) -> tuple[MentoringPair, ...]:
        """Those who have one of their seats."""
        return tuple(pair for pair in self.of_mentor(mentor) if pair.has_seat)

    def mentors_of(self, person: Person) -> tuple[Person, ...]:
        return self._mentors_of.get(person.id, ())

    def load(self, mentor: Person) -> int:
        """How many of their seats are taken."""
        return self._seats_taken[mentor.id]

    def claims(self, mentor: Person) -> int:
        """How many seats are taken, or would be if everybody who is deciding said yes."""
        return self._seats_taken[mentor.id] + self._seats_offered[mentor.id]

    def promised(self, mentor: Person) -> int:
        """How many seats are taken, or offered by the mentor themselves: their word is given."""
        theirs = (pair for pair in self.pairs if pair.mentor == mentor)
        return self.load(mentor) + sum(pair.state is PairState.OFFERED_BACK for pair in theirs)

    def room_of(self, mentor: Person) -> int:
        seats = self.mentors.get(mentor.id)
        return seats.capacity if seats is not None else self.capacity

    def is_above(self, person: Person, other: Person) -> bool:
        """True where `person` mentors `other`, or one of those who do, and so on upwards."""
        seen: set[int] = set()
        level = [other]
        while level:
            above = [mentor for one in level for mentor in self.mentors_of(one) if mentor.id not in seen]
            if person in above:
                return True
            seen.update(mentor.id for mentor in above)
            level = above
        return False

    def may_pair(self, mentee: Person, mentor: Person) -> bool:
        """False where it would make a circle, or the two are to be kept apart."""
        circle = mentee == mentor or self.is_above(mentee, mentor)
        return not circle and (mentee.id, mentor.id) not in self.apart

    def queue(self) -> tuple[MentoringPair, ...]:
        """Who waits and whom nobody decides about, in the order in which they are served."""
        waiting = (pair for pair in self.pairs if pair.state is PairState.ASKED)
        return tuple(sorted(waiting, key=lambda pair: (not pair.in_front, str(pair.asked_at), pair.key)))

    def undecided(self, person: Person) -> tuple[MentoringPair, ...]:
        """What this person is to say yes or no to, the latest first."""
        return _latest_first(pair for pair in self.pairs if pair.waits_for(person))

    def asked_in(self, thread: int) -> tuple[MentoringPair, ...]:
        """The requests made in this thread that are still open."""
        open_ = {PairState.ASKED} | DECIDING
        return _latest_first(pair for pair in self.pairs if pair.thread == thread and pair.state in open_)

    def covers(self, area: str) -> bool:
        """True where anybody at all may be asked about this area."""
        return any(seats.covers(area) for seats in self.mentors.values())

    def with_pair(self, pair: MentoringPair, *, asked_at: datetime | None = None) -> Roster:
        """The programme with this pair as it is now; `asked_at` is when its mentor was offered to it."""
        others = tuple(one for one in self.pairs if one.key != pair.key)
        if asked_at is None or pair.mentor is None:
            return replace(self, pairs=(*others, pair))
        last_asked = {**self.last_asked, pair.mentor.id: asked_at}
        version = self.seats_version + 1
        return replace(self, pairs=(*others, pair), last_asked=last_asked, seats_version=version)


def _latest_first(pairs: Iterable[MentoringPair]) -> tuple[MentoringPair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (str(pair.since), pair.key), reverse=True))
