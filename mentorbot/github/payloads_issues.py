"""Parses webhooks about issues, and about comments on issues, on pull requests and on lines of their diffs.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues, `#issue_comment` and
`#pull_request_review_comment`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mentorbot.core.entities import Issue, PullRequest, WrittenComment
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
from mentorbot.core.people import Person
from mentorbot.domain.contributions import Sighting
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.github import entity_reader
from mentorbot.github.entity_reader import answer_seen, people_seen, thread_seen
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.timeline_acts import comment_id, event_id, line_comment_id
from mentorbot.github.webhook_event import ParsedWebhook, WebhookEvent

_ISSUE_EVENTS: Mapping[str, type[IssueEvent]] = {
    "opened": IssueOpened,
    "closed": IssueClosed,
    "reopened": IssueReopened,
}
_TIMES = {"opened": ("created_at",), "closed": ("closed_at", "updated_at", "created_at")}
_GONE = frozenset({"deleted", "transferred"})
_COMMENT_EVENTS: Mapping[str, type[CommentEvent]] = {
    "created": Commented,
    "edited": CommentEdited,
    "deleted": CommentDeleted,
}
_COMMENT_TIMES = {
    "created": ("created_at",),
    "edited": ("updated_at", "created_at"),
    "deleted": ("updated_at", "created_at"),
}


def issues(webhook: WebhookEvent) -> ParsedWebhook:
    """What happened to an issue. One that was deleted or moved away is nothing to act upon any more."""
    payload, action = webhook.payload, webhook.action
    found = payload.at("issue")
    thread, people = entity_reader.thread(found), tuple(people_seen(payload, found))
    updated_at = found.moment_or_none("updated_at")
    if action in _GONE:
        return ParsedWebhook(sightings=people, updated_at=updated_at)
    event = _ISSUE_EVENTS.get(action, IssueChanged)
    at = found.moment(*_TIMES.get(action, ("updated_at", "created_at")))
    return ParsedWebhook(
        # A milestone put on a pull request is an `issues` webhook too.
        events=(event(thread=entity_reader.issue(found), **webhook.event_fields(at)),),
        sightings=(thread_seen(found, thread), *people),
        updated_at=updated_at,
    )


def issue_comment(webhook: WebhookEvent) -> ParsedWebhook:
    """What happened to a comment on an issue or (where `issue.pull_request` is set) on a pull request."""
    found = webhook.payload.at("issue")
    thread = entity_reader.thread(found)
    parsed = comment_webhook(webhook, found=found, thread=thread, kind=ActKind.COMMENTED)
    seen: tuple[Sighting, ...] = (thread_seen(found, thread), *people_seen(webhook.payload, found))
    return replace(
        parsed,
        sightings=(*seen, *parsed.sightings),
        acts=parsed.acts if thread.is_pull_request else (),
        updated_at=found.moment_or_none("updated_at"),
    )


def comment_webhook(
    webhook: WebhookEvent, *, found: JsonReader, thread: Issue | PullRequest, kind: ActKind
) -> ParsedWebhook:
    """What happened to a comment in a thread (COMMENTED) or on a line of a diff (LINE_COMMENTED)."""
    action = webhook.action
    if action not in _COMMENT_EVENTS:
        return ParsedWebhook()
    written = webhook.payload.at("comment")
    comment = entity_reader.comment(written, previous_body=webhook.previous("body"))
    # Of a deletion only the thread knows the time.
    at = (found if action == "deleted" else written).moment(*_COMMENT_TIMES[action])
    event = _COMMENT_EVENTS[action](thread=thread, comment=comment, **webhook.event_fields(at))
    act_id = line_comment_id(comment.id) if kind is ActKind.LINE_COMMENTED else comment_id(comment.id)
    if action == "created":
        act = _comment_act(written, comment, kind=kind, act_id=act_id)
    elif action == "edited":
        act = edited_act(at=at, by=event.by, about=act_id, body=comment.body)
    else:
        act = Act(kind=ActKind.COMMENT_DELETED, at=at, id=f"{act_id}-deleted", by=event.by, about=act_id)
    return ParsedWebhook(
        events=(event,),
        sightings=tuple(answer_seen(written, thread)) if action == "created" else (),
        acts=((thread.number, act),),
    )


def edited_act(*, at: datetime, by: Person, about: str, body: str) -> Act:
    """A comment or a review (`about` is its id) has a new text."""
    kind = ActKind.COMMENT_EDITED
    return Act(kind=kind, at=at, id=event_id(kind, at, about), by=by, about=about, body=body)


def _comment_act(written: JsonReader, comment: WrittenComment, *, kind: ActKind, act_id: str) -> Act:
    is_line = kind is ActKind.LINE_COMMENTED
    return Act(
        kind=kind,
        at=comment.written_at,
        id=act_id,
        by=comment.author,
        body=comment.body,
        edited_at=written.moment_or_none("updated_at"),
        # `commit_id` moves on with the pull request; the original is what the comment was written about.
        sha=(written.text("original_commit_id", "") or written.text("commit_id", "")) if is_line else "",
        path=(comment.path or "") if is_line else "",
        thread=line_comment_id(comment.in_reply_to or comment.id) if is_line else "",
        url=comment.url,
        association=comment.association.value,
        node=comment.node_id,
    )
