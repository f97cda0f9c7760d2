"""Builds a past from short sentences, one act an hour: `a_past(says("bob", "Why?"), pushes())`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import Holder, Turn, TurnSettings, whose_turn
from tests.builders import NOW, a_person

AUTHOR = "ada"
"""Who opened every pull request here. bob and carol review, dan passes by, ci-bot is a script."""


def act(kind: ActKind, by: str | None = None, /, **more: Any) -> Act:
    """An act whose moment and id `a_past` fills in, unless they are given."""
    association = "NONE" if by == "dan" else "MEMBER"
    person = None if by is None else a_person(by)
    fields: dict[str, Any] = {"kind": kind, "at": NOW, "id": "", "by": person, "association": association}
    return Act(**(fields | more))


def says(by: str, body: str, **more: Any) -> Act:
    """A comment in the conversation."""
    return act(ActKind.COMMENTED, by, body=body, **more)


def says_of_a_line(by: str, body: str, *, thread: str = "line-1", **more: Any) -> Act:
    """A comment on a line of the change; the same `thread` is the same conversation."""
    return act(ActKind.LINE_COMMENTED, by, body=body, thread=thread, path="a.py", **more)


def reviews(by: str, verdict: Verdict = Verdict.COMMENTED, body: str = "", **more: Any) -> Act:
    """A submitted review."""
    return act(ActKind.REVIEWED, by, verdict=verdict, body=body, **more)


def approves(by: str, body: str = "") -> Act:
    """A review that approves."""
    return reviews(by, Verdict.APPROVED, body)


def asks_for_changes(by: str, body: str = "Please add a test.", **more: Any) -> Act:
    """A review that asks for changes."""
    return reviews(by, Verdict.CHANGES_REQUESTED, body, **more)


def pushes(by: str = AUTHOR, sha: str = "c0ffee", **more: Any) -> Act:
    """New commits on the branch."""
    return act(ActKind.PUSHED, by, sha=sha, **more)


def drafts(by: str = AUTHOR) -> Act:
    """Back to a draft."""
    return act(ActKind.DRAFTED, by)


def marks_ready(by: str = AUTHOR) -> Act:
    """Out of the draft state."""
    return act(ActKind.MARKED_READY, by)


def a_past(*acts: Act, title: str = "Make rockets fly", **more: Any) -> PullRequestTimeline:
    """A pull request of ada's, opened at NOW, to which these acts happened one hour after the other."""
    fields: dict[str, Any] = {
        "number": 7,
        "author": a_person(AUTHOR),
        "opened_at": NOW,
        "opened_title": title,
        "head": "ada:fly",
        "base": "main",
        "url": "https://github.com/acme/rockets/pull/7",
    }
    opened = PullRequestTimeline(**(fields | more))
    return opened.with_acts(
        replace(
            one,
            at=one.at if one.at != NOW else NOW + timedelta(hours=hour),
            id=one.id or f"{one.kind.value}-{hour}",
            url=one.url or f"https://github.com/acme/rockets/pull/7#{hour}",
        )
        for hour, one in enumerate(acts, start=1)
    )


def turn_of(
    past: PullRequestTimeline, *, rules: TurnSettings | None = None, now: datetime | None = None
) -> Turn:
    """Whose turn it is a month later, unless the test says when."""
    return whose_turn(past, rules or TurnSettings(), now=now or NOW + timedelta(days=30))


def case(name: str, holder: Holder, *acts: Act, **opened: Any) -> Any:
    """A named row of a table: whose turn it is after these acts."""
    return pytest.param(holder, a_past(*acts, **opened), id=name)
