"""How acts are told apart: ids made of what both webhooks and GraphQL tell, so that one act is never two."""

from __future__ import annotations

from datetime import UTC, datetime

from mentorbot.domain.timeline import ActKind

MERGED = "merged"  # happens at most once


def comment(database_id: int) -> str:
    """A comment in the thread."""
    return f"comment-{database_id}"


def review(database_id: int) -> str:
    """A review."""
    return f"review-{database_id}"


def line(database_id: int) -> str:
    """A comment on a line; the first one's id is the id of its conversation."""
    return f"line-{database_id}"


def push(sha: str) -> str:
    """Commits arrived, the last of which is this one."""
    return f"push-{sha}"


def checks(sha: str, name: str) -> str:
    """What a check said last about a commit."""
    return f"checks-{sha}-{name}"


def workflow(kind: ActKind, sha: str) -> str:
    """Workflow runs on a commit wait for approval, or have got it."""
    return f"{kind.value.replace(' ', '-')}-{sha}"


def resolution(kind: ActKind, thread: str) -> str:
    """A conversation was resolved or opened again: the last time counts."""
    return f"{kind.value.replace(' ', '-')}-{thread}"


def happened(kind: ActKind, at: datetime, about: str = "") -> str:
    """Anything that has no id of its own in webhooks: what, when, and about whom or what."""
    when = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return "-".join(part for part in (kind.value.replace(" ", "-"), about, when) if part)
