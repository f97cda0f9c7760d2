"""A pair as it is remembered: the mentee's wish, and apart from it who the mentor is.

They are two records, as forgetting somebody deletes every record that is about them: when a mentor is
forgotten, the wish stays, and somebody else is found for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from mentorbot.core.actions import Doable, Forget
from mentorbot.core.people import Person
from mentorbot.feature_api.records import Record, remember
from mentorbot.features.mentoring.pairs.state_machine import (
    DECIDING,
    SEATED,
    TRANSITIONS,
    PairEvent,
    PairState,
)
from mentorbot.features.mentoring.records import BondRecord, Chapter, PairDetails, PairRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringPair(PairDetails):
    """How it stands between a mentee and an area; `area` is empty for questions of any kind.

    - `mentor` is who mentors or is asked to; None while nobody is, or when they were forgotten.
    - `is_listed` tells that the mentor was among those who may be asked; a maintainer may propose anybody.
    - `version` is the record's, 0 where there is none.
    """

    mentee: Person
    area: str
    mentor: Person | None = None
    is_listed: bool = True
    version: int = 0

    @property
    def key(self) -> str:
        return f"{self.mentee.id}/{self.area}"

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.mentee,) if self.mentor is None else (self.mentee, self.mentor)

    @property
    def has_seat(self) -> bool:
        """True where the mentee has one of a mentor's seats."""
        return self.state in SEATED

    @property
    def lost_its_mentor(self) -> bool:
        """True where there should be a mentor, who has asked to be forgotten."""
        return self.mentor is None and self.state in SEATED | DECIDING

    def waits_for(self, person: Person) -> bool:
        """True where this person is asked to say yes or no."""
        mentor_decides = self.state in {PairState.OFFERED, PairState.PROPOSED} and person == self.mentor
        mentee_decides = self.state in {PairState.OFFERED_BACK, PairState.PROPOSED} and person == self.mentee
        return mentor_decides or mentee_decides

    def with_reminder(self, name: str, at: datetime) -> Self:
        return replace(self, reminder=name, reminded_at=at)

    def remembered(self) -> tuple[Doable, ...]:
        """What is to be remembered so that `pairs_in` finds it again; fails where it changed meanwhile."""
        mentee, mentor = self.mentee, self.mentor
        record = PairRecord(login=mentee.login, **_details(self))
        wish = remember(record, key=self.key, expected=self.version, whose=mentee.id)
        if mentor is None:
            return (wish, Forget(kind=BondRecord.KIND, key=self.key))
        bond = BondRecord(mentor=mentor.id, login=mentor.login, is_listed=self.is_listed)
        return (wish, remember(bond, key=self.key, whose=mentee.id, about=(mentor.id,)))


def pairs_in(
    wishes: Iterable[Record[PairRecord]],
    bonds: Iterable[Record[BondRecord]],
    faces: Mapping[int, Person],
) -> tuple[MentoringPair, ...]:
    """All pairs, from the records of both kinds; `faces` are people as they are called now, by id."""
    by_key = {bond.key: bond.value for bond in bonds}
    return tuple(_pair(wish, by_key.get(wish.key), faces) for wish in wishes)


def _pair(wish: Record[PairRecord], bond: BondRecord | None, faces: Mapping[int, Person]) -> MentoringPair:
    number, _, area = wish.key.partition("/")
    mentee = Person(int(number), wish.value.login)
    mentor = Person(bond.mentor, bond.login) if bond is not None else None
    return MentoringPair(
        mentee=faces.get(mentee.id, mentee),
        area=area,
        mentor=faces.get(mentor.id, mentor) if mentor is not None else None,
        is_listed=bond is None or bond.is_listed,
        version=wish.version,
        **_details(wish.value),
    )


def _details(of: PairDetails) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in fields(PairDetails)}


def chapter_key(pair: MentoringPair) -> str:
    """What the latest chapter of a pair is kept under; all of them start with `pair.key` and a slash."""
    return f"{pair.key}/{pair.chapters:05d}"


def mentors_in_story(story: Sequence[Chapter]) -> tuple[Person, ...]:
    """Who was a mentor in what happened to a pair, by the name they had then."""
    return tuple(Person(one.mentor, one.mentor_login) for one in story if one.mentor is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTogether:
    """From when to when a mentee worked with a mentor; without `end` they still do."""

    mentor_login: str
    begin: datetime
    end: datetime | None = None


def times_together(story: Sequence[Chapter]) -> tuple[TimeTogether, ...]:
    """Whom a mentee worked with, oldest first; where both had to agree, from when both had."""
    state, found = PairState.NOBODY, list[TimeTogether]()
    for one in story:
        transition = TRANSITIONS[state].get(one.event)
        if transition is None:  # a chapter before it went, with somebody who is forgotten
            continue
        if transition.to in SEATED and state not in SEATED:
            found.append(TimeTogether(mentor_login=one.mentor_login, begin=one.at))
        elif state in SEATED and transition.to not in SEATED:
            found[-1] = replace(found[-1], end=one.at)
        state = transition.to
    return tuple(found)


def mentors_asked(story: Sequence[Chapter]) -> int:
    """How many mentors were asked about a mentee since they had none, whatever came of it."""
    state, asked = PairState.NOBODY, set[int | None]()
    for one in story:
        transition = TRANSITIONS[state].get(one.event)
        if transition is None:  # as in `times_together`
            continue
        if one.event is PairEvent.ASKED or transition.to in SEATED:
            asked.clear()
        elif one.event in {PairEvent.FOUND, PairEvent.PROPOSED}:
            asked.add(one.mentor)
        state = transition.to
    return len(asked)
