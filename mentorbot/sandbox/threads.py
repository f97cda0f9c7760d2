"""Issues and pull requests of the sandbox with all that is said and done in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from mentorbot.sandbox.accounts import Account, Team, node_id
from mentorbot.sandbox.repositories import ChangedFile, Commit, Label, Milestone, Repository

if TYPE_CHECKING:
    from mentorbot.sandbox.apps import App

ReactionContent = Literal["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]
REACTIONS: tuple[ReactionContent, ...] = (
    "+1",
    "-1",
    "laugh",
    "hooray",
    "confused",
    "heart",
    "rocket",
    "eyes",
)
ReviewState = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reaction:
    """Somebody's reaction to something."""

    id: int
    user: Account
    content: ReactionContent
    created_at: datetime

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("REA", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class Comment:
    """A comment below an issue or pull request."""

    id: int
    thread: Issue
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    via_app: App | None = None
    minimized_reason: str | None = None
    reactions: dict[int, Reaction] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("IC", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class TimelineEvent:
    """Something done to a thread; `kind` is REST's name for it (`labeled`, …), the rest says to what."""

    id: int
    kind: str
    actor: Account
    created_at: datetime
    thread: Issue
    label: Label | None = None
    assignee: Account | None = None
    milestone: Milestone | None = None
    requested: Account | Team | None = None
    review: Review | None = None
    review_state: ReviewState | None = None
    renamed_from: str | None = None
    renamed_to: str | None = None
    message: str | None = None
    commit_sha: str | None = None
    before_sha: str | None = None
    source: Issue | None = None
    state_reason: str | None = None
    via_app: App | None = None

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("EV", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class PushedCommit:
    """A commit's place in the timeline of a pull request."""

    pull_request: PullRequest
    commit: Commit

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return f"PURC_{self.pull_request.pull_id:08x}{self.commit.sha}"

    @property
    def created_at(self) -> datetime:
        """When it was committed, which is what GitHub sorts by."""
        return self.commit.at


@dataclass(slots=True, eq=False, kw_only=True)
class Issue:
    """An issue, and the half of a pull request that is one."""

    id: int
    number: int
    repository: Repository
    author: Account
    title: str
    body: str | None
    created_at: datetime
    updated_at: datetime
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: Account | None = None
    is_locked: bool = False
    edited_at: datetime | None = None
    via_app: App | None = None
    labels: dict[str, Label] = field(default_factory=dict)
    assignees: dict[int, Account] = field(default_factory=dict)
    milestone: Milestone | None = None
    comments: dict[int, Comment] = field(default_factory=dict)
    reactions: dict[int, Reaction] = field(default_factory=dict)
    timeline: list[TimelineItem] = field(default_factory=list)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("I", self.id)

    @property
    def reference(self) -> str:
        """How people point at it: `owner/name#5`."""
        return f"{self.repository.full_name}#{self.number}"


@dataclass(slots=True, eq=False, kw_only=True)
class Review:
    """A submitted review; its state becomes DISMISSED when somebody dismisses it."""

    id: int
    pull_request: PullRequest
    author: Account
    body: str
    state: ReviewState
    commit_sha: str
    submitted_at: datetime
    edited_at: datetime | None = None
    minimized_reason: str | None = None
    comments: list[ReviewComment] = field(default_factory=list)
    reactions: dict[int, Reaction] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("PRR", self.id)

    @property
    def created_at(self) -> datetime:
        """When it was submitted."""
        return self.submitted_at


@dataclass(slots=True, eq=False, kw_only=True)
class ReviewComment:
    """A comment on a line of a pull request's diff."""

    id: int
    thread: ReviewThread
    review: Review
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    original_commit_sha: str
    in_reply_to: ReviewComment | None = None
    edited_at: datetime | None = None
    minimized_reason: str | None = None
    reactions: dict[int, Reaction] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("PRRC", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class ReviewThread:
    """A conversation about a line; outdated once the line's file was pushed to again."""

    id: int
    pull_request: PullRequest
    path: str
    line: int
    comments: list[ReviewComment] = field(default_factory=list)
    resolved_by: Account | None = None
    is_outdated: bool = False

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("PRRT", self.id)

    @property
    def created_at(self) -> datetime:
        """When its first comment was made."""
        return self.comments[0].created_at


@dataclass(slots=True, eq=False, kw_only=True)
class PullRequest(Issue):
    """A pull request: an issue with a head that may be merged. The pulls API knows it by its `pull_id`."""

    pull_id: int
    base_ref: str
    base_sha: str
    head_ref: str
    head_sha: str
    head_repository: Repository | None
    head_owner: Account
    is_draft: bool = False
    mergeable: bool | None = True
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit_sha: str | None = None
    files: tuple[ChangedFile, ...] = ()
    commits: list[Commit] = field(default_factory=list)
    reviews: dict[int, Review] = field(default_factory=dict)
    review_threads: dict[int, ReviewThread] = field(default_factory=dict)
    requested: dict[str, Account | Team] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("PR", self.pull_id)

    @property
    def review_comments(self) -> list[ReviewComment]:
        """All comments on lines, oldest first."""
        found = [comment for thread in self.review_threads.values() for comment in thread.comments]
        return sorted(found, key=lambda comment: comment.id)


TimelineItem = Comment | Review | PushedCommit | TimelineEvent
