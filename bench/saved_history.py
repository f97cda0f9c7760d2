"""Reads a project's saved history as what happened when, in the words of webhooks, for a replay.

The file is what the public tool *github-metadata-backup* writes. Keys that GitHub left null may be missing,
accounts that are gone are null. What a replay does not need is dropped while reading, to spare memory.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Json = dict[str, Any]

GHOST: Json = {
    "login": "ghost",
    "id": 10137,
    "node_id": "MDQ6VXNlcjEwMTM3",
    "type": "User",
    "site_admin": False,
}
"""The account that GitHub shows in place of deleted ones."""

_ONE_PUSH = timedelta(minutes=1)
_ACTIONS_OF_BOTH = {
    "closed": "closed",
    "reopened": "reopened",
    "labeled": "labeled",
    "unlabeled": "unlabeled",
    "renamed": "edited",
    "assigned": "assigned",
    "unassigned": "unassigned",
    "milestoned": "milestoned",
    "demilestoned": "demilestoned",
    "locked": "locked",
    "unlocked": "unlocked",
}
_ACTIONS_OF_PULL_REQUESTS = {
    "ready_for_review": "ready_for_review",
    "convert_to_draft": "converted_to_draft",
    "review_requested": "review_requested",
    "review_request_removed": "review_request_removed",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that GitHub sends a webhook about, by its names for it; `more` is what it is about."""

    at: datetime
    event: str
    action: str
    by: Json
    more: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavedThread:
    """An issue or pull request: GitHub's object as it was when saved, and what happened to it, in order."""

    is_pull_request: bool
    saved: Json
    happenings: tuple[Happening, ...]

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.saved["number"])

    @property
    def author(self) -> Json | None:
        """Its author; None where the account is gone."""
        return account(self.saved.get("user"))


def read(path: Path) -> Iterator[SavedThread]:
    """Every issue and pull request of an archive. Raises ValueError naming the line that is neither."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield thread_of(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}, line {number}: not a saved issue or pull request ({error!r})"
                ) from error


def thread_of(line: Mapping[str, Any]) -> SavedThread:
    """One line of an archive."""
    is_pull_request = line.get("type") != "issue"
    saved = line["pull"] if is_pull_request else line["issue"]
    happenings = list(_happenings(line, saved, is_pull_request=is_pull_request))
    # Python's sort keeps the order of what happened in the same second.
    first, *later = happenings
    later.sort(key=lambda happening: happening.at)
    return SavedThread(is_pull_request, _slim(saved), (first, *(one for one in later if one.at >= first.at)))


def account(user: Any) -> Json | None:
    """The account with what webhooks say about it; None for deleted ones."""
    if not user or user.get("id") is None or user.get("login") in {None, "ghost"}:
        return None
    login = user["login"]
    kind = user.get("type") or ("Bot" if login.endswith("[bot]") else "User")
    return {
        "login": login,
        "id": user["id"],
        "node_id": user.get("node_id") or "",
        "type": kind,
        "site_admin": False,
    }


def moment(text: str) -> datetime:
    """A moment as GitHub writes it."""
    return datetime.fromisoformat(text)


def _happenings(line: Mapping[str, Any], saved: Json, *, is_pull_request: bool) -> Iterator[Happening]:
    thread_event = "pull_request" if is_pull_request else "issues"
    author = account(saved.get("user")) or GHOST
    events = line.get("events") or []
    yield _opening(saved, events, thread_event, author)
    merged_at = moment(saved["merged_at"]) if saved.get("merged_at") else None
    if merged_at is not None:
        yield _merge(saved, events, merged_at)
    yield from _pushes(saved, events, author) if is_pull_request else ()
    yield from _review_comments(line, events) if is_pull_request else ()
    dismissed = {
        told.get("review_id"): told.get("state") for one in events if (told := one.get("dismissed_review"))
    }
    for one in events:
        name, by = one.get("event"), account(one.get("actor") or one.get("user")) or GHOST
        if name == "reviewed":
            yield from _review(one, by, dismissed.get(one.get("id")))
        if not one.get("created_at"):
            continue
        at = moment(one["created_at"])
        if name == "closed" and merged_at is not None and at >= merged_at - timedelta(seconds=5):
            continue  # GitHub notes a merge as two events and sends one webhook
        if name == "commented":
            yield Happening(at, "issue_comment", "created", by, {"comment": _words(one)})
        elif name in _ACTIONS_OF_BOTH:
            yield Happening(at, thread_event, _ACTIONS_OF_BOTH[name], by, _about(one))
        elif is_pull_request and name in _ACTIONS_OF_PULL_REQUESTS:
            yield Happening(at, thread_event, _ACTIONS_OF_PULL_REQUESTS[name], by, _about(one))


def _opening(saved: Json, events: list[Json], thread_event: str, author: Json) -> Happening:
    """The opening; of an issue that came from another repository, its arrival, by whoever moved it."""
    for one in events:
        if one.get("event") == "transferred" and one.get("created_at"):
            by = account(one.get("actor")) or GHOST
            return Happening(moment(one["created_at"]), thread_event, "opened", by, {"transferred": True})
    return Happening(moment(saved["created_at"]), thread_event, "opened", author)


def _merge(saved: Json, events: list[Json], merged_at: datetime) -> Happening:
    actors = [account(one.get("actor")) for one in events if one.get("event") == "merged"]
    by = account(saved.get("merged_by")) or next((actor for actor in actors if actor), GHOST)
    return Happening(merged_at, "pull_request", "closed", by, {"merged": True})


def _pushes(saved: Json, events: list[Json], author: Json) -> Iterator[Happening]:
    """Pushes to the branch: forced ones as noted, others by the committers' dates, one a minute."""
    opened = moment(saved["created_at"])
    last: datetime | None = None
    for one in events:
        if one.get("event") == "head_ref_force_pushed" and one.get("created_at"):
            by = account(one.get("actor")) or author
            after = {"after": one.get("commit_id") or ""}
            yield Happening(moment(one["created_at"]), "pull_request", "synchronize", by, after)
        if one.get("event") == "committed":
            date = (one.get("committer") or one.get("author") or {}).get("date")
            at = moment(date) if date else opened
            if at > opened and (last is None or at - last > _ONE_PUSH):
                last = at
                yield Happening(at, "pull_request", "synchronize", author, {"after": one.get("sha") or ""})


def _review(one: Json, by: Json, state_before_dismissal: str | None) -> Iterator[Happening]:
    submitted, state = one.get("submitted_at") or one.get("created_at"), (one.get("state") or "").lower()
    if not submitted or state == "pending":  # seen by nobody but its writer
        return
    if state == "dismissed":
        state = state_before_dismissal or "commented"
    review = {**_words(one), "state": state, "submitted_at": submitted, "commit_id": one.get("commit_id")}
    yield Happening(moment(submitted), "pull_request_review", "submitted", by, {"review": review})


def _review_comments(line: Mapping[str, Any], events: list[Json]) -> Iterator[Happening]:
    grouped = [comment for one in events for comment in one.get("comments") or ()]
    known: set[Any] = set()
    for comment in (*(line.get("comments") or ()), *grouped):
        if comment.get("id") in known or not comment.get("created_at"):
            continue
        known.add(comment.get("id"))
        words = {
            **_words(comment),
            "path": comment.get("path") or "",
            "commit_id": comment.get("original_commit_id") or comment.get("commit_id") or "",
            "in_reply_to_id": comment.get("in_reply_to_id"),
            "pull_request_review_id": comment.get("pull_request_review_id"),
        }
        by = account(comment.get("user")) or GHOST
        yield Happening(
            moment(comment["created_at"]), "pull_request_review_comment", "created", by, {"comment": words}
        )


def _words(one: Json) -> Json:
    at = one.get("created_at") or one.get("submitted_at")
    return {
        "id": one["id"],
        "node_id": one.get("node_id") or "",
        "user": account(one.get("user") or one.get("actor")),
        "body": one.get("body") or "",
        "html_url": one.get("html_url") or "",
        "created_at": at,
        "updated_at": at,
    }


def _about(one: Json) -> Json:
    about: Json = {"commit_id": one["commit_id"]} if one.get("commit_id") else {}
    if label := one.get("label"):
        about["label"] = {"name": label.get("name") or "", "color": label.get("color") or "ededed"}
    if rename := one.get("rename"):
        about["changes"] = {"title": {"from": rename.get("from") or ""}}
        about["title"] = rename.get("to") or ""
    for key in ("assignee", "requested_reviewer"):
        if asked := account(one.get(key)):
            about[key] = asked
    if team := one.get("requested_team"):
        about["requested_team"] = {"slug": team.get("slug") or "", "name": team.get("name") or ""}
    return about


def _slim(saved: Json) -> Json:
    """What a replay needs of an issue or pull request."""
    kept = (
        "id",
        "node_id",
        "number",
        "title",
        "body",
        "html_url",
        "created_at",
        "merged_at",
        "merge_commit_sha",
        "draft",
    )
    slim = {key: saved[key] for key in kept if saved.get(key) is not None}
    slim["user"], slim["merged_by"] = account(saved.get("user")), account(saved.get("merged_by"))
    for side in ("head", "base"):
        if side in saved:
            found = saved[side] or {}
            slim[side] = {key: found.get(key) or "" for key in ("label", "ref", "sha")}
            slim[side]["repo"] = _slim_repository(found.get("repo"))
    return slim


def _slim_repository(repo: Json | None) -> Json | None:
    if not repo or not repo.get("id"):
        return None
    kept = ("id", "node_id", "name", "full_name", "private", "fork", "default_branch")
    return {
        **{key: repo[key] for key in kept if repo.get(key) is not None},
        "owner": account(repo.get("owner")),
    }
