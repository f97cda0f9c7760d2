"""What somebody put on an issue or pull request and anybody may take off again: labels, review requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from mentorbot.core.actions import Action, CloseIssue, RemoveLabel, RemoveReviewRequest
from mentorbot.core.people import Person
from mentorbot.core.translator import say

T = TypeVar("T", int, str)


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


def not_ours_any_more(taking: Action, marks: ThreadMarks | None, *, bot: Person) -> str | None:
    """Why something that we once put on a thread is not to be taken back now; None where it is ours still."""
    if marks is None:
        return say("it was deleted, or moved elsewhere")
    if isinstance(taking, CloseIssue):
        if not _is(marks.author, bot):
            return say("somebody else opened it")
        return None if marks.is_open else say("it is closed already")
    if isinstance(taking, RemoveLabel):
        return _reason(taking.label.lower(), marks.labels, bot)
    if isinstance(taking, RemoveReviewRequest):
        if taking.reviewer is not None:
            return _reason(taking.reviewer.id, marks.reviewers, bot)
        return _reason(taking.team or "", marks.teams, bot)
    raise TypeError(f"{type(taking).__name__} takes nothing back")


def _reason(what: T, worn: Mapping[T, Person | None], bot: Person) -> str | None:
    if what not in worn:
        return say("it is gone already")
    by = worn[what]
    if by is None:
        return say("nobody can tell any more who put it there")
    return None if _is(by, bot) else say("@{login} put it there again since", login=by.login)


def _is(somebody: Person | None, bot: Person) -> bool:
    """Whether that is us; by name, which no person may take, where GitHub did not tell our number."""
    if somebody is None:
        return False
    return somebody.id == bot.id if bot.id else somebody.login.lower() == bot.login.lower()
