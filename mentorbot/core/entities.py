"""Where something happens: repositories, and the issues and pull requests in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Association, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A repository, known by its numeric id; names change."""

    id: int
    full_name: str
    owner: Person
    private: bool = False
    archived: bool = False
    default_branch: str = "main"

    @property
    def name(self) -> str:
        return self.full_name.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue as it was when something happened to it."""

    number: int
    author: Person | None
    association: Association
    title: str
    url: str
    opened_at: datetime
    body: str = ""
    state: str = "open"
    labels: frozenset[str] = frozenset()
    node_id: str = ""

    @property
    def is_pull_request(self) -> bool:
        """False here, and true for the pull requests that GitHub lists among issues."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest(Issue):
    """A pull request as it was when something happened to it.

    `head_repository_id` is None where the fork was deleted. `merged_by` is only known once it is merged. From
    a comment's payload only what an issue has is known; then the fields below stay empty.
    """

    head_sha: str = ""
    head_ref: str = ""
    head_repository_id: int | None = None
    base_ref: str = ""
    base_sha: str = ""
    draft: bool = False
    merged: bool = False
    merged_by: Person | None = None
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    merge_commit_sha: str | None = None
    requested_reviewers: tuple[Person, ...] = ()
    requested_teams: tuple[str, ...] = ()

    @property
    def is_pull_request(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenComment:
    """A comment on an issue or pull request, or on a line of its diff."""

    id: int
    node_id: str
    author: Person | None
    association: Association
    body: str
    url: str
    written_at: datetime
    previous_body: str | None = None
    path: str | None = None
    in_reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review. `state` is GitHub's in lower case: approved, changes_requested, commented, dismissed."""

    id: int
    node_id: str
    author: Person | None
    association: Association
    state: str
    body: str
    url: str
    submitted_at: datetime
    head_sha: str
