from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core import events
from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.people import Association
from mentorbot.github.payloads import parse_webhook
from tests.github import hooks
from tests.github.hooks import moment, only


@pytest.mark.parametrize(
    ("action", "expected", "at"),
    [
        pytest.param("opened", events.IssueOpened, "01T08:00", id="opened"),
        pytest.param("closed", events.IssueClosed, "02T08:00", id="closed"),
        pytest.param("reopened", events.IssueReopened, "02T08:00", id="reopened"),
        pytest.param("labeled", events.IssueChanged, "02T08:00", id="anything else"),
    ],
)
def test_an_issue_hook_tells(action: str, expected: type[Any], at: str) -> None:
    event = only("issues", hooks.an_issue_hook(action))
    assert type(event) is expected
    assert event.at == moment(at)
    assert type(event.thread) is Issue


@pytest.mark.parametrize("action", ["deleted", "transferred"])
def test_an_issue_that_is_gone_is_nothing_to_act_upon(action: str) -> None:
    assert parse_webhook("issues", hooks.an_issue_hook(action), delivery="d").events == ()


def test_a_comment_on_a_pull_request_has_a_pull_request_for_a_thread() -> None:
    issue = hooks.an_issue(pull_request={"merged_at": "2026-03-02T07:00:00Z"}, draft=True)
    event = only("issue_comment", hooks.an_issue_hook("created", issue=issue, comment=hooks.a_comment()))
    assert isinstance(event, events.Commented)
    assert isinstance(event.thread, PullRequest)
    assert event.thread.merged
    assert event.thread.draft
    assert event.thread.node_id == ""  # the issue's would be refused
    assert event.at == moment("02T08:30")
    assert event.comment.association is Association.MEMBER


def test_an_edited_comment_tells_what_it_said_before() -> None:
    changes = {"body": {"from": "Have"}}
    hook = hooks.an_issue_hook("edited", comment=hooks.a_comment(), changes=changes)
    event = only("issue_comment", hook)
    assert isinstance(event, events.CommentEdited)
    assert event.comment.previous_body == "Have"
    assert event.at == moment("02T08:40")


def test_a_deleted_comment_went_when_its_thread_changed() -> None:
    event = only("issue_comment", hooks.an_issue_hook("deleted", comment=hooks.a_comment()))
    assert isinstance(event, events.CommentDeleted)
    assert event.at == moment("02T08:00")
