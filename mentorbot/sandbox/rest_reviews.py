"""REST of reviews and of comments on lines."""

from __future__ import annotations

from mentorbot.sandbox import shapes_pulls as shapes
from mentorbot.sandbox.acts_reviews import LineComment, Verdict
from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, invalid, not_found
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.threads import Review

ROUTES = Routes()

_VERDICTS: dict[str, Verdict] = {
    "APPROVE": "approve",
    "REQUEST_CHANGES": "request_changes",
    "COMMENT": "comment",
}


@ROUTES.add("GET", "{o}/pulls/{pull_number}/reviews", needs="pull_requests:read")
def list_reviews(call: Call) -> Listing:
    """A pull request's reviews, oldest first."""
    return Listing(
        items=list(call.pull.reviews.values()), shape=lambda one: shapes.review(call.world, one, in_api=True)
    )


@ROUTES.add("POST", "{o}/pulls/{pull_number}/reviews", needs="pull_requests:write")
def create_review(call: Call) -> SandboxAnswer:
    """Submit a review (the sandbox knows no pending ones)."""
    event, body = call.body.get("event"), call.body.get("body") or ""
    if event not in _VERDICTS:
        raise invalid("PullRequestReview", "event", message="Pending reviews are not part of the sandbox")
    comments = _line_comments(call)
    if event != "APPROVE" and not body and not comments:
        raise GitHubProblem(422, "Unprocessable Entity", errors=["body is needed unless a review approves"])
    review = call.acts.review(
        call.pull,
        by=call.actor,
        verdict=_VERDICTS[event],
        body=body,
        comments=comments,
        commit_sha=call.body.get("commit_id"),
    )
    return SandboxAnswer(json=shapes.review(call.world, review, in_api=True))


def _line_comments(call: Call) -> list[LineComment]:
    """The comments on lines in a body; 422 for lines that are not in the diff."""
    paths = {file.path for file in call.pull.files}
    found: list[LineComment] = []
    for one in call.body.get("comments") or ():
        if one.get("path") not in paths:
            raise GitHubProblem(422, "Unprocessable Entity", errors=["Path could not be resolved"])
        found.append((one["path"], int(one.get("line") or one.get("position") or 1), one["body"]))
    return found


def _review(call: Call) -> Review:
    found = call.pull.reviews.get(call.number("review_id"))
    if found is None:
        raise not_found()
    return found


@ROUTES.add("GET", "{o}/pulls/{pull_number}/reviews/{review_id}", needs="pull_requests:read")
def get_review(call: Call) -> SandboxAnswer:
    """One review."""
    return SandboxAnswer(json=shapes.review(call.world, _review(call), in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}/reviews/{review_id}/comments", needs="pull_requests:read")
def list_comments_of_review(call: Call) -> Listing:
    """The comments on lines that came with one review."""
    return Listing(
        items=_review(call).comments, shape=lambda one: shapes.review_comment(call.world, one, in_api=True)
    )


@ROUTES.add("PUT", "{o}/pulls/{pull_number}/reviews/{review_id}/dismissals", needs="pull_requests:write")
def dismiss_review(call: Call) -> SandboxAnswer:
    """Let a verdict count no more."""
    message = call.text("message", "PullRequestReview")
    review = call.acts.dismiss_review(_review(call), by=call.actor, message=message)
    return SandboxAnswer(json=shapes.review(call.world, review, in_api=True))


@ROUTES.add("GET", "{o}/pulls/{pull_number}/comments", needs="pull_requests:read")
def list_review_comments(call: Call) -> Listing:
    """A pull request's comments on lines, oldest first unless asked otherwise."""
    found = call.sorted(call.since(call.pull.review_comments), direction="asc")
    return Listing(items=found, shape=lambda one: shapes.review_comment(call.world, one, in_api=True))


@ROUTES.add("GET", "{o}/pulls/comments", needs="pull_requests:read")
def list_all_review_comments(call: Call) -> Listing:
    """All comments on lines in a repository, oldest first unless asked otherwise."""
    found = call.sorted(call.since(list(call.repository.review_comments.values())), direction="asc")
    return Listing(items=found, shape=lambda one: shapes.review_comment(call.world, one, in_api=True))


@ROUTES.add("GET", "{o}/pulls/comments/{comment_id}", needs="pull_requests:read")
def get_review_comment(call: Call) -> SandboxAnswer:
    """One comment on a line."""
    return SandboxAnswer(json=shapes.review_comment(call.world, call.review_comment, in_api=True))


@ROUTES.add("PATCH", "{o}/pulls/comments/{comment_id}", needs="pull_requests:write")
def change_review_comment(call: Call) -> SandboxAnswer:
    """Change what a comment on a line says."""
    body = call.text("body", "PullRequestReviewComment")
    comment = call.acts.edit_review_comment(call.review_comment, body, by=call.actor)
    return SandboxAnswer(json=shapes.review_comment(call.world, comment, in_api=True))


@ROUTES.add("POST", "{o}/pulls/{pull_number}/comments/{comment_id}/replies", needs="pull_requests:write")
def reply(call: Call) -> SandboxAnswer:
    """Answer a comment on a line."""
    if call.review_comment.thread.pull_request is not call.pull:
        raise not_found()
    body = call.text("body", "PullRequestReviewComment")
    comment = call.acts.reply_to_review_comment(call.review_comment, by=call.actor, body=body)
    return SandboxAnswer(status=201, json=shapes.review_comment(call.world, comment, in_api=True))
