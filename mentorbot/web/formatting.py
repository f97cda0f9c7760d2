"""Shows things as people say them: when something was, where in a file it is, and what is code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from mentorbot.config.configuration import ConfigProblem
from mentorbot.core.actions import AddLabel, Comment, OpenIssue, RemoveLabel, RequestReview
from mentorbot.core.translator import say, say_list, translator
from mentorbot.feature_api.ports import WouldHaveSaid

_STEPS = (
    timedelta(days=365),
    timedelta(days=30),
    timedelta(days=7),
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
)
"""Babel's units. It would round to the nearest: 90 minutes are one hour ago, not two."""


def ago(moment: datetime, now: datetime) -> str:
    """How long ago it was: "3 minutes ago"; "just now" also for what another clock puts a little ahead."""
    passed = now - moment
    for step in _STEPS:
        if passed >= step:
            return translator().ago(passed // step * step)
    return say("just now")


def with_capital(text: str) -> str:
    """The text with its first letter large; Jinja's `capitalize` makes all others small."""
    return text[:1].upper() + text[1:]


def with_code(text: str) -> Markup:
    """Text in which `words between backticks` are shown as code, and all else as it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # one backtick too many: nothing is meant as code
        return escape(text)
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def not_said(one: WouldHaveSaid) -> str:
    """What would have been done, in a few words: "a comment to ada"."""
    action = one.action
    if isinstance(action, Comment):
        names = say_list([f"@{person.login}" for person in action.mentions])
        return say("a comment to {names}", names=names) if names else say("a comment")
    if isinstance(action, RequestReview):
        whom = f"@{action.reviewer.login}" if action.reviewer is not None else action.team or ""
        return say("a review request to {names}", names=whom)
    if isinstance(action, OpenIssue):
        return say("an issue, “{title}”", title=action.title)
    if isinstance(action, AddLabel):
        return say("the label “{label}”", label=action.label)
    if isinstance(action, RemoveLabel):
        return say("taking off the label “{label}”", label=action.label)
    return say("a small change")


def position(problem: ConfigProblem) -> str:
    place = {"line": problem.line, "column": problem.column}
    if problem.origin == "repository":
        return say("line {line}, column {column}", **place)
    return say("the owner's .github repository, line {line}, column {column}", **place)


def moment_tag(moment: datetime, now: datetime) -> Markup:
    """How long ago it was, as HTML that carries the exact time along."""
    exact = moment.astimezone(UTC)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        exact.isoformat(timespec="seconds"), exact.strftime("%Y-%m-%d %H:%M UTC"), ago(moment, now)
    )
