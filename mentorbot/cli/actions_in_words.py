"""What a decision does, in words for operators: "write a comment that mentions @ada, and keep a note"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from mentorbot.core import actions
from mentorbot.core.actions import Doable

_REACTIONS = {
    "+1": "👍",
    "-1": "👎",
    "laugh": "😄",
    "confused": "😕",
    "heart": "❤️",
    "hooray": "🎉",
    "rocket": "🚀",
    "eyes": "👀",
}


def in_words(done: Sequence[Doable]) -> str:
    """All of it, each thing once, as it follows "would"; empty where there is nothing to do."""
    told = list(dict.fromkeys(_told(one) for one in done))
    if len(told) < 2:  # noqa: PLR2004 - one, or none
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


@singledispatch
def _told(done: Doable) -> str:
    raise TypeError(f"there are no words for {type(done).__name__}")


@_told.register
def _(done: actions.Comment) -> str:
    names = ", ".join(f"@{person.login}" for person in done.mentions)
    return f"write a comment that mentions {names}" if names else "write a comment"


@_told.register
def _(_done: actions.EditComment) -> str:
    return "edit its comment"


@_told.register
def _(_done: actions.MinimizeComment) -> str:
    return "fold its comment away"


@_told.register
def _(done: actions.React) -> str:
    return f"react with {_REACTIONS[done.content]}"


@_told.register
def _(done: actions.AddLabel) -> str:
    return f"put on the label “{done.label}”"


@_told.register
def _(done: actions.RemoveLabel) -> str:
    return f"take off the label “{done.label}”"


@_told.register
def _(done: actions.RequestReview) -> str:
    return f"ask {_asked(done)} for a review"


@_told.register
def _(done: actions.RemoveReviewRequest) -> str:
    return f"take back the request for a review to {_asked(done)}"


def _asked(done: actions.RequestReview | actions.RemoveReviewRequest) -> str:
    return f"@{done.reviewer.login}" if done.reviewer is not None else f"team {done.team}"


@_told.register
def _(done: actions.PublishCheckRun) -> str:
    return f"show the check run “{done.name}”"


@_told.register
def _(done: actions.OpenIssue) -> str:
    return f"open the issue “{done.title}”"


@_told.register
def _(done: actions.EditIssue) -> str:
    return f"renew the issue “{done.title}”"


@_told.register
def _(_done: actions.CloseIssue) -> str:
    return "close its issue"


@_told.register
def _(_done: actions.Remember) -> str:
    return "keep a note"


@_told.register
def _(_done: actions.Forget) -> str:
    return "drop a note"


@_told.register
def _(done: actions.Answer) -> str:
    reaction = f"react with {_REACTIONS[done.reaction]}"
    return f"{reaction} and answer" if done.text else reaction


@_told.register
def _(done: actions.LeaveAlone) -> str:
    how = "leave" if done.wanted else "no longer leave"
    return f"{how} @{done.person.login} alone"


@_told.register
def _(done: actions.DecideGreetings) -> str:
    return "send the greetings that were held back" if done.send else "drop the greetings that were held back"
