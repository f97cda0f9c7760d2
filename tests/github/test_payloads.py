from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mentorbot.core import events
from mentorbot.core.people import Association, Person
from mentorbot.core.places import Issue, PullRequest
from mentorbot.github.payloads import Address, Heard, UnknownShape, address_of, events_of
from tests.github import hooks
from tests.github.hooks import Json

PR = "pull_request"


def _only(name: str, payload: Json) -> Any:
    (event,) = events_of(name, payload, delivery="d-1")
    return event


def _time(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=UTC)


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
    event = _only(PR, hooks.a_pull_hook(action, **more))
    assert type(event) is expected
    assert event.at == _time(at)
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
    event = _only(PR, hooks.a_pull_hook("closed", pull=pull))
    assert isinstance(event, events.PullRequestClosed)
    assert event.thread.merged
    assert event.thread.merged_by == Person(12, "grace")
    assert event.thread.merge_commit_sha == "c" * 40
    assert event.at == _time("02T09:30")


def test_a_pull_request_is_known_with_all_its_parts() -> None:
    pull = hooks.a_pull(
        draft=True, requested_reviewers=[hooks.GRACE, None], requested_teams=[{"slug": "crew"}, {}]
    )
    thread = _only(PR, hooks.a_pull_hook("opened", pull=pull)).thread
    assert thread == PullRequest(
        number=4,
        author=Person(11, "ada"),
        association=Association.NONE,
        title="Start it",
        url="https://github.com/acme/rockets/pull/4",
        opened_at=_time("01T08:00"),
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
    event = _only(PR, hooks.a_pull_hook("opened", pull=hooks.a_pull(user=user), sender=user))
    assert event.thread.author is None
    assert event.by.login == "ghost"


def test_a_deleted_fork_is_no_error() -> None:
    head = {"sha": "a" * 40, "ref": "fix", "label": None, "repo": None, "user": None}
    event = _only(PR, hooks.a_pull_hook("synchronize", pull=hooks.a_pull(head=head)))
    assert event.thread.head_repository_id is None


def test_a_word_for_belonging_that_github_invents_proves_nothing() -> None:
    event = _only(PR, hooks.a_pull_hook("opened", pull=hooks.a_pull(author_association="FRIEND")))
    assert event.thread.association is Association.NONE


def test_labels_and_requests_and_titles_are_named() -> None:
    labelled = _only(PR, hooks.a_pull_hook("labeled", label={"name": "wip"}))
    unlabelled = _only(PR, hooks.a_pull_hook("unlabeled", label={"name": "wip"}))
    asked = _only(PR, hooks.a_pull_hook("review_requested", requested_reviewer=hooks.GRACE))
    team = _only(PR, hooks.a_pull_hook("review_request_removed", requested_team={"slug": "crew"}))
    retitled = _only(PR, hooks.a_pull_hook("edited", changes={"title": {"from": "WIP"}}))
    assert isinstance(labelled, events.PullRequestLabelled)
    assert labelled.label == unlabelled.label == "wip"
    assert isinstance(unlabelled, events.PullRequestUnlabelled)
    assert (asked.reviewer, asked.team) == (Person(12, "grace"), None)
    assert isinstance(team, events.ReviewRequestRemoved)
    assert (team.reviewer, team.team) == (None, "crew")
    assert retitled.previous_title == "WIP"


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
    event = _only("issues", hooks.an_issue_hook(action))
    assert type(event) is expected
    assert event.at == _time(at)
    assert type(event.thread) is Issue


@pytest.mark.parametrize("action", ["deleted", "transferred"])
def test_an_issue_that_is_gone_is_nothing_to_act_upon(action: str) -> None:
    assert events_of("issues", hooks.an_issue_hook(action), delivery="d") == ()


def test_a_comment_on_a_pull_request_has_a_pull_request_for_a_thread() -> None:
    issue = hooks.an_issue(pull_request={"merged_at": "2026-03-02T07:00:00Z"}, draft=True)
    event = _only("issue_comment", hooks.an_issue_hook("created", issue=issue, comment=hooks.a_comment()))
    assert isinstance(event, events.Commented)
    assert isinstance(event.thread, PullRequest)
    assert event.thread.merged
    assert event.thread.draft
    assert event.thread.node_id == ""  # the issue's would be refused
    assert event.at == _time("02T08:30")
    assert event.comment.association is Association.MEMBER


def test_an_edited_comment_tells_what_it_said_before() -> None:
    changes = {"body": {"from": "Have"}}
    hook = hooks.an_issue_hook("edited", comment=hooks.a_comment(), changes=changes)
    event = _only("issue_comment", hook)
    assert isinstance(event, events.CommentEdited)
    assert event.comment.previous_body == "Have"
    assert event.at == _time("02T08:40")


def test_a_deleted_comment_went_when_its_thread_changed() -> None:
    event = _only("issue_comment", hooks.an_issue_hook("deleted", comment=hooks.a_comment()))
    assert isinstance(event, events.CommentDeleted)
    assert event.at == _time("02T08:00")


def test_a_comment_on_a_line_knows_its_file_and_what_it_answers() -> None:
    comment = hooks.a_comment(path="engine.py", in_reply_to_id=20)
    event = _only("pull_request_review_comment", hooks.a_pull_hook("created", comment=comment))
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
    event = _only("pull_request_review", hooks.a_pull_hook(action, review=hooks.a_review(state="APPROVED")))
    assert type(event) is expected
    assert event.review.state == "approved"
    assert event.at == _time(at)


def test_a_resolved_conversation_names_its_comments() -> None:
    thread = {"comments": [{"id": 8}, {"id": 9}]}
    hook = hooks.a_pull_hook("resolved", thread=thread, updated_at="2026-03-02T08:55:00Z")
    event = _only("pull_request_review_thread", hook)
    assert event.comments == (8, 9)
    assert event.at == _time("02T08:55")


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        pytest.param("pull_request_review", hooks.a_pull_hook("thought", review={}), id="a review"),
        pytest.param("pull_request_review_comment", hooks.a_pull_hook("thought"), id="a line"),
        pytest.param("pull_request_review_thread", hooks.a_pull_hook("thought"), id="a conversation"),
        pytest.param("issue_comment", hooks.an_issue_hook("thought"), id="a comment"),
        pytest.param("repository", hooks.an_account_hook(action="created"), id="a new repository"),
        pytest.param("organization", hooks.an_account_hook(action="member_added"), id="a member"),
        pytest.param("installation", hooks.an_account_hook(action="thought"), id="an installation"),
        pytest.param("installation_target", hooks.an_account_hook(action="thought"), id="an owner"),
        pytest.param("check_suite", hooks.an_account_hook(action="requested"), id="checks that begin"),
        pytest.param("star", hooks.an_account_hook(action="created"), id="a star"),
        pytest.param("from_the_future", {}, id="what GitHub may invent"),
    ],
)
def test_what_nobody_listens_to_is_nothing(name: str, payload: Json) -> None:
    assert events_of(name, payload, delivery="d") == ()


def _push(**changes: Any) -> Json:
    commit = {"id": "c" * 40, "message": "Mend", "added": ["a.py"], "modified": ["b.py"], "removed": ["a.py"]}
    head = {"id": "d" * 40, "added": ["z.py"]}
    push = {"ref": "refs/heads/main", "before": "1", "after": "2", "commits": [commit], "head_commit": head}
    return hooks.an_account_hook(**{**push, **changes})


def test_a_push_tells_its_branch_and_paths_and_when_it_came() -> None:
    event = _only("push", _push())
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
    assert events_of("push", _push(**changes), delivery="d") == ()


def _check(event: str, *, action: str = "completed", **changes: Any) -> Json:
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
    return hooks.an_account_hook(**{"action": action, event: {**run, **changes}})


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
    event = _only("check_suite", _check("check_suite", conclusion=conclusion))
    assert (event.outcome, event.name, event.head_sha) == (outcome, "CI", "a" * 40)
    assert event.pull_requests == (4,)  # the other one is somebody else's


def test_a_workflow_run_that_waits_is_heard_before_it_ends() -> None:
    waiting = _check("workflow_run", action="requested", conclusion="action_required", name="Tests")
    begun = _check("workflow_run", action="in_progress", conclusion=None, status="in_progress")
    assert _only("workflow_run", waiting).outcome == "waiting_for_approval"
    assert events_of("workflow_run", begun, delivery="d") == ()


def test_a_check_run_without_an_app_still_has_a_name() -> None:
    assert _only("check_run", _check("check_run", app=None)).name == "checks"


def test_a_status_is_a_check() -> None:
    hook = hooks.an_account_hook(sha="a" * 40, context="ci", state="error", updated_at="2026-03-02T08:00:00Z")
    event = _only("status", hook)
    assert (event.name, event.outcome, event.pull_requests) == ("ci", "failure", ())


def _installation(**more: Any) -> Json:
    installation = {"id": 5, "account": hooks.ACME, "updated_at": "2026-03-02T08:00:00Z"}
    return {"installation": installation, "sender": hooks.GRACE, **more}


_SHORT = {"id": 1, "name": "rockets", "full_name": "acme/rockets", "private": True}


def _told(name: str, payload: Json) -> list[Heard]:
    return list(events_of(name, payload, delivery="d"))


def test_a_new_installation_brings_its_repositories() -> None:
    changed, added = _told("installation", _installation(action="created", repositories=[_SHORT]))
    assert isinstance(changed, events.InstallationChanged)
    assert (changed.change, changed.account.login) == ("created", "acme")
    assert isinstance(added, events.RepositoriesAdded)
    assert added.repositories[0].owner.login == "acme"
    assert added.repositories[0].private


def test_a_deleted_installation_takes_all_repositories() -> None:
    _, removed = _told("installation", _installation(action="deleted", repositories=[_SHORT]))
    assert isinstance(removed, events.RepositoriesRemoved)
    assert removed.repositories == ()


@pytest.mark.parametrize(
    ("action", "change"),
    [("suspend", "suspended"), ("unsuspend", "unsuspended"), ("new_permissions_accepted",) * 2],
)
def test_an_installation_changes(action: str, change: str) -> None:
    (changed,) = _told("installation", _installation(action=action))
    assert isinstance(changed, events.InstallationChanged)
    assert changed.change == change


def test_repositories_come_and_go() -> None:
    other = {**_SHORT, "id": 2, "full_name": "acme/tents"}
    hook = _installation(action="added", repositories_added=[_SHORT], repositories_removed=[other])
    added, removed = _told("installation_repositories", hook)
    assert isinstance(added, events.RepositoriesAdded)
    assert isinstance(removed, events.RepositoriesRemoved)
    assert [repository.id for repository in removed.repositories] == [2]
    hook = _installation(action="removed", repositories_added=[], repositories_removed=[])
    assert _told("installation_repositories", hook) == []  # an empty list would read as all of them


def test_an_enterprise_has_no_login_and_is_an_account_all_the_same() -> None:
    hook = _installation(action="suspend")
    hook["installation"]["account"] = {"id": 9, "slug": "big", "name": "Big"}
    (changed,) = _told("installation", hook)
    assert isinstance(changed, events.InstallationChanged)
    assert changed.account.login == "big"


@pytest.mark.parametrize(
    ("changes", "previous"),
    [
        pytest.param({"repository": {"name": {"from": "rocket"}}}, "acme/rocket", id="renamed"),
        pytest.param({"owner": {"from": {"user": {"login": "ada"}}}}, "ada/rockets", id="from a person"),
        pytest.param({"owner": {"from": {"organization": {"login": "old"}}}}, "old/rockets", id="from one"),
        pytest.param({"owner": {"from": {}}}, None, id="from nobody"),
        pytest.param({"owner": {}}, None, id="from nowhere"),
        pytest.param({"repository": {}}, None, id="renamed from nothing"),
        pytest.param({"description": {"from": "x"}}, None, id="something else"),
        pytest.param(None, None, id="nothing said"),
    ],
)
def test_a_repository_tells_what_it_was_called(changes: Json | None, previous: str | None) -> None:
    event = _only("repository", hooks.an_account_hook(action="renamed", changes=changes))
    assert (event.change, event.previous_full_name) == ("renamed", previous)


def test_a_new_login_is_learned() -> None:
    renamed = {"action": "renamed", "organization": hooks.ACME, "account": hooks.ACME}
    for name in ("organization", "installation_target"):
        event = _only(name, hooks.an_account_hook(**renamed))
        assert event == events.LoginChanged(person=Person(2, "acme"))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(number=None)),
            "pull_request.number is missing",
            id="missing",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(user={"login": "x"})),
            "pull_request.user.id is missing",
            id="deeper",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(number=True)),
            "pull_request.number is true or false where a positive number was expected",
            id="of another kind",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(labels=[{"name": 3}])),
            r"pull_request.labels\[0\].name is a number where a text was expected",
            id="in a list",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(labels="none")),
            "pull_request.labels is a text where a list was expected",
            id="no list",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(created_at="today")),
            "pull_request.created_at is a text where a date and time was expected",
            id="no time",
        ),
        pytest.param(
            hooks.a_pull_hook("opened", pull=hooks.a_pull(created_at=None)),
            "pull_request.created_at is missing",
            id="never",
        ),
        pytest.param(
            {**hooks.a_pull_hook("opened"), "pull_request": "gone"},
            "pull_request is a text where an object",
            id="no object",
        ),
    ],
)
def test_an_unknown_shape_names_its_path(payload: Json, reason: str) -> None:
    with pytest.raises(UnknownShape, match=f"^{reason}"):
        events_of(PR, payload, delivery="d")


def test_what_the_store_cannot_keep_is_replaced() -> None:
    pull = hooks.a_pull(title="a\0b", body="é\0\ud800")
    thread = _only(PR, hooks.a_pull_hook("opened", pull=pull)).thread
    assert thread.title == "a\ufffdb"
    assert thread.body == "é\ufffd?"


@pytest.mark.parametrize(
    ("payload", "address"),
    [
        pytest.param(hooks.a_pull_hook("opened"), (5, 1, 4, "opened"), id="a pull request"),
        pytest.param(hooks.an_issue_hook("opened"), (5, 1, 3, "opened"), id="an issue"),
        pytest.param(_check("check_run"), (5, 1, None, "completed"), id="a check of several"),
        pytest.param(
            _check("check_suite", pull_requests=[{"number": 4}]), (5, 1, 4, "completed"), id="a check of one"
        ),
        pytest.param(_push(), (5, 1, None, None), id="a push"),
        pytest.param({"action": 3, "issue": {"number": "x"}}, (None,) * 4, id="nonsense"),
        pytest.param({"installation": {"id": True}, "issue": {"number": -1}}, (None,) * 4, id="no numbers"),
    ],
)
def test_a_delivery_has_an_address(payload: Json, address: tuple[Any, ...]) -> None:
    found = address_of("anything", payload)
    assert isinstance(found, Address)
    assert (found.installation_id, found.repository_id, found.number, found.action) == address
