"""What mentoring remembers of a repository: every kind of record, each with what its key is made of.

What earlier versions have stored is read for good; `tests/features/mentoring/stored_records.json` holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer

from mentorbot.feature_api.records import StoredMoment
from mentorbot.features.mentoring.pairs.state_machine import PairEvent, PairState

ThreadNumber = Annotated[
    int,
    BeforeValidator(lambda text: text.removeprefix("#")),
    PlainSerializer(lambda number: f"#{number}", return_type=str),
]
ChapterCount = Annotated[
    int,
    BeforeValidator(lambda text: text.partition(" ")[0]),
    PlainSerializer(lambda count: f"{count} so far", return_type=str),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDetails:
    """How it stands with a pair, its people apart.

    - `since` is when the present state began, `thread` where a mentor was asked for.
    - `asked_at` is the mentee's place in the queue; `in_front` those go first who lost a mentor.
    - `until` ends a pause that has an end. `reminder` names the last question to the silent side, `told_at`
      when maintainers were last told of the wait. `chapters` counts what has happened so far.
    - `timezone`, `title` and `paths` are what the mentee told and worked on when asking.
    """

    state: PairState = PairState.NOBODY
    since: StoredMoment | None = None
    asked_at: StoredMoment | None = None
    in_front: bool = False
    thread: ThreadNumber = 0
    until: StoredMoment | None = None
    reminder: Annotated[str, Field(alias="rung")] = ""
    reminded_at: Annotated[StoredMoment | None, Field(alias="rung_at")] = None
    told_at: StoredMoment | None = None
    timezone: str = ""
    title: str = ""
    paths: tuple[str, ...] = ()
    chapters: ChapterCount = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRecord(PairDetails):
    """A mentee and an area; key: mentee/area. `login` is the mentee's."""

    KIND: ClassVar[str] = "pair"
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BondRecord:
    """Who mentors in a pair, or is asked to; key: mentee/area."""

    KIND: ClassVar[str] = "bond"
    mentor: int
    login: str
    is_listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Something that happened to a pair, for those concerned only; key: mentee/area/number.

    `by` is None for the clock, `mentor` whose pair it was then.
    """

    KIND: ClassVar[str] = "story"
    at: StoredMoment
    event: Annotated[PairEvent, Field(alias="happening")]
    by: int | None
    mentor: int | None
    mentor_login: str


@dataclass(frozen=True, slots=True)
class SeatGuard:
    """Its version grows with each seat that is taken or offered; key: `SEATS`."""

    KIND: ClassVar[str] = "tree"


SEATS = "seats"


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two who are not proposed to each other before a day, or never again; key: mentee/mentor."""

    KIND: ClassVar[str] = "apart"
    until: StoredMoment | None

    def still(self, now: datetime) -> bool:
        """False once they may be proposed to each other again."""
        return self.until is None or self.until > now


@dataclass(frozen=True, slots=True)
class LastAsked:
    """When somebody was last asked to be a mentor; key: person."""

    KIND: ClassVar[str] = "last asked"
    at: StoredMoment


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When somebody last worked in a thread of their own; key: person."""

    KIND: ClassVar[str] = "seen"
    at: StoredMoment


@dataclass(frozen=True, slots=True)
class WordToMentee:
    """When a mentor last wrote something to a mentee; key: mentee/mentor."""

    KIND: ClassVar[str] = "word"
    at: StoredMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """Somebody who may be asked to be a mentor without being named in the config; key: person."""

    KIND: ClassVar[str] = "volunteer"
    login: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody who is not to be asked before a day; key: person."""

    KIND: ClassVar[str] = "away"
    until: StoredMoment
    login: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """Somebody who wants nothing of mentoring; key: person."""

    KIND: ClassVar[str] = "opted out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMentor:
    """Who had a login when the config named it: logins change, people stay; key: the login there."""

    KIND: ClassVar[str] = "listed"
    id: int
    login: str


@dataclass(frozen=True, slots=True)
class ReachedMilestones:
    """What a mentee has reached; key: person. `live_since` is the port's of then."""

    KIND: ClassVar[str] = "reached"
    names: tuple[str, ...]
    live_since: Annotated[StoredMoment | None, Field(exclude_if=lambda moment: moment is None)] = None


@dataclass(frozen=True, slots=True)
class ConfirmedIssue:
    """Somebody else gave an issue of a mentee's a label; key: person/issue."""

    KIND: ClassVar[str] = "confirmed"


@dataclass(frozen=True, slots=True)
class ShownGuide:
    """A guide to a check that a mentee has been shown; key: person/pattern."""

    KIND: ClassVar[str] = "guided"


@dataclass(frozen=True, slots=True)
class RungMet:
    """Somebody meets a rung of the ladder, and maintainers know it; key: person/rung."""

    KIND: ClassVar[str] = "rung"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryForDesk:
    """A weekly summary that another repository, the desk, fetches; key: reader. `about` are people."""

    KIND: ClassVar[str] = "for the desk"
    week: str
    title: str
    body: str
    about: tuple[int, ...]
    desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedSummary:
    """The last weekly summary that was posted, by the key of its issue; key: repository/reader."""

    KIND: ClassVar[str] = "posted"
    issue: str
    week: str
    about: tuple[int, ...]
