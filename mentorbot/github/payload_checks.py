"""What webhooks about checks add to the timelines of the pull requests whose head was checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.github import act_ids
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.payloads_commits import check_moment, check_name, outcome
from mentorbot.github.webhook_context import WebhookEvent

CHECKS = frozenset({"check_suite", "check_run", "workflow_run"})
_CONCLUDED = frozenset({"success", "failure"})


def acts_of_status(told: WebhookEvent) -> Iterator[tuple[str, Act]]:
    """What a commit status says, with the commit's SHA."""
    payload, said = told.payload, {"success": "success", "failure": "failure", "error": "failure"}
    concluded = said.get(payload.text("state", ""))
    if concluded:
        sha, name = payload.text("sha"), payload.text("context", "default")
        at = payload.moment("updated_at", "created_at")
        yield sha, checks(sha=sha, name=name, at=at, outcome=concluded, url=payload.text("target_url", ""))


def acts_of_check(told: WebhookEvent) -> Iterator[tuple[str, Act]]:
    """What a check says, with the commit's SHA; of workflow runs only that they wait or have been let go."""
    found = told.payload.at(told.name)
    sha, at, ended = found.text("head_sha"), check_moment(found), outcome(found)
    url = found.text("html_url", "")
    if ended == "waiting_for_approval":
        kind = ActKind.WORKFLOW_WAITING
        yield sha, Act(kind=kind, at=at, id=act_ids.workflow(kind, sha), sha=sha, url=url)
    elif told.name == "workflow_run":
        kind = ActKind.WORKFLOW_STARTED
        yield sha, Act(kind=kind, at=at, id=act_ids.workflow(kind, sha), by=told.sender, sha=sha, url=url)
    elif ended in _CONCLUDED:
        name = _suite_name(found) if told.name == "check_suite" else check_name(found)
        yield sha, checks(sha=sha, name=name, at=at, outcome=ended, url=url)


def _suite_name(suite: JsonReader) -> str:
    """An app may have several suites on a commit, all of its name: a green one must not hide a red one."""
    return f"{check_name(suite)}, suite {suite.number('id', 0)}"


def checks(*, sha: str, name: str, at: datetime, outcome: str, url: str = "") -> Act:
    """A check, a suite of them or a commit status came to an end; `body` is its name."""
    return Act(
        kind=ActKind.CHECKS_CONCLUDED,
        at=at,
        id=act_ids.checks(sha, name),
        sha=sha,
        outcome=outcome,
        body=name,
        url=url,
    )
