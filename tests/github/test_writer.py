from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.actions import (
    Action,
    AddLabel,
    EditComment,
    EditIssue,
    MinimizeComment,
    OpenIssue,
    React,
    RemoveLabel,
    RemoveReviewRequest,
    RequestReview,
)
from mentorbot.core.errors import AccessLost, Impossible, LimitReached
from mentorbot.core.events import Reactable
from mentorbot.core.markers import key_in
from mentorbot.core.people import Person
from mentorbot.github.writer import InstallationWriter
from mentorbot.sandbox.model import Issue, PullRequest
from tests.github.conftest import Desk, a_welcome, as_person, first_comment, perform
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


async def test_a_comment_is_posted_with_its_key_hidden_at_its_end(desk: Desk, issue: Issue) -> None:
    made = await desk.do(a_welcome(issue.number))
    (comment,) = issue.comments.values()
    assert comment.body.startswith("Hi!\n\n<!-- ")
    assert key_in(comment.body) == f"welcome/{desk.repository.id}/person 4711"
    assert made["id"] == comment.id
    assert made["url"].endswith(f"#issuecomment-{comment.id}")
    assert made["node_id"]


async def test_a_first_attempt_costs_one_request(desk: Desk, issue: Issue) -> None:
    await desk.do(a_welcome(issue.number))
    assert desk.counted.of("rest", "graphql") == 1


async def test_what_refers_to_nothing_is_impossible(desk: Desk, issue: Issue) -> None:
    edit = EditComment(key="e", number=issue.number, comment="c", body="Hello!")
    with pytest.raises(Impossible, match="never made"):
        await desk.do(edit)


async def test_a_comment_is_minimized(desk: Desk, issue: Issue) -> None:
    made = await desk.do(a_welcome(issue.number))
    await desk.do(MinimizeComment(key="m", number=issue.number, comment="person 4711"), made=made)
    assert first_comment(issue).minimized_reason == "RESOLVED"


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
    source = Reactable(
        kind=kind,
        id=pull.number if kind == "issue" else written.id,
        node_id=written.node_id,
        url="",
    )
    action = React(key="r", number=pull.number, to=source, content="+1")
    made = await desk.do(action)
    again = await desk.do(action, attempt=2)
    assert made == again
    assert [reaction.content for reaction in written.reactions.values()] == ["+1"]


async def test_a_label_is_created_with_its_colour_where_it_is_missing(desk: Desk, issue: Issue) -> None:
    action = AddLabel(
        key="l", number=issue.number, label="help: wanted ü", color="#ff0000", description="x" * 120
    )
    await desk.do(action)
    (label,) = issue.labels.values()
    assert (label.name, label.color) == ("help: wanted ü", "ff0000")
    before = desk.counted.of("rest")
    other = desk.github.acts.open_issue("acme/rockets", by="ada", title="Another")
    await desk.do(AddLabel(key="l2", number=other.number, label="help: wanted ü"))
    assert desk.counted.of("rest") == before + 1  # that it is there is remembered
    await desk.do(RemoveLabel(key="r", number=issue.number, label="help: wanted ü"))
    await desk.do(RemoveLabel(key="r", number=issue.number, label="help: wanted ü"), attempt=2)
    assert list(issue.labels) == []


async def test_a_label_that_somebody_else_created_meanwhile_is_as_good(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    exists = {"message": "Validation Failed", "errors": [{"code": "already_exists", "field": "name"}]}
    scripted.on("POST", f"{HERE}/labels", Say(status=422, json=exists))
    scripted.on("POST", f"{HERE}/issues/3/labels", Say(json=[]))
    await perform(writer, AddLabel(key="l", number=3, label="bug"))
    assert len(scripted.asked(f"{HERE}/issues/3/labels")) == 1


async def test_a_label_may_have_a_slash_in_its_name(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    scripted.on("DELETE", f"{HERE}/issues/3/labels/a/b", Say(json=[]))
    await perform(writer, RemoveLabel(key="l", number=3, label="a/b"))
    assert [one.path for one in scripted.requests if one.method == "DELETE"] == [
        f"{HERE}/issues/3/labels/a%2Fb"
    ]


async def test_a_label_that_cannot_be_is_impossible(
    writer: InstallationWriter, scripted: ScriptedGitHub
) -> None:
    invalid = {"message": "Validation Failed", "errors": [{"code": "invalid", "field": "name"}]}
    scripted.on("POST", f"{HERE}/labels", Say(status=422, json=invalid))
    with pytest.raises(Impossible, match="name invalid"):
        await perform(writer, AddLabel(key="l", number=3, label="bug"))


async def test_a_review_is_requested_by_the_login_they_have_now(desk: Desk, pull: PullRequest) -> None:
    acts = desk.github.acts
    linus = as_person(acts.who("linus"))
    acts.add_collaborator("acme/rockets", "linus", by="grace")
    acts.rename_user("linus", "torvalds")
    await desk.do(RequestReview(key="a", number=pull.number, reviewer=linus))
    assert [asked.name for asked in pull.requested.values()] == [acts.who("torvalds").name]
    await desk.do(RemoveReviewRequest(key="b", number=pull.number, reviewer=linus))
    assert list(pull.requested) == []


async def test_a_review_that_github_refuses_says_why(desk: Desk, pull: PullRequest) -> None:
    linus = as_person(desk.github.acts.who("linus"))
    with pytest.raises(Impossible, match="422"):
        await desk.do(RequestReview(key="a", number=pull.number, reviewer=linus))
    with pytest.raises(Impossible, match="is gone"):
        await desk.do(RequestReview(key="a", number=pull.number, reviewer=Person(999_999, "nobody")))


async def test_a_team_is_asked_by_its_slug(writer: InstallationWriter, scripted: ScriptedGitHub) -> None:
    path = f"{HERE}/pulls/4/requested_reviewers"
    scripted.on("POST", path, Say(status=201, json={}))
    await perform(writer, RequestReview(key="a", number=4, team="crew"))
    assert scripted.asked(path)[0].body == {"team_reviewers": ["crew"]}


async def test_a_thread_that_is_gone_is_impossible(desk: Desk) -> None:
    with pytest.raises(Impossible) as gone:
        await desk.do(a_welcome(99))
    assert gone.value.status == 404


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(a_welcome(3), id="a comment"),
        pytest.param(RemoveLabel(key="r", number=3, label="bug"), id="a label off"),
    ],
)
async def test_a_repository_that_is_gone_is_lost_access(desk: Desk, action: Action) -> None:
    desk.github.acts.delete_repository("acme/rockets", by="grace")
    with pytest.raises(AccessLost, match="gone"):
        await desk.do(action)


async def test_a_locked_thread_is_impossible(writer: InstallationWriter, scripted: ScriptedGitHub) -> None:
    locked = Say(status=403, json={"message": "Unable to create comment because issue is locked."})
    scripted.on("POST", f"{HERE}/issues/3/comments", locked)
    with pytest.raises(Impossible, match="locked"):
        await perform(writer, a_welcome(3))


async def test_a_suspended_installation_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.suspend("acme", by="grace")
    with pytest.raises(AccessLost, match="suspended"):
        await desk.do(a_welcome(issue.number))


async def test_a_missing_permission_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.accept_permissions("acme", permissions={"metadata": "read"}, by="grace")
    with pytest.raises(AccessLost, match="Resource not accessible"):
        await desk.do(a_welcome(issue.number))


@pytest.mark.parametrize("fault", ["primary_limit", "secondary_limit"])
async def test_a_limit_puts_a_write_off(desk: Desk, issue: Issue, fault: Any) -> None:
    desk.github.faults.add(fault, method="POST", path=".*/comments", seconds=30)
    with pytest.raises(LimitReached) as limit:
        await desk.do(a_welcome(issue.number))
    assert limit.value.retry_at is not None
    assert issue.comments == {}


async def test_an_archived_repository_is_lost_access(desk: Desk, issue: Issue) -> None:
    desk.github.acts.archive_repository("acme/rockets", by="grace")
    with pytest.raises(AccessLost, match="archived"):
        await desk.do(a_welcome(issue.number))


async def test_an_issue_of_ours_is_rewritten_and_still_found_by_its_first_key(desk: Desk) -> None:
    opening = OpenIssue(key="list", title="What waits", body="#1")
    made = await desk.do(opening)
    edit = EditIssue(key="list/as of Monday", issue="list", title="What waits now", body="#2")
    done = await desk.do(edit, made=made)

    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    assert (issue.title, done["number"]) == ("What waits now", issue.number)
    assert issue.body is not None
    assert issue.body.startswith("#2")
    assert key_in(issue.body) == f"welcome/{desk.repository.id}/list"
    assert (await desk.do(opening, attempt=2))["number"] == issue.number
