from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core import events
from mentorbot.core.entities import PullRequest
from mentorbot.core.people import Association, Person
from tests.github import hooks
from tests.github.hooks import Json, moment, only


@pytest.mark.parametrize(
    ("action", "more", "expected", "at"),
    [
        pytest.param("opened", {}, events.PullRequestOpened, "01T08:00", id="opened, when it was created"),
        pytest.param("synchronize", {}, events.PullRequestPushed, "02T08:00", id="pushed"),
        pytest.param("reopened", {}, events.PullRequestReopened, "02T08:00", id="reopened"),
        pytest.param("ready_for_review", {}, events.PullRequestMarkedReady, "02T08:00", id="ready"),
        pytest.param("converted_to_draft", {}, events.PullRequestConvertedToDraft, "02T08:00", id="drafted"),
        pytest.param(
            "edited",
            {"changes": {"body": {"from": "x"}}},
            events.PullRequestRetitled,
            "02T08:00",
            id="new text",
        ),
        pytest.param(
            "edited", {"changes": {"base": {}}}, events.PullRequestChanged, "02T08:00", id="another base"
        ),
        pytest.param("auto_merge_enabled", {}, events.PullRequestChanged, "02T08:00", id="anything else"),
        pytest.param("unlabeled", {}, events.PullRequestChanged, "02T08:00", id="a label that was deleted"),
    ],
)
def test_a_pull_request_hook_tells(action: str, more: Json, expected: type[Any], at: str) -> None:
    event = only("pull_request", hooks.a_pull_hook(action, **more))
    assert type(event) is expected
    assert event.at == moment(at)
    assert (event.delivery, event.installation_id, event.by.login) == ("d-1", 5, "grace")
    assert (event.repository.full_name, event.repository.owner.login) == ("acme/rockets", "acme")


def test_a_closed_pull_request_tells_whether_and_by_whom_it_was_merged() -> None:
    pull = hooks.a_pull(
        state="closed",
        closed_at="2026-03-02T09:30:00Z",
        merged_at="2026-03-02T09:30:00Z",
        merged_by=hooks.GRACE,
        merge_commit_sha="c" * 40,
    )
    event = only("pull_request", hooks.a_pull_hook("closed", pull=pull))
    assert isinstance(event, events.PullRequestClosed)
    assert event.thread.merged
    assert event.thread.merged_by == Person(12, "grace")
    assert event.thread.merge_commit_sha == "c" * 40
    assert event.at == moment("02T09:30")


def test_a_pull_request_is_known_with_all_its_parts() -> None:
    pull = hooks.a_pull(
        draft=True, requested_reviewers=[hooks.GRACE, None], requested_teams=[{"slug": "crew"}, {}]
    )
    thread = only("pull_request", hooks.a_pull_hook("opened", pull=pull)).thread
    assert thread == PullRequest(
        number=4,
        author=Person(11, "ada"),
        association=Association.NONE,
        title="Start it",
        url="https://github.com/acme/rockets/pull/4",
        opened_at=moment("01T08:00"),
        body="At all.",
        labels=frozenset({"bug"}),
        node_id="PR_4",
        head_sha="a" * 40,
        head_ref="fix",
        head_repository_id=77,
        base_ref="main",
        base_sha="b" * 40,
        draft=True,
        requested_reviewers=(Person(12, "grace"),),
        requested_teams=("crew",),
    )


@pytest.mark.parametrize(
    "user", [pytest.param(None, id="null"), pytest.param(hooks.GHOST, id="the ghost account")]
)
def test_an_author_who_left_is_nobody(user: Json | None) -> None:
    event = only("pull_request", hooks.a_pull_hook("opened", pull=hooks.a_pull(user=user), sender=user))
    assert event.thread.author is None
    assert event.by.login == "ghost"


def test_a_deleted_fork_is_no_error() -> None:
    head = {"sha": "a" * 40, "ref": "fix", "label": None, "repo": None, "user": None}
    event = only("pull_request", hooks.a_pull_hook("synchronize", pull=hooks.a_pull(head=head)))
    assert event.thread.head_repository_id is None


def test_a_word_for_belonging_that_github_invents_proves_nothing() -> None:
    event = only("pull_request", hooks.a_pull_hook("opened", pull=hooks.a_pull(author_association="FRIEND")))
    assert event.thread.association is Association.NONE


def test_labels_and_requests_and_titles_are_named() -> None:
    labelled = only("pull_request", hooks.a_pull_hook("labeled", label={"name": "wip"}))
    unlabelled = only("pull_request", hooks.a_pull_hook("unlabeled", label={"name": "wip"}))
    asked = only("pull_request", hooks.a_pull_hook("review_requested", requested_reviewer=hooks.GRACE))
    team = only("pull_request", hooks.a_pull_hook("review_request_removed", requested_team={"slug": "crew"}))
    retitled = only("pull_request", hooks.a_pull_hook("edited", changes={"title": {"from": "WIP"}}))
    assert isinstance(labelled, events.PullRequestLabelled)
    assert labelled.label == unlabelled.label == "wip"
    assert isinstance(unlabelled, events.PullRequestUnlabelled)
    assert (asked.reviewer, asked.team) == (Person(12, "grace"), None)
    assert isinstance(team, events.ReviewRequestRemoved)
    assert (team.reviewer, team.team) == (None, "crew")
    assert retitled.previous_title == "WIP"


def test_a_comment_on_a_line_knows_its_file_and_what_it_answers() -> None:
    comment = hooks.a_comment(path="engine.py", in_reply_to_id=20)
    event = only("pull_request_review_comment", hooks.a_pull_hook("created", comment=comment))
    assert (event.comment.path, event.comment.in_reply_to) == ("engine.py", 20)


@pytest.mark.parametrize(
    ("action", "expected", "at"),
    [
        pytest.param("submitted", events.ReviewSubmitted, "02T08:50", id="submitted"),
        pytest.param("edited", events.ReviewEdited, "02T08:00", id="edited"),
        pytest.param("dismissed", events.ReviewDismissed, "02T08:00", id="dismissed"),
    ],
)
def test_a_review_hook_tells(action: str, expected: type[Any], at: str) -> None:
    event = only("pull_request_review", hooks.a_pull_hook(action, review=hooks.a_review(state="APPROVED")))
    assert type(event) is expected
    assert event.review.state == "approved"
    assert event.at == moment(at)


def test_a_resolved_conversation_names_its_comments() -> None:
    thread = {"comments": [{"id": 8}, {"id": 9}]}
    hook = hooks.a_pull_hook("resolved", thread=thread, updated_at="2026-03-02T08:55:00Z")
    event = only("pull_request_review_thread", hook)
    assert event.comments == (8, 9)
    assert event.at == moment("02T08:55")
