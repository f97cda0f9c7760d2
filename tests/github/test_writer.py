from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mentorbot.core.actions import (
    Action,
    AddLabel,
    Annotation,
    CloseIssue,
    Comment,
    EditComment,
    MinimizeComment,
    Occasion,
    OpenIssue,
    PublishCheckRun,
    React,
    RemoveLabel,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.events import Spoken
from mentorbot.core.outcomes import AccessLost, GitHubUnavailable, Impossible, LimitReached
from mentorbot.core.people import Person
from mentorbot.github.app import GitHubApp
from mentorbot.github.markers import key_in
from mentorbot.github.writer import InstallationWriter
from mentorbot.sandbox.threads import Comment as WrittenComment
from mentorbot.sandbox.threads import Issue, PullRequest
from tests.github import hooks
from tests.github.conftest import Desk, as_person
from tests.github.scripted import Say, ScriptedGitHub
from tests.github.test_client import REPOSITORY

HERE = "/repos/acme/rockets"
KEY = "welcome/1/person 4711"


async def _do(
    desk: Desk, action: Action, *, attempt: int = 1, made: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    key = f"welcome/{desk.repository.id}/{action.key}"
    return await desk.writer.perform(action, repository=desk.repository, key=key, attempt=attempt, made=made)


@pytest.fixture
def issue(desk: Desk) -> Issue:
    return desk.github.acts.open_issue("acme/rockets", by="ada", title="It does not start")


@pytest.fixture
def pull(desk: Desk) -> PullRequest:
    return desk.github.acts.open_pull_request(
        "acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"}
    )


def _first(issue: Issue) -> WrittenComment:
    return next(iter(issue.comments.values()))


def _comment(number: int, *, body: str = "Hi!", key: str = "person 4711") -> Comment:
    return Comment(key=key, number=number, body=body, occasion=Occasion.CELEBRATION)


async def test_a_comment_is_posted_with_its_key_hidden_at_its_end(desk: Desk, issue: Issue) -> None:
    made = await _do(desk, _comment(issue.number))
    (comment,) = issue.comments.values()
    assert comment.body.startswith("Hi!\n\n<!-- ")
    assert key_in(comment.body) == f"welcome/{desk.repository.id}/person 4711"
    assert made["id"] == comment.id
    assert made["url"].endswith(f"#issuecomment-{comment.id}")
    assert made["node_id"]


async def test_a_first_attempt_costs_one_request(desk: Desk, issue: Issue) -> None:
    await _do(desk, _comment(issue.number))
    assert desk.counted.of("rest", "graphql") == 1


async def test_a_comment_that_was_posted_before_the_line_dropped_is_found_again(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("drop_after", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, _comment(issue.number))
    made = await _do(desk, _comment(issue.number), attempt=2)
    (comment,) = issue.comments.values()
    assert made["id"] == comment.id


async def test_a_comment_that_was_never_posted_is_posted_by_the_second_attempt(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("drop_before", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, _comment(issue.number))
    assert issue.comments == {}
    await _do(desk, _comment(issue.number), attempt=2)
    assert len(issue.comments) == 1


async def test_a_marker_that_somebody_else_wrote_stops_nothing(desk: Desk, issue: Issue) -> None:
    await _do(desk, _comment(issue.number))
    (ours,) = issue.comments.values()
    forged = ours.body
    desk.github.acts.delete_comment(ours)
    desk.github.acts.comment(issue, by="linus", body=forged)
    await _do(desk, _comment(issue.number), attempt=2)
    assert [comment.author.login for comment in issue.comments.values() if comment.author] == [
        "linus",
        "mentorbot[bot]",
    ]


async def test_a_marker_is_found_behind_a_hundred_other_comments(desk: Desk, issue: Issue) -> None:
    await _do(desk, _comment(issue.number))
    with desk.github.acts.quietly():
        for number in range(120):
            desk.github.acts.comment(issue, by="linus", body=f"{number}")
    await _do(desk, _comment(issue.number), attempt=2)
    assert len(issue.comments) == 121


async def test_an_edited_comment_keeps_its_first_key(desk: Desk, issue: Issue) -> None:
    made = await _do(desk, _comment(issue.number))
    edit = EditComment(key="person 4711 told", number=issue.number, comment="person 4711", body="Hello!")
    await _do(desk, edit, made=made)
    assert _first(issue).body.startswith("Hello!")
    await _do(desk, _comment(issue.number), attempt=2)
    assert len(issue.comments) == 1


async def test_what_refers_to_nothing_is_impossible(desk: Desk, issue: Issue) -> None:
    edit = EditComment(key="e", number=issue.number, comment="c", body="Hello!")
    with pytest.raises(Impossible, match="never made"):
        await _do(desk, edit)


async def test_a_comment_is_minimized(desk: Desk, issue: Issue) -> None:
    made = await _do(desk, _comment(issue.number))
    await _do(desk, MinimizeComment(key="m", number=issue.number, comment="person 4711"), made=made)
    assert _first(issue).minimized_reason == "RESOLVED"


@pytest.mark.parametrize("kind", ["issue", "issue_comment", "review_comment", "review"])
async def test_a_reaction_is_put_on_whatever_was_written(desk: Desk, pull: PullRequest, kind: str) -> None:
    acts = desk.github.acts
    comment = acts.comment(pull, by="grace", body="/mentorbot help")
    line = {"path": "engine.py", "line": 1, "body": "Why?"}
    review = acts.review(pull, by="grace", comments=(line,))  # type: ignore[arg-type]
    written: Any = {
        "issue": pull,
        "issue_comment": comment,
        "review_comment": review.comments[0],
        "review": review,
    }[kind]
    spoken = Spoken(
        kind=kind,
        id=pull.number if kind == "issue" else written.id,
        node_id=written.node_id,
        url="",
    )
    action = React(key="r", number=pull.number, to=spoken, content="+1")
    made = await _do(desk, action)
    again = await _do(desk, action, attempt=2)
    assert made == again
    assert [reaction.content for reaction in written.reactions.values()] == ["+1"]


async def test_a_label_is_created_with_its_colour_where_it_is_missing(desk: Desk, issue: Issue) -> None:
    action = AddLabel(
        key="l", number=issue.number, label="help: wanted ü", color="#ff0000", description="x" * 120
    )
    await _do(desk, action)
    (label,) = issue.labels.values()
    assert (label.name, label.color) == ("help: wanted ü", "ff0000")
    before = desk.counted.of("rest")
    other = desk.github.acts.open_issue("acme/rockets", by="ada", title="Another")
    await _do(desk, AddLabel(key="l2", number=other.number, label="help: wanted ü"))
    assert desk.counted.of("rest") == before + 1  # that it is there is remembered
    await _do(desk, RemoveLabel(key="r", number=issue.number, label="help: wanted ü"))
    await _do(desk, RemoveLabel(key="r", number=issue.number, label="help: wanted ü"), attempt=2)
    assert list(issue.labels) == []


@pytest.fixture
def writer(scripted_app: GitHubApp) -> InstallationWriter:
    return scripted_app.writer(5)


async def _perform(writer: InstallationWriter, action: Action, *, attempt: int = 1) -> Mapping[str, Any]:
    return await writer.perform(action, repository=REPOSITORY, key=KEY, attempt=attempt, made=None)


async def test_a_label_that_somebody_else_created_meanwhile_is_as_good(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    exists = {"message": "Validation Failed", "errors": [{"code": "already_exists", "field": "name"}]}
    scripted.on("POST", f"{HERE}/labels", Say(status=422, json=exists))
    scripted.on("POST", f"{HERE}/issues/3/labels", Say(json=[]))
    await _perform(writer, AddLabel(key="l", number=3, label="bug"))
    assert len(scripted.asked(f"{HERE}/issues/3/labels")) == 1


async def test_a_label_may_have_a_slash_in_its_name(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    scripted.on("DELETE", f"{HERE}/issues/3/labels/a/b", Say(json=[]))
    await _perform(writer, RemoveLabel(key="l", number=3, label="a/b"))
    assert [one.path for one in scripted.heard if one.method == "DELETE"] == [f"{HERE}/issues/3/labels/a%2Fb"]


async def test_a_label_that_cannot_be_is_impossible(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    invalid = {"message": "Validation Failed", "errors": [{"code": "invalid", "field": "name"}]}
    scripted.on("POST", f"{HERE}/labels", Say(status=422, json=invalid))
    with pytest.raises(Impossible, match="name invalid"):
        await _perform(writer, AddLabel(key="l", number=3, label="bug"))


async def test_a_review_is_requested_by_the_login_they_have_now(desk: Desk, pull: PullRequest) -> None:
    acts = desk.github.acts
    linus = as_person(acts.who("linus"))
    acts.add_collaborator("acme/rockets", "linus", by="grace")
    acts.rename_user("linus", "torvalds")
    await _do(desk, RequestReview(key="a", number=pull.number, reviewer=linus))
    assert [asked.name for asked in pull.requested.values()] == [acts.who("torvalds").name]
    await _do(desk, RemoveReviewRequest(key="b", number=pull.number, reviewer=linus))
    assert list(pull.requested) == []


async def test_a_review_that_github_refuses_says_why(desk: Desk, pull: PullRequest) -> None:
    linus = as_person(desk.github.acts.who("linus"))
    with pytest.raises(Impossible, match="422"):
        await _do(desk, RequestReview(key="a", number=pull.number, reviewer=linus))
    with pytest.raises(Impossible, match="is gone"):
        await _do(desk, RequestReview(key="a", number=pull.number, reviewer=Person(999_999, "nobody")))


async def test_a_team_is_asked_by_its_slug(writer: InstallationWriter, scripted: ScriptedGitHub) -> None:
    path = f"{HERE}/pulls/4/requested_reviewers"
    scripted.on("POST", path, Say(status=201, json={}))
    await _perform(writer, RequestReview(key="a", number=4, team="crew"))
    assert scripted.asked(path)[0].body == {"team_reviewers": ["crew"]}


def _check_run(sha: str, *, annotations: int = 0) -> PublishCheckRun:
    return PublishCheckRun(
        key="config",
        number=1,
        head_sha=sha,
        name="mentorbot.yml",
        conclusion="failure",
        title="Two mistakes",
        summary="Here they are.",
        annotations=tuple(
            Annotation(
                path="a.yml", line=line, column=3 if line % 2 else None, message="No.", title="x" * 300
            )
            for line in range(1, annotations + 1)
        ),
    )


@pytest.mark.parametrize("count", [0, 1, 50, 51, 120])
async def test_a_check_run_has_all_its_annotations(desk: Desk, pull: PullRequest, count: int) -> None:
    made = await _do(desk, _check_run(pull.head_sha, annotations=count))
    run = desk.github.world.check_runs[made["id"]]
    assert (run.name, run.conclusion, run.head_sha) == ("mentorbot.yml", "failure", pull.head_sha)
    assert len(run.annotations) == count


async def test_a_check_run_of_an_interrupted_attempt_is_completed(desk: Desk, pull: PullRequest) -> None:
    desk.github.faults.add("status", method="PATCH")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, _check_run(pull.head_sha, annotations=120))
    made = await _do(desk, _check_run(pull.head_sha, annotations=120), attempt=2)
    (run,) = desk.github.world.check_runs.values()
    assert made["id"] == run.id
    assert len(run.annotations) == 120


async def test_a_check_run_that_was_never_made_is_made_by_the_second_attempt(
    desk: Desk, pull: PullRequest
) -> None:
    desk.github.acts.complete_check("acme/rockets", pull.head_sha, "mentorbot.yml")
    await _do(desk, _check_run(pull.head_sha), attempt=2)
    assert len(desk.github.world.check_runs) == 2


async def test_an_issue_is_opened_once_and_closed_with_a_last_word(desk: Desk) -> None:
    action = OpenIssue(key="broken", title="mentorbot.yml is broken", body="Line 3.", labels=("bug",))
    desk.github.faults.add("drop_after", method="POST", path=".*/issues")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, action)
    made = await _do(desk, action, attempt=2)
    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    assert made["number"] == issue.number
    closing = CloseIssue(key="mended", issue="broken", body="Mended, thank you!")
    desk.github.faults.add("drop_after", method="PATCH")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, closing, made=made)
    done = await _do(desk, closing, made=made, attempt=2)
    assert issue.state == "closed"
    assert len(issue.comments) == 1
    assert done["number"] == issue.number


async def test_an_issue_that_was_never_opened_is_opened_by_the_second_attempt(desk: Desk) -> None:
    await _do(desk, OpenIssue(key="broken", title="Broken", body="Line 3."), attempt=2)
    assert len(desk.github.world.repositories[desk.repository.id].threads) == 1


async def test_a_thread_that_is_gone_is_impossible(desk: Desk) -> None:
    with pytest.raises(Impossible) as gone:
        await _do(desk, _comment(99))
    assert gone.value.status == 404


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(_comment(3), id="a comment"),
        pytest.param(RemoveLabel(key="r", number=3, label="bug"), id="a label off"),
    ],
)
async def test_a_repository_that_is_gone_is_lost_access(desk: Desk, action: Action) -> None:
    desk.github.acts.delete_repository("acme/rockets", by="grace")
    with pytest.raises(AccessLost, match="gone"):
        await _do(desk, action)


async def test_a_locked_thread_is_impossible(writer: InstallationWriter, scripted: ScriptedGitHub) -> None:
    locked = Say(status=403, json={"message": "Unable to create comment because issue is locked."})
    scripted.on("POST", f"{HERE}/issues/3/comments", locked)
    with pytest.raises(Impossible, match="locked"):
        await _perform(writer, _comment(3))


async def test_a_suspended_installation_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.suspend("acme", by="grace")
    with pytest.raises(AccessLost, match="suspended"):
        await _do(desk, _comment(issue.number))


async def test_a_missing_permission_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.accept_permissions("acme", permissions={"metadata": "read"}, by="grace")
    with pytest.raises(AccessLost, match="Resource not accessible"):
        await _do(desk, _comment(issue.number))


@pytest.mark.parametrize("fault", ["primary_limit", "secondary_limit"])
async def test_a_limit_puts_a_write_off(desk: Desk, issue: Issue, fault: Any) -> None:
    desk.github.faults.add(fault, method="POST", path=".*/comments", seconds=30)
    with pytest.raises(LimitReached) as limit:
        await _do(desk, _comment(issue.number))
    assert limit.value.retry_at is not None
    assert issue.comments == {}


async def test_a_broken_answer_to_a_write_is_looked_into_by_the_second_attempt(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("broken_body", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await _do(desk, _comment(issue.number))
    await _do(desk, _comment(issue.number), attempt=2)
    assert len(issue.comments) == 1


async def test_an_archived_repository_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.archive_repository("acme/rockets", by="grace")
    with pytest.raises(AccessLost, match="archived"):
        await _do(desk, _comment(issue.number))


async def test_odd_comments_are_not_taken_for_ours(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    scripted.on("GET", "/app/installations", Say(json=[]))
    scripted.on("GET", "/users/mentorbot%5Bbot%5D", Say(json=hooks.ROBOT))
    scripted.on("GET", "/users/mentorbot[bot]", Say(json=hooks.ROBOT))
    odd: list[Any] = [None, {"user": None}, {"user": hooks.ROBOT, "body": None}]
    scripted.on("GET", f"{HERE}/issues/3/comments", Say(json=odd))
    scripted.on("POST", f"{HERE}/issues/3/comments", Say(status=201, json={"id": 1}))
    assert await _perform(writer, _comment(3), attempt=2) == {"id": 1}
