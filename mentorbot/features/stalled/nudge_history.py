"""What the bot has written in a pull request already: told by the comments themselves, not by memory.

A nudge that was planned may have been held back (silence, too many mentions); the comment that stands there
was certainly written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.markers import key_in
from mentorbot.core.people import Person
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, Turn

_KEY = re.compile(
    r"stalled/\d+/(?P<key>pull request \d+/(?P<holder>author|reviewers) since [\d-]+/rung (?P<rung>[1-9]))"
)


@dataclass(frozen=True, slots=True)
class PastNudge:
    """A nudge that was written: on which rung of whose ladder, when, and the key of its comment."""

    key: str
    holder: Holder
    rung: int
    at: datetime


def key_of(number: int, turn: Turn, rung: int) -> str:
    """What makes a nudge the same as another: pull request, turn and rung."""
    return f"pull request {number}/{turn.holder} since {turn.since:%Y-%m-%d}/rung {rung}"


def past_nudges_in(timeline: PullRequestTimeline, bot: Person) -> tuple[PastNudge, ...]:
    """The nudges the bot has written here, oldest first."""
    found = []
    for act in timeline.acts:
        if act.kind is not ActKind.COMMENTED or act.by != bot:
            continue
        marker = _KEY.fullmatch(key_in(act.body) or "")
        if marker is not None:
            found.append(PastNudge(marker["key"], Holder(marker["holder"]), int(marker["rung"]), act.at))
    return tuple(found)


def belongs_to(past_nudge: PastNudge, turn: Turn) -> bool:
    """True for a nudge of the present turn; one of an earlier turn says nothing about this one."""
    return past_nudge.holder is turn.holder and past_nudge.at >= turn.since
