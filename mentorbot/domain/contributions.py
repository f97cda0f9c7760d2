"""What a payload or a page of the past teaches about who did what here: raw material of `Acquaintance`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Association, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSeen:
    """An issue or pull request, with its author and what has become of it."""

    number: int
    is_pull_request: bool
    author: Person | None
    association: Association
    title: str
    opened_at: datetime
    closed_at: datetime | None = None
    merged_at: datetime | None = None


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
