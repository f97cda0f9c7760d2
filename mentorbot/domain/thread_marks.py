"""What somebody put on an issue or pull request and anybody may take off again: labels, review requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorbot.core.actions import Action, CloseIssue, RemoveLabel, RemoveReviewRequest
from mentorbot.core.people import Person
from mentorbot.core.translator import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMarks:
    """What a thread wears now, each with who put it there last (None: nobody knows).

    Labels are in small letters, reviewers by id, teams by slug; those who reviewed are asked no more.
    """

    author: Person | None
    is_open: bool = True
    labels: Mapping[str, Person | None] = field(default_factory=dict)
    reviewers: Mapping[int, Person | None] = field(default_factory=dict)
    teams: Mapping[str, Person | None] = field(default_factory=dict)


def gone_already(taking: Action, marks: ThreadMarks | None) -> str | None:
    """Why there is nothing to take back any more; None where it is there."""
    if marks is None:
        return say("it was deleted, or moved elsewhere")
    if isinstance(taking, CloseIssue):
        return None if marks.is_open else say("it is closed already")
    is_there, _ = _worn(taking, marks)
    return None if is_there else say("it is gone already")


def somebody_elses(taking: Action, marks: ThreadMarks, *, bot: Person) -> str | None:
    """Why what is there is not ours to take back, though we put it there once; None where it is ours."""
    if isinstance(taking, CloseIssue):
        return None if _is(marks.author, bot) else say("somebody else opened it")
    _, by = _worn(taking, marks)
    if by is None:
        return say("nobody can tell any more who put it there")
    return None if _is(by, bot) else say("@{login} put it there again since", login=by.login)


def _worn(taking: Action, marks: ThreadMarks) -> tuple[bool, Person | None]:
    """Whether what would be taken off is worn, and who put it there."""
    if isinstance(taking, RemoveLabel):
        label = taking.label.lower()
        return label in marks.labels, marks.labels.get(label)
    if isinstance(taking, RemoveReviewRequest) and taking.reviewer is not None:
        return taking.reviewer.id in marks.reviewers, marks.reviewers.get(taking.reviewer.id)
    if isinstance(taking, RemoveReviewRequest):
        team = taking.team or ""
        return team in marks.teams, marks.teams.get(team)
    raise TypeError(f"{type(taking).__name__} takes nothing back")


def _is(somebody: Person | None, bot: Person) -> bool:
    """Whether that is us; by name, which no person may take, where GitHub did not tell our number."""
    if somebody is None:
        return False
    return somebody.id == bot.id if bot.id else somebody.login.lower() == bot.login.lower()
