"""Who is greeted, who is not, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import EVERYTHING_ON, World


async def test_a_first_issue_is_greeted_once_and_a_second_is_not(world: World) -> None:
    world.project()
    world.people("ada")
    first = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    (greeting,) = world.said_in(first)
    assert "@ada" in greeting
    second = world.acts.open_issue("octo/tea", by="ada", title="And the tea is, too")
    await world.settled()
    assert world.said_in(second) == []
    assert any("was here before" in because for because in await world.why(second))


async def test_a_first_pull_request_is_greeted_also_after_an_issue(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert len(world.said_in(issue)) == 1
    assert len(world.said_in(pull)) == 1
    another = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    await world.settled()
    assert world.said_in(another) == []


@pytest.mark.parametrize("is_late", [False, True], ids=["in order", "the pull request arrives last"])
async def test_of_a_pull_request_and_the_issue_after_it_only_the_first_to_arrive_is_greeted(
    world: World, *, is_late: bool
) -> None:
    world.project()
    world.people("ada")
    await world.settled()  # its past is read
    if is_late:
        world.github.faults.add_to_deliveries("lost", event="pull_request")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.github.clock.move(timedelta(minutes=5))
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    for delivery in [one for one in world.github.webhooks.log.values() if one.event == "pull_request"]:
        world.github.webhooks.redeliver(delivery)
    await world.settled()
    greeted = [len(world.said_in(pull)), len(world.said_in(issue))]
    assert greeted == ([0, 1] if is_late else [1, 0])
    if is_late:
        assert "@ada was greeted in #2 already, which was opened after this" in await world.why(pull)


async def test_in_a_young_repository_nobody_is_told_that_answers_are_rare(world: World) -> None:
    """Twelve pull requests that are half an hour old say nothing about how long an answer takes."""
    world.project()
    world.people("ada", *(f"person{number}" for number in range(12)))
    for number in range(12):
        world.acts.open_pull_request("octo/tea", by=f"person{number}", title=f"Cup {number}")
    world.github.clock.move(timedelta(minutes=30))
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    (greeting,) = world.said_in(pull)
    assert "answer" not in greeting.partition("<!--")[0]
    assert "will look at it. If that takes long, it says nothing about your work." in greeting


async def test_a_first_merge_is_celebrated_once(world: World) -> None:
    world.project()
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.merge(pull, by="olga")
    await world.settled()
    assert len(world.said_in(pull)) == 2, "a greeting and a celebration"
    second = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    world.acts.merge(second, by="olga")
    await world.settled()
    assert world.said_in(second) == []


async def test_a_first_merge_by_a_merge_bot_counts_as_one(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.add_user("merge-queue[bot]", kind="Bot")
    world.acts.add_collaborator("octo/tea", "merge-queue[bot]", by="olga")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.merge_by_bot(pull, by="merge-queue[bot]")
    await world.settled()
    assert len(world.said_in(pull)) == 2


async def test_a_pull_request_that_is_merely_closed_is_not_celebrated(world: World) -> None:
    world.project()
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.close(pull, by="olga")
    await world.settled()
    assert len(world.said_in(pull)) == 1


async def test_members_and_owners_are_not_new(world: World) -> None:
    world.project()
    world.people("mia")
    world.acts.add_member("octo", "mia", by="olga")
    issue = world.acts.open_issue("octo/tea", by="mia", title="Plan the week")
    pull = world.acts.open_pull_request("octo/tea", by="olga", title="Plan the month")
    await world.settled()
    assert (world.said_in(issue), world.said_in(pull)) == ([], [])


async def test_bots_are_not_greeted(world: World) -> None:
    world.project()
    world.acts.add_user("renovate[bot]", kind="Bot")
    pull = world.acts.open_pull_request("octo/tea", by="renovate[bot]", title="Update the kettle")
    await world.settled()
    assert world.said_in(pull) == []
    assert any("is a bot" in because for because in await world.why(pull))


async def test_somebody_with_a_new_login_is_still_the_same_person(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    world.acts.rename_user("ada", "countess")
    issue = world.acts.open_issue("octo/tea", by="countess", title="Still cold")
    await world.settled()
    assert world.said_in(issue) == []


async def test_somebody_who_takes_over_a_login_is_somebody_else(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    world.acts.rename_user("ada", "countess")
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="Where is the tea?")
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_somebody_who_was_here_before_the_bot_is_not_new(world: World) -> None:
    world.people("ada")
    world.project(installed=False)
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.later(timedelta(days=30))
    world.acts.install("octo", by="olga")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    await world.settled()
    assert world.said_in(pull) == []


async def test_somebody_who_comes_back_is_greeted_where_that_is_wanted(world: World) -> None:
    world.project(config="welcome:\n  back_after: 1 year\n")
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    await world.later(timedelta(days=400))
    issue = world.acts.open_issue("octo/tea", by="ada", title="It is cold again")
    await world.settled()
    (greeting,) = world.said_in(issue)
    assert "back" in greeting.lower()


async def test_what_people_write_cannot_speak_through_the_bot(world: World) -> None:
    """Titles may turn up in messages: nobody else is mentioned, no link poses as ours."""
    world.project(config='welcome:\n  issue: "Thanks for ${title}"\n')
    world.people("ada", "victim")
    issue = world.acts.open_issue(
        "octo/tea", by="ada", title="@victim <img src=x> [click](https://evil.example)"
    )
    await world.settled()
    (greeting,) = world.said_in(issue)
    shown = greeting.partition("<!--")[0]
    assert "<img" not in shown
    assert "](https://evil.example)" not in shown
    assert "`@victim" in shown or "@victim" not in shown


async def test_two_people_at_the_same_moment_are_both_greeted(world: World) -> None:
    world.project(config=EVERYTHING_ON)
    world.people("ada", "grace")
    issues = [world.acts.open_issue("octo/tea", by=login, title="Hello") for login in ("ada", "grace")]
    await world.settled()
    assert ["@ada" in world.said_in(issues[0])[0], "@grace" in world.said_in(issues[1])[0]] == [True, True]
