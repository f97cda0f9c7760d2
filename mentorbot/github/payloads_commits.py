"""Parses webhooks about commits: pushes to branches, and checks that came to an end or wait for approval.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#push, and there `#check_suite`, `#check_run`,
`#status` and `#workflow_run`
"""

from __future__ import annotations

from mentorbot.core.events import BranchPushed, ChecksFinished, PushedCommit
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.github import timeline_acts
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_event import ParsedWebhook, WebhookEvent

_BRANCH = "refs/heads/"
_WAITING = "waiting_for_approval"
_OUTCOMES = {
    "success": "success",
    "neutral": "success",
    "skipped": "success",
    "failure": "failure",
    "error": "failure",
    "timed_out": "failure",
    "cancelled": "failure",
    "startup_failure": "failure",
    "action_required": _WAITING,
}
_CONCLUDED = frozenset({"success", "failure"})
_CONCLUDED_STATUSES = frozenset({"success", "failure", "error"})


def push(webhook: WebhookEvent) -> ParsedWebhook:
    """Commits arrived on a branch; tags and deleted branches are none of our business."""
    payload = webhook.payload
    ref = payload.text("ref")
    if not ref.startswith(_BRANCH) or payload.flag("deleted"):
        return ParsedWebhook()
    head = payload.maybe("head_commit")
    commits = tuple(_commit(one) for one in payload.each("commits"))
    paths = {path for commit in commits for path in commit.paths} | set(_commit(head).paths if head else ())
    # A commit's own time may be years old: the repository knows when it was pushed.
    at = payload.at("repository").moment("pushed_at", "updated_at", "created_at")
    pushed = BranchPushed(
        branch=ref.removeprefix(_BRANCH),
        before=payload.text("before", ""),
        after=payload.text("after", ""),
        commits=commits,
        touched_paths=frozenset(paths),
        **webhook.event_fields(at),
    )
    return ParsedWebhook(events=(pushed,))


def _commit(found: JsonReader) -> PushedCommit:
    paths = [path for key in ("added", "modified", "removed") for path in found.texts(key)]
    return PushedCommit(
        sha=found.text("id", ""), message=found.text("message", ""), paths=tuple(dict.fromkeys(paths))
    )


def status(webhook: WebhookEvent) -> ParsedWebhook:
    """A commit status, from services that don't use check runs. It names no pull request."""
    payload = webhook.payload
    state = payload.text("state", "")
    finished = ChecksFinished(
        head_sha=payload.text("sha"),
        name=payload.text("context", "default"),
        outcome=_OUTCOMES.get(state, "pending"),
        url=payload.text("target_url", ""),
        **webhook.event_fields(payload.moment("updated_at", "created_at")),
    )
    if state not in _CONCLUDED_STATUSES:
        return ParsedWebhook(events=(finished,))
    act = _checks_concluded(finished, name=finished.name)
    return ParsedWebhook(events=(finished,), acts_on_heads=((finished.head_sha, act),))


def check(webhook: WebhookEvent) -> ParsedWebhook:
    """A check run, an app's suite of them or a workflow run came to an end, or waits for a maintainer.

    Timelines are told of every end, and of workflow runs only that they wait or have been let go: their
    suites tell the rest.
    """
    found, is_workflow = webhook.payload.at(webhook.name), webhook.name == "workflow_run"
    conclusion, status = found.text("conclusion", ""), found.text("status", "")
    waits = is_workflow and "action_required" in {conclusion, status}
    outcome, is_event = _OUTCOMES.get(conclusion or status, "pending"), waits or webhook.action == "completed"
    if not (is_event or is_workflow) and outcome == "pending":
        return ParsedWebhook()  # they arrive by the thousand
    app = found.maybe("app")
    finished = ChecksFinished(
        head_sha=found.text("head_sha"),
        # What people know a check by: its own name, or that of the app whose suite it is.
        name=found.text("name", "") or (app.text("name", "") if app else "") or "checks",
        outcome=outcome,
        pull_requests=_pull_request_numbers(webhook, found),
        url=found.text("html_url", ""),
        **webhook.event_fields(found.moment("completed_at", "updated_at", "started_at", "created_at")),
    )
    # An app may have several suites on a commit, all of its name: a green one must not hide a red one.
    suite = f", suite {found.number('id', 0)}" if webhook.name == "check_suite" else ""
    act = _check_act(finished, name=f"{finished.name}{suite}", is_workflow=is_workflow)
    return ParsedWebhook(
        events=(finished,) if is_event else (),
        # GitHub names no pull request where the head is in a fork.
        acts=tuple((number, act) for number in finished.pull_requests) if act else (),
        acts_on_heads=((finished.head_sha, act),) if act else (),
    )


def _check_act(finished: ChecksFinished, *, name: str, is_workflow: bool) -> Act | None:
    sha, at = finished.head_sha, finished.at
    if finished.outcome == _WAITING:
        return timeline_acts.workflow_waiting(sha=sha, at=at, url=finished.url)
    if is_workflow:
        kind = ActKind.WORKFLOW_STARTED
        id_ = timeline_acts.workflow_id(kind, sha)
        return Act(kind=kind, at=at, id=id_, by=finished.by, sha=sha, url=finished.url)
    return _checks_concluded(finished, name=name) if finished.outcome in _CONCLUDED else None


def _checks_concluded(finished: ChecksFinished, *, name: str) -> Act:
    return timeline_acts.checks_concluded(
        sha=finished.head_sha, name=name, at=finished.at, outcome=finished.outcome, url=finished.url
    )


def _pull_request_numbers(webhook: WebhookEvent, found: JsonReader) -> tuple[int, ...]:
    """The pull requests of this repository that GitHub names; it names others' too."""
    here = webhook.payload.at("repository").number("id")
    numbers = []
    for pull in found.each("pull_requests"):
        base = pull.maybe("base")
        target = base.maybe("repo") if base else None
        if target is None or target.number("id", 0) == here:
            numbers.append(pull.number("number", 0))
    return tuple(number for number in numbers if number)
