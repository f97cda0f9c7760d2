from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.actions import (
    CloseIssue,
    EditComment,
    OpenIssue,
)
from mentorbot.core.errors import GitHubUnavailable, LimitReached
from mentorbot.core.markers import marked
from mentorbot.github.app import GitHubApp
from mentorbot.github.writer import InstallationWriter
from mentorbot.sandbox.faults import Fault
from mentorbot.sandbox.model import Issue
from tests.github import hooks
from tests.github.conftest import REPOSITORY, Desk, a_welcome, first_comment, perform
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


async def test_where_there_is_no_last_word_an_issue_is_closed_without_a_comment(desk: Desk) -> None:
    made = await desk.do(OpenIssue(key="week 1", title="Your week", body="All of it."))
    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    done = await desk.do(CloseIssue(key="week 2", issue="week 1", body=""), made=made)
    assert (issue.state, len(issue.comments)) == ("closed", 0)
    assert done["number"] == issue.number


async def test_a_limit_between_two_steps_does_not_make_the_first_one_happen_again(desk: Desk) -> None:
    made = await desk.do(OpenIssue(key="broken", title="Broken", body="Line 3."))
    (issue,) = desk.github.world.repositories[desk.repository.id].threads.values()
    closing = CloseIssue(key="mended", issue="broken", body="Mended, thank you!")
    desk.github.faults.add("secondary_limit", method="PATCH")
    with pytest.raises(GitHubUnavailable) as unclear:
        await desk.do(closing, made=made)
    assert not isinstance(unclear.value, LimitReached)
    assert (unclear.value.undone, unclear.value.retry_at is None) == (False, False)
    desk.github.clock.move(timedelta(minutes=2))
    await desk.do(closing, made=made, attempt=2)
    assert (issue.state, len(issue.comments)) == ("closed", 1)


@pytest.mark.parametrize(
    ("fault", "path", "undone"),
    [
        pytest.param("secondary_limit", ".*/comments", True, id="a limit"),
        pytest.param("drop_before", ".*/access_tokens", True, id="no token"),
        pytest.param("revoked", ".*/comments", True, id="a revoked token, twice"),
        pytest.param("status", ".*/comments", False, id="a bad gateway"),
        pytest.param("drop_after", ".*/comments", False, id="a dropped line"),
        pytest.param("broken_body", ".*/comments", False, id="half an answer"),
    ],
)
async def test_it_is_known_whether_a_write_may_have_happened(
    desk: Desk, issue: Issue, fault: Any, path: str, undone: bool
) -> None:
    kind: Fault = "status" if fault == "revoked" else fault
    status = 401 if fault == "revoked" else 502
    desk.github.faults.add(kind, method="POST", path=path, times=3, status=status)
    with pytest.raises(GitHubUnavailable) as unavailable:
        await desk.do(a_welcome(issue.number))
    assert unavailable.value.undone is undone


async def test_a_look_that_fails_leaves_no_doubt_of_its_own(desk: Desk, issue: Issue) -> None:
    desk.github.faults.add("status", method="GET", path=".*/comments", times=3)
    with pytest.raises(GitHubUnavailable) as unavailable:
        await desk.do(a_welcome(issue.number), attempt=2)
    assert unavailable.value.undone


async def test_of_two_comments_the_older_is_kept_and_only_ours_are_taken_back(
    desk: Desk, issue: Issue
) -> None:
    older = await desk.do(a_welcome(issue.number))
    desk.github.acts.comment(issue, by="linus", body=first_comment(issue).body)
    with desk.github.acts.quietly():
        for number in range(120):
            desk.github.acts.comment(issue, by="linus", body=f"{number}")
    younger = await desk.do(a_welcome(issue.number))
    kept, removed = await desk.keep_one(a_welcome(issue.number), made=younger)
    assert (kept["id"], removed) == (older["id"], 1)
    assert len(issue.comments) == 122
    assert await desk.keep_one(a_welcome(issue.number), made=kept) == (kept, 0)


async def test_where_nothing_is_left_what_was_made_is_kept_in_mind(desk: Desk, issue: Issue) -> None:
    made = await desk.do(a_welcome(issue.number))
    desk.github.acts.delete_comment(first_comment(issue))
    assert await desk.keep_one(a_welcome(issue.number), made=made) == (made, 0)


async def test_a_last_word_that_was_said_twice_is_taken_back_once(desk: Desk) -> None:
    opened = await desk.do(OpenIssue(key="broken", title="Broken", body="Line 3."))
    closing = CloseIssue(key="mended", issue="broken", body="Mended, thank you!")
    first = await desk.do(closing, made=opened)
    second = await desk.do(closing, made=opened)
    kept, removed = await desk.keep_one(closing, made=second)
    assert (kept["id"], kept["number"], removed) == (first["id"], opened["number"], 1)


async def test_an_older_server_that_knows_no_duplicates_is_told_not_planned(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    action = OpenIssue(key="broken", title="Broken", body="Mend it")
    body = marked("Mend it", "welcome/1/person 4711")
    ours = [{"id": id_, "number": id_, "user": hooks.ROBOT, "body": body} for id_ in (7, 5, 6)]
    scripted.on("GET", f"{HERE}/issues", Say(json=ours))
    scripted.on("PATCH", f"{HERE}/issues/6", Say(status=422, json={"message": "Invalid"}), Say(json={}))
    scripted.on("PATCH", f"{HERE}/issues/7", Say(status=410, json={"message": "Gone"}))
    kept, removed = await scripted_app.writer(8).keep_one(
        action, repository=REPOSITORY, key="welcome/1/person 4711", made={"number": 7}
    )
    assert (kept["number"], removed) == (5, 2)
    reasons = [one.body["state_reason"] for one in scripted.asked(f"{HERE}/issues/6")]
    assert reasons == ["duplicate", "not_planned"]


async def test_our_issue_is_found_behind_pages_of_others_where_our_name_finds_none(
    scripted_app: GitHubApp, scripted: ScriptedGitHub
) -> None:
    other = {"id": 9, "user": {"id": 9, "login": "m"}, "body": "", "created_at": "2026-03-01T00:00:00Z"}
    body = marked("Mend it", "welcome/1/person 4711")
    ours = {"id": 5, "number": 5, "user": hooks.ROBOT, "body": body, "created_at": "2026-02-20T00:00:00Z"}
    more = {"link": f'<{{url}}{HERE}/issues?page=2>; rel="next"'}
    too_old = {**other, "created_at": "2025-01-01T00:00:00Z"}
    scripted.on(
        "GET", f"{HERE}/issues", Say(json=[other], headers=more), Say(json=[ours, too_old], headers=more)
    )
    action = OpenIssue(key="broken", title="Broken", body="Mend it")
    assert (await perform(scripted_app.writer(8), action, attempt=2))["number"] == 5
    assert len(scripted.asked(f"{HERE}/issues")) == 2, "nothing is looked for in the distant past"


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
