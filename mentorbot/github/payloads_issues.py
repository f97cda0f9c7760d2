"""Webhooks about issues and their comments, as events.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues and `#issue_comment`
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mentorbot.core.events import (
    CommentDeleted,
    Commented,
    CommentEdited,
    CommentEvent,
    IssueChanged,
    IssueClosed,
    IssueEvent,
    IssueOpened,
    IssueReopened,
)
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_context import WebhookEvent

_HAPPENED_TO_ISSUE: Mapping[str, type[IssueEvent]] = {
    "opened": IssueOpened,
    "closed": IssueClosed,
    "reopened": IssueReopened,
}
_GONE = frozenset({"deleted", "transferred"})
HAPPENED_TO_COMMENT: Mapping[str, type[CommentEvent]] = {
    "created": Commented,
    "edited": CommentEdited,
    "deleted": CommentDeleted,
}


def issues(told: WebhookEvent) -> tuple[IssueEvent, ...]:
    """What happened to an issue. One that was deleted or moved away is nothing to act upon any more."""
    if told.action in _GONE:
        return ()
    found = told.payload.at("issue")
    happened = _HAPPENED_TO_ISSUE.get(told.action, IssueChanged)
    times = {IssueOpened: ("created_at",), IssueClosed: ("closed_at", "updated_at", "created_at")}
    at = found.moment(*times.get(happened, ("updated_at", "created_at")))
    return (happened(thread=entity_reader.issue(found), **told.circumstances(at)),)


def issue_comment(told: WebhookEvent) -> tuple[CommentEvent, ...]:
    """What happened to a comment on an issue or (where `issue.pull_request` is set) on a pull request."""
    happened = HAPPENED_TO_COMMENT.get(told.action)
    if happened is None:
        return ()
    issue, comment = told.payload.at("issue"), told.payload.at("comment")
    at = comment_moment(told, comment=comment, thread=issue)
    return (
        happened(
            thread=entity_reader.thread(issue),
            comment=entity_reader.comment(comment, previous_body=previous_body(told)),
            **told.circumstances(at),
        ),
    )


def comment_moment(told: WebhookEvent, *, comment: JsonReader, thread: JsonReader) -> datetime:
    """When a comment was written, edited or deleted; of a deletion only the thread knows the time."""
    if told.action == "created":
        return comment.moment("created_at")
    if told.action == "edited":
        return comment.moment("updated_at", "created_at")
    return thread.moment("updated_at", "created_at")


def previous_body(told: WebhookEvent) -> str | None:
    """What a text said before it was edited; None where GitHub does not tell."""
    changes = told.payload.maybe("changes")
    body = changes.maybe("body") if changes else None
    return body.text("from", "") if body else None
