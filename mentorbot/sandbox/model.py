"""Everything people see on the simulated GitHub: accounts, repositories, issues, pull requests and reviews.

They are in one file because they know one another: a repository its threads, and these their repository.
"""

# Long because these know one another: in several files they would import in a circle.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, get_args

AccountType = Literal["User", "Bot", "Organization"]


def node_id(prefix: str, number: int) -> str:
    """An opaque id as GraphQL hands them out; `prefix` says what it is of, as on GitHub (`PR`, `IC`, …)."""
    return f"{prefix}_kwDO{number:08x}"


class Node:
    """Something with an id in GraphQL beside its number."""

    __slots__ = ()
    NODE: ClassVar[str]
    id: int

    @property
    def node_id(self) -> str:
        return node_id(self.NODE, self.id)


@dataclass(slots=True, eq=False, kw_only=True)
class Account(Node):
    """Somebody with a login. The numeric id stays for ever, the login may change."""

    id: int
    login: str
    type: AccountType
    created_at: datetime
    name: str | None = None
    is_busy: bool = False
    status_message: str | None = None
    is_deleted: bool = False

    @property
    def node_id(self) -> str:
        return node_id({"User": "U", "Bot": "BOT", "Organization": "O"}[self.type], self.id)

    @property
    def email(self) -> str:
        """The address GitHub gives to commits of people who keep theirs private."""
        return f"{self.id}+{self.login}@users.noreply.example.com"


@dataclass(slots=True, eq=False, kw_only=True)
class Organization(Account):
    """An account that others are members of; members map numeric ids to `member` or `admin`.

    With a `sign_on_url`, people's tokens have to be let in there before they may read anything of it.
    """

    type: AccountType = "Organization"
    sign_on_url: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)


@dataclass(slots=True, eq=False, kw_only=True)
class Team(Node):
    """Some members of an organisation under a name; members by numeric id."""

    NODE: ClassVar[str] = "T"
    id: int
    name: str
    slug: str
    organization: Organization
    members: dict[int, Account] = field(default_factory=dict)


# repositories

Role = Literal["none", "read", "triage", "write", "maintain", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


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
        return f"C_{self.sha}"


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
class Label(Node):
    NODE: ClassVar[str] = "LA"
    id: int
    repository: Repository
    name: str
    color: str = "ededed"
    description: str | None = None
    is_default: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Repository(Node):
    """A repository; `threads` are its issues and pull requests by number, in order of their opening.

    `landed` are the commits of the default branch, `committers` the numeric ids of their authors.
    """

    NODE: ClassVar[str] = "R"
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
    threads: dict[int, Issue] = field(default_factory=dict)
    pull_requests: dict[int, PullRequest] = field(default_factory=dict)
    threads_by_author: dict[int, list[Issue]] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    review_comments: dict[int, ReviewComment] = field(default_factory=dict)
    landed: set[str] = field(default_factory=set)
    committers: set[int] = field(default_factory=set)
    open_count: int = 0
    last_number: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def organization(self) -> Organization | None:
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


# issues and pull requests

ReactionContent = Literal["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"]
REACTIONS: tuple[ReactionContent, ...] = get_args(ReactionContent)
ReviewState = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reaction(Node):
    NODE: ClassVar[str] = "REA"
    id: int
    user: Account
    content: ReactionContent
    created_at: datetime


@dataclass(slots=True, eq=False, kw_only=True)
class Comment(Node):
    NODE: ClassVar[str] = "IC"
    id: int
    thread: Issue
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    minimized_reason: str | None = None
    reactions: dict[int, Reaction] = field(default_factory=dict)


@dataclass(slots=True, eq=False, kw_only=True)
class TimelineEvent(Node):
    """Something done to a thread; `kind` is REST's name for it (`labeled`, …), the rest says to what."""

    NODE: ClassVar[str] = "EV"
    id: int
    kind: str
    actor: Account
    created_at: datetime
    thread: Issue
    label: Label | None = None
    assignee: Account | None = None
    requested: Account | Team | None = None
    review: Review | None = None
    review_state: ReviewState | None = None
    renamed_from: str | None = None
    renamed_to: str | None = None
    message: str | None = None
    commit_sha: str | None = None
    source: Issue | None = None
    state_reason: str | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class PushedCommit:
    pull_request: PullRequest
    commit: Commit

    @property
    def created_at(self) -> datetime:
        """When it was committed, which is what GitHub sorts by."""
        return self.commit.at


@dataclass(slots=True, eq=False, kw_only=True)
class Issue(Node):
    """An issue, and the half of a pull request that is one."""

    NODE: ClassVar[str] = "I"
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
    labels: dict[str, Label] = field(default_factory=dict)
    assignees: dict[int, Account] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    reactions: dict[int, Reaction] = field(default_factory=dict)
    timeline: list[TimelineItem] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """How people point at it: `owner/name#5`."""
        return f"{self.repository.full_name}#{self.number}"


@dataclass(slots=True, eq=False, kw_only=True)
class Review(Node):
    """A submitted review; its state becomes DISMISSED when somebody dismisses it."""

    NODE: ClassVar[str] = "PRR"
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
    def created_at(self) -> datetime:
        return self.submitted_at


@dataclass(slots=True, eq=False, kw_only=True)
class ReviewComment(Node):
    NODE: ClassVar[str] = "PRRC"
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


@dataclass(slots=True, eq=False, kw_only=True)
class ReviewThread(Node):
    """A conversation about a line; outdated once the line's file was pushed to again."""

    NODE: ClassVar[str] = "PRRT"
    id: int
    pull_request: PullRequest
    path: str
    line: int
    comments: list[ReviewComment] = field(default_factory=list)
    resolved_by: Account | None = None
    is_outdated: bool = False


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
        return node_id("PR", self.pull_id)

    @property
    def review_comments(self) -> list[ReviewComment]:
        """All comments on lines, oldest first."""
        found = [comment for thread in self.review_threads.values() for comment in thread.comments]
        return sorted(found, key=lambda comment: comment.id)


TimelineItem = Comment | Review | PushedCommit | TimelineEvent
