"""Acts as webhooks and GraphQL both tell of them, with ids made of what both know: one act is never two."""

from __future__ import annotations

from datetime import UTC, datetime

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind

MERGED_ID = "merged"  # happens at most once


def comment_id(database_id: int) -> str:
    return f"comment-{database_id}"


def review_id(database_id: int) -> str:
    return f"review-{database_id}"


def line_comment_id(database_id: int) -> str:
    """A comment on a line; the first one's id is the id of its conversation."""
    return f"line-{database_id}"


def push_id(sha: str) -> str:
    """Commits arrived, the last of which is this one."""
    return f"push-{sha}"


def checks_id(sha: str, name: str) -> str:
    """What a check said last about a commit."""
    return f"checks-{sha}-{name}"


def workflow_id(kind: ActKind, sha: str) -> str:
    """Workflow runs on a commit wait for approval, or have got it."""
    return f"{_slug(kind)}-{sha}"


def resolution_id(kind: ActKind, thread: str) -> str:
    """A conversation was resolved or opened again: the last time counts."""
    return f"{_slug(kind)}-{thread}"


def event_id(kind: ActKind, at: datetime, about: str = "") -> str:
    """Anything that has no id of its own in webhooks: what, when, and about whom or what."""
    when = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return "-".join(part for part in (_slug(kind), about, when) if part)


def _slug(kind: ActKind) -> str:
    return kind.value.replace(" ", "-")


def plain(kind: ActKind, *, at: datetime, by: Person | None) -> Act:
    """It was closed, opened again, made ready or a draft: there is nothing more to say about it."""
    return Act(kind=kind, at=at, id=event_id(kind, at), by=by)


def assigned(
    kind: ActKind, *, at: datetime, by: Person | None, subject: Person | None, team: str = ""
) -> Act:
    """Somebody was assigned or asked for a review, or no longer is."""
    about = str(subject.id) if subject else team
    return Act(kind=kind, at=at, id=event_id(kind, at, about), by=by, subject=subject, team=team)


def labelled(kind: ActKind, *, at: datetime, by: Person | None, label: str) -> Act:
    return Act(kind=kind, at=at, id=event_id(kind, at, label), by=by, label=label)


def retitled(*, at: datetime, by: Person | None, before: str, after: str) -> Act:
    return Act(
        kind=ActKind.RETITLED,
        at=at,
        id=event_id(ActKind.RETITLED, at),
        by=by,
        title_before=before,
        title_after=after,
    )


def merged(*, at: datetime, by: Person | None, sha: str) -> Act:
    return Act(kind=ActKind.MERGED, at=at, id=MERGED_ID, by=by, sha=sha)


def checks_concluded(*, sha: str, name: str, at: datetime, outcome: str, url: str = "") -> Act:
    """A check, a suite of them or a commit status came to an end; `body` is its name."""
    return Act(
        kind=ActKind.CHECKS_CONCLUDED,
        at=at,
        id=checks_id(sha, name),
        sha=sha,
        outcome=outcome,
        body=name,
        url=url,
    )


def workflow_waiting(*, sha: str, at: datetime, url: str) -> Act:
    """A workflow run waits until a maintainer approves it, as those of first-time contributors do.

    https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
    """
    kind = ActKind.WORKFLOW_WAITING
    return Act(kind=kind, at=at, id=workflow_id(kind, sha), sha=sha, url=url)
