"""Reads a project's whole history from a file, so that rules can be tried on what really happened.

The file is what the public tool *github-metadata-backup* writes: gzipped or plain JSON lines, each a pull
request or an issue with its timeline items and review comments. Keys that GitHub left null may be missing,
and people who deleted their account are null. The items are REST's:
https://docs.github.com/en/rest/issues/timeline
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedIssue:
    """An issue as it was opened, and everything that happened to it, in order."""

    number: int
    author: Person | None
    opened_at: datetime
    title: str
    body: str
    labels: frozenset[str]
    association: str
    url: str
    acts: tuple[Act, ...]

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed for good, None while it is open."""
        ends = [act for act in self.acts if act.kind in {ActKind.CLOSED, ActKind.REOPENED}]
        return ends[-1].at if ends and ends[-1].kind is ActKind.CLOSED else None


ArchivedItem = PullRequestTimeline | ArchivedIssue


def stream(path: Path) -> Iterator[ArchivedItem]:
    """Every pull request and issue of the archive in its order, one at a time.

    Raises ValueError naming the line that is no JSON object of a pull request or issue.
    """
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            yield item(json.loads(line))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(
                f"{path}, line {number}: not a saved pull request or issue ({error!r}). "
                "Expected what github-metadata-backup writes, one JSON object a line."
            ) from error


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file, packed or not. Raises ValueError where it is cut, or no text."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            yield from lines
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no whole file of text ({error}): save or fetch it anew.") from error


def read(path: Path) -> tuple[ArchivedItem, ...]:
    """The whole archive, with each pull request also told when what it mentions (`#17`) was closed."""
    return tuple(with_references(list(stream(path))))


def item(saved: Json) -> ArchivedItem:
    return _issue(saved) if saved.get("type") == "issue" else _pull_request(saved)


def with_references(items: Iterable[ArchivedItem]) -> Iterator[ArchivedItem]:
    """The same items; pull requests get a REFERENCE_CLOSED for each mentioned number that was closed.

    A number that the archive doesn't hold counts as closed: nothing can be said to wait for it.
    """
    items = list(items)
    ends = {one.number: _end(one) for one in items}
    for one in items:
        if isinstance(one, ArchivedIssue):
            yield one
            continue
        mentioned = {number for text in _texts(one) for number in mentioned_numbers(text)} - {one.number}
        yield one.with_acts(
            Act(kind=ActKind.REFERENCE_CLOSED, at=end, id=f"closed-{number}", about=str(number))
            for number in sorted(mentioned)
            if (end := ends.get(number, one.opened_at)) is not None
        )


def mentioned_numbers(text: str) -> tuple[int, ...]:
    """The issues and pull requests of the same repository that a text speaks of: `#17` or a link's end."""
    return tuple(int(number) for number in re.findall(r"(?:(?<![\w/])#|/(?:pull|issues)/)(\d{1,9})\b", text))


def _texts(timeline: PullRequestTimeline) -> Iterator[str]:
    yield timeline.opened_title
    yield timeline.body
    for act in timeline.acts:
        yield act.body
        yield act.title_after


def _end(one: ArchivedItem) -> datetime | None:
    if isinstance(one, ArchivedIssue):
        return one.closed_at
    ends = [act.at for act in one.acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
    return ends[-1] if ends and not one.is_open else None


def _issue(saved: Json) -> ArchivedIssue:
    issue = saved["issue"]
    folded = _opened(issue).with_acts(acts(saved, author=person(issue.get("user"))))
    return ArchivedIssue(
        number=folded.number,
        author=folded.author,
        opened_at=folded.opened_at,
        title=issue.get("title") or "",
        body=folded.body,
        labels=frozenset(label["name"] for label in issue.get("labels") or () if label.get("name")),
        association=folded.association,
        url=folded.url,
        acts=folded.acts,
    )


def _pull_request(saved: Json) -> PullRequestTimeline:
    pull = saved["pull"]
    opened = _opened(pull)
    happened = list(acts(saved, author=opened.author))
    first_commits = [act for act in happened if act.kind is ActKind.PUSHED and act.at <= opened.opened_at]
    timeline = opened.with_acts(act for act in happened if act not in first_commits)
    renamed = [act.title_before for act in timeline.acts if act.kind is ActKind.RETITLED]
    switched = [act.kind for act in timeline.acts if act.kind in {ActKind.MARKED_READY, ActKind.DRAFTED}]
    return replace(
        timeline,
        opened_title=renamed[0] if renamed else timeline.opened_title,
        opened_as_draft=switched[0] is ActKind.MARKED_READY if switched else timeline.opened_as_draft,
        head_sha=first_commits[-1].sha if first_commits else "",
    )


def _opened(issue: Json) -> PullRequestTimeline:
    return PullRequestTimeline(
        number=issue["number"],
        author=person(issue.get("user")),
        opened_at=datetime.fromisoformat(issue["created_at"]),
        opened_title=issue.get("title") or "",
        opened_as_draft=bool(issue.get("draft")),
        head=(issue.get("head") or {}).get("label") or "",
        base=(issue.get("base") or {}).get("ref") or "",
        body=issue.get("body") or "",
        url=issue.get("html_url") or "",
        association=issue.get("author_association") or "",
    )


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
    return _written(event, ActKind.COMMENTED, f"comment-{event['id']}", at=event["created_at"])


def _written(event: Json, kind: ActKind, id_: str, *, at: str, **more: Any) -> Act:
    return Act(
        kind=kind,
        at=datetime.fromisoformat(at),
        id=id_,
        by=person(event.get("user") or event.get("actor")),
        body=event.get("body") or "",
        edited_at=_moment(event.get("updated_at")),
        url=event.get("html_url") or "",
        association=event.get("author_association") or "",
        **more,
    )


def _review(event: Json, state_before_dismissal: str | None) -> Iterator[Act]:
    submitted = event.get("submitted_at") or event.get("created_at")
    state = str(event.get("state") or "").upper()
    if submitted is None or state == "PENDING":  # a pending review is seen by nobody but its writer
        return
    if state == "DISMISSED":  # GitHub overwrites what the review said; the dismissal remembers it
        state = str(state_before_dismissal or "COMMENTED").upper()
    yield _written(
        event,
        ActKind.REVIEWED,
        f"review-{event['id']}",
        at=submitted,
        verdict=_VERDICTS.get(state, Verdict.COMMENTED),
        sha=event.get("commit_id") or "",
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
    return _written(
        comment,
        ActKind.LINE_COMMENTED,
        f"line-{comment['id']}",
        at=comment["created_at"],
        sha=comment.get("original_commit_id") or comment.get("commit_id") or "",
        path=comment.get("path") or "",
        thread=f"line-{comment.get('in_reply_to_id') or comment['id']}",
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
