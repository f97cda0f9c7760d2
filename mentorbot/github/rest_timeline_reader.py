"""Turns GitHub's REST timeline items and review comments into the acts of a timeline.

https://docs.github.com/en/rest/issues/timeline; keys that GitHub left null may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, Verdict

Json = Mapping[str, Any]


def person(user: Json | None) -> Person | None:
    """Who `user` or `actor` is; None for deleted accounts (null, or the stand-in *ghost*)."""
    if not user or user.get("id") is None or user.get("login") in {None, "ghost"}:
        return None
    login = str(user["login"])
    return Person(
        id=int(user["id"]), login=login, is_bot=user.get("type") == "Bot" or login.endswith("[bot]")
    )


def acts(saved: Json, *, author: Person | None) -> Iterator[Act]:
    """What happened to a saved pull request or issue: its `events` and review `comments`."""
    events = saved.get("events") or ()
    dismissed = {
        (event.get("dismissed_review") or {}).get("review_id"): event["dismissed_review"].get("state")
        for event in events
        if event.get("dismissed_review")
    }
    reviewers = {
        event.get("id"): person(event.get("user")) for event in events if event.get("event") == "reviewed"
    }
    for event in events:
        name = event.get("event")
        if name == "committed":
            yield from _commit(event, author)
        elif name == "reviewed":
            yield from _review(event, dismissed.get(event.get("id")))
        elif name == "review_dismissed":
            yield _dismissal(event, reviewers)
        elif name in _TRANSLATED:
            yield _TRANSLATED[name](event)
        elif name in {"line-commented", "commit-commented"}:
            yield from (_line_comment(comment) for comment in event.get("comments") or ())
    yield from (_line_comment(comment) for comment in saved.get("comments") or ())


def _plain(kind: ActKind) -> Callable[[Json], Act]:
    return lambda event: _event(event, kind)


def _event(event: Json, kind: ActKind, **more: Any) -> Act:
    return Act(
        kind=kind,
        at=datetime.fromisoformat(event["created_at"]),
        id=f"event-{event['id']}",
        by=person(event.get("actor") or event.get("user")),
        sha=event.get("commit_id") or "",
        url=event.get("html_url") or "",
        **more,
    )


def _comment(event: Json) -> Act:
    return Act(
        kind=ActKind.COMMENTED,
        at=datetime.fromisoformat(event["created_at"]),
        id=f"comment-{event['id']}",
        by=person(event.get("user") or event.get("actor")),
        body=event.get("body") or "",
        edited_at=_moment(event.get("updated_at")),
        url=event.get("html_url") or "",
        association=event.get("author_association") or "",
    )


def _review(event: Json, state_before_dismissal: str | None) -> Iterator[Act]:
    submitted = event.get("submitted_at") or event.get("created_at")
    state = str(event.get("state") or "").upper()
    if submitted is None or state == "PENDING":  # a pending review is seen by nobody but its writer
        return
    if state == "DISMISSED":  # GitHub overwrites what the review said; the dismissal remembers it
        state = str(state_before_dismissal or "COMMENTED").upper()
    yield Act(
        kind=ActKind.REVIEWED,
        at=datetime.fromisoformat(submitted),
        id=f"review-{event['id']}",
        by=person(event.get("user") or event.get("actor")),
        body=event.get("body") or "",
        edited_at=_moment(event.get("updated_at")),
        verdict=_VERDICTS.get(state, Verdict.COMMENTED),
        sha=event.get("commit_id") or "",
        url=event.get("html_url") or "",
        association=event.get("author_association") or "",
    )


def _dismissal(event: Json, reviewers: Mapping[Any, Person | None]) -> Act:
    review_id = (event.get("dismissed_review") or {}).get("review_id")
    return _event(
        event,
        ActKind.REVIEW_DISMISSED,
        about=f"review-{review_id}" if review_id else "",
        subject=reviewers.get(review_id),
        body=(event.get("dismissed_review") or {}).get("dismissal_message") or "",
    )


def _line_comment(comment: Json) -> Act:
    return Act(
        kind=ActKind.LINE_COMMENTED,
        at=datetime.fromisoformat(comment["created_at"]),
        id=f"line-{comment['id']}",
        by=person(comment.get("user")),
        body=comment.get("body") or "",
        edited_at=_moment(comment.get("updated_at")),
        sha=comment.get("original_commit_id") or comment.get("commit_id") or "",
        path=comment.get("path") or "",
        thread=f"line-{comment.get('in_reply_to_id') or comment['id']}",
        url=comment.get("html_url") or "",
        association=comment.get("author_association") or "",
    )


def _commit(event: Json, author: Person | None) -> Iterator[Act]:
    # Commits carry names, not accounts: whoever pushes to the branch works on the author's side.
    # The date is the committer's, which a rebase renews; GitHub doesn't tell when it was pushed.
    when = (event.get("committer") or {}).get("date") or (event.get("author") or {}).get("date")
    if when is None:
        return
    message = event.get("message") or ""
    merges_base = len(event.get("parents") or ()) > 1 and message.startswith("Merge ")
    yield Act(
        kind=ActKind.BASE_MERGED if merges_base else ActKind.PUSHED,
        at=datetime.fromisoformat(when),
        id=f"push-{event['sha']}",
        by=author,
        body=message,
        sha=event["sha"],
        url=event.get("html_url") or "",
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _request(kind: ActKind) -> Callable[[Json], Act]:
    return lambda event: _event(
        event,
        kind,
        subject=person(event.get("requested_reviewer")),
        team=(event.get("requested_team") or {}).get("slug") or "",
    )


def _labeling(kind: ActKind) -> Callable[[Json], Act]:
    return lambda event: _event(event, kind, label=(event.get("label") or {}).get("name") or "")


def _assignment(kind: ActKind) -> Callable[[Json], Act]:
    return lambda event: _event(event, kind, subject=person(event.get("assignee")))


def _rename(event: Json) -> Act:
    rename = event.get("rename") or {}
    return _event(
        event, ActKind.RETITLED, title_before=rename.get("from") or "", title_after=rename.get("to") or ""
    )


_VERDICTS = {"APPROVED": Verdict.APPROVED, "CHANGES_REQUESTED": Verdict.CHANGES_REQUESTED}
_TRANSLATED: Mapping[str, Callable[[Json], Act]] = {
    "commented": _comment,
    "head_ref_force_pushed": _plain(ActKind.FORCE_PUSHED),
    "ready_for_review": _plain(ActKind.MARKED_READY),
    "convert_to_draft": _plain(ActKind.DRAFTED),
    "renamed": _rename,
    "review_requested": _request(ActKind.REVIEW_REQUESTED),
    "review_request_removed": _request(ActKind.REVIEW_REQUEST_REMOVED),
    "labeled": _labeling(ActKind.LABELED),
    "unlabeled": _labeling(ActKind.UNLABELED),
    "assigned": _assignment(ActKind.ASSIGNED),
    "unassigned": _assignment(ActKind.UNASSIGNED),
    "comment_deleted": _plain(ActKind.COMMENT_DELETED),
    "closed": _plain(ActKind.CLOSED),
    "reopened": _plain(ActKind.REOPENED),
    "merged": _plain(ActKind.MERGED),
}
