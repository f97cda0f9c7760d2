"""What the bot can do to the world. An action is a value; only the engine performs it, at most once per key.

`key` is made of facts and unique within feature and repository ("person 4711", "turn since 2026-02-09/rung
1"): the same decision made twice is one effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from mentorbot.core.events import Reactable
from mentorbot.core.people import Person

JSON = dict[str, Any]


class Occasion(StrEnum):
    """Why a comment is written; decides how quiet the bot has to be about it (promise 4)."""

    ANSWER = "answer"  # somebody asked; goes first when writes are scarce
    GREETING = "greeting"  # hello to somebody new: once in a life
    CELEBRATION = "celebration"  # a merge or a milestone: once in a life; said though its thread is closed
    NUDGE = "nudge"  # unasked-for: core.nudge_limits says how often


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do once. `number` is the issue or pull request it happens in."""

    key: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Action):
    """Write a comment (Markdown, at most 65,536 characters). `mentions` are the people whom it notifies.

    `is_a_first` tells that it greets somebody who is new, or celebrates a first merge: other bots do so, too.
    """

    body: str
    occasion: Occasion
    mentions: tuple[Person, ...] = ()
    is_a_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditComment(Action):
    """Rewrite a comment of ours. `comment` is the key of the `Comment` that created it."""

    comment: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimizeComment(Action):
    """Fold a comment of ours away as resolved. `comment` is the key of the `Comment` that created it."""

    comment: str
    reason: Literal["RESOLVED", "OUTDATED"] = "RESOLVED"


Reaction = Literal["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class React(Action):
    """Put a reaction on what somebody wrote."""

    to: Reactable
    content: Reaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLabel(Action):
    """Put a label on an issue or pull request; it is created, with colour and description, where missing."""

    label: str
    color: str = "ededed"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLabel(Action):
    """Take a label off; one that is not there is no error."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReview(Action):
    """Ask one person or one team (slug) for a review: one outsider would fail a whole batch on GitHub."""

    reviewer: Person | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveReviewRequest(Action):
    """Stop asking one person or one team (slug) for a review."""

    reviewer: Person | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A remark on a line of a file in a check run. Lines and columns count from 1."""

    path: str
    line: int
    message: str
    title: str
    column: int | None = None
    level: Literal["notice", "warning", "failure"] = "failure"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCheckRun(Action):
    """Show a finished check run on a commit."""

    head_sha: str
    name: str
    conclusion: Literal["success", "failure", "neutral"]
    title: str
    summary: str
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue(Action):
    """Open an issue; `number` is 0, as there is none yet."""

    title: str
    body: str
    number: int = 0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIssue(Action):
    """Rewrite an issue of ours. `issue` is the key of the `OpenIssue` that created it."""

    issue: str
    title: str
    body: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIssue(Action):
    """Close an issue of ours, with a last word where `body` has one.

    `issue` is the key of the `OpenIssue` that created it.
    """

    issue: str
    body: str
    number: int = 0


OUTLIVES_PEOPLE = "outlives_people"
"""A record whose value has this key stays when somebody in it is forgotten: there they become null in it.

It goes only where it is theirs (`Remember.whose`). People in such values are {"id": …, "login": …}; what is
in a list and has them as its "by" goes with them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """Keep a record of this feature.

    With `expected`, only if its version still is that (0: it does not exist yet); otherwise the whole
    decision is made again with what is true by then. `repository_id` names another repository of the same
    owner whose record it is (`Records.elsewhere`); None is the one at hand.

    Forgetting somebody goes by what is declared here: `whose` record it is (an account's, a mentee's), and
    `about` whom else it has anything in it, key or value, both by id.
    """

    kind: str
    key: str
    value: JSON
    expected: int | None = None
    repository_id: int | None = None
    whose: int | None = None
    about: tuple[int, ...] = ()

    @property
    def people(self) -> frozenset[int]:
        return frozenset(self.about) | ({self.whose} if self.whose is not None else frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Delete a record of this feature; `repository_id` as in `Remember`."""

    kind: str
    key: str
    repository_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer the command at hand: a reaction, and words where there is something to say."""

    reaction: Reaction = "+1"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAlone:
    """From now on nothing is said to somebody, or asked of them, in any repository; their answers still come.

    Where they want to be talked to again, `wanted` is False. What they said last counts, by `said_at`.
    """

    person: Person
    wanted: bool
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideGreetings:
    """What becomes of the greetings that are held back here: all are sent, or none is.

    `word` says so in the issue where that was asked; `because` is the reason why one is not sent.
    """

    send: bool
    word: str
    because: str


Doable = Action | Remember | Forget | Answer | LeaveAlone | DecideGreetings
