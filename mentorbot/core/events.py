"""What can happen: everything the bot hears, in the past tense, already freed of GitHub's JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.core.entities import Issue, PullRequest, Repository, Review, WrittenComment
from mentorbot.core.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a repository.

    `at` is when it happened according to GitHub, which may be long before we hear of it. `delivery` is the id
    of the webhook delivery that told us.
    """

    at: datetime
    delivery: str
    installation_id: int
    repository: Repository
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvent(Event):
    """Something happened to an issue."""

    thread: Issue


class IssueOpened(IssueEvent):
    """Somebody opened an issue."""


class IssueClosed(IssueEvent):
    """An issue was closed."""


class IssueReopened(IssueEvent):
    """An issue was opened again."""


class IssueChanged(IssueEvent):
    """Title, body, labels, milestone or assignees of an issue changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestEvent(Event):
    """Something happened to a pull request."""

    thread: PullRequest


class PullRequestOpened(PullRequestEvent):
    """Somebody opened a pull request."""


class PullRequestPushed(PullRequestEvent):
    """The head of a pull request moved (GitHub: synchronize)."""


class PullRequestClosed(PullRequestEvent):
    """A pull request was closed; `thread.merged` tells whether by a merge."""


class PullRequestReopened(PullRequestEvent):
    """A pull request was opened again."""


class PullRequestMarkedReady(PullRequestEvent):
    """A draft became ready for review."""


class PullRequestConvertedToDraft(PullRequestEvent):
    """A pull request became a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestRetitled(PullRequestEvent):
    """Title or body of a pull request was edited."""

    previous_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestLabelled(PullRequestEvent):
    """A label was put on a pull request."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestUnlabelled(PullRequestEvent):
    """A label was taken off a pull request."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequested(PullRequestEvent):
    """A review was asked of a person or a team (its slug)."""

    reviewer: Person | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequestRemoved(PullRequestEvent):
    """A person or a team is no longer asked for a review."""

    reviewer: Person | None = None
    team: str | None = None


class PullRequestChanged(PullRequestEvent):
    """Anything else about a pull request changed (assignees, milestone, auto-merge, lock, queue)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubmitted(PullRequestEvent):
    """Somebody submitted a review."""

    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEdited(PullRequestEvent):
    """The words of a review were edited."""

    review: Review
    previous_body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDismissed(PullRequestEvent):
    """A review was dismissed; it no longer counts."""

    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewThreadResolved(PullRequestEvent):
    """A conversation on the diff was resolved. `comments` are the ids of its comments, in order."""

    comments: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewThreadUnresolved(PullRequestEvent):
    """A conversation on the diff was opened again."""

    comments: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEvent(Event):
    """Something happened to a comment in a thread, or on a line of a diff (then `comment.path` is set)."""

    thread: Issue | PullRequest
    comment: WrittenComment


class Commented(CommentEvent):
    """Somebody wrote a comment."""


class CommentEdited(CommentEvent):
    """A comment was edited; `comment.previous_body` is what it said before."""


class CommentDeleted(CommentEvent):
    """A comment was deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactable:
    """Where words addressed to the bot were written: what a reaction or an answer refers to.

    `kind` is issue (an opening text), issue_comment, review_comment or review; `id` is GitHub's id of that
    kind (the number for an opening text).
    """

    kind: str
    id: int
    node_id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(Event):
    """Somebody gave the bot a command: `/snooze 2 weeks` has the name "snooze" and words ("2", "weeks").

    `is_one_of_many` tells that there are others in the same comment, `in_plain_words` that it is no command
    at all: somebody spoke to the bot as to a person.
    """

    thread: Issue | PullRequest
    name: str
    words: tuple[str, ...]
    line: str
    source: Reactable
    is_one_of_many: bool = False
    in_plain_words: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksFinished(Event):
    """A check run, check suite or status on a commit came to an end, or a workflow run waits for approval.

    `outcome` is success, failure, pending or waiting_for_approval. `pull_requests` are the numbers GitHub
    names; it names none for forks, then `head_sha` tells.
    """

    head_sha: str
    name: str
    outcome: str
    pull_requests: tuple[int, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedCommit:
    """A commit in a push: its message and the paths it touched."""

    sha: str
    message: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchPushed(Event):
    """Commits arrived on a branch of the repository itself (a push to a fork is `PullRequestPushed`)."""

    branch: str
    before: str
    after: str
    commits: tuple[PushedCommit, ...] = ()
    touched_paths: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_on_default_branch(self) -> bool:
        return self.branch == self.repository.default_branch


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoriesAdded:
    """The App may now work in these repositories (installed, added, or access given back)."""

    at: datetime
    delivery: str
    installation_id: int
    account: Person
    repositories: tuple[Repository, ...]
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoriesRemoved:
    """The App may no longer work in these repositories; with none named, in none of the installation's."""

    at: datetime
    delivery: str
    installation_id: int
    repositories: tuple[Repository, ...]
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationChanged:
    """An installation was created, deleted, suspended, unsuspended, or given new permissions (`change`)."""

    at: datetime
    delivery: str
    installation_id: int
    account: Person
    change: str
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryChanged(Event):
    """A repository was renamed, transferred, deleted, (un)archived, publicized, privatized or edited."""

    change: str
    previous_full_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginChanged:
    """An account got a new login; its id stayed. Learned from any payload that shows it."""

    person: Person
