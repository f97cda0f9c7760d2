"""GraphQL of issues and pull requests, their comments, reviews and reactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.sandbox import shapes_issues
from mentorbot.sandbox.accounts import Account, Team
from mentorbot.sandbox.graph_fields import (
    FieldContext,
    GraphConnection,
    alias,
    connect,
    constant,
    field,
    in_order,
)
from mentorbot.sandbox.graph_repository import state_of
from mentorbot.sandbox.threads import (
    Comment,
    Issue,
    PullRequest,
    PushedCommit,
    Reaction,
    Review,
    ReviewComment,
)

CONTENTS = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "hooray": "HOORAY",
    "confused": "CONFUSED",
    "heart": "HEART",
    "rocket": "ROCKET",
    "eyes": "EYES",
}
"""What GraphQL calls the reactions."""

_THREADS = "Issue PullRequest"
_SAID = "Issue PullRequest IssueComment PullRequestReview PullRequestReviewComment"
_REPLIES = "IssueComment PullRequestReview PullRequestReviewComment"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """Somebody whose review is asked for."""

    pull_request: PullRequest
    asked: Account | Team


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionGroup:
    """All reactions of one kind to something."""

    content: str
    reactions: tuple[Reaction, ...]


for _type in (*_SAID.split(), "PullRequestCommit", "PullRequestReviewThread", "Reaction"):
    alias(_type, "id", "node_id")
for _type in (*_SAID.split(), "Reaction"):
    alias(_type, "databaseId", "id")
alias("PullRequest", "databaseId", "pull_id")
for _type in _SAID.split():
    alias(_type, "lastEditedAt", "edited_at")
    alias(_type, "bodyText", "body")
alias(_THREADS, "locked", "is_locked")
alias("PullRequest", "baseRefOid", "base_sha")
alias("PullRequest", "headRefOid", "head_sha")
alias("PullRequest", "baseRefName", "base_ref")
alias("PullRequest", "headRefName", "head_ref")
alias("PullRequest", "baseRepository", "repository")
alias("PullRequest", "headRepositoryOwner", "head_owner")
alias("PullRequest", "publishedAt", "created_at")
alias("PullRequestReview", "updatedAt", "submitted_at")
alias("PullRequestReviewComment", "pullRequestReview", "review")
alias("PullRequestReviewComment", "pullRequest", "thread.pull_request")
alias("PullRequestReviewComment", "repository", "thread.pull_request.repository")
alias("PullRequestReviewComment", "replyTo", "in_reply_to")
alias("PullRequestReviewComment", "outdated", "thread.is_outdated")
alias("PullRequestReviewComment", "path", "thread.path")
alias("PullRequestReviewComment", "line", "thread.line")
alias("PullRequestReview PullRequestReviewThread", "repository", "pull_request.repository")
alias("IssueComment", "repository", "thread.repository")
constant("PullRequest", "maintainerCanModify", value=True)
constant("ReviewRequest", "asCodeOwner", value=False)
constant("ReviewRequest", "databaseId", 1)
constant("ReactionGroup", "viewerHasReacted", value=False)


@field(f"{_REPLIES} Issue", "fullDatabaseId")
def _full_database_id(thing: Any, _: FieldContext) -> str:
    """GitHub writes big numbers out as texts."""
    return str(thing.id)


@field("PullRequest", "fullDatabaseId")
def _full_pull_id(pull: PullRequest, _: FieldContext) -> str:
    return str(pull.pull_id)


@field(_SAID, "body")
def _body(thing: Any, _: FieldContext) -> str:
    return thing.body or ""


field(_SAID, "bodyText")(_body)


@field(_SAID, "author")
def _author(thing: Any, _: FieldContext) -> Account | None:
    account: Account = thing.author
    return None if account.is_deleted else account


@field(_SAID, "authorAssociation")
def _association(thing: Any, _: FieldContext) -> str:
    pull = getattr(thing, "pull_request", None)
    thread: Issue = thing if isinstance(thing, Issue) else pull or thing.thread
    if isinstance(thing, ReviewComment):
        thread = thing.thread.pull_request
    to_pull = isinstance(thread, PullRequest)
    return thread.repository.association(thing.author, in_api=True, to_pull=to_pull)


@field(_THREADS, "closed")
def _closed(thread: Issue, _: FieldContext) -> bool:
    return thread.state == "closed"


@field(_THREADS, "state")
def _state(thread: Issue, _: FieldContext) -> str:
    return state_of(thread)


@field("Issue", "stateReason")
def _state_reason(issue: Issue, _: FieldContext, **__: Any) -> str | None:
    return issue.state_reason and issue.state_reason.upper()


@field(_THREADS, "url")
def _thread_url(thread: Issue, asking: FieldContext) -> str:
    return shapes_issues.html_url(asking.world, thread)


@field("IssueComment", "url")
def _comment_url(comment: Comment, asking: FieldContext) -> str:
    return f"{shapes_issues.html_url(asking.world, comment.thread)}#issuecomment-{comment.id}"


@field("PullRequestReview", "url")
def _review_url(review: Review, asking: FieldContext) -> str:
    html = shapes_issues.html_url(asking.world, review.pull_request)
    return f"{html}#pullrequestreview-{review.id}"


@field("PullRequestReviewComment", "url")
def _line_url(comment: ReviewComment, asking: FieldContext) -> str:
    html = shapes_issues.html_url(asking.world, comment.thread.pull_request)
    return f"{html}#discussion_r{comment.id}"


@field("PullRequestCommit", "url")
def _pushed_url(pushed: PushedCommit, asking: FieldContext) -> str:
    html = shapes_issues.html_url(asking.world, pushed.pull_request)
    return f"{html}/commits/{pushed.commit.sha}"


@field(_THREADS, "assignees")
def _assignees(thread: Issue, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(list(thread.assignees.values()), **page)


@field(_THREADS, "labels")
def _labels(
    thread: Issue,
    _: FieldContext,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    return connect(in_order(list(thread.labels.values()), orderBy), **page)


@field(_THREADS, "participants")
def _participants(thread: Issue, _: FieldContext, **page: Any) -> GraphConnection:
    found = [thread.author, *(comment.author for comment in thread.comments.values())]
    if isinstance(thread, PullRequest):
        found += [review.author for review in thread.reviews.values()]
    return connect([one for one in dict.fromkeys(found) if one.type == "User"], **page)


@field(_THREADS, "comments")
def _comments(
    thread: Issue,
    _: FieldContext,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    return connect(in_order(list(thread.comments.values()), orderBy), **page)


@field("IssueComment", "issue")
def _issue_of(comment: Comment, _: FieldContext) -> Issue:
    return comment.thread


@field("IssueComment", "pullRequest")
def _pull_of(comment: Comment, _: FieldContext) -> PullRequest | None:
    return comment.thread if isinstance(comment.thread, PullRequest) else None


@field("IssueComment", "viewerDidAuthor")
def _viewer_did_author(comment: Comment, asking: FieldContext) -> bool:
    return comment.author is (asking.caller.user or asking.world.app.bot)


@field(_REPLIES, "isMinimized")
def _is_minimized(thing: Any, _: FieldContext) -> bool:
    return thing.minimized_reason is not None


@field(_REPLIES, "minimizedReason")
def _minimized_reason(thing: Any, _: FieldContext) -> str | None:
    """GitHub writes the classifier it was given in small letters with dashes."""
    reason: str | None = thing.minimized_reason
    return reason and reason.lower().replace("_", "-")


@field(_SAID, "reactions")
def _reactions(thing: Any, _: FieldContext, content: str | None = None, **page: Any) -> GraphConnection:
    found = [one for one in thing.reactions.values() if content in {None, CONTENTS[one.content]}]
    return connect(found, **page)


@field(_SAID, "reactionGroups")
def _reaction_groups(thing: Any, _: FieldContext) -> list[ReactionGroup]:
    """One group for each kind, also for those nobody gave."""
    given = list(thing.reactions.values())
    return [
        ReactionGroup(content=name, reactions=tuple(one for one in given if one.content == content))
        for content, name in CONTENTS.items()
    ]


@field("ReactionGroup", "createdAt")
def _group_created(group: ReactionGroup, _: FieldContext) -> datetime | None:
    return group.reactions[0].created_at if group.reactions else None


@field("ReactionGroup", "reactors")
def _reactors(group: ReactionGroup, _: FieldContext, **page: Any) -> GraphConnection:
    return connect([one.user for one in group.reactions], **page)


@field("Reaction", "content")
def _content(reaction: Reaction, _: FieldContext) -> str:
    return CONTENTS[reaction.content]
