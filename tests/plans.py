"""Looks into plans, as the tests of every feature's rules do: `comment_in(welcome(opening, config)).body`."""

from __future__ import annotations

from mentorbot.core.actions import Comment, Doable
from mentorbot.core.plan import Plan


def comment_in(plan: Plan, *, beside: tuple[type[Doable], ...] = ()) -> Comment:
    """The one comment a plan writes; nothing else may be in it but actions of the kinds in `beside`."""
    (comment,) = (action for action in plan.actions if not isinstance(action, beside))
    assert isinstance(comment, Comment)
    return comment
