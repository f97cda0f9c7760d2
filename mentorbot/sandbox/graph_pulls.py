"""GraphQL of what only pull requests have: commits, files, reviews, conversations about lines, requests."""

from __future__ import annotations

import re
from typing import Any

from mentorbot.sandbox import shapes_pulls
from mentorbot.sandbox.accounts import Account, Team
from mentorbot.sandbox.graph_commits import Rollup, rollup_of
from mentorbot.sandbox.graph_fields import Asking, Connection, connect, field
from mentorbot.sandbox.graph_threads import ReviewRequest
from mentorbot.sandbox.repositories import ChangedFile, Commit
from mentorbot.sandbox.threads import PullRequest, PushedCommit, Review, ReviewComment, ReviewThread

_STATUSES = {"added": "ADDED", "removed": "DELETED", "modified": "MODIFIED"}
_CLOSES = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)", re.IGNORECASE)


@field("PullRequest", "additions")
def _additions(pull: PullRequest, _: Asking) -> int:
    return sum(file.additions for file in pull.files)


@field("PullRequest", "deletions")
def _deletions(pull: PullRequest, _: Asking) -> int:
    return sum(file.deletions for file in pull.files)


@field("PullRequest", "changedFiles")
def _changed_files(pull: PullRequest, _: Asking) -> int:
    return len(pull.files)


@field("PullRequest", "files")
def _files(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    return connect(pull.files, **page)


@field("PullRequestChangedFile", "changeType")
def _change_type(file: ChangedFile, _: Asking) -> str:
    return _STATUSES[file.status]


@field("PullRequest", "commits")
def _commits(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    return connect([PushedCommit(pull_request=pull, commit=one) for one in pull.commits], **page)


@field("PullRequest", "isCrossRepository")
def _is_cross_repository(pull: PullRequest, _: Asking) -> bool:
    return pull.head_repository is not pull.repository


@field("PullRequest", "merged")
def _merged(pull: PullRequest, _: Asking) -> bool:
    return pull.merged_at is not None


@field("PullRequest", "mergeCommit")
def _merge_commit(pull: PullRequest, asking: Asking) -> Commit | None:
    return asking.world.commits.get(pull.merge_commit_sha or "")


@field("PullRequest", "mergeable")
def _mergeable(pull: PullRequest, _: Asking) -> str:
    if pull.state == "closed" or pull.mergeable is None:
        return "UNKNOWN"
    return "MERGEABLE" if pull.mergeable else "CONFLICTING"


@field("PullRequest", "mergeStateStatus")
def _merge_state(pull: PullRequest, asking: Asking) -> str:
    if pull.is_draft:
        return "DRAFT"
    return {"UNKNOWN": "UNKNOWN", "MERGEABLE": "CLEAN", "CONFLICTING": "DIRTY"}[_mergeable(pull, asking)]


@field("PullRequest", "statusCheckRollup")
def _rollup(pull: PullRequest, asking: Asking) -> Rollup | None:
    asking.need("checks:read|statuses:read")
    return rollup_of(asking.world.commits[pull.head_sha], asking)


@field("PullRequest", "totalCommentsCount")
def _total_comments(pull: PullRequest, _: Asking) -> int:
    return len(pull.comments) + len(pull.review_comments)


@field("PullRequest", "closingIssuesReferences")
def _closing(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    numbers = dict.fromkeys(int(number) for number in _CLOSES.findall(pull.body or ""))
    issues = [pull.repository.plain_issues.get(number) for number in numbers]
    return connect([issue for issue in issues if issue is not None], **page)


@field("PullRequest", "reviewDecision")
def _decision(pull: PullRequest, _: Asking) -> str | None:
    return shapes_pulls.decision(pull)


@field("PullRequest", "reviews")
def _reviews(
    pull: PullRequest, _: Asking, author: str | None = None, states: list[str] | None = None, **page: Any
) -> Connection:
    found = [
        review
        for review in pull.reviews.values()
        if author in {None, review.author.login} and (states is None or review.state in states)
    ]
    return connect(found, pull, **page)


@field("PullRequest", "latestReviews")
def _latest_reviews(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    return connect(list({review.author.id: review for review in pull.reviews.values()}.values()), **page)


@field("PullRequest", "latestOpinionatedReviews")
def _latest_verdicts(pull: PullRequest, _: Asking, **given: Any) -> Connection:
    writers_only = given.pop("writersOnly", False)
    found = [
        review
        for review in shapes_pulls.latest_verdicts(pull).values()
        if review.state != "COMMENTED"
        and (not writers_only or pull.repository.role_of(review.author) in {"write", "maintain", "admin"})
    ]
    return connect(found, **given)


@field("PullRequest", "reviewRequests")
def _review_requests(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    found = [ReviewRequest(pull_request=pull, asked=one) for one in pull.requested.values()]
    return connect(found, **page)


@field("ReviewRequest", "id")
def _request_id(request: ReviewRequest, _: Asking) -> str:
    return f"RR_{request.pull_request.pull_id}_{request.asked.id}"


@field("ReviewRequest", "requestedReviewer")
def _requested_reviewer(request: ReviewRequest, _: Asking) -> Account | Team:
    return request.asked


@field("PullRequest", "reviewThreads")
def _review_threads(pull: PullRequest, _: Asking, **page: Any) -> Connection:
    return connect(list(pull.review_threads.values()), pull, **page)


@field("PullRequestReviewThread", "comments")
def _thread_comments(thread: ReviewThread, _: Asking, **page: Any) -> Connection:
    return connect(thread.comments, **page)


@field("PullRequestReviewThread", "isResolved")
def _is_resolved(thread: ReviewThread, _: Asking) -> bool:
    return thread.resolved_by is not None


field("PullRequestReviewThread", "isCollapsed")(_is_resolved)


@field("PullRequestReview", "comments")
def _review_comments(review: Review, _: Asking, **page: Any) -> Connection:
    return connect(review.comments, **page)


@field("PullRequestReview", "commit")
def _review_commit(review: Review, asking: Asking) -> Commit | None:
    return asking.world.commits.get(review.commit_sha)


@field("PullRequestReview", "authorCanPushToRepository")
def _can_push(review: Review, _: Asking) -> bool:
    role = review.pull_request.repository.role_of(review.author)
    return role in {"write", "maintain", "admin"}


@field("PullRequestReviewComment", "commit")
def _line_commit(comment: ReviewComment, asking: Asking) -> Commit | None:
    return asking.world.commits.get(comment.thread.pull_request.head_sha)


@field("PullRequestReviewComment", "originalCommit")
def _original_commit(comment: ReviewComment, asking: Asking) -> Commit | None:
    return asking.world.commits.get(comment.original_commit_sha)


@field("PullRequestReviewComment", "diffHunk")
def _diff_hunk(comment: ReviewComment, _: Asking) -> str:
    return shapes_pulls.hunk(comment.thread)
