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
    r"stalled/\d+/(?P<key>pull request (?P<number>\d+)/(?P<holder>author|reviewers) since [\d-]+/rung (?P<rung>[1-9]))"  # noqa: E501 - one pattern
)


@dataclass(frozen=True, slots=True)
class PastNudge:
    """A nudge that was written: on which rung of whose ladder, when, and the key of its comment.

    `number` is where it stands, `node` GitHub's global id of the comment; where they are not known, 0 and "".
    """

    key: str
    holder: Holder
    rung: int
    at: datetime
    number: int = 0
    node: str = ""


def key_of(number: int, turn: Turn, rung: int) -> str:
    """What makes a nudge the same as another: pull request, turn and rung."""
    return f"pull request {number}/{turn.holder} since {turn.since:%Y-%m-%d}/rung {rung}"


def past_nudges_in(timeline: PullRequestTimeline, bot: Person) -> tuple[PastNudge, ...]:
    """The nudges the bot has written here, oldest first."""
    found = []
    for act in timeline.acts:
        if act.kind is not ActKind.COMMENTED or act.by != bot:
            continue
        nudge = nudge_in(act.body, at=act.at, node=act.node)
        if nudge is not None:
            found.append(nudge)
    return tuple(found)


def nudge_in(body: str, *, at: datetime, node: str) -> PastNudge | None:
    """The nudge that a comment of ours is, told by its hidden key; None for any other."""
    marker = _KEY.fullmatch(key_in(body) or "")
    if marker is None:
        return None
    holder, rung = Holder(marker["holder"]), int(marker["rung"])
    return PastNudge(marker["key"], holder, rung, at, number=int(marker["number"]), node=node)


def belongs_to(past_nudge: PastNudge, turn: Turn) -> bool:
    """True for a nudge of the present turn; one of an earlier turn says nothing about this one."""
    return past_nudge.holder is turn.holder and past_nudge.at >= turn.since
