"""The words for a pull request's past: who did what to it, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from mentorbot.core.people import Person


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _written(moment: datetime) -> str:
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat()


def _whole(person: Person) -> dict[str, Any]:
    return {"id": person.id, "login": person.login, "is_bot": person.is_bot}


# As `datetime` writes them, and with its own UTC: moments that share their time zone compare much faster.
_Moment = Annotated[
    datetime,
    PlainValidator(_moment),
    PlainSerializer(_written, when_used="json-unless-none"),
]
# As a whole, whatever is left out of the act around it.
_Person = Annotated[Person, PlainSerializer(_whole, when_used="json-unless-none")]


class ActKind(StrEnum):
    """What can happen to a pull request once it is open."""

    COMMENTED = "commented"
    REVIEWED = "reviewed"
    LINE_COMMENTED = "line commented"
    COMMENT_EDITED = "comment edited"
    COMMENT_DELETED = "comment deleted"
    REACTED = "reacted"
    PUSHED = "pushed"
    FORCE_PUSHED = "force-pushed"
    BASE_MERGED = "base merged"  # the base branch was merged into the pull request: news for conflicts only
    MARKED_READY = "marked ready"
    DRAFTED = "drafted"
    RETITLED = "retitled"
    REVIEW_REQUESTED = "review requested"
    REVIEW_REQUEST_REMOVED = "review request removed"
    REVIEW_DISMISSED = "review dismissed"
    THREAD_RESOLVED = "thread resolved"
    THREAD_UNRESOLVED = "thread unresolved"
    CHECKS_CONCLUDED = "checks concluded"
    MERGEABILITY_SEEN = "mergeability seen"
    WORKFLOW_WAITING = "workflow waiting"  # a run waits for a maintainer's approval
    WORKFLOW_STARTED = "workflow started"
    LABELED = "labeled"
    UNLABELED = "unlabeled"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    REFERENCE_CLOSED = "reference closed"  # another issue or pull request that is spoken of here was closed
    # What somebody told the bot, in so many words:
    DECLARED_READY = "declared ready"
    DECLARED_BLOCKED = "declared blocked"
    DECLARED_WAITING = "declared waiting"
    SNOOZED = "snoozed"


class Verdict(StrEnum):
    """What a review says, in GitHub's terms."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes requested"
    COMMENTED = "commented"


_KIND_ORDER = {kind: index for index, kind in enumerate(ActKind)}
_PUSHES = frozenset({ActKind.PUSHED, ActKind.FORCE_PUSHED, ActKind.BASE_MERGED})
_ENDS = frozenset({ActKind.CLOSED, ActKind.MERGED, ActKind.REOPENED})
_REMARKS = frozenset({ActKind.COMMENTED, ActKind.REVIEWED, ActKind.LINE_COMMENTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that happened. Fields that make no sense for its kind stay empty.

    - `id` is made of GitHub's own ids (`comment-17`, `review-4`, `line-9`, `push-<sha>`, `event-88`), so that
      the same act heard twice is one act.
    - `by` is None for deleted accounts and for things nobody did (a check concluding).
    - `edited_at` says how fresh `body` is; of two tellings of one act the fresher wins.
    - `sha` is the commit pushed, reviewed or checked; `thread` the id of the thread's first line comment.
    - `subject` is whom it concerns (requested reviewer, assignee, whose review was dismissed); `team` a slug.
    - `about` is the id of the act edited, deleted or reacted to; for REFERENCE_CLOSED a number.
    - `node` is GitHub's global id of what was written, where there is one: reactions are asked for with it.
    - `outcome`: CHECKS_CONCLUDED `success`|`failure`; MERGEABILITY_SEEN `clean`|`conflict`; REACTED GitHub's
      name for the reaction (`+1`); DECLARED_WAITING `author`|`reviewers`.
    - `body` is also the reason of DECLARED_BLOCKED; `ends_at` is when a snooze ends.
    """

    kind: ActKind
    at: _Moment
    id: str
    by: _Person | None = None
    body: str = ""
    edited_at: _Moment | None = None
    verdict: Verdict | None = None
    sha: str = ""
    path: str = ""
    thread: str = ""
    subject: _Person | None = None
    team: str = ""
    label: str = ""
    title_before: str = ""
    title_after: str = ""
    about: str = ""
    outcome: str = ""
    ends_at: _Moment | None = None
    url: str = ""
    association: str = ""
    node: str = ""

    def __post_init__(self) -> None:
        for moment in (self.at, self.edited_at, self.ends_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"Act {self.id} has a moment without a time zone: pass one with tzinfo.")

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Where it stands in a timeline; the same however simultaneous acts arrived."""
        return self.at, _KIND_ORDER[self.kind], self.id

    @property
    def is_push(self) -> bool:
        return self.kind in _PUSHES

    @property
    def is_remark(self) -> bool:
        return self.kind in _REMARKS

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _act_codec().dump_python(self, mode="json", exclude_defaults=True)
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Act:
        """The act that `to_json` wrote. Raises ValueError on anything else."""
        return _act_codec().validate_python(stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestTimeline:
    """A pull request as it was opened, and everything that happened since, in order.

    Build it with `with_acts`, which keeps `acts` sorted and free of repetitions. `head_sha` is the head when
    it was opened as far as known. `head` is `owner:branch`, `base` a branch.
    """

    number: int
    author: _Person | None
    opened_at: _Moment
    opened_title: str = ""
    opened_as_draft: bool = False
    head: str = ""
    head_sha: str = ""
    base: str = ""
    body: str = ""
    url: str = ""
    association: str = ""
    acts: tuple[Act, ...] = ()

    def with_acts(self, acts: Iterable[Act]) -> Self:
        """The timeline with these acts folded in; neither repetitions nor their order matter."""
        known = {act.id: act for act in self.acts}
        for act in acts:
            known[act.id] = _fresher(known[act.id], act) if act.id in known else act
        return replace(self, acts=tuple(sorted(known.values(), key=lambda act: act.place)))

    def until(self, moment: datetime) -> Self:
        """The timeline as it could be known at that moment."""
        return replace(self, acts=tuple(act for act in self.acts if act.at <= moment))

    def standing_acts(self) -> tuple[Act, ...]:
        """The acts as people see them now: deleted comments gone, edited ones with their last words."""
        deleted = {act.about for act in self.acts if act.kind is ActKind.COMMENT_DELETED and act.about}
        edited = {act.about: act.body for act in self.acts if act.kind is ActKind.COMMENT_EDITED}
        return tuple(
            replace(act, body=edited[act.id]) if act.id in edited else act
            for act in self.acts
            if act.id not in deleted
        )

    @property
    def title(self) -> str:
        renamed = [act.title_after for act in self.acts if act.kind is ActKind.RETITLED]
        return renamed[-1] if renamed else self.opened_title

    @property
    def is_draft(self) -> bool:
        switches = [act.kind for act in self.acts if act.kind in {ActKind.MARKED_READY, ActKind.DRAFTED}]
        return switches[-1] is ActKind.DRAFTED if switches else self.opened_as_draft

    @property
    def is_open(self) -> bool:
        ends = [act.kind for act in self.acts if act.kind in _ENDS]
        return not ends or ends[-1] is ActKind.REOPENED

    @property
    def is_merged(self) -> bool:
        """True once it was merged on GitHub (a merge bot that pushes by itself merely closes)."""
        return any(act.kind is ActKind.MERGED for act in self.acts)

    @property
    def current_head(self) -> str:
        """The last commit of the branch as far as known, else empty."""
        pushed = [act.sha for act in self.acts if act.is_push and act.sha]
        return pushed[-1] if pushed else self.head_sha

    @property
    def labels(self) -> frozenset[str]:
        worn: set[str] = set()
        for act in self.acts:
            if act.kind is ActKind.LABELED:
                worn.add(act.label)
            if act.kind is ActKind.UNLABELED:
                worn.discard(act.label)
        return frozenset(worn)

    def to_json(self) -> dict[str, Any]:
        opening = _timeline_codec().dump_python(self, mode="json", exclude=_ACTS)
        return {**opening, "acts": [act.to_json() for act in self.acts]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> PullRequestTimeline:
        """The timeline that `to_json` wrote. Raises ValueError on anything else."""
        timeline = _timeline_codec().validate_python(stored)
        return replace(timeline, acts=()).with_acts(timeline.acts)


@cache
def _act_codec() -> TypeAdapter[Act]:
    return TypeAdapter(Act)


@cache
def _timeline_codec() -> TypeAdapter[PullRequestTimeline]:
    return TypeAdapter(PullRequestTimeline)


_ACTS = {"acts"}


def _fresher(one: Act, other: Act) -> Act:
    """The newer telling of an act; of equally new ones always the same, whichever was heard first."""
    return max(one, other, key=lambda act: (act.edited_at or act.at, act.at, repr(act)))
