"""Webhooks about commits, as events: pushes to branches, and checks that came to an end or wait for approval.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#push, and there `#check_suite`, `#check_run`,
`#status` and `#workflow_run`
"""

from __future__ import annotations

from datetime import datetime

from mentorbot.core.events import BranchPushed, ChecksFinished, PushedCommit
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_context import WebhookEvent

_BRANCH = "refs/heads/"
_OUTCOMES = {
    "success": "success",
    "neutral": "success",
    "skipped": "success",
    "failure": "failure",
    "error": "failure",
    "timed_out": "failure",
    "cancelled": "failure",
    "startup_failure": "failure",
    "action_required": "waiting_for_approval",
}


def push(told: WebhookEvent) -> tuple[BranchPushed, ...]:
    """Commits arrived on a branch; tags and deleted branches are none of our business."""
    payload = told.payload
    ref = payload.text("ref")
    if not ref.startswith(_BRANCH) or payload.flag("deleted"):
        return ()
    head = payload.maybe("head_commit")
    commits = tuple(_commit(one) for one in payload.each("commits"))
    paths = {path for commit in commits for path in commit.paths} | set(_commit(head).paths if head else ())
    # A commit's own time may be years old: the repository knows when it was pushed.
    at = payload.at("repository").moment("pushed_at", "updated_at", "created_at")
    return (
        BranchPushed(
            branch=ref.removeprefix(_BRANCH),
            before=payload.text("before", ""),
            after=payload.text("after", ""),
            commits=commits,
            touched_paths=frozenset(paths),
            **told.circumstances(at),
        ),
    )


def _commit(found: JsonReader) -> PushedCommit:
    paths = [path for key in ("added", "modified", "removed") for path in found.texts(key)]
    return PushedCommit(
        sha=found.text("id", ""), message=found.text("message", ""), paths=tuple(dict.fromkeys(paths))
    )


def status(told: WebhookEvent) -> tuple[ChecksFinished, ...]:
    """A commit status, from services that don't use check runs."""
    payload = told.payload
    return (
        ChecksFinished(
            head_sha=payload.text("sha"),
            name=payload.text("context", "default"),
            outcome=_OUTCOMES.get(payload.text("state", ""), "pending"),
            url=payload.text("target_url", ""),
            **told.circumstances(payload.moment("updated_at", "created_at")),
        ),
    )


def check_suite(told: WebhookEvent) -> tuple[ChecksFinished, ...]:
    """All check runs of one app on a commit came to an end."""
    return _finished(told, told.payload.at("check_suite")) if told.action == "completed" else ()


def check_run(told: WebhookEvent) -> tuple[ChecksFinished, ...]:
    """One check run came to an end."""
    return _finished(told, told.payload.at("check_run")) if told.action == "completed" else ()


def workflow_run(told: WebhookEvent) -> tuple[ChecksFinished, ...]:
    """A workflow run came to an end, or waits for a maintainer's approval (first-timers' runs do)."""
    run = told.payload.at("workflow_run")
    waits = run.text("conclusion", "") == "action_required" or run.text("status", "") == "action_required"
    return _finished(told, run) if waits or told.action == "completed" else ()


def outcome(found: JsonReader) -> str:
    """success, failure, pending or waiting_for_approval, of a check run, a check suite or a workflow run."""
    said = found.text("conclusion", "") or found.text("status", "")
    return _OUTCOMES.get(said, "pending")


def check_name(found: JsonReader) -> str:
    """What people know a check by: its own name, or that of the app whose suite it is."""
    app = found.maybe("app")
    return found.text("name", "") or (app.text("name", "") if app else "") or "checks"


def pull_request_numbers(told: WebhookEvent, found: JsonReader) -> tuple[int, ...]:
    """The pull requests of this repository that GitHub names; it names none for forks, and others' too."""
    here = told.payload.at("repository").number("id")
    numbers = []
    for pull in found.each("pull_requests"):
        base = pull.maybe("base")
        target = base.maybe("repo") if base else None
        if target is None or target.number("id", 0) == here:
            numbers.append(pull.number("number", 0))
    return tuple(number for number in numbers if number)


def _finished(told: WebhookEvent, found: JsonReader) -> tuple[ChecksFinished, ...]:
    return (
        ChecksFinished(
            head_sha=found.text("head_sha"),
            name=check_name(found),
            outcome=outcome(found),
            pull_requests=pull_request_numbers(told, found),
            url=found.text("html_url", ""),
            **told.circumstances(check_moment(found)),
        ),
    )


def check_moment(found: JsonReader) -> datetime:
    """When a check run, check suite or workflow run came to where it is."""
    return found.moment("completed_at", "updated_at", "started_at", "created_at")
