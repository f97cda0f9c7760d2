from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.outcomes import AccessLost, GitHubUnavailable
from mentorbot.core.people import Permission, Person
from mentorbot.core.places import Issue, PullRequest
from mentorbot.core.ports import ChangedFile
from mentorbot.github.app import GitHubApp
from mentorbot.github.reader import RepositoryReader
from tests.github import hooks
from tests.github.conftest import Desk, Hands, as_person
from tests.github.scripted import Say, ScriptedGitHub
from tests.github.test_client import REPOSITORY

HERE = "/repos/acme/rockets"


@pytest.fixture
def reader(scripted_app: GitHubApp) -> RepositoryReader:
    return scripted_app.reader(5, REPOSITORY)


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("read", Permission.READ),
        ("triage", Permission.TRIAGE),
        ("write", Permission.WRITE),
        ("maintain", Permission.MAINTAIN),
        ("admin", Permission.ADMIN),
    ],
)
async def test_a_permission_is_the_real_one(desk: Desk, role: Any, permission: Permission) -> None:
    desk.github.acts.set_role("acme/rockets", "ada", role, by="grace")
    ada = as_person(desk.github.world.accounts[desk.github.acts.who("ada").id])
    assert await desk.reader.permission(ada) is permission


async def test_a_permission_is_remembered_for_ten_minutes_over_all_readers(desk: Desk) -> None:
    ada = as_person(desk.github.acts.who("ada"))
    await desk.reader.permission(ada)
    asked = desk.counted.of("rest")
    desk.github.acts.set_role("acme/rockets", "ada", "write", by="grace")
    assert await desk.reader.permission(ada) is Permission.READ
    assert desk.counted.of("rest") == asked
    desk.github.clock.move(timedelta(minutes=10, seconds=1))
    assert await desk.reader.permission(ada) is Permission.WRITE


async def test_a_login_taken_over_by_somebody_else_gives_no_rights(desk: Desk) -> None:
    acts = desk.github.acts
    ada = as_person(acts.who("ada"))
    acts.rename_user("ada", "lovelace")
    acts.rename_user("linus", "ada")
    acts.set_role("acme/rockets", "ada", "admin", by="grace")
    acts.set_role("acme/rockets", "lovelace", "triage", by="grace")
    assert await desk.reader.permission(ada) is Permission.TRIAGE


async def test_somebody_unknown_to_github_may_do_nothing(desk: Desk) -> None:
    assert await desk.reader.permission(Person(id=999_999, login="nobody")) is Permission.NONE


@pytest.mark.parametrize(
    ("answer", "permission"),
    [
        pytest.param(
            {"role_name": "release-crew", "user": {"id": 11, "permissions": {"push": True, "pull": True}}},
            Permission.WRITE,
            id="an organisation's own role",
        ),
        pytest.param(
            {"role_name": "nothing", "user": {"id": 11, "permissions": {}}},
            Permission.NONE,
            id="a role for nothing",
        ),
        pytest.param({"permission": "admin", "user": {"id": 11}}, Permission.ADMIN, id="an older Enterprise"),
        pytest.param({"permission": "odd", "user": {"id": 11}}, Permission.NONE, id="an unknown word"),
    ],
)
async def test_a_permission_is_understood(
    reader: RepositoryReader, scripted: ScriptedGitHub, answer: Any, permission: Permission
) -> None:
    scripted.on("GET", f"{HERE}/collaborators/ada/permission", Say(json=answer))
    assert await reader.permission(Person(11, "ada")) is permission


async def test_a_permission_of_nobody_is_none(reader: RepositoryReader, scripted: ScriptedGitHub) -> None:
    scripted.on(
        "GET", f"{HERE}/collaborators/ada/permission", Say(json={"permission": "admin", "user": None})
    )
    assert await reader.permission(Person(11, "ada")) is Permission.NONE


async def test_a_failed_question_is_never_an_empty_answer(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    for path in ("collaborators/ada/permission", "contents/README.md", "issues/1", "pulls/1/files"):
        scripted.on("GET", f"{HERE}/{path}", Say(status=502, json={}))
    for question in (
        lambda: reader.permission(Person(11, "ada")),
        lambda: reader.file("README.md"),
        lambda: reader.issue(1),
        lambda: reader.files(1),
    ):
        with pytest.raises(GitHubUnavailable):
            await question()


async def test_an_answer_of_an_unknown_shape_names_what_is_missing(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", f"{HERE}/issues/1", Say(json={"number": 1}))
    with pytest.raises(GitHubUnavailable, match=r"issue\.created_at is missing"):
        await reader.issue(1)


async def test_issues_and_pull_requests_are_read_as_they_are_now(desk: Desk) -> None:
    acts = desk.github.acts
    issue = acts.open_issue("acme/rockets", by="ada", title="It does not start", labels=("bug",))
    pull = acts.open_pull_request(
        "acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"}, draft=True
    )
    read_issue = await desk.reader.issue(issue.number)
    assert type(read_issue) is Issue
    assert read_issue.title == "It does not start"
    assert read_issue.labels == {"bug"}
    assert type(await desk.reader.issue(pull.number)) is PullRequest
    read_pull = await desk.reader.pull_request(pull.number)
    assert read_pull is not None
    assert (read_pull.draft, read_pull.head_sha, read_pull.base_ref) == (True, pull.head_sha, "main")
    assert await desk.reader.files(pull.number) == (ChangedFile("engine.py", "added", 1, 0),)
    assert await desk.reader.issue(99) is None
    assert await desk.reader.pull_request(99) is None
    assert await desk.reader.files(99) == ()


async def test_a_renamed_repository_is_still_found(desk: Desk) -> None:
    issue = desk.github.acts.open_issue("acme/rockets", by="ada", title="It does not start")
    desk.github.acts.rename_repository("acme/rockets", "spaceships", by="grace")
    assert await desk.reader.issue(issue.number) is not None


async def test_another_repository_under_the_same_name_is_not_ours(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    pull = hooks.a_pull(base={"sha": "b" * 40, "ref": "main", "repo": {"id": 99}})
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=pull))
    with pytest.raises(AccessLost, match="another repository now"):
        await reader.pull_request(4)
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=hooks.a_pull(base={"ref": "main", "repo": None})))
    assert await reader.pull_request(4) is not None


async def test_open_issues_have_any_of_the_labels_and_no_assignee(desk: Desk) -> None:
    acts = desk.github.acts
    first = acts.open_issue("acme/rockets", by="ada", title="One", labels=("good first issue",))
    both = acts.open_issue("acme/rockets", by="ada", title="Two", labels=("good first issue", "easy"))
    taken = acts.open_issue("acme/rockets", by="ada", title="Three", labels=("easy",))
    acts.assign(taken, "grace", by="grace")
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Four")
    acts.label(pull, "easy", by="grace")
    acts.open_issue("acme/rockets", by="ada", title="Five")
    labels = ("good first issue", "easy")
    found = await desk.reader.open_issues(labels=labels)
    assert [issue.number for issue in found] == [both.number, first.number]
    assert [issue.number for issue in await desk.reader.open_issues(labels=labels, limit=1)] == [both.number]


async def test_accounts_are_found_by_login(desk: Desk) -> None:
    ada = await desk.reader.account("ada")
    assert ada is not None
    assert ada.id == desk.github.acts.who("ada").id
    assert await desk.reader.account("nobody") is None
    assert await desk.reader.account("acme") is None  # an organisation


async def test_team_members_are_known_where_we_may_look(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_team("acme", "crew", by="grace", members=("grace", "linus"))
    assert await desk.reader.team_members("nowhere") == ()
    members = {person.login for person in await desk.reader.team_members("crew")}
    granted = acts.installation_on("acme").permissions
    assert members == ({"grace", "linus"} if "members" in granted else set())


async def test_a_team_we_may_not_look_into_is_empty(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    refused = Say(status=403, json={"message": "Resource not accessible by integration"})
    scripted.on("GET", "/orgs/acme/teams/crew/members", refused)
    assert await reader.team_members("crew") == ()
    scripted.on("GET", "/orgs/acme/teams/crew/members", Say(json=[hooks.ADA]))
    assert await reader.team_members("crew") == (Person(11, "ada"),)


async def test_only_collaborators_can_be_asked_to_review(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_collaborator("acme/rockets", "linus", by="grace")
    linus = as_person(acts.who("linus"))
    acts.rename_user("linus", "torvalds")
    assert await desk.reader.can_be_asked_to_review(linus)
    assert not await desk.reader.can_be_asked_to_review(as_person(acts.who("ada")))
    assert not await desk.reader.can_be_asked_to_review(Person(id=999_999, login="nobody"))


async def test_reactions_are_read_with_who_gave_them(desk: Desk) -> None:
    acts = desk.github.acts
    issue = acts.open_issue("acme/rockets", by="ada", title="It does not start")
    comment = acts.comment(issue, by="grace", body="Have you tried?")
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    line = {"path": "a.py", "line": 1, "body": "Why?"}
    review = acts.review(pull, by="grace", comments=(line,))  # type: ignore[arg-type]
    acts.react(issue, "heart", by="grace")
    acts.react(comment, "+1", by="ada")
    acts.react(review.comments[0], "-1", by="ada")
    reader = desk.reader
    ada, grace = as_person(acts.who("ada")), as_person(acts.who("grace"))
    assert await reader.reactions("issue", issue.number) == ((grace, "heart"),)
    assert await reader.reactions("issue_comment", comment.id) == ((ada, "+1"),)
    assert await reader.reactions("review_comment", review.comments[0].id) == ((ada, "-1"),)
    assert await reader.reactions("issue_comment", 99) == ()


async def test_a_merge_by_a_bot_is_recognized(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_user("merge-bot", kind="Bot")
    acts.add_collaborator("acme/rockets", "merge-bot", by="grace")
    merged = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.merge_by_bot(merged, by="merge-bot")
    closed = acts.open_pull_request("acme/rockets", by="ada", title="Stop it", files={"b.py": "1\n"})
    acts.close(closed, by="grace")
    open_one = acts.open_pull_request("acme/rockets", by="ada", title="Try it", files={"c.py": "1\n"})
    other = acts.push("acme/rockets", by="grace", files={"d.py": "1\n"}, message="Do it otherwise")
    superseded = acts.open_pull_request("acme/rockets", by="ada", title="Do it", files={"e.py": "1\n"})
    acts.close(superseded, by="grace", commit_sha=other.sha)
    assert await desk.reader.was_merged_by_commit(merged.number)
    assert not await desk.reader.was_merged_by_commit(closed.number)
    assert not await desk.reader.was_merged_by_commit(open_one.number)
    assert not await desk.reader.was_merged_by_commit(superseded.number)
    assert not await desk.reader.was_merged_by_commit(99)


_CLOSED = hooks.a_pull(state="closed", closed_at="2026-03-02T09:00:00Z")
_CLOSING = {
    "event": "closed",
    "commit_id": "c" * 40,
    "created_at": "2026-03-02T09:00:00Z",
    "actor": hooks.ROBOT,
}


@pytest.mark.parametrize(
    ("message", "author", "actor", "expected"),
    [
        pytest.param("Start it (#4)", None, hooks.ROBOT, True, id="a bot that names it"),
        pytest.param(
            "Start it\n\nhttps://github.com/acme/rockets/pull/4", None, hooks.ROBOT, True, id="by link"
        ),
        pytest.param("Fixes #4", None, hooks.ROBOT, False, id="a bot that fixes something else with it"),
        pytest.param("Start it (#44)", None, hooks.ROBOT, False, id="a bot that names another"),
        pytest.param("Start it (#4)", hooks.GRACE, hooks.GRACE, False, id="somebody else's commit"),
        pytest.param("Start it", hooks.ADA, hooks.GRACE, True, id="its author's commit"),
    ],
)
async def test_a_closing_commit_is_a_merge_if_it_is_theirs_or_a_bot_says_so(
    reader: RepositoryReader,
    scripted: ScriptedGitHub,
    message: str,
    author: Any,
    actor: Any,
    *,
    expected: bool,
) -> None:
    commit = {"sha": "c" * 40, "author": author, "commit": {"message": message}}
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    scripted.on("GET", f"{HERE}/issues/4/events", Say(json=[{**_CLOSING, "actor": actor}]))
    scripted.on("GET", f"{HERE}/commits", Say(json=[commit]))
    assert await reader.was_merged_by_commit(4) is expected


@pytest.mark.parametrize(
    ("events", "commits"),
    [
        pytest.param([_CLOSING], Say(json=[]), id="not on the base branch"),
        pytest.param([_CLOSING], Say(status=404, json={"message": "Not Found"}), id="no such branch"),
        pytest.param([_CLOSING, {"event": "reopened"}], Say(json=[]), id="reopened"),
        pytest.param([{"event": "labeled"}], Say(json=[]), id="no closing"),
    ],
)
async def test_other_closings_are_no_merges(
    reader: RepositoryReader, scripted: ScriptedGitHub, events: Any, commits: Say
) -> None:
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    scripted.on("GET", f"{HERE}/issues/4/events", Say(json=events))
    scripted.on("GET", f"{HERE}/commits", commits)
    assert not await reader.was_merged_by_commit(4)


async def test_memories_end_with_the_apps_clock(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", "/user/11", Say(json=hooks.ADA), Say(json={**hooks.ADA, "login": "lovelace"}))
    installation = scripted_app._installation(5)
    assert await installation.login_of(Person(11, "x")) == "ada"
    assert await installation.login_of(Person(11, "x")) == "ada"
    hands.move(minutes=11)
    assert await installation.login_of(Person(11, "x")) == "lovelace"
