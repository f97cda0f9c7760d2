"""Repositories of the sandbox: their branches, commits, labels, milestones and who may do what there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from mentorbot.sandbox.accounts import Account, Organization, node_id

if TYPE_CHECKING:
    from mentorbot.sandbox.threads import Comment, Issue, PullRequest, ReviewComment

Role = Literal["none", "read", "triage", "write", "maintain", "admin"]
ROLES: tuple[Role, ...] = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Commit:
    """One commit with all files as they were then; `author` is None when its address is nobody's."""

    sha: str
    tree_sha: str
    parents: tuple[str, ...]
    author: Account | None
    author_name: str
    author_email: str
    committer: Account | None
    message: str
    at: datetime
    tree: Mapping[str, str]
    changed: tuple[ChangedFile, ...]
    repository: Repository

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return f"C_{self.sha}"

    @property
    def home(self) -> Repository:
        """Where it is shown: what was pushed to a fork can be seen where the fork comes from."""
        return self.repository.fork_of or self.repository


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """What became of one file between two states; `patch` is a unified diff without its file header."""

    path: str
    status: Literal["added", "removed", "modified"]
    additions: int
    deletions: int
    patch: str
    blob_sha: str


@dataclass(slots=True, eq=False, kw_only=True)
class Label:
    """A label of a repository."""

    id: int
    repository: Repository
    name: str
    color: str = "ededed"
    description: str | None = None
    is_default: bool = False

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("LA", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class Milestone:
    """A milestone of a repository."""

    id: int
    repository: Repository
    number: int
    title: str
    creator: Account
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    state: Literal["open", "closed"] = "open"
    due_on: datetime | None = None
    closed_at: datetime | None = None
    threads: dict[int, Issue] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("MI", self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class Repository:
    """A repository; `threads` are its issues and pull requests by number, in order of their opening.

    `landed` are the commits of the default branch, `committers` the numeric ids of their authors.
    """

    id: int
    owner: Account
    name: str
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime
    is_private: bool = False
    description: str | None = None
    default_branch: str = "main"
    is_archived: bool = False
    is_deleted: bool = False
    fork_of: Repository | None = None
    fork_count: int = 0
    branches: dict[str, str] = field(default_factory=dict)
    collaborators: dict[int, Role] = field(default_factory=dict)
    team_roles: dict[str, Role] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    threads: dict[int, Issue] = field(default_factory=dict)
    pull_requests: dict[int, PullRequest] = field(default_factory=dict)
    plain_issues: dict[int, Issue] = field(default_factory=dict)
    threads_by_author: dict[int, list[Issue]] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    review_comments: dict[int, ReviewComment] = field(default_factory=dict)
    landed: set[str] = field(default_factory=set)
    committers: set[int] = field(default_factory=set)
    open_count: int = 0
    last_number: int = 0

    @property
    def full_name(self) -> str:
        """`owner/name`, as of now."""
        return f"{self.owner.login}/{self.name}"

    @property
    def node_id(self) -> str:
        """The GraphQL id."""
        return node_id("R", self.id)

    @property
    def organization(self) -> Organization | None:
        """The organisation that owns it, if one does."""
        return self.owner if isinstance(self.owner, Organization) else None

    def role_of(self, account: Account) -> Role:
        """What `account` may do here: the strongest of all it was given; what is public all may read."""
        if account.id == self.owner.id:
            return "admin"
        roles: list[Role] = ["none" if self.is_private else "read"]
        roles.append(self.collaborators.get(account.id, "none"))
        organization = self.organization
        if organization is not None and account.id in organization.members:
            if organization.members[account.id] == "admin":
                return "admin"
            roles.append("read")
            for slug, role in self.team_roles.items():
                if account.id in organization.teams[slug].members:
                    roles.append(role)
        return max(roles, key=ROLES.index)

    def has_collaborator(self, account: Account) -> bool:
        """Whether `account` counts as a collaborator: as owner, invited, or through the organisation."""
        if account.id == self.owner.id or account.id in self.collaborators:
            return True
        organization = self.organization
        return organization is not None and account.id in organization.members

    def association(self, account: Account | None, *, in_api: bool = False, to_pull: bool = False) -> str:
        """`author_association` of somebody here.

        Webhooks call a newcomer NONE where the API says FIRST_TIME_CONTRIBUTOR of a pull request's author.
        """
        if account is None:
            return "NONE"
        if account.id == self.owner.id:
            return "OWNER"
        organization = self.organization
        if organization is not None and account.id in organization.members:
            return "MEMBER"
        if account.id in self.collaborators:
            return "COLLABORATOR"
        if account.id in self.committers:
            return "CONTRIBUTOR"
        return "FIRST_TIME_CONTRIBUTOR" if in_api and to_pull else "NONE"
