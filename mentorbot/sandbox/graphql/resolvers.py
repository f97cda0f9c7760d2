"""What each field of the GraphQL API answers, where that is no attribute of ours by the same name."""

# Long because the schema is one: whoever looks for a field need not know under which topic it was put.

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.auth import SIGN_ON_NEEDED
from mentorbot.sandbox.checks import CheckRun, CheckSuite, CommitStatus, WorkflowRun
from mentorbot.sandbox.graphql.fields import (
    FieldContext,
    GraphConnection,
    GraphProblem,
    alias,
    connect,
    field,
    listing,
)
from mentorbot.sandbox.model import (
    Account,
    Comment,
    Commit,
    Issue,
    PullRequest,
    PushedCommit,
    Reaction,
    ReactionContent,
    Repository,
    Review,
    ReviewComment,
    ReviewThread,
    TimelineEvent,
    TimelineItem,
)
from mentorbot.sandbox.shapes import issues as shapes_issues
from mentorbot.sandbox.shapes import repositories as shapes_repositories

CONTENTS: dict[ReactionContent, str] = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "hooray": "HOORAY",
    "confused": "CONFUSED",
    "heart": "HEART",
    "rocket": "ROCKET",
    "eyes": "EYES",
}
ITEM_TYPES: dict[str, str] = {
    "assigned": "AssignedEvent",
    "closed": "ClosedEvent",
    "convert_to_draft": "ConvertToDraftEvent",
    "head_ref_force_pushed": "HeadRefForcePushedEvent",
    "labeled": "LabeledEvent",
    "merged": "MergedEvent",
    "ready_for_review": "ReadyForReviewEvent",
    "renamed": "RenamedTitleEvent",
    "reopened": "ReopenedEvent",
    "review_dismissed": "ReviewDismissedEvent",
    "review_request_removed": "ReviewRequestRemovedEvent",
    "review_requested": "ReviewRequestedEvent",
    "unassigned": "UnassignedEvent",
    "unlabeled": "UnlabeledEvent",
}
"""What GraphQL calls the events that REST calls otherwise; the schema has no others."""

_ACCOUNTS = "User Bot Mannequin Organization"
_WRITTEN = "IssueComment PullRequestReview PullRequestReviewComment"
_REACTABLE = f"Issue PullRequest {_WRITTEN}"

alias(f"{_ACCOUNTS} Repository Reaction", "databaseId", "id")
alias(f"{_REACTABLE} Reaction", "id", "node_id")
alias("UserStatus", "indicatesLimitedAvailability", "is_busy")
alias("Commit", "oid", "sha")
alias("Commit", "committedDate", "at")
alias("PullRequest", "baseRefName", "base_ref")
alias("PullRequest", "headRefName", "head_ref")
alias("PullRequest", "headRefOid", "head_sha")
alias("PullRequest", "headRepositoryOwner", "head_owner")
alias(_WRITTEN, "lastEditedAt", "edited_at")
alias("RenamedTitleEvent", "previousTitle", "renamed_from")
alias("RenamedTitleEvent", "currentTitle", "renamed_to")
alias("ReviewDismissedEvent", "dismissalMessage", "message")
alias("ReviewDismissedEvent", "previousReviewState", "review_state")
alias("ReviewRequestedEvent ReviewRequestRemovedEvent", "requestedReviewer", "requested")

listing("StatusCheckRollup", "contexts", "checks")
listing("Issue PullRequest", "comments")
listing("Issue PullRequest", "labels")
listing("PullRequest", "reviews")
listing("PullRequest", "reviewThreads", "review_threads")
listing("PullRequestReviewThread", "comments")
listing(_REACTABLE, "reactions")


# where questions begin


@field("Query", "repository")
def _repository(_: object, asking: FieldContext, *, owner: str, name: str) -> Repository:
    """A repository, also one that had this name before."""
    found = asking.world.find_repository(f"{owner}/{name}")
    if found is None or not asking.caller.may_see(found):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    if asking.caller.sign_on_url(found) is not None:
        raise GraphProblem("FORBIDDEN", SIGN_ON_NEEDED)
    return found


@field("Query", "user")
def _user(_: object, asking: FieldContext, login: str) -> Account:
    found = asking.world.find_account(login)
    if found is None or found.type != "User":
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a User with the login of '{login}'.")
    return found


@field("Query", "nodes")
def _nodes(_: object, asking: FieldContext, ids: list[str]) -> list[object]:
    """What is not there is null among the others, with an error of its own."""

    def node_or_problem(node_id: str) -> object:
        try:
            return _node(asking, node_id)
        except GraphProblem as problem:
            return problem

    return [node_or_problem(one) for one in ids]


def _node(asking: FieldContext, node_id: str) -> Issue | Comment | Review | ReviewComment:
    """What can be reacted to, by its id; GraphProblem NOT_FOUND when it is not there for who asks."""
    found = asking.world.nodes.get(node_id)
    home = None if found is None else _thread_of(found).repository
    if found is None or home is None or home.is_deleted or not asking.caller.may_see(home):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a node with the global id of '{node_id}'")
    return found


def _thread_of(thing: Issue | Comment | Review | ReviewComment) -> Issue:
    if isinstance(thing, Issue):
        return thing
    if isinstance(thing, Review):
        return thing.pull_request
    return thing.thread if isinstance(thing, Comment) else thing.thread.pull_request


# accounts


@field("Bot", "login")
def _bot_login(account: Account, _: FieldContext) -> str:
    """GraphQL leaves out the `[bot]` that REST writes."""
    return account.login.removesuffix("[bot]")


@field("User", "status")
def _status(account: Account, _: FieldContext) -> Account | None:
    """A status is held by the account itself; there is none when nothing was set."""
    return account if account.is_busy or account.status_message else None


# commits and what machines say about them


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """What all checks and statuses of a commit say together."""

    checks: tuple[CheckRun | CommitStatus, ...]

    @property
    def state(self) -> str:
        """The worst of all, as GitHub counts."""
        states = {_as_status(one) for one in self.checks}
        return next(one for one in ("ERROR", "FAILURE", "PENDING", "EXPECTED", "SUCCESS") if one in states)


def _as_status(one: CheckRun | CommitStatus) -> str:
    if isinstance(one, CommitStatus):
        return one.state.upper()
    if one.status != "completed":
        return "PENDING"
    return "SUCCESS" if one.conclusion in {"success", "neutral", "skipped"} else "FAILURE"


@field("Commit", "statusCheckRollup")
def _rollup(commit: Commit, asking: FieldContext) -> Rollup | None:
    asking.need("checks:read|statuses:read")
    runs = [run for suite in asking.world.check_suites.get(commit.sha, ()) for run in suite.runs]
    statuses = {one.context: one for one in asking.world.statuses.get(commit.sha, ())}
    checks: tuple[CheckRun | CommitStatus, ...] = (*runs, *statuses.values())
    return Rollup(checks=checks) if checks else None


@field("Commit", "checkSuites")
def _check_suites(commit: Commit, asking: FieldContext, **page: Any) -> GraphConnection:
    asking.need("checks:read")
    return connect(asking.world.check_suites.get(commit.sha, []), **page)


@field("CheckSuite", "conclusion")
def _conclusion(suite: CheckSuite, _: FieldContext) -> str | None:
    return suite.conclusion and suite.conclusion.upper()


@field("WorkflowRun", "url")
def _workflow_url(run: WorkflowRun, asking: FieldContext) -> str:
    return f"{shapes_repositories.html_url(asking.world, run.repository)}/actions/runs/{run.id}"


# pull requests


@field("Repository", "pullRequest")
def _pull_request(repository: Repository, asking: FieldContext, number: int) -> PullRequest:
    asking.need("pull_requests:read")
    if number not in repository.pull_requests:
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    return repository.pull_requests[number]


@field("Repository", "pullRequests")
def _pull_requests(
    repository: Repository,
    asking: FieldContext,
    *,
    states: list[str] | None = None,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    asking.need("pull_requests:read")
    found = [one for one in repository.pull_requests.values() if states is None or state_of(one) in states]
    return connect(in_order(found, orderBy), **page)


T = TypeVar("T", bound=Issue)


def in_order(threads: list[T], order: Mapping[str, str] | None) -> list[T]:
    """Issues or pull requests as an `IssueOrder` has them."""
    if order is None:
        return threads
    moment = order["field"].lower()
    is_descending = order["direction"] == "DESC"
    return sorted(threads, key=lambda one: (getattr(one, moment), one.id), reverse=is_descending)


def state_of(pull: PullRequest) -> str:
    return "MERGED" if pull.merged_at is not None else pull.state.upper()


@field("PullRequest", "mergeable")
def _mergeable(pull: PullRequest, _: FieldContext) -> str:
    if pull.state == "closed" or pull.mergeable is None:
        return "UNKNOWN"
    return "MERGEABLE" if pull.mergeable else "CONFLICTING"


@field("PullRequest", "commits")
def _commits(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    return connect([PushedCommit(pull_request=pull, commit=one) for one in pull.commits], **page)


@field("PullRequestReviewThread", "isResolved")
def _is_resolved(thread: ReviewThread, _: FieldContext) -> bool:
    return thread.resolved_by is not None


# what is written, and reactions to it


@field(_WRITTEN, "fullDatabaseId")
def _full_database_id(thing: Any, _: FieldContext) -> str:
    """GitHub writes big numbers out as texts."""
    return str(thing.id)


@field(f"PullRequest {_WRITTEN}", "body")
def _body(thing: Any, _: FieldContext) -> str:
    return thing.body or ""


@field(f"Issue PullRequest {_WRITTEN}", "author")
def _author(thing: Any, _: FieldContext) -> Account | None:
    account: Account = thing.author
    return None if account.is_deleted else account


@field(f"Issue PullRequest {_WRITTEN}", "authorAssociation")
def _association(thing: Any, _: FieldContext) -> str:
    thread = _thread_of(thing)
    to_pull = isinstance(thread, PullRequest)
    return thread.repository.association(thing.author, in_api=True, to_pull=to_pull)


@field(f"Issue PullRequest PullRequestCommit {_WRITTEN}", "url")
def _url(thing: Any, asking: FieldContext) -> str:
    if isinstance(thing, PushedCommit):
        return f"{shapes_issues.html_url(asking.world, thing.pull_request)}/commits/{thing.commit.sha}"
    html = shapes_issues.html_url(asking.world, _thread_of(thing))
    anchors: dict[type, str] = {
        Comment: f"#issuecomment-{thing.id}",
        Review: f"#pullrequestreview-{thing.id}",
        ReviewComment: f"#discussion_r{thing.id}",
    }
    return html + anchors.get(type(thing), "")


@field(_WRITTEN, "isMinimized")
def _is_minimized(thing: Any, _: FieldContext) -> bool:
    return thing.minimized_reason is not None


def _commit(names: str, field_name: str, sha: str) -> None:
    """Let a field of some types be the commit whose SHA is at this path of attributes of ours."""
    of = attrgetter(sha)
    field(names, field_name)(lambda thing, asking: asking.world.commits.get(of(thing)))


_commit("PullRequestReview", "commit", "commit_sha")
_commit("PullRequestReviewComment", "commit", "thread.pull_request.head_sha")
_commit("PullRequestReviewComment", "originalCommit", "original_commit_sha")
_commit("MergedEvent", "commit", "commit_sha")
_commit("HeadRefForcePushedEvent", "afterCommit", "commit_sha")


@field("Reaction", "content")
def _content(reaction: Reaction, _: FieldContext) -> str:
    return CONTENTS[reaction.content]


# timelines


def item_type(item: TimelineItem) -> str | None:
    """The GraphQL type of something in a timeline; None for what the schema leaves out."""
    if isinstance(item, TimelineEvent):
        return ITEM_TYPES.get(item.kind)
    names = {Comment: "IssueComment", Review: "PullRequestReview", PushedCommit: "PullRequestCommit"}
    return names[type(item)]


@field("PullRequest", "timelineItems")
def _timeline_items(
    pull: PullRequest,
    _: FieldContext,
    itemTypes: list[str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    found = [(item, item_type(item)) for item in pull.timeline]
    return connect(
        [item for item, kind in found if kind and (itemTypes is None or _enum_name(kind) in itemTypes)],
        **page,
    )


def _enum_name(kind: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).upper()


@field(" ".join(ITEM_TYPES.values()), "actor")
def _actor(event: TimelineEvent, _: FieldContext) -> Account | None:
    return None if event.actor.is_deleted else event.actor


# what the bot changes through GraphQL

Input = Mapping[str, Any]
Mutation = Callable[[FieldContext, Input], dict[str, Any]]


def _mutation(name: str) -> Callable[[Mutation], Mutation]:
    def keep(mutation: Mutation) -> Mutation:
        def run(_: object, asking: FieldContext, **given: Input) -> dict[str, Any]:
            try:
                return mutation(asking, given["input"])
            except RefusedError as refusal:
                raise GraphProblem("UNPROCESSABLE", str(refusal)) from refusal

        field("Mutation", name)(run)
        return mutation

    return keep


def _subject(asking: FieldContext, given: Input) -> Any:
    """What the caller wants to change, and may write to."""
    found = _node(asking, given["subjectId"])
    is_issue = not isinstance(_thread_of(found), PullRequest)
    asking.need("issues:write" if is_issue else "pull_requests:write|issues:write")
    return found


@_mutation("addReaction")
def _add_reaction(asking: FieldContext, given: Input) -> dict[str, Any]:
    content = next(one for one, name in CONTENTS.items() if name == given["content"])
    by = asking.caller.user or (asking.caller.app or asking.world.app).bot
    return {"reaction": asking.acts.react(_subject(asking, given), content, by=by)}


@_mutation("minimizeComment")
def _minimize(asking: FieldContext, given: Input) -> dict[str, Any]:
    comment = _subject(asking, given)
    if isinstance(comment, Issue):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a node with the id '{given['subjectId']}'")
    asking.acts.minimize(comment, given["classifier"])
    return {"minimizedComment": comment}
