"""Webhook payloads as small as they can be; a test changes what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mentorbot.github.payloads import parse_webhook

Json = dict[str, Any]

ADA = {"id": 11, "login": "ada", "type": "User"}
GRACE = {"id": 12, "login": "grace", "type": "User"}
ROBOT = {"id": 13, "login": "robot[bot]", "type": "Bot"}
GHOST = {"id": 10137, "login": "ghost", "type": "User"}
ACME = {"id": 2, "login": "acme", "type": "Organization"}
REPOSITORY = {
    "id": 1,
    "full_name": "acme/rockets",
    "owner": ACME,
    "default_branch": "main",
    "private": False,
    "updated_at": "2026-03-02T09:00:00Z",
    "pushed_at": 1772443800,
}


def an_account_hook(**more: Any) -> Json:
    """What every payload has."""
    return {"repository": dict(REPOSITORY), "sender": dict(GRACE), "installation": {"id": 5}, **more}


def an_issue(**changes: Any) -> Json:
    """An issue by ada."""
    return {
        "number": 3,
        "title": "It does not start",
        "body": "At all.",
        "user": dict(ADA),
        "author_association": "NONE",
        "state": "open",
        "created_at": "2026-03-01T08:00:00Z",
        "updated_at": "2026-03-02T08:00:00Z",
        "closed_at": None,
        "html_url": "https://github.com/acme/rockets/issues/3",
        "node_id": "I_3",
        "labels": [{"name": "bug"}],
        **changes,
    }


def a_pull(**changes: Any) -> Json:
    """A pull request by ada, from her fork."""
    return {
        **an_issue(number=4, title="Start it", html_url="https://github.com/acme/rockets/pull/4"),
        "node_id": "PR_4",
        "draft": False,
        "merged_at": None,
        "merge_commit_sha": None,
        "head": {"sha": "a" * 40, "ref": "fix", "label": "ada:fix", "repo": {"id": 77}},
        "base": {"sha": "b" * 40, "ref": "main", "repo": {"id": 1}},
        "requested_reviewers": [],
        "requested_teams": [],
        **changes,
    }


def a_comment(**changes: Any) -> Json:
    """A comment by grace."""
    return {
        "id": 21,
        "node_id": "IC_21",
        "user": dict(GRACE),
        "author_association": "MEMBER",
        "body": "Have you tried?",
        "html_url": "https://github.com/acme/rockets/issues/3#issuecomment-21",
        "created_at": "2026-03-02T08:30:00Z",
        "updated_at": "2026-03-02T08:40:00Z",
        **changes,
    }


def a_review(**changes: Any) -> Json:
    """An approval by grace."""
    return {
        "id": 31,
        "node_id": "PRR_31",
        "user": dict(GRACE),
        "author_association": "MEMBER",
        "body": "Good.",
        "state": "approved",
        "commit_id": "a" * 40,
        "html_url": "https://github.com/acme/rockets/pull/4#pullrequestreview-31",
        "submitted_at": "2026-03-02T08:50:00Z",
        **changes,
    }


def a_pull_hook(action: str, *, pull: Json | None = None, **more: Any) -> Json:
    """Something happened to a pull request."""
    return an_account_hook(action=action, number=4, pull_request=pull or a_pull(), **more)


def an_issue_hook(action: str, *, issue: Json | None = None, **more: Any) -> Json:
    """Something happened to an issue."""
    return an_account_hook(action=action, issue=issue or an_issue(), **more)


def a_push(**changes: Any) -> Json:
    """A push of one commit to main."""
    commit = {"id": "c" * 40, "message": "Mend", "added": ["a.py"], "modified": ["b.py"], "removed": ["a.py"]}
    head = {"id": "d" * 40, "added": ["z.py"]}
    push = {"ref": "refs/heads/main", "before": "1", "after": "2", "commits": [commit], "head_commit": head}
    return an_account_hook(**{**push, **changes})


def a_check(event: str, *, action: str = "completed", **changes: Any) -> Json:
    """Checks on ada's head have ended well."""
    run = {
        "head_sha": "a" * 40,
        "conclusion": "success",
        "status": "completed",
        "updated_at": "2026-03-02T08:00:00Z",
        "app": {"name": "CI"},
        "pull_requests": [
            {"number": 4, "base": {"repo": {"id": 1}}},
            {"number": 9, "base": {"repo": {"id": 8}}},
        ],
    }
    return an_account_hook(**{"action": action, event: {**run, **changes}})


def only(name: str, payload: Json) -> Any:
    """The one event that a payload tells of."""
    (event,) = parse_webhook(name, payload, delivery="d-1").events
    return event


def moment(text: str) -> datetime:
    """Day and time (02T08:50) in March 2026."""
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=UTC)
