"""GraphQL of repositories, branches, files and commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from mentorbot.sandbox import git, shapes_repositories
from mentorbot.sandbox.graph_fields import (
    FieldContext,
    GraphConnection,
    GraphProblem,
    alias,
    connect,
    constant,
    field,
    in_order,
    since,
)
from mentorbot.sandbox.repositories import Commit, Label, Milestone, Repository
from mentorbot.sandbox.threads import Issue, PullRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file's content at some commit."""

    repository: Repository
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A branch."""

    repository: Repository
    name: str


for _type in ("Repository", "Commit", "Label", "Milestone"):
    alias(_type, "id", "node_id")
alias("Repository", "databaseId", "id")
alias("Repository", "nameWithOwner", "full_name")
alias("Repository", "parent", "fork_of")
constant("Repository", "isDisabled", value=False)
constant("Repository", "isEmpty", value=False)
constant("Ref", "prefix", "refs/heads/")
constant("Blob", "isBinary", value=False)
constant("Blob", "isTruncated", value=False)
constant("Repository", "viewerPermission", "READ")


@field("Repository", "isFork")
def _is_fork(repository: Repository, _: FieldContext) -> bool:
    return repository.fork_of is not None


@field("Repository", "isInOrganization")
def _is_in_organization(repository: Repository, _: FieldContext) -> bool:
    return repository.organization is not None


@field("Repository", "url")
def _repository_url(repository: Repository, asking: FieldContext) -> str:
    return shapes_repositories.html_url(asking.world, repository)


@field("Repository", "collaborators")
def _collaborators(
    repository: Repository,
    asking: FieldContext,
    login: str | None = None,
    affiliation: str = "ALL",
    **page: Any,
) -> GraphConnection:
    found = [one for one in asking.world.accounts.values() if repository.has_collaborator(one)]
    if affiliation != "ALL":
        found = [one for one in found if one.id in repository.collaborators]
    people = [one for one in found if one.type == "User" and login in {None, one.login}]
    return connect(people, repository, **page)


@field("RepositoryCollaboratorEdge", "permission")
def _collaborator_permission(edge: Any, _: FieldContext) -> str:
    return str(edge.about.role_of(edge.node)).upper()


@field("Repository", "assignableUsers")
def _assignable_users(repository: Repository, asking: FieldContext, **page: Any) -> GraphConnection:
    return _collaborators(repository, asking, **page)


@field("Repository", "defaultBranchRef")
def _default_branch(repository: Repository, _: FieldContext) -> Ref:
    return Ref(repository=repository, name=repository.default_branch)


@field("Repository", "ref")
def _ref(repository: Repository, _: FieldContext, **named: Any) -> Ref | None:
    name = str(named["qualifiedName"]).removeprefix("refs/heads/")
    return Ref(repository=repository, name=name) if name in repository.branches else None


@field("Ref", "id")
def _ref_id(ref: Ref, _: FieldContext) -> str:
    return f"REF_{ref.repository.id}_{ref.name}"


@field("Ref", "target")
def _target(ref: Ref, asking: FieldContext) -> Commit:
    asking.need("contents:read")
    return asking.world.commits[ref.repository.branches[ref.name]]


@field("Repository", "object")
def _object(
    repository: Repository, asking: FieldContext, expression: str | None = None, oid: str | None = None
) -> Commit | Blob | None:
    """A commit (`main`), or a file at one (`main:README.md`)."""
    asking.need("contents:read")
    ref, colon, path = (expression or oid or "").partition(":")
    sha = git.resolve(asking.world, repository, ref)
    if sha is None:
        return None
    commit = asking.world.commits[sha]
    if not colon:
        return commit
    return Blob(repository=repository, path=path, text=commit.tree[path]) if path in commit.tree else None


@field("Blob", "oid")
def _blob_oid(blob: Blob, _: FieldContext) -> str:
    return git.blob_sha(blob.text)


@field("Blob", "id")
def _blob_id(blob: Blob, _: FieldContext) -> str:
    return f"B_{git.blob_sha(blob.text)}"


@field("Blob", "byteSize")
def _byte_size(blob: Blob, _: FieldContext) -> int:
    return len(blob.text.encode())


@field("Blob", "abbreviatedOid")
def _short_blob(blob: Blob, _: FieldContext) -> str:
    return git.blob_sha(blob.text)[:7]


@field("Blob", "commitUrl")
def _blob_url(blob: Blob, asking: FieldContext) -> str:
    return f"{shapes_repositories.html_url(asking.world, blob.repository)}/blob/HEAD/{blob.path}"


def _threads(
    found: list[Any], *, states: list[str] | None, labels: list[str] | None, order: Mapping[str, str] | None
) -> list[Any]:
    """Issues or pull requests of these states with one of these labels, in that order."""
    if states is not None:
        found = [thread for thread in found if state_of(thread) in states]
    if labels is not None:
        wanted = {name.lower() for name in labels}
        found = [thread for thread in found if wanted & thread.labels.keys()]
    return in_order(found, order)


def state_of(thread: Issue) -> str:
    """`OPEN`, `CLOSED`, or of pull requests `MERGED`."""
    if isinstance(thread, PullRequest) and thread.merged_at is not None:
        return "MERGED"
    return thread.state.upper()


@field("Repository", "pullRequests")
def _pull_requests(
    repository: Repository,
    asking: FieldContext,
    *,
    states: list[str] | None = None,
    labels: list[str] | None = None,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    baseRefName: str | None = None,  # noqa: N803 — GitHub's name
    headRefName: str | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    asking.need("pull_requests:read")
    found = [
        pull
        for pull in repository.pull_requests.values()
        if baseRefName in {None, pull.base_ref} and headRefName in {None, pull.head_ref}
    ]
    return connect(_threads(found, states=states, labels=labels, order=orderBy), repository, **page)


@field("Repository", "issues")
def _issues(
    repository: Repository,
    asking: FieldContext,
    *,
    filterBy: Mapping[str, Any] | None = None,  # noqa: N803 — GitHub's name
    states: list[str] | None = None,
    labels: list[str] | None = None,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    asking.need("issues:read")
    only = filterBy or {}
    found: list[Issue] = list(repository.plain_issues.values())
    if "createdBy" in only:
        author = asking.world.find_account(only["createdBy"])
        theirs = [] if author is None else repository.threads_by_author.get(author.id, [])
        found = [issue for issue in theirs if not isinstance(issue, PullRequest)]
    found = since(found, only.get("since"), attribute="updated_at")
    states, labels = states or only.get("states"), labels or only.get("labels")
    return connect(_threads(found, states=states, labels=labels, order=orderBy), repository, **page)


@field("Repository", "pullRequest")
def _pull_request(repository: Repository, asking: FieldContext, number: int) -> PullRequest:
    asking.need("pull_requests:read")
    if number not in repository.pull_requests:
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    return repository.pull_requests[number]


@field("Repository", "issue")
def _issue(repository: Repository, asking: FieldContext, number: int) -> Issue:
    asking.need("issues:read")
    if number not in repository.plain_issues:
        raise GraphProblem("NOT_FOUND", f"Could not resolve to an Issue with the number of {number}.")
    return repository.plain_issues[number]


@field("Repository", "issueOrPullRequest")
def _issue_or_pull_request(repository: Repository, asking: FieldContext, number: int) -> Issue:
    if number in repository.pull_requests:
        return _pull_request(repository, asking, number)
    return _issue(repository, asking, number)


@field("Repository", "label")
def _label(repository: Repository, _: FieldContext, name: str) -> Label | None:
    return repository.labels.get(name.lower())


@field("Repository", "labels")
def _labels(
    repository: Repository,
    _: FieldContext,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    query: str = "",
    **page: Any,
) -> GraphConnection:
    found = [label for label in repository.labels.values() if query.lower() in label.name.lower()]
    return connect(in_order(found, orderBy), repository, **page)


@field("Repository", "milestones")
def _milestones(
    repository: Repository, _: FieldContext, states: list[str] | None = None, **page: Any
) -> GraphConnection:
    found = [one for one in repository.milestones.values() if states is None or one.state.upper() in states]
    return connect(found, repository, **page)


@field("Repository", "milestone")
def _milestone(repository: Repository, _: FieldContext, number: int) -> Milestone | None:
    return repository.milestones.get(number)


@field("Label Milestone", "url")
def _label_url(thing: Label | Milestone, asking: FieldContext) -> str:
    kind = f"labels/{thing.name}" if isinstance(thing, Label) else f"milestone/{thing.number}"
    return f"{shapes_repositories.html_url(asking.world, thing.repository)}/{quote(kind)}"


@field("Milestone", "state")
def _milestone_state(milestone: Milestone, _: FieldContext) -> str:
    return milestone.state.upper()


@field("Milestone", "closed")
def _milestone_closed(milestone: Milestone, _: FieldContext) -> bool:
    return milestone.state == "closed"
