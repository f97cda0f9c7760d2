"""What a payload or a page of the past teaches about who did what here, before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Association, Person
from mentorbot.domain.timeline import Act, PullRequestTimeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSeen:
    """An issue or pull request, with its author and what has become of it.

    Its labels, and whether it is locked, are None where the source doesn't tell.
    """

    number: int
    is_pull_request: bool
    author: Person | None
    association: Association
    title: str
    opened_at: datetime
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    locked: bool | None = None
    labels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSeen:
    """Somebody reviewed a pull request (a verdict, or remarks on its lines)."""

    number: int
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSeen:
    """Somebody wrote in an issue or pull request: the first word by another human ends its author's wait."""

    number: int
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """An account with its present login, and how it belongs to the repository where the payload says so."""

    person: Person
    association: Association | None = None


Sighting = ThreadSeen | ReviewSeen | AnswerSeen | PersonSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestBatch:
    """What was learned about one repository, true as of a moment: later batches overrule earlier ones.

    `beginnings` are pull requests as one delivery shows them, `timelines` are read as a whole. `acts` come
    with the number of their pull request, `acts_on_heads` with the commit they concern.
    """

    repository_id: int
    as_of: datetime
    sightings: Sequence[Sighting] = ()
    beginnings: Sequence[PullRequestTimeline] = ()
    timelines: Sequence[PullRequestTimeline] = ()
    acts: Sequence[tuple[int, Act]] = ()
    acts_on_heads: Sequence[tuple[str, Act]] = ()

    def __bool__(self) -> bool:
        return any((self.sightings, self.beginnings, self.timelines, self.acts, self.acts_on_heads))
