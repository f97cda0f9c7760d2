"""Off until named, one mistake is one section, and a last good version that stays."""

from __future__ import annotations

from tests.world import CONFIG, EVERYTHING_ON, World

BROKEN = EVERYTHING_ON.replace("issue: default", "isue: default")


async def test_without_a_config_nothing_at_all_is_written(world: World) -> None:
    world.project(config=None)
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    world.acts.comment(issue, by="ada", body="/mentorbot help")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.merge(pull, by="olga")
    await world.settled()
    assert world.said_in(issue) + world.said_in(pull) == []
    assert world.writes() == []


async def test_the_owner_s_config_speaks_for_all_repositories(world: World) -> None:
    world.project("octo/.github", config=EVERYTHING_ON)
    world.project("octo/tea", config=None)
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_a_repository_s_own_config_wins(world: World) -> None:
    world.project("octo/.github", config=EVERYTHING_ON)
    world.project("octo/tea", config="welcome:\n  issue: off\n")
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert world.said_in(issue) == []
    assert len(world.said_in(pull)) == 1


async def test_switching_on_takes_effect_with_the_push(world: World) -> None:
    world.project(config=None)
    world.people("ada")
    await world.settled()
    world.acts.edit_file("octo/tea", CONFIG, EVERYTHING_ON, by="olga")
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_a_broken_config_leaves_the_last_good_one_in_force_and_opens_one_issue(world: World) -> None:
    repository = world.project()
    world.people("ada", "grace")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    world.acts.edit_file("octo/tea", CONFIG, BROKEN, by="olga")
    await world.settled()
    me = world.github.app.bot
    (warning,) = [one for one in repository.threads.values() if one.author is me]
    assert "isue" in (warning.body or "")
    issue = world.acts.open_issue("octo/tea", by="grace", title="Hello")
    await world.settled()
    assert len(world.said_in(issue)) == 1, "the section goes on with its last good version"
    world.acts.edit_file("octo/tea", CONFIG, BROKEN + "# still\n", by="olga")
    await world.settled()
    assert len([one for one in repository.threads.values() if one.author is me]) == 1
    world.acts.edit_file("octo/tea", CONFIG, EVERYTHING_ON, by="olga")
    await world.settled()
    assert warning.state == "closed"


async def test_a_pull_request_that_breaks_the_config_gets_a_check_with_the_line(world: World) -> None:
    world.project()
    pull = world.acts.open_pull_request("octo/tea", by="olga", title="Tune", files={CONFIG: BROKEN})
    await world.settled()
    (run,) = world.checks_on(pull)
    assert run.conclusion == "failure"
    assert [note["start_line"] for note in run.annotations] == [3]
    world.acts.push_to(pull, files={CONFIG: EVERYTHING_ON + "  milestones: [7]\n"})
    await world.settled()
    assert [run.conclusion for run in world.checks_on(pull)] == ["success"]


async def test_a_config_in_a_pull_request_is_not_in_force(world: World) -> None:
    world.project(config="welcome:\n  issue: off\n")
    world.people("ada")
    world.acts.open_pull_request(
        "octo/tea", by="olga", title="Tune", files={CONFIG: 'welcome:\n  issue: "Hi ${author}"\n'}
    )
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert world.said_in(issue) == []
