from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.github.payloads import parse_webhook
from tests.github import hooks
from tests.github.hooks import Json

ADA, GRACE = Person(11, "ada"), Person(12, "grace")
UPDATED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STAMP = "20260302T080000Z"
_LINE = hooks.a_comment(path="a.py", in_reply_to_id=20, original_commit_id="b" * 40)
_MERGED = hooks.a_pull(merged_at="2026-03-02T09:00:00Z", merged_by=hooks.ADA, merge_commit_sha="c" * 40)


@pytest.mark.parametrize(
    ("name", "payload", "kind", "id_", "fields"),
    [
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("synchronize", after="f" * 40),
            ActKind.PUSHED,
            "push-" + "f" * 40,
            {"by": GRACE, "sha": "f" * 40},
            id="a push",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("synchronize"),
            ActKind.PUSHED,
            "push-" + "a" * 40,
            {"at": UPDATED},
            id="a push that names no commit",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("closed", pull=hooks.a_pull(closed_at="2026-03-02T09:00:00Z")),
            ActKind.CLOSED,
            "closed-20260302T090000Z",
            {"by": GRACE},
            id="a closing",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("closed", pull=_MERGED),
            ActKind.MERGED,
            "merged",
            {"by": ADA, "sha": "c" * 40},
            id="a merge",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("ready_for_review"),
            ActKind.MARKED_READY,
            f"marked-ready-{STAMP}",
            {},
            id="ready",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("review_requested", requested_reviewer=hooks.ADA),
            ActKind.REVIEW_REQUESTED,
            f"review-requested-11-{STAMP}",
            {"subject": ADA},
            id="a request",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("review_request_removed", requested_team={"slug": "crew"}),
            ActKind.REVIEW_REQUEST_REMOVED,
            f"review-request-removed-crew-{STAMP}",
            {"team": "crew"},
            id="a team's request taken back",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("assigned", assignee=hooks.ADA),
            ActKind.ASSIGNED,
            f"assigned-11-{STAMP}",
            {"subject": ADA},
            id="an assignment",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("labeled", label={"name": "wip"}),
            ActKind.LABELED,
            f"labeled-wip-{STAMP}",
            {"label": "wip"},
            id="a label",
        ),
        pytest.param(
            "pull_request",
            hooks.a_pull_hook("edited", changes={"title": {"from": "WIP"}}),
            ActKind.RETITLED,
            f"retitled-{STAMP}",
            {"title_before": "WIP", "title_after": "Start it"},
            id="a new title",
        ),
        pytest.param(
            "issue_comment",
            hooks.an_issue_hook("created", issue=hooks.an_issue(pull_request={}), comment=hooks.a_comment()),
            ActKind.COMMENTED,
            "comment-21",
            {"by": GRACE, "body": "Have you tried?", "association": "MEMBER", "thread": "", "sha": ""},
            id="a comment",
        ),
        pytest.param(
            "issue_comment",
            hooks.an_issue_hook("edited", issue=hooks.an_issue(pull_request={}), comment=hooks.a_comment()),
            ActKind.COMMENT_EDITED,
            "comment-edited-comment-21-20260302T084000Z",
            {"about": "comment-21", "body": "Have you tried?"},
            id="an edited comment",
        ),
        pytest.param(
            "issue_comment",
            hooks.an_issue_hook("deleted", issue=hooks.an_issue(pull_request={}), comment=hooks.a_comment()),
            ActKind.COMMENT_DELETED,
            "comment-21-deleted",
            {"about": "comment-21"},
            id="a deleted comment",
        ),
        pytest.param(
            "pull_request_review_comment",
            hooks.a_pull_hook("created", comment=_LINE),
            ActKind.LINE_COMMENTED,
            "line-21",
            {"thread": "line-20", "path": "a.py", "sha": "b" * 40},
            id="a comment on a line",
        ),
        pytest.param(
            "pull_request_review",
            hooks.a_pull_hook("submitted", review=hooks.a_review()),
            ActKind.REVIEWED,
            "review-31",
            {"verdict": Verdict.APPROVED, "sha": "a" * 40, "by": GRACE},
            id="a review",
        ),
        pytest.param(
            "pull_request_review",
            hooks.a_pull_hook("edited", review=hooks.a_review()),
            ActKind.COMMENT_EDITED,
            f"comment-edited-review-31-{STAMP}",
            {"about": "review-31", "body": "Good."},
            id="an edited review",
        ),
        pytest.param(
            "pull_request_review",
            hooks.a_pull_hook("dismissed", review=hooks.a_review()),
            ActKind.REVIEW_DISMISSED,
            "review-31-dismissed",
            {"about": "review-31", "subject": GRACE},
            id="a dismissal",
        ),
        pytest.param(
            "pull_request_review_thread",
            hooks.a_pull_hook("resolved", thread={"comments": [{"id": 20}, {"id": 21}]}),
            ActKind.THREAD_RESOLVED,
            "thread-resolved-line-20",
            {"thread": "line-20"},
            id="a resolved conversation",
        ),
    ],
)
def test_a_hook_adds_an_act(
    name: str, payload: Json, kind: ActKind, id_: str, fields: dict[str, Any]
) -> None:
    ((number, act),) = parse_webhook(name, payload).acts
    assert number == (3 if name == "issue_comment" else 4)
    assert (act.kind, act.id) == (kind, id_)
    assert {key: getattr(act, key) for key in fields} == fields


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        pytest.param("pull_request", hooks.a_pull_hook("opened"), id="an opening: it is the beginning"),
        pytest.param("pull_request", hooks.a_pull_hook("edited", changes={"body": {}}), id="a new text"),
        pytest.param("pull_request", hooks.a_pull_hook("edited"), id="an edit of nothing"),
        pytest.param("pull_request", hooks.a_pull_hook("labeled"), id="no label"),
        pytest.param(
            "issue_comment", hooks.an_issue_hook("created", comment=hooks.a_comment()), id="on an issue"
        ),
        pytest.param("pull_request_review_comment", hooks.a_pull_hook("x", comment=_LINE), id="a line"),
        pytest.param("pull_request_review", hooks.a_pull_hook("x", review=hooks.a_review()), id="a review"),
        pytest.param(
            "pull_request_review_thread", hooks.a_pull_hook("resolved", thread={}), id="no comments"
        ),
        pytest.param(
            "pull_request_review_thread",
            hooks.a_pull_hook("x", thread={"comments": [{"id": 1}]}),
            id="a thread",
        ),
        pytest.param("push", hooks.a_push(), id="another event"),
    ],
)
def test_a_hook_adds_nothing(name: str, payload: Json) -> None:
    assert parse_webhook(name, payload).acts == ()


def _check(event: str, **changes: Any) -> Json:
    run = {
        "head_sha": "a" * 40,
        "conclusion": "failure",
        "updated_at": "2026-03-02T08:00:00Z",
        "name": "build",
        "pull_requests": [{"number": 4}],
    }
    return hooks.an_account_hook(**{event: {**run, **changes}})


def test_two_suites_of_one_app_are_two_checks() -> None:
    red, green = _check("check_suite", id=9), _check("check_suite", id=10, conclusion="success")
    acts = [act for payload in (red, green) for _, act in parse_webhook("check_suite", payload).acts]
    assert len({act.id for act in acts}) == len({act.body for act in acts}) == 2


def test_a_check_is_an_act_of_every_pull_request_with_that_head() -> None:
    payload = _check("check_suite", id=9)
    ((number, act),) = parse_webhook("check_suite", payload).acts
    told = (number, act.kind, act.outcome, act.body)
    assert told == (4, ActKind.CHECKS_CONCLUDED, "failure", "build, suite 9")
    assert parse_webhook("check_suite", payload).acts_on_heads == (("a" * 40, act),)
    fork = _check("check_suite", pull_requests=[])
    parsed = parse_webhook("check_suite", fork)
    assert (parsed.acts, len(parsed.acts_on_heads)) == ((), 1)


@pytest.mark.parametrize(
    ("conclusion", "kind"),
    [
        pytest.param("action_required", ActKind.WORKFLOW_WAITING, id="waits for a maintainer"),
        pytest.param(None, ActKind.WORKFLOW_STARTED, id="was let go"),
    ],
)
def test_a_workflow_run_waits_or_was_let_go(conclusion: str | None, kind: ActKind) -> None:
    payload = _check("workflow_run", conclusion=conclusion, status="in_progress")
    ((_, act),) = parse_webhook("workflow_run", payload).acts
    assert act.kind is kind


def test_checks_without_a_verdict_are_no_act() -> None:
    assert parse_webhook("check_suite", _check("check_suite", conclusion="stale")).acts == ()
    assert parse_webhook("push", hooks.a_push()).acts_on_heads == ()


@pytest.mark.parametrize(("state", "count"), [("error", 1), ("pending", 0)])
def test_a_status_is_an_act_of_its_commit(state: str, count: int) -> None:
    payload = hooks.an_account_hook(sha="a" * 40, state=state, created_at="2026-03-02T08:00:00Z")
    acts = parse_webhook("status", payload).acts_on_heads
    assert len(acts) == count
    assert all(isinstance(act, Act) and act.outcome == "failure" for _, act in acts)


def test_a_pull_request_begins_as_its_payload_shows_it() -> None:
    beginning = parse_webhook(
        "pull_request", hooks.a_pull_hook("opened", pull=hooks.a_pull(draft=True))
    ).opened
    assert beginning == PullRequestTimeline(
        number=4,
        author=ADA,
        opened_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        opened_title="Start it",
        opened_as_draft=True,
        head="ada:fix",
        head_sha="a" * 40,
        base="main",
        body="At all.",
        url="https://github.com/acme/rockets/pull/4",
        association="NONE",
    )
    assert parse_webhook("issues", hooks.an_issue_hook("opened")).opened is None
