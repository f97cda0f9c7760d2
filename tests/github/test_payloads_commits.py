from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorbot.github.payloads import parse_webhook
from tests.github import hooks
from tests.github.hooks import Json, a_check, a_push, only


def test_a_push_tells_its_branch_and_paths_and_when_it_came() -> None:
    event = only("push", a_push())
    assert event.branch == "main"
    assert event.is_on_default_branch
    assert event.commits[0].paths == ("a.py", "b.py")
    assert event.touched_paths == {"a.py", "b.py", "z.py"}
    assert event.at == datetime.fromtimestamp(1772443800, UTC)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"ref": "refs/tags/v1"}, id="a tag"),
        pytest.param({"deleted": True, "head_commit": None}, id="a deleted branch"),
    ],
)
def test_tags_and_deleted_branches_are_no_push(changes: Json) -> None:
    assert parse_webhook("push", a_push(**changes), delivery="d").events == ()


@pytest.mark.parametrize(
    ("conclusion", "outcome"),
    [
        ("success", "success"),
        ("skipped", "success"),
        ("failure", "failure"),
        ("timed_out", "failure"),
        ("action_required", "waiting_for_approval"),
        ("stale", "pending"),
    ],
)
def test_a_check_suite_comes_to_an_outcome(conclusion: str, outcome: str) -> None:
    event = only("check_suite", a_check("check_suite", conclusion=conclusion))
    assert (event.outcome, event.name, event.head_sha) == (outcome, "CI", "a" * 40)
    assert event.pull_requests == (4,)  # the other one is somebody else's


def test_a_workflow_run_that_waits_is_heard_before_it_ends() -> None:
    waiting = a_check("workflow_run", action="requested", conclusion="action_required", name="Tests")
    begun = a_check("workflow_run", action="in_progress", conclusion=None, status="in_progress")
    assert only("workflow_run", waiting).outcome == "waiting_for_approval"
    assert parse_webhook("workflow_run", begun, delivery="d").events == ()


def test_a_check_run_without_an_app_still_has_a_name() -> None:
    assert only("check_run", a_check("check_run", app=None)).name == "checks"


def test_a_status_is_a_check() -> None:
    hook = hooks.an_account_hook(sha="a" * 40, context="ci", state="error", updated_at="2026-03-02T08:00:00Z")
    event = only("status", hook)
    assert (event.name, event.outcome, event.pull_requests) == ("ci", "failure", ())
