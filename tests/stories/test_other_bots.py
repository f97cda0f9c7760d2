"""While another bot greets, celebrates or reminds in a repository, ours leaves that to it and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.sandbox.model import Issue, Repository
from tests.world import CONFIG, EVERYTHING_ON, World

GREETINGS = ".github/workflows/greetings.yml"
FIRST_INTERACTION = """\
on: {0}
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/first-interaction@v3
        with:
          issue_message: Hello there
          pr_message: Hello here
"""
BOTH = FIRST_INTERACTION.format("[issues, pull_request_target]")
HELD = f"held back, as another bot does the same here: see `{GREETINGS}`"


def commit(world: World, path: str, text: str | None) -> None:
    world.acts.push("octo/tea", by="olga", files={path: text}, message=f"Change {path}")


async def a_project_with(world: World, files: dict[str, str], config: str = EVERYTHING_ON) -> Repository:
    repository = world.project(config=config)
    world.acts.push("octo/tea", by="olga", files=files, message="Bots")
    world.people("ada", "bob", "eve")
    await world.settled()
    return repository


async def why(world: World, thread: Issue) -> str:
    return "\n".join(await world.why(thread))


async def test_nobody_is_greeted_twice_and_the_journal_says_why(world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    pull = world.acts.open_pull_request("octo/tea", by="bob", title="Heat the kettle")
    await world.settled()
    assert world.said_in(issue) + world.said_in(pull) == []
    assert HELD in await why(world, issue)
    assert HELD in await why(world, pull)

    world.acts.comment(issue, by="ada", body="/mentorbot why")
    await world.settled()
    [answer] = world.said_in(issue)
    assert "another bot does the same here" in answer
    assert GREETINGS in answer


async def test_what_the_other_bot_does_not_do_is_done_as_ever(world: World) -> None:
    await a_project_with(world, {GREETINGS: FIRST_INTERACTION.format("issues")})
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    pull = world.acts.open_pull_request("octo/tea", by="bob", title="Heat the kettle")
    await world.settled()
    assert world.said_in(issue) == []
    assert len(world.said_in(pull)) == 1

    world.acts.merge(pull, by="olga")
    await world.settled()
    assert len(world.said_in(pull)) == 2, "a celebration, which nobody else writes"


async def test_once_the_workflow_is_removed_people_are_greeted_from_then_on(world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    before = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert world.said_in(before) == []

    commit(world, GREETINGS, None)
    after = world.acts.open_issue("octo/tea", by="bob", title="The cup is cold")
    again = world.acts.open_issue("octo/tea", by="ada", title="Still cold")
    await world.settled()
    await world.later(timedelta(days=1))
    assert len(world.said_in(after)) == 1
    assert world.said_in(before) + world.said_in(again) == [], "what is past stays past"


async def test_once_a_workflow_is_added_nobody_is_greeted_any_more(world: World) -> None:
    await a_project_with(world, {})
    first = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert len(world.said_in(first)) == 1

    commit(world, GREETINGS, BOTH)
    second = world.acts.open_issue("octo/tea", by="bob", title="The cup is cold")
    await world.settled()
    assert world.said_in(second) == []


async def test_a_renamed_repository_is_looked_at_again(world: World) -> None:
    repository = await a_project_with(world, {GREETINGS: BOTH})
    world.acts.rename_repository(repository, "teapot", by="olga")
    issue = world.acts.open_issue("octo/teapot", by="ada", title="The kettle is cold")
    await world.settled()
    assert world.said_in(issue) == []


@pytest.mark.parametrize(
    "says_otherwise",
    [
        "other_bots: off\n",
        f"other_bots:\n  ignore: [{GREETINGS}]\n",
        "other_bots:\n  ignore: ['.github/workflows/gr*']\n",
    ],
)
async def test_maintainers_can_say_that_the_other_bot_is_off(says_otherwise: str, world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    commit(world, CONFIG, EVERYTHING_ON + says_otherwise)
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_first_merges_are_celebrated_by_one_bot_and_milestones_by_ours(world: World) -> None:
    config = EVERYTHING_ON + "  milestones: [2]\n"
    await a_project_with(world, {".github/config.yml": "firstPRMergeComment: It is in!\n"}, config)
    first = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert len(world.said_in(first)) == 1, "a greeting, which nobody else writes"
    world.acts.merge(first, by="olga")
    await world.settled()
    assert len(world.said_in(first)) == 1
    assert "see `.github/config.yml`" in await why(world, first)

    second = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    world.acts.merge(second, by="olga")
    await world.settled()
    assert len(world.said_in(second)) == 1, "their second merge is a milestone"


async def test_the_files_cost_no_question_on_later_events(world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    so_far = len(world.github.requests)
    world.acts.open_issue("octo/tea", by="ada", title="Still cold")
    commit(world, "README.md", "# Tea and coffee\n")
    world.acts.open_issue("octo/tea", by="ada", title="Cold as ever")
    await world.settled()
    assert [one.path for one in world.requests(so_far)] == []


async def test_one_question_reads_them_where_the_config_is_read(world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    so_far = len(world.github.requests)
    commit(world, GREETINGS, FIRST_INTERACTION.format("issues"))
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    asked = [one for one in world.requests(so_far) if one.graphql and "OtherBotsFiles" in one.graphql]
    assert len(asked) == 1


async def test_a_repository_without_a_config_is_not_asked_about(world: World) -> None:
    world.project(config=None)
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert not any("OtherBotsFiles" in (one.graphql or "") for one in world.requests())


async def test_a_check_of_the_config_names_the_other_bots(world: World) -> None:
    await a_project_with(world, {GREETINGS: BOTH})
    pull = world.acts.open_pull_request(
        "octo/tea",
        by="olga",
        title="Configure mentorbot",
        files={CONFIG: EVERYTHING_ON + "settle: 5 minutes\n"},
    )
    await world.settled()
    [check] = world.checks_on(pull)
    assert f"`actions/first-interaction` in `{GREETINGS}`, line 6" in str(check.summary)
    assert "greets people on their first issue and greets people on their first pull request" in str(
        check.summary
    )


STALE = ".github/workflows/stale.yml"
REMINDS = """\
on: {schedule: [{cron: "0 0 * * *"}]}
jobs:
  stale:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/stale@v9
        with: {stale-KIND-message: Old, days-before-close: -1}
"""
STALLED = "stalled:\n  author: {after: 14 days}\n  reviewers: {after: 7 business days}\n"


@pytest.mark.parametrize(
    ("kind", "reminders"),
    [("pr", 0), ("issue", 1)],
    ids=["a stale bot for pull requests", "a stale bot for issues only"],
)
async def test_authors_are_reminded_by_one_bot_and_reviewers_by_ours(
    kind: str, reminders: int, world: World
) -> None:
    await a_project_with(world, {STALE: REMINDS.replace("KIND", kind)}, STALLED)
    world.acts.add_collaborator("octo/tea", "eve", by="olga")
    theirs = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    ours = world.acts.open_pull_request("octo/tea", by="bob", title="Warm the cup")
    world.acts.request_review(ours, "eve", by="olga")
    await world.settled()
    await world.bot.engine.tick()
    world.acts.request_changes(theirs, by="eve", body="Could you add a test for cold water?")
    for _ in range(16):
        await world.later(timedelta(days=1))
    assert len(world.said_in(theirs)) == reminders
    assert (f"Another bot reminds authors here: see `{STALE}`" in await why(world, theirs)) == (not reminders)
    assert any("@eve" in said for said in world.said_in(ours)), "reviewers are reminded by nobody else"


async def test_authors_left_to_another_bot_take_no_reviewer_s_place_on_a_day(world: World) -> None:
    config = STALLED + "  nudges_a_day: 1\n"
    await a_project_with(world, {STALE: REMINDS.replace("KIND", "pr")}, config)
    world.acts.add_collaborator("octo/tea", "eve", by="olga")
    theirs = [world.acts.open_pull_request("octo/tea", by="ada", title=f"Cup {one}") for one in range(3)]
    for pull in theirs:
        world.acts.request_changes(pull, by="olga", body="Could you add a test for cold water?")
    await world.later(timedelta(days=1))
    ours = world.acts.open_pull_request("octo/tea", by="bob", title="Warm the cup")
    world.acts.request_review(ours, "eve", by="olga")
    await world.settled()
    await world.bot.engine.tick()
    for _ in range(20):
        await world.later(timedelta(days=1))
    assert any("@eve" in said for said in world.said_in(ours))
    assert [said for pull in theirs for said in world.said_in(pull)] == []
