"""Parses webhooks about pull requests, their reviews and the conversations on their diffs.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request and the three after it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mentorbot.core.entities import PullRequest
from mentorbot.core.events import (
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
from mentorbot.domain.contributions import AnswerSeen, ReviewSeen
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.github import entity_reader, timeline_acts
from mentorbot.github.entity_reader import other_human, people_seen, thread_seen
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.payloads_issues import comment_webhook, edited_act
from mentorbot.github.webhook_event import ParsedWebhook, WebhookEvent

_PLAIN: Mapping[str, type[PullRequestEvent]] = {
    "opened": PullRequestOpened,
    "synchronize": PullRequestPushed,
    "closed": PullRequestClosed,
    "reopened": PullRequestReopened,
    "ready_for_review": PullRequestMarkedReady,
    "converted_to_draft": PullRequestConvertedToDraft,
}
_PLAIN_ACTS = {
    "ready_for_review": ActKind.MARKED_READY,
    "converted_to_draft": ActKind.DRAFTED,
    "reopened": ActKind.REOPENED,
}
_TIMES = {"opened": ("created_at",), "closed": ("closed_at", "updated_at", "created_at")}
_REQUESTS: Mapping[str, tuple[type[ReviewRequested | ReviewRequestRemoved], ActKind]] = {
    "review_requested": (ReviewRequested, ActKind.REVIEW_REQUESTED),
    "review_request_removed": (ReviewRequestRemoved, ActKind.REVIEW_REQUEST_REMOVED),
}
_LABELLINGS: Mapping[str, tuple[type[PullRequestLabelled | PullRequestUnlabelled], ActKind]] = {
    "labeled": (PullRequestLabelled, ActKind.LABELED),
    "unlabeled": (PullRequestUnlabelled, ActKind.UNLABELED),
}
_ASSIGNMENTS = {"assigned": ActKind.ASSIGNED, "unassigned": ActKind.UNASSIGNED}
_RESOLUTIONS: Mapping[str, tuple[type[ReviewThreadResolved | ReviewThreadUnresolved], ActKind]] = {
    "resolved": (ReviewThreadResolved, ActKind.THREAD_RESOLVED),
    "unresolved": (ReviewThreadUnresolved, ActKind.THREAD_UNRESOLVED),
}
_VERDICTS = {"approved": Verdict.APPROVED, "changes_requested": Verdict.CHANGES_REQUESTED}


def pull_request(webhook: WebhookEvent) -> ParsedWebhook:
    found = webhook.payload.at("pull_request")
    thread = entity_reader.pull_request(found)
    event, act = _pull_request_event(webhook, found, thread)
    return replace(
        _shown(webhook, found, thread), events=(event,), acts=((thread.number, act),) if act else ()
    )


def _pull_request_event(
    webhook: WebhookEvent, found: JsonReader, thread: PullRequest
) -> tuple[PullRequestEvent, Act | None]:
    """What happened, and what its timeline says of it."""
    payload, action = webhook.payload, webhook.action
    fields = webhook.event_fields(found.moment(*_TIMES.get(action, ("updated_at", "created_at"))))
    at, by = fields["at"], fields["by"]
    if action in _PLAIN:
        event = _PLAIN[action](thread=thread, **fields)
        return event, _plain_act(webhook, event)
    label = payload.maybe("label")  # missing where the label itself was deleted
    if action in _LABELLINGS and label and "name" in label:
        labelling, kind = _LABELLINGS[action]
        name = label.text("name")
        return (
            labelling(thread=thread, label=name, **fields),
            timeline_acts.labelled(kind, at=at, by=by, label=name),
        )
    if action in _REQUESTS:
        request, kind = _REQUESTS[action]
        reviewer, team = entity_reader.person(payload.maybe("requested_reviewer")), _team(payload)
        return (
            request(thread=thread, reviewer=reviewer, team=team or None, **fields),
            timeline_acts.assigned(kind, at=at, by=by, subject=reviewer, team=team),
        )
    changes = payload.maybe("changes")
    if action == "edited" and changes and ("title" in changes or "body" in changes):
        before = webhook.previous("title")
        return (
            PullRequestRetitled(thread=thread, previous_title=before, **fields),
            None
            if before is None
            else timeline_acts.retitled(at=at, by=by, before=before, after=thread.title),
        )
    act = None
    if action in _ASSIGNMENTS:
        assignee = entity_reader.person(payload.maybe("assignee"))
        act = timeline_acts.assigned(_ASSIGNMENTS[action], at=at, by=by, subject=assignee)
    return PullRequestChanged(thread=thread, **fields), act


def _plain_act(webhook: WebhookEvent, event: PullRequestEvent) -> Act | None:
    """An opening is none: it is where the timeline begins."""
    thread = event.thread
    if isinstance(event, PullRequestPushed):
        sha = webhook.payload.text("after", "") or thread.head_sha
        return Act(kind=ActKind.PUSHED, at=event.at, id=timeline_acts.push_id(sha), by=event.by, sha=sha)
    if isinstance(event, PullRequestClosed):
        if thread.merged_at is None:
            return timeline_acts.plain(ActKind.CLOSED, at=event.at, by=event.by)
        return timeline_acts.merged(
            at=thread.merged_at, by=thread.merged_by or event.by, sha=thread.merge_commit_sha or ""
        )
    kind = _PLAIN_ACTS.get(webhook.action)
    return timeline_acts.plain(kind, at=event.at, by=event.by) if kind else None


def pull_request_review(webhook: WebhookEvent) -> ParsedWebhook:
    pull = webhook.payload.at("pull_request")
    thread = entity_reader.pull_request(pull)
    shown = _shown(webhook, pull, thread)
    if webhook.action not in {"submitted", "edited", "dismissed"}:
        return shown
    review = entity_reader.review(webhook.payload.at("review"), pull=pull)
    id_ = timeline_acts.review_id(review.id)
    # Of an edit and a dismissal only the pull request knows the time.
    is_new = webhook.action == "submitted"
    fields = webhook.event_fields(review.submitted_at if is_new else pull.moment("updated_at", "created_at"))
    event: PullRequestEvent
    if is_new:
        event = ReviewSubmitted(thread=thread, review=review, **fields)
        act = Act(
            kind=ActKind.REVIEWED,
            at=event.at,
            id=id_,
            by=review.author,
            body=review.body,
            verdict=_VERDICTS.get(review.state, Verdict.COMMENTED),
            sha=review.head_sha,
            url=review.url,
            association=review.association.value,
            node=review.node_id,
        )
        if by := other_human(review.author, thread):
            seen = ReviewSeen(number=thread.number, by=by, at=event.at)
            answer = AnswerSeen(number=thread.number, by=by, at=event.at)
            shown = replace(shown, sightings=(*shown.sightings, seen, answer))
    elif webhook.action == "edited":
        previous = webhook.previous("body")
        event = ReviewEdited(thread=thread, review=review, previous_body=previous, **fields)
        act = edited_act(at=event.at, by=event.by, about=id_, body=review.body)
    else:
        event = ReviewDismissed(thread=thread, review=review, **fields)
        act = Act(
            kind=ActKind.REVIEW_DISMISSED,
            at=event.at,
            id=f"{id_}-dismissed",
            by=event.by,
            about=id_,
            subject=review.author,
        )
    return replace(shown, events=(event,), acts=((thread.number, act),))


def pull_request_review_comment(webhook: WebhookEvent) -> ParsedWebhook:
    pull = webhook.payload.at("pull_request")
    thread = entity_reader.pull_request(pull)
    shown = _shown(webhook, pull, thread)
    parsed = comment_webhook(webhook, found=pull, thread=thread, kind=ActKind.LINE_COMMENTED)
    # Whoever comments on a line has reviewed, with a verdict or without.
    answers = [one for one in parsed.sightings if isinstance(one, AnswerSeen)]
    reviews = [ReviewSeen(number=one.number, by=one.by, at=one.at) for one in answers]
    return replace(
        shown, events=parsed.events, acts=parsed.acts, sightings=(*shown.sightings, *answers, *reviews)
    )


def pull_request_review_thread(webhook: WebhookEvent) -> ParsedWebhook:
    """A conversation on the diff was resolved or opened again."""
    payload = webhook.payload
    pull = payload.at("pull_request")
    thread = entity_reader.pull_request(pull)
    shown = _shown(webhook, pull, thread)
    if webhook.action not in _RESOLUTIONS:
        return shown
    resolution, kind = _RESOLUTIONS[webhook.action]
    ids = [comment.number("id", 0) for comment in payload.or_empty("thread").each("comments")]
    at = payload.moment_or_none("updated_at") or pull.moment("updated_at", "created_at")
    event = resolution(thread=thread, comments=tuple(id_ for id_ in ids if id_), **webhook.event_fields(at))
    if not ids or not ids[0]:
        return replace(shown, events=(event,))
    first = timeline_acts.line_comment_id(ids[0])
    act_id = timeline_acts.resolution_id(kind, first)
    act = Act(kind=kind, at=at, id=act_id, by=event.by, thread=first)
    return replace(shown, events=(event,), acts=((thread.number, act),))


def _shown(webhook: WebhookEvent, found: JsonReader, thread: PullRequest) -> ParsedWebhook:
    """What any webhook with a pull request shows of it and of the people around it, whatever happened."""
    return ParsedWebhook(
        sightings=(thread_seen(found, thread), *people_seen(webhook.payload, found)),
        opened=_opened(found, thread),
        updated_at=found.moment_or_none("updated_at"),
    )


def _opened(found: JsonReader, thread: PullRequest) -> PullRequestTimeline | None:
    """The pull request as it was opened; None where it is not shown in full."""
    if not thread.head_sha:
        return None
    return PullRequestTimeline(
        number=thread.number,
        author=thread.author,
        opened_at=thread.opened_at,
        opened_title=thread.title,
        opened_as_draft=thread.draft,
        head=found.or_empty("head").text("label", ""),
        head_sha=thread.head_sha,
        base=thread.base_ref,
        body=thread.body,
        url=thread.url,
        association=thread.association.value,
    )


def _team(payload: JsonReader) -> str:
    team = payload.maybe("requested_team")
    return team.text("slug", "") if team else ""
