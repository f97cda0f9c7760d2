"""GraphQL of what only pull requests have: commits, files, reviews, conversations about lines, requests."""

from __future__ import annotations

import re
from typing import Any

from mentorbot.sandbox import shapes_pulls
from mentorbot.sandbox.accounts import Account, Team
from mentorbot.sandbox.graph_commits import Rollup, rollup_of
from mentorbot.sandbox.graph_fields import FieldContext, GraphConnection, connect, field
from mentorbot.sandbox.graph_threads import ReviewRequest
from mentorbot.sandbox.repositories import ChangedFile, Commit
from mentorbot.sandbox.threads import PullRequest, PushedCommit, Review, ReviewComment, ReviewThread

_STATUSES = {"added": "ADDED", "removed": "DELETED", "modified": "MODIFIED"}
_CLOSES = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)", re.IGNORECASE)


@field("PullRequest", "additions")
def _additions(pull: PullRequest, _: FieldContext) -> int:
    return sum(file.additions for file in pull.files)


@field("PullRequest", "deletions")
def _deletions(pull: PullRequest, _: FieldContext) -> int:
    return sum(file.deletions for file in pull.files)


@field("PullRequest", "changedFiles")
def _changed_files(pull: PullRequest, _: FieldContext) -> int:
    return len(pull.files)


@field("PullRequest", "files")
def _files(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(pull.files, **page)


@field("PullRequestChangedFile", "changeType")
def _change_type(file: ChangedFile, _: FieldContext) -> str:
    return _STATUSES[file.status]


@field("PullRequest", "commits")
def _commits(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    return connect([PushedCommit(pull_request=pull, commit=one) for one in pull.commits], **page)


@field("PullRequest", "isCrossRepository")
def _is_cross_repository(pull: PullRequest, _: FieldContext) -> bool:
    return pull.head_repository is not pull.repository


@field("PullRequest", "merged")
def _merged(pull: PullRequest, _: FieldContext) -> bool:
    return pull.merged_at is not None


@field("PullRequest", "mergeCommit")
def _merge_commit(pull: PullRequest, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(pull.merge_commit_sha or "")


@field("PullRequest", "mergeable")
def _mergeable(pull: PullRequest, _: FieldContext) -> str:
    if pull.state == "closed" or pull.mergeable is None:
        return "UNKNOWN"
    return "MERGEABLE" if pull.mergeable else "CONFLICTING"


@field("PullRequest", "mergeStateStatus")
def _merge_state(pull: PullRequest, asking: FieldContext) -> str:
    if pull.is_draft:
        return "DRAFT"
    return {"UNKNOWN": "UNKNOWN", "MERGEABLE": "CLEAN", "CONFLICTING": "DIRTY"}[_mergeable(pull, asking)]


@field("PullRequest", "statusCheckRollup")
def _rollup(pull: PullRequest, asking: FieldContext) -> Rollup | None:
    asking.need("checks:read|statuses:read")
    return rollup_of(asking.world.commits[pull.head_sha], asking)


@field("PullRequest", "totalCommentsCount")
def _total_comments(pull: PullRequest, _: FieldContext) -> int:
    return len(pull.comments) + len(pull.review_comments)


@field("PullRequest", "closingIssuesReferences")
def _closing(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    numbers = dict.fromkeys(int(number) for number in _CLOSES.findall(pull.body or ""))
    issues = [pull.repository.plain_issues.get(number) for number in numbers]
    return connect([issue for issue in issues if issue is not None], **page)


@field("PullRequest", "reviewDecision")
def _decision(pull: PullRequest, _: FieldContext) -> str | None:
    return shapes_pulls.decision(pull)


@field("PullRequest", "reviews")
def _reviews(
    pull: PullRequest,
    _: FieldContext,
    author: str | None = None,
    states: list[str] | None = None,
    **page: Any,
) -> GraphConnection:
    found = [
        review
        for review in pull.reviews.values()
        if author in {None, review.author.login} and (states is None or review.state in states)
    ]
    return connect(found, pull, **page)


@field("PullRequest", "latestReviews")
def _latest_reviews(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(list({review.author.id: review for review in pull.reviews.values()}.values()), **page)


@field("PullRequest", "latestOpinionatedReviews")
def _latest_verdicts(pull: PullRequest, _: FieldContext, **given: Any) -> GraphConnection:
    writers_only = given.pop("writersOnly", False)
    found = [
        review
        for review in shapes_pulls.latest_verdicts(pull).values()
        if review.state != "COMMENTED"
        and (not writers_only or pull.repository.role_of(review.author) in {"write", "maintain", "admin"})
    ]
    return connect(found, **given)


@field("PullRequest", "reviewRequests")
def _review_requests(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    found = [ReviewRequest(pull_request=pull, asked=one) for one in pull.requested.values()]
    return connect(found, **page)


@field("ReviewRequest", "id")
def _request_id(request: ReviewRequest, _: FieldContext) -> str:
    return f"RR_{request.pull_request.pull_id}_{request.asked.id}"


@field("ReviewRequest", "requestedReviewer")
def _requested_reviewer(request: ReviewRequest, _: FieldContext) -> Account | Team:
    return request.asked


@field("PullRequest", "reviewThreads")
def _review_threads(pull: PullRequest, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(list(pull.review_threads.values()), pull, **page)


@field("PullRequestReviewThread", "comments")
def _thread_comments(thread: ReviewThread, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(thread.comments, **page)


@field("PullRequestReviewThread", "isResolved")
def _is_resolved(thread: ReviewThread, _: FieldContext) -> bool:
    return thread.resolved_by is not None


field("PullRequestReviewThread", "isCollapsed")(_is_resolved)


@field("PullRequestReview", "comments")
def _review_comments(review: Review, _: FieldContext, **page: Any) -> GraphConnection:
    return connect(review.comments, **page)


@field("PullRequestReview", "commit")
def _review_commit(review: Review, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(review.commit_sha)


@field("PullRequestReview", "authorCanPushToRepository")
def _can_push(review: Review, _: FieldContext) -> bool:
    role = review.pull_request.repository.role_of(review.author)
    return role in {"write", "maintain", "admin"}


@field("PullRequestReviewComment", "commit")
def _line_commit(comment: ReviewComment, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(comment.thread.pull_request.head_sha)


@field("PullRequestReviewComment", "originalCommit")
def _original_commit(comment: ReviewComment, asking: FieldContext) -> Commit | None:
    return asking.world.commits.get(comment.original_commit_sha)


@field("PullRequestReviewComment", "diffHunk")
def _diff_hunk(comment: ReviewComment, _: FieldContext) -> str:
    return shapes_pulls.hunk(comment.thread)
