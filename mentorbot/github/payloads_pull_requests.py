"""Webhooks about pull requests, their reviews and the conversations on their diffs, as events.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request and the three after it
"""

from __future__ import annotations

from collections.abc import Mapping

from mentorbot.core.events import (
    CommentEvent,
    PullRequestChanged,
    PullRequestClosed,
    PullRequestConvertedToDraft,
    PullRequestEvent,
    PullRequestLabelled,
    PullRequestMarkedReady,
    PullRequestOpened,
    PullRequestPushed,
    PullRequestReopened,
    PullRequestRetitled,
    PullRequestUnlabelled,
    ReviewDismissed,
    ReviewEdited,
    ReviewRequested,
    ReviewRequestRemoved,
    ReviewSubmitted,
    ReviewThreadResolved,
    ReviewThreadUnresolved,
)
from mentorbot.github import entity_reader
from mentorbot.github.payloads_issues import HAPPENED_TO_COMMENT, comment_moment, previous_body
from mentorbot.github.webhook_context import WebhookEvent

_PLAIN: Mapping[str, type[PullRequestEvent]] = {
    "opened": PullRequestOpened,
    "synchronize": PullRequestPushed,
    "closed": PullRequestClosed,
    "reopened": PullRequestReopened,
    "ready_for_review": PullRequestMarkedReady,
    "converted_to_draft": PullRequestConvertedToDraft,
}
_TIMES = {"opened": ("created_at",), "closed": ("closed_at", "updated_at", "created_at")}
_REQUESTS: Mapping[str, type[ReviewRequested | ReviewRequestRemoved]] = {
    "review_requested": ReviewRequested,
    "review_request_removed": ReviewRequestRemoved,
}
_LABELLINGS: Mapping[str, type[PullRequestLabelled | PullRequestUnlabelled]] = {
    "labeled": PullRequestLabelled,
    "unlabeled": PullRequestUnlabelled,
}
_THREADS: Mapping[str, type[ReviewThreadResolved | ReviewThreadUnresolved]] = {
    "resolved": ReviewThreadResolved,
    "unresolved": ReviewThreadUnresolved,
}


def pull_request(told: WebhookEvent) -> tuple[PullRequestEvent, ...]:
    """What happened to a pull request."""
    payload, action = told.payload, told.action
    found = payload.at("pull_request")
    thread = entity_reader.pull_request(found)
    where = told.circumstances(found.moment(*_TIMES.get(action, ("updated_at", "created_at"))))
    if action in _PLAIN:
        return (_PLAIN[action](thread=thread, **where),)
    label = payload.maybe("label")  # missing where the label itself was deleted
    if action in _LABELLINGS and label and "name" in label:
        return (_LABELLINGS[action](thread=thread, label=label.text("name"), **where),)
    if action in _REQUESTS:
        team = payload.maybe("requested_team")
        return (
            _REQUESTS[action](
                thread=thread,
                reviewer=entity_reader.person(payload.maybe("requested_reviewer")),
                team=(team.text("slug", "") or None) if team else None,
                **where,
            ),
        )
    changes = payload.maybe("changes")
    if action == "edited" and changes and ("title" in changes or "body" in changes):
        title = changes.maybe("title")
        previous = title.text("from", "") if title else None
        return (PullRequestRetitled(thread=thread, previous_title=previous, **where),)
    return (PullRequestChanged(thread=thread, **where),)


def pull_request_review(told: WebhookEvent) -> tuple[PullRequestEvent, ...]:
    """What happened to a review."""
    if told.action not in {"submitted", "edited", "dismissed"}:
        return ()
    pull, found = told.payload.at("pull_request"), told.payload.at("review")
    thread, review = entity_reader.pull_request(pull), entity_reader.review(found, pull=pull)
    if told.action == "submitted":
        return (ReviewSubmitted(thread=thread, review=review, **told.circumstances(review.submitted_at)),)
    # Of an edit and a dismissal only the pull request knows the time.
    where = told.circumstances(pull.moment("updated_at", "created_at"))
    if told.action == "dismissed":
        return (ReviewDismissed(thread=thread, review=review, **where),)
    return (ReviewEdited(thread=thread, review=review, previous_body=previous_body(told), **where),)


def pull_request_review_comment(told: WebhookEvent) -> tuple[CommentEvent, ...]:
    """What happened to a comment on a line of a diff."""
    happened = HAPPENED_TO_COMMENT.get(told.action)
    if happened is None:
        return ()
    pull, comment = told.payload.at("pull_request"), told.payload.at("comment")
    at = comment_moment(told, comment=comment, thread=pull)
    return (
        happened(
            thread=entity_reader.pull_request(pull),
            comment=entity_reader.comment(comment, previous_body=previous_body(told)),
            **told.circumstances(at),
        ),
    )


def pull_request_review_thread(told: WebhookEvent) -> tuple[PullRequestEvent, ...]:
    """A conversation on the diff was resolved or opened again."""
    happened = _THREADS.get(told.action)
    if happened is None:
        return ()
    pull = told.payload.at("pull_request")
    conversation = told.payload.or_empty("thread").each("comments")
    comments = tuple(id_ for comment in conversation if (id_ := comment.number("id", 0)))
    at = told.payload.moment_or_none("updated_at") or pull.moment("updated_at", "created_at")
    return (happened(thread=entity_reader.pull_request(pull), comments=comments, **told.circumstances(at)),)
