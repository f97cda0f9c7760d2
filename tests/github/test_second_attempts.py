from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.actions import (
    CloseIssue,
    EditComment,
    OpenIssue,
)
from mentorbot.core.markers import marked
from mentorbot.core.outcomes import GitHubUnavailable
from mentorbot.github.app import GitHubApp
from mentorbot.github.writer import InstallationWriter
from mentorbot.sandbox.threads import Issue
from tests.github import hooks
from tests.github.conftest import Desk, a_welcome, first_comment, perform
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


async def test_a_comment_that_was_posted_before_the_line_dropped_is_found_again(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("drop_after", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await desk.do(a_welcome(issue.number))
    made = await desk.do(a_welcome(issue.number), attempt=2)
    (comment,) = issue.comments.values()
    assert made["id"] == comment.id


async def test_a_comment_that_was_never_posted_is_posted_by_the_second_attempt(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("drop_before", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await desk.do(a_welcome(issue.number))
    assert issue.comments == {}
    await desk.do(a_welcome(issue.number), attempt=2)
    assert len(issue.comments) == 1


async def test_a_marker_that_somebody_else_wrote_stops_nothing(desk: Desk, issue: Issue) -> None:
    await desk.do(a_welcome(issue.number))
    (ours,) = issue.comments.values()
    forged = ours.body
    desk.github.acts.delete_comment(ours)
    desk.github.acts.comment(issue, by="linus", body=forged)
    await desk.do(a_welcome(issue.number), attempt=2)
    assert [comment.author.login for comment in issue.comments.values() if comment.author] == [
        "linus",
        "mentorbot[bot]",
    ]


async def test_a_marker_is_found_behind_a_hundred_other_comments(desk: Desk, issue: Issue) -> None:
    await desk.do(a_welcome(issue.number))
    with desk.github.acts.quietly():
        for number in range(120):
            desk.github.acts.comment(issue, by="linus", body=f"{number}")
    await desk.do(a_welcome(issue.number), attempt=2)
    assert len(issue.comments) == 121


async def test_an_edited_comment_keeps_its_first_key(desk: Desk, issue: Issue) -> None:
    made = await desk.do(a_welcome(issue.number))
    edit = EditComment(key="person 4711 told", number=issue.number, comment="person 4711", body="Hello!")
    await desk.do(edit, made=made)
    assert first_comment(issue).body.startswith("Hello!")
    await desk.do(a_welcome(issue.number), attempt=2)
    assert len(issue.comments) == 1


async def test_an_issue_is_opened_once_and_closed_with_a_last_word(desk: Desk) -> None:
    action = OpenIssue(key="broken", title="mentorbot.yml is broken", body="Line 3.", labels=("bug",))
    desk.github.faults.add("drop_after", method="POST", path=".*/issues")
    with pytest.raises(GitHubUnavailable):
        await desk.do(action)
    made = await desk.do(action, attempt=2)
    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    assert made["number"] == issue.number
    closing = CloseIssue(key="mended", issue="broken", body="Mended, thank you!")
    desk.github.faults.add("drop_after", method="PATCH")
    with pytest.raises(GitHubUnavailable):
        await desk.do(closing, made=made)
    done = await desk.do(closing, made=made, attempt=2)
    assert issue.state == "closed"
    assert len(issue.comments) == 1
    assert done["number"] == issue.number


async def test_an_issue_that_was_never_opened_is_opened_by_the_second_attempt(desk: Desk) -> None:
    await desk.do(OpenIssue(key="broken", title="Broken", body="Line 3."), attempt=2)
    assert len(desk.github.world.repositories[desk.repository.id].threads) == 1


async def test_a_broken_answer_to_a_write_is_looked_into_by_the_second_attempt(
    desk: Desk, issue: Issue
) -> None:
    desk.github.faults.add("broken_body", method="POST", path=".*/comments")
    with pytest.raises(GitHubUnavailable):
        await desk.do(a_welcome(issue.number))
    await desk.do(a_welcome(issue.number), attempt=2)
    assert len(issue.comments) == 1


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
    assert await perform(writer, a_welcome(3), attempt=2) == {"id": 1}


@pytest.mark.parametrize("slug", [pytest.param("mentorbot", id="its name"), pytest.param(None, id="nothing")])
async def test_ours_is_found_again_where_github_tells_of_the_app_only(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, slug: str | None
) -> None:
    if slug:
        scripted.on("GET", "/app", Say(json={"id": 7, "slug": slug}))
    key = "welcome/1/person 4711"
    ours = {"id": 5, "user": hooks.ROBOT, "body": marked("Hi", key)}
    theirs = {"id": 4, "user": {"id": 9, "login": "mallory", "type": "User"}, "body": marked("Hi", key)}
    scripted.on("GET", f"{HERE}/issues/3/comments", Say(json=[ours, theirs]))
    writer = scripted_app.writer(8)
    made = await perform(writer, a_welcome(3), attempt=2)
    assert made["id"] == 5


async def test_what_we_write_tells_us_who_we_are(scripted_app: GitHubApp, scripted: ScriptedGitHub) -> None:
    scripted.on("POST", f"{HERE}/issues/3/comments", Say(status=201, json={"id": 5, "user": hooks.ROBOT}))
    writer = scripted_app.writer(8)
    assert (await scripted_app.me()).bot.id == 0
    await perform(writer, a_welcome(3))
    me = (await scripted_app.me()).bot
    assert (me.id, me.login) == (hooks.ROBOT["id"], hooks.ROBOT["login"])


async def test_an_issue_of_ours_is_found_even_where_our_name_finds_none(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    action = OpenIssue(key="broken", title="Broken", body="Mend it")
    ours = {"id": 50, "number": 5, "user": hooks.ROBOT, "body": marked("Mend it", "welcome/1/person 4711")}
    scripted.on("GET", "/app", Say(json={"id": 7, "slug": "mentorbot"}))
    scripted.on(
        "GET", f"{HERE}/issues", Say(status=422, json={"message": "Validation Failed"}), Say(json=[ours])
    )
    assert (await perform(scripted_app.writer(8), action, attempt=2))["number"] == 5
