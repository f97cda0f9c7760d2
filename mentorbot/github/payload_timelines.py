"""What a webhook adds to the timeline of a pull request, without a question to GitHub.

The ids of acts are made of what GraphQL tells too, so that an act learned both ways is one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.github import act_ids, entity_reader
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.payload_checks import CHECKS, acts_of_check, acts_of_status
from mentorbot.github.payloads_commits import pull_request_numbers
from mentorbot.github.webhook_context import WebhookEvent

VERDICTS = {"approved": Verdict.APPROVED, "changes_requested": Verdict.CHANGES_REQUESTED}
_PULL_REQUEST = {
    "ready_for_review": ActKind.MARKED_READY,
    "converted_to_draft": ActKind.DRAFTED,
    "reopened": ActKind.REOPENED,
}
_CONCERNING = {
    "review_requested": (ActKind.REVIEW_REQUESTED, "requested_reviewer"),
    "review_request_removed": (ActKind.REVIEW_REQUEST_REMOVED, "requested_reviewer"),
    "assigned": (ActKind.ASSIGNED, "assignee"),
    "unassigned": (ActKind.UNASSIGNED, "assignee"),
}
_LABELLINGS = {"labeled": ActKind.LABELED, "unlabeled": ActKind.UNLABELED}


def acts_of(
    name: str, payload: Mapping[str, Any], *, received_at: datetime | None = None
) -> tuple[tuple[int, Act], ...]:
    """The acts a delivery tells of, each with the number of its pull request.

    Raises `UnknownShape` where something needed is missing.
    """
    told = WebhookEvent(name, JsonReader(payload, received_at=received_at))
    if name in CHECKS:
        found = told.payload.at(name)
        numbers = pull_request_numbers(told, found)
        return tuple((number, act) for _, act in acts_of_check(told) for number in numbers)
    read = _READERS.get(name)
    return tuple(read(told)) if read else ()


def acts_on_heads_of(
    name: str, payload: Mapping[str, Any], *, received_at: datetime | None = None
) -> tuple[tuple[str, Act], ...]:
    """The acts that concern a commit, each with its SHA: every pull request with that head has them.

    GitHub names no pull request where the head is in a fork, and none for commit statuses.
    Raises `UnknownShape` where something needed is missing.
    """
    told = WebhookEvent(name, JsonReader(payload, received_at=received_at))
    if name == "status":
        return tuple(acts_of_status(told))
    return tuple(acts_of_check(told)) if name in CHECKS else ()


def beginning_of(
    name: str, payload: Mapping[str, Any], *, received_at: datetime | None = None
) -> PullRequestTimeline | None:
    """The pull request as it was opened, as far as this delivery tells; None where it shows none in full.

    Raises `UnknownShape` where something needed is missing.
    """
    if not name.startswith("pull_request"):
        return None
    found = JsonReader(payload, received_at=received_at).at("pull_request")
    thread = entity_reader.pull_request(found)
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


def _pull_request(told: WebhookEvent) -> Iterator[tuple[int, Act]]:
    payload, action, by = told.payload, told.action, told.sender
    found = payload.at("pull_request")
    number = found.number("number")
    at = found.moment("updated_at", "created_at")
    label = payload.maybe("label")
    if action == "synchronize":
        sha = payload.text("after", "") or found.or_empty("head").text("sha", "")
        yield number, Act(kind=ActKind.PUSHED, at=at, id=act_ids.push(sha), by=by, sha=sha)
    elif action == "closed":
        yield number, _closed(found, by)
    elif action in _PULL_REQUEST:
        kind = _PULL_REQUEST[action]
        yield number, Act(kind=kind, at=at, id=act_ids.happened(kind, at), by=by)
    elif action in _CONCERNING:
        kind, key = _CONCERNING[action]
        subject, team = entity_reader.person(payload.maybe(key)), payload.maybe("requested_team")
        slug = team.text("slug", "") if team else ""
        yield number, concerning(kind, at=at, by=by, subject=subject, team=slug)
    elif action in _LABELLINGS and label and "name" in label:
        yield number, labelling(_LABELLINGS[action], at=at, by=by, label=label.text("name"))
    elif action == "edited" and (before := _previous_title(payload)) is not None:
        yield number, retitling(at=at, by=by, before=before, after=found.text("title", ""))


def _closed(found: JsonReader, by: Person) -> Act:
    merged_at = found.moment_or_none("merged_at")
    if merged_at is None:
        at = found.moment("closed_at", "updated_at", "created_at")
        return Act(kind=ActKind.CLOSED, at=at, id=act_ids.happened(ActKind.CLOSED, at), by=by)
    return Act(
        kind=ActKind.MERGED,
        at=merged_at,
        id=act_ids.MERGED,
        by=entity_reader.person(found.maybe("merged_by")) or by,
        sha=found.text("merge_commit_sha", ""),
    )


def concerning(
    kind: ActKind, *, at: datetime, by: Person | None, subject: Person | None, team: str = ""
) -> Act:
    """Somebody was asked or assigned, or no longer is."""
    about = str(subject.id) if subject else team
    return Act(kind=kind, at=at, id=act_ids.happened(kind, at, about), by=by, subject=subject, team=team)


def labelling(kind: ActKind, *, at: datetime, by: Person | None, label: str) -> Act:
    """A label was put on or taken off."""
    return Act(kind=kind, at=at, id=act_ids.happened(kind, at, label), by=by, label=label)


def retitling(*, at: datetime, by: Person | None, before: str, after: str) -> Act:
    """The pull request got a new title."""
    return Act(
        kind=ActKind.RETITLED,
        at=at,
        id=act_ids.happened(ActKind.RETITLED, at),
        by=by,
        title_before=before,
        title_after=after,
    )


def _previous_title(payload: JsonReader) -> str | None:
    changes = payload.maybe("changes")
    title = changes.maybe("title") if changes else None
    return title.text("from", "") if title else None


def _issue_comment(told: WebhookEvent) -> Iterator[tuple[int, Act]]:
    issue, comment = told.payload.at("issue"), told.payload.at("comment")
    if "pull_request" in issue:
        act_id = act_ids.comment(comment.number("id"))
        yield from _written(told, kind=ActKind.COMMENTED, act_id=act_id, thread=issue)


def _line_comment(told: WebhookEvent) -> Iterator[tuple[int, Act]]:
    act_id = act_ids.line(told.payload.at("comment").number("id"))
    pull = told.payload.at("pull_request")
    yield from _written(told, kind=ActKind.LINE_COMMENTED, act_id=act_id, thread=pull)


def _written(
    told: WebhookEvent, *, kind: ActKind, act_id: str, thread: JsonReader
) -> Iterator[tuple[int, Act]]:
    found, number = told.payload.at("comment"), thread.number("number")
    if told.action == "created":
        yield number, _comment(found, kind=kind, act_id=act_id)
    elif told.action == "edited":
        at = found.moment("updated_at", "created_at")
        edited = act_ids.happened(ActKind.COMMENT_EDITED, at, act_id)
        body = found.text("body", "")
        yield (
            number,
            Act(kind=ActKind.COMMENT_EDITED, at=at, id=edited, by=told.sender, about=act_id, body=body),
        )
    elif told.action == "deleted":
        at = thread.moment("updated_at", "created_at")
        yield (
            number,
            Act(kind=ActKind.COMMENT_DELETED, at=at, id=f"{act_id}-deleted", by=told.sender, about=act_id),
        )


def _comment(found: JsonReader, *, kind: ActKind, act_id: str) -> Act:
    is_line = kind is ActKind.LINE_COMMENTED
    first = found.number("in_reply_to_id", 0) or found.number("id")
    return Act(
        kind=kind,
        at=found.moment("created_at"),
        id=act_id,
        by=entity_reader.person(found.maybe("user")),
        body=found.text("body", ""),
        edited_at=found.moment_or_none("updated_at"),
        sha=(found.text("original_commit_id", "") or found.text("commit_id", "")) if is_line else "",
        path=found.text("path", "") if is_line else "",
        thread=act_ids.line(first) if is_line else "",
        url=found.text("html_url", ""),
        association=entity_reader.association(found).value,
        node=found.text("node_id", ""),
    )


def _review(told: WebhookEvent) -> Iterator[tuple[int, Act]]:
    pull, found = told.payload.at("pull_request"), told.payload.at("review")
    number, review = pull.number("number"), entity_reader.review(found, pull=pull)
    act_id = act_ids.review(review.id)
    now = pull.moment("updated_at", "created_at")
    if told.action == "submitted":
        yield (
            number,
            Act(
                kind=ActKind.REVIEWED,
                at=review.submitted_at,
                id=act_id,
                by=review.author,
                body=review.body,
                verdict=VERDICTS.get(review.state, Verdict.COMMENTED),
                sha=review.head_sha,
                url=review.url,
                association=review.association.value,
                node=review.node_id,
            ),
        )
    elif told.action == "edited":
        edited = act_ids.happened(ActKind.COMMENT_EDITED, now, act_id)
        yield (
            number,
            Act(
                kind=ActKind.COMMENT_EDITED, at=now, id=edited, by=told.sender, about=act_id, body=review.body
            ),
        )
    elif told.action == "dismissed":
        yield (
            number,
            Act(
                kind=ActKind.REVIEW_DISMISSED,
                at=now,
                id=f"{act_id}-dismissed",
                by=told.sender,
                about=act_id,
                subject=review.author,
            ),
        )


def _review_thread(told: WebhookEvent) -> Iterator[tuple[int, Act]]:
    kinds = {"resolved": ActKind.THREAD_RESOLVED, "unresolved": ActKind.THREAD_UNRESOLVED}
    kind = kinds.get(told.action)
    comments = told.payload.or_empty("thread").each("comments")
    first = comments[0].number("id", 0) if comments else 0
    if kind is None or not first:
        return
    pull, thread = told.payload.at("pull_request"), act_ids.line(first)
    at = told.payload.moment_or_none("updated_at") or pull.moment("updated_at", "created_at")
    yield (
        pull.number("number"),
        Act(kind=kind, at=at, id=act_ids.resolution(kind, thread), by=told.sender, thread=thread),
    )


_READERS: Mapping[str, Callable[[WebhookEvent], Iterator[tuple[int, Act]]]] = {
    "pull_request": _pull_request,
    "issue_comment": _issue_comment,
    "pull_request_review": _review,
    "pull_request_review_comment": _line_comment,
    "pull_request_review_thread": _review_thread,
}
