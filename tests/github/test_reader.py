from __future__ import annotations

import aiohttp
import pytest

from mentorbot.config.principals import Principal, resolve_principals
from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.core.people import Person
from mentorbot.feature_api import ports
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.github.app import GitHubApp
from mentorbot.github.reader import RepositoryReader
from tests.github import hooks
from tests.github.conftest import Desk, as_person
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


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


async def test_an_answer_of_unexpected_json_names_what_is_missing(
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


async def test_where_teams_can_not_be_read_logins_still_mean_people(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_team("acme", "crew", by="grace", members=("grace", "linus"))
    acts.accept_permissions("acme", permissions={"metadata": "read", "contents": "read"})
    named = [Principal(team="crew"), Principal(login="ada")]
    assert [one.login for one in await resolve_principals(named, desk.reader)] == ["ada"]


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


def test_readers_and_writers_are_what_the_core_asks_for(desk: Desk) -> None:
    reader: ports.GitHub = desk.reader
    writer: ports.Writer = desk.writer
    assert reader
    assert writer


async def test_enterprise_server_is_spoken_to_below_its_own_paths(
    desk: Desk, session: aiohttp.ClientSession
) -> None:
    issue = desk.github.acts.open_issue("acme/rockets", by="ada", title="It does not start")
    app = GitHubApp(
        session=session,
        api_url=f"{desk.github.url}/api/v3",
        graphql_url=f"{desk.github.url}/api/graphql",
        app_id=desk.github.app.id,
        private_key=desk.github.app.private_key,
        clock=desk.github.clock.precise,
    )
    reader = app.reader(desk.installation_id, desk.repository)
    assert await reader.issue(issue.number) is not None
    assert [one async for one in reader.open_pull_requests()] == []


async def test_who_says_so_in_their_status_is_away(desk: Desk) -> None:
    world = desk.github.world
    desk.github.acts.set_status("linus", busy=True, message="On holiday")
    desk.github.acts.set_status("ada", busy=False, message="Drinking tea")
    people = {login: as_person(world.account(login)) for login in ("ada", "linus", "grace")}
    asked = desk.counted.of("graphql")

    assert await desk.reader.away(people.values()) == {people["linus"]}
    assert desk.counted.of("graphql") == asked + 1


async def test_nobody_is_asked_about_for_nobody_and_for_bots(desk: Desk) -> None:
    bot = as_person(desk.github.app.bot)
    assert await desk.reader.away([bot]) == frozenset()
    assert await desk.reader.away([]) == frozenset()
    assert desk.counted.of("graphql") == 0


async def test_a_login_that_is_somebody_elses_by_now_tells_nothing(desk: Desk) -> None:
    desk.github.acts.set_status("linus", busy=True)
    assert await desk.reader.away([Person(4711, "linus"), Person(4712, "nobody")]) == frozenset()
