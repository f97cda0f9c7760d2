"""A pair as it is remembered: the mentee's wish, and apart from it who the mentor is.

They are two records, as forgetting somebody deletes every record that is about them: when a mentor is
forgotten, the wish stays, and somebody else is found for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from mentorbot.core.actions import Doable, Forget, Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.mentoring.machine import DECIDING, SEATED, State

PAIR, BOND, STORY, TREE = "pair", "bond", "story", "tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How it stands between a mentee and an area; `area` is empty for questions of any kind.

    - `mentor` is who mentors or is asked to; None while nobody is, or when they were forgotten.
    - `is_listed` tells that the mentor was among those who may be asked; a maintainer may propose anybody.
    - `asked_at` is the mentee's place in the queue; `in_front` those go first who lost a mentor.
    - `since` is when the present state began, `thread` where it was asked for.
    - `until` ends a pause that has an end. `rung` names the last question to the silent side, `told_at` when
      maintainers were last told of the wait. `chapters` counts what has happened so far.
    - `timezone`, `title` and `paths` are what the mentee told and worked on when asking.
    - `version` is the record's, 0 where there is none.
    """

    mentee: Person
    area: str
    state: State = State.NOBODY
    mentor: Person | None = None
    is_listed: bool = True
    since: datetime | None = None
    asked_at: datetime | None = None
    in_front: bool = False
    thread: int = 0
    until: datetime | None = None
    rung: str = ""
    rung_at: datetime | None = None
    told_at: datetime | None = None
    timezone: str = ""
    title: str = ""
    paths: tuple[str, ...] = ()
    chapters: int = 0
    version: int = 0

    @property
    def key(self) -> str:
        """What its records are kept under."""
        return f"{self.mentee.id}/{self.area}"

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
        mentor_decides = self.state in {State.OFFERED, State.PROPOSED} and person == self.mentor
        mentee_decides = self.state in {State.OFFERED_BACK, State.PROPOSED} and person == self.mentee
        return mentor_decides or mentee_decides

    def records(self) -> tuple[Doable, ...]:
        """What is to be remembered so that `pairs_in` finds it again; fails where it changed meanwhile."""
        mentee = self.mentee.id
        wish = Remember(kind=PAIR, key=self.key, value=self._to_json(), expected=self.version, whose=mentee)
        if self.mentor is None:
            return (wish, Forget(kind=BOND, key=self.key))
        value = {"mentor": self.mentor.id, "login": self.mentor.login, "is_listed": self.is_listed}
        about = (self.mentor.id,)
        return (wish, Remember(kind=BOND, key=self.key, value=value, whose=mentee, about=about))

    def _to_json(self) -> dict[str, Any]:
        return {
            "state": self.state.value,
            "login": self.mentee.login,
            "since": _text(self.since),
            "asked_at": _text(self.asked_at),
            "in_front": self.in_front,
            "thread": f"#{self.thread}",
            "until": _text(self.until),
            "rung": self.rung,
            "rung_at": _text(self.rung_at),
            "told_at": _text(self.told_at),
            "timezone": self.timezone,
            "title": self.title,
            "paths": list(self.paths),
            "chapters": f"{self.chapters} so far",
        }

    @classmethod
    def from_records(
        cls,
        wish: StoredRecord,
        bond: StoredRecord | None,
        faces: Mapping[int, Person],
    ) -> Self:
        """The pair that `records` wrote; `faces` are people as they are called now, by id."""
        number, _, area = wish.key.partition("/")
        mentee = Person(int(number), str(wish.value["login"]))
        mentor = None
        if bond is not None:
            mentor = Person(int(bond.value["mentor"]), str(bond.value["login"]))
            mentor = faces.get(mentor.id, mentor)
        return cls(
            mentee=faces.get(mentee.id, mentee),
            area=area,
            state=State(wish.value["state"]),
            mentor=mentor,
            is_listed=bond is None or bool(bond.value["is_listed"]),
            since=_moment(wish.value["since"]),
            asked_at=_moment(wish.value["asked_at"]),
            in_front=bool(wish.value["in_front"]),
            thread=int(str(wish.value["thread"])[1:]),
            until=_moment(wish.value["until"]),
            rung=str(wish.value["rung"]),
            rung_at=_moment(wish.value["rung_at"]),
            told_at=_moment(wish.value["told_at"]),
            timezone=str(wish.value["timezone"]),
            title=str(wish.value["title"]),
            paths=tuple(wish.value["paths"]),
            chapters=int(str(wish.value["chapters"]).partition(" ")[0]),
            version=wish.version,
        )

    def with_rung(self, rung: str, at: datetime) -> Self:
        """The pair after the silent side was asked on this rung."""
        return replace(self, rung=rung, rung_at=at)


def pairs_in(
    wishes: Sequence[StoredRecord],
    bonds: Sequence[StoredRecord],
    faces: Mapping[int, Person],
) -> tuple[Pair, ...]:
    """All pairs, from the records of both kinds."""
    by_key = {bond.key: bond for bond in bonds}
    return tuple(Pair.from_records(wish, by_key.get(wish.key), faces) for wish in wishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Something that happened to a pair: when, what, by whom, with which mentor. For those concerned only."""

    at: datetime
    happening: str
    by: int | None
    mentor: int | None
    mentor_login: str


def chapter_record(pair: Pair, chapter: Chapter) -> Remember:
    """The chapter, to be remembered."""
    value = {
        "at": chapter.at.isoformat(),
        "happening": chapter.happening,
        "by": chapter.by,
        "mentor": chapter.mentor,
        "mentor_login": chapter.mentor_login,
    }
    about = tuple(id_ for id_ in (chapter.by, chapter.mentor) if id_ is not None)
    key = f"{pair.key}/{pair.chapters:05d}"
    return Remember(kind=STORY, key=key, value=value, whose=pair.mentee.id, about=about)


def chapters_in(records: Sequence[StoredRecord]) -> tuple[Chapter, ...]:
    """The chapters, oldest first."""
    return tuple(
        Chapter(
            at=datetime.fromisoformat(record.value["at"]),
            happening=str(record.value["happening"]),
            by=record.value["by"],
            mentor=record.value["mentor"],
            mentor_login=str(record.value["mentor_login"]),
        )
        for record in records
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text is not None else None
