"""What reviewers do, and authors with their reviews: verdicts, comments on lines, replies, dismissals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mentorbot.sandbox.acts.acting import Acting, Pull, RefusedError, Who
from mentorbot.sandbox.acts.issues import check_length
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.model import Account, PullRequest, Review, ReviewComment, ReviewState, ReviewThread
from mentorbot.sandbox.shapes import pulls as shapes

Verdict = Literal["approve", "request_changes", "comment"]
LineComment = tuple[str, int, str]
"""Path, line, text."""

_STATES: dict[Verdict, ReviewState] = {
    "approve": "APPROVED",
    "request_changes": "CHANGES_REQUESTED",
    "comment": "COMMENTED",
}


class ReviewActs(Acting):
    def review(
        self,
        pull: Pull,
        *,
        by: Who,
        verdict: Verdict = "comment",
        body: str = "",
        comments: Iterable[LineComment] = (),
        commit_sha: str | None = None,
    ) -> Review:
        """Submit a review of the head (or of an older commit) with comments on lines."""
        found, author = self.pull(pull), self.who(by)
        check_length(body)
        if author is found.author and verdict != "comment":
            word = "approve" if verdict == "approve" else "request changes on"
            raise RefusedError(f"Can not {word} your own pull request")
        review = self._submit(found, author, _STATES[verdict], body, commit_sha=commit_sha)
        for path, line, text in comments:
            thread = ReviewThread(
                id=self.world.next_id("review_thread"), pull_request=found, path=path, line=line
            )
            found.review_threads[thread.id] = thread
            self._comment(thread, review, author, text)
        found.requested.pop(author.node_id, None)
        self._tell_of_review(review, "submitted", author)
        for comment in review.comments:
            self._tell_of_line(comment, "created", author)
        return review

    def approve(self, pull: Pull, *, by: Who, body: str = "") -> Review:
        return self.review(pull, by=by, verdict="approve", body=body)

    def request_changes(self, pull: Pull, *, by: Who, body: str = "Please change this.") -> Review:
        return self.review(pull, by=by, verdict="request_changes", body=body)

    def _submit(
        self,
        pull: PullRequest,
        author: Account,
        state: ReviewState,
        body: str,
        *,
        commit_sha: str | None = None,
    ) -> Review:
        now = self.world.clock.now()
        review = Review(
            id=self.world.next_id("review"),
            pull_request=pull,
            author=author,
            body=body,
            state=state,
            commit_sha=commit_sha or pull.head_sha,
            submitted_at=now,
        )
        pull.reviews[review.id] = review
        pull.timeline.append(review)
        pull.updated_at = now
        self.world.reviews[review.id] = review
        self.world.nodes[review.node_id] = review
        return review

    def _comment(
        self,
        thread: ReviewThread,
        review: Review,
        author: Account,
        body: str,
        *,
        in_reply_to: ReviewComment | None = None,
    ) -> ReviewComment:
        check_length(body)
        comment = ReviewComment(
            id=self.world.next_id("review_comment"),
            thread=thread,
            review=review,
            author=author,
            body=body,
            created_at=review.submitted_at,
            updated_at=review.submitted_at,
            original_commit_sha=review.commit_sha,
            in_reply_to=in_reply_to,
        )
        thread.comments.append(comment)
        review.comments.append(comment)
        self.world.review_comments[comment.id] = comment
        thread.pull_request.repository.review_comments[comment.id] = comment
        self.world.nodes[comment.node_id] = comment
        return comment

    def reply_to_review_comment(self, to: ReviewComment | int, *, by: Who, body: str) -> ReviewComment:
        """Answer a comment on a line; GitHub makes a review without words of each answer, and so do we."""
        found, author = self.found(self.world.review_comments, to, "review comment"), self.who(by)
        review = self._submit(found.thread.pull_request, author, "COMMENTED", "")
        first = found.thread.comments[0]
        comment = self._comment(found.thread, review, author, body, in_reply_to=first)
        self._tell_of_review(review, "submitted", author)
        self._tell_of_line(comment, "created", author)
        return comment

    def edit_review_comment(
        self, comment: ReviewComment | int, body: str, *, by: Who | None = None
    ) -> ReviewComment:
        found = self.found(self.world.review_comments, comment, "review comment")
        check_length(body)
        changes: Json = {"body": {"from": found.body}}
        found.body, found.updated_at = body, self.world.clock.now()
        found.edited_at = found.updated_at
        self._tell_of_line(found, "edited", self.who(by or found.author), changes=changes)
        return found

    def edit_review(self, review: Review | int, body: str, *, by: Who | None = None) -> Review:
        found = self.found(self.world.reviews, review, "review")
        changes: Json = {"body": {"from": found.body}}
        found.body, found.edited_at = body, self.world.clock.now()
        self._tell_of_review(found, "edited", self.who(by or found.author), changes=changes)
        return found

    def dismiss_review(self, review: Review | int, *, by: Who, message: str = "No longer applies.") -> Review:
        found, actor = self.found(self.world.reviews, review, "review"), self.who(by)
        if found.state not in {"APPROVED", "CHANGES_REQUESTED"}:
            raise RefusedError("Can not dismiss a commented pull request review")
        before, found.state = found.state, "DISMISSED"
        event = {"review": found, "review_state": before, "message": message}
        self.note(found.pull_request, "review_dismissed", actor, **event)
        self._tell_of_review(found, "dismissed", actor)
        return found

    def resolve_thread(
        self, thread: ReviewThread | ReviewComment, *, by: Who, resolved: bool = True
    ) -> ReviewThread:
        """Mark a conversation about a line as settled, or as open again."""
        found = thread.thread if isinstance(thread, ReviewComment) else thread
        actor = self.who(by)
        found.resolved_by = actor if resolved else None
        self.tell(
            "pull_request_review_thread",
            "resolved" if resolved else "unresolved",
            found.pull_request.repository,
            sender=actor,
            body=lambda: {
                "thread": shapes.review_thread(self.world, found),
                "pull_request": shapes.simple_pull_request(self.world, found.pull_request),
            },
        )
        return found

    def _tell_of_review(self, review: Review, action: str, sender: Account, **more: Json) -> None:
        pull = review.pull_request
        self.tell(
            "pull_request_review",
            action,
            pull.repository,
            sender=sender,
            body=lambda: {
                "review": shapes.review(self.world, review),
                "pull_request": shapes.simple_pull_request(self.world, pull),
                **more,
            },
        )

    def _tell_of_line(self, comment: ReviewComment, action: str, sender: Account, **more: Json) -> None:
        pull = comment.thread.pull_request
        self.tell(
            "pull_request_review_comment",
            action,
            pull.repository,
            sender=sender,
            body=lambda: {
                "comment": shapes.review_comment(self.world, comment),
                "pull_request": shapes.simple_pull_request(self.world, pull),
                **more,
            },
        )
