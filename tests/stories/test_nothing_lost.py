"""Nothing lost, nothing twice: whatever goes wrong between GitHub and the bot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.sandbox.faults import Fault
from tests.stored_effects import effects_of
from tests.world import CONFIG, EVERYTHING_ON, World


async def test_a_delivery_that_comes_twice_is_one(world: World) -> None:
    world.project()
    world.people("ada")
    world.github.faults.add_to_deliveries("twice", event="issues")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_a_redelivery_by_hand_days_later_does_nothing(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    await world.later(timedelta(days=2))
    webhooks = world.github.webhooks
    for delivery in [one for one in webhooks.log.values() if one.event == "issues"]:
        webhooks.redeliver(delivery)
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_a_lost_delivery_is_fetched_back(world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.github.faults.add_to_deliveries("lost", event="issues")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert world.said_in(issue) == []
    await world.bot.engine.catch_up()
    await world.settled()
    assert len(world.said_in(issue)) == 1


async def test_deliveries_that_were_lost_are_asked_for_once_each(world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.github.faults.add_to_deliveries("lost", event="issues", times=3)
    for title in ("The kettle is cold", "The cup is cold", "The tea is cold"):
        world.acts.open_issue("octo/tea", by="ada", title=title)
    await world.settled()
    for expected in (3, 0):
        so_far = len(world.github.requests)
        await world.bot.engine.catch_up()
        asked = [one for one in world.requests(so_far) if one.path.startswith("/app/hook/deliveries/")]
        assert len(asked) == expected


async def test_deliveries_out_of_order_greet_once_all_the_same(world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.github.faults.add_to_deliveries("reordered", event="issues")
    first = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    second = world.acts.open_issue("octo/tea", by="ada", title="The cup is, too")
    await world.settled()
    assert len(world.said_in(first) + world.said_in(second)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("drop_after", id="GitHub did it, and the answer was lost"),
        pytest.param("drop_before", id="the request was lost"),
        pytest.param("status", id="a bad gateway"),
        pytest.param("secondary_limit", id="a secondary limit"),
        pytest.param("primary_limit", id="a primary limit"),
        pytest.param("broken_body", id="half an answer"),
    ],
)
async def test_whatever_happens_to_a_comment_there_is_exactly_one(fault: Fault, world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.github.faults.add(fault, method="POST", path=r".*/comments")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    for _ in range(4):
        if world.said_in(issue):
            break
        await world.later(timedelta(hours=1))
    await world.later(timedelta(hours=3))
    assert len(world.said_in(issue)) == 1


async def test_a_twin_that_lagging_lists_led_to_is_taken_back_and_the_older_one_kept(world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.github.faults.add("drop_after", method="POST", path=r".*/comments")
    world.github.faults.add("stale", method="GET", path=r".*/comments", seconds=3600.0)
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    (older,) = world.comments_in(issue)

    await world.later(timedelta(seconds=20))
    assert len(world.said_in(issue)) == 2, "the first one could not be seen yet"
    await world.later(timedelta(seconds=30))

    assert world.comments_in(issue) == [older]
    assert "GitHub had it twice, and I took the younger one back" in (await world.why(issue))[0]
    effects = await effects_of(world.bot.store, issue.repository.id)
    assert [(effect.result or {})["id"] for effect in effects if effect.kind == "Comment"] == [older.id]


async def test_an_issue_of_ours_that_was_opened_twice_is_closed_as_a_duplicate(world: World) -> None:
    repository = world.project()
    await world.settled()
    world.github.faults.add("drop_after", method="POST", path=r".*/issues")
    world.github.faults.add("stale", method="GET", path=r".*/issues", seconds=3600.0, times=2)
    world.acts.edit_file("octo/tea", CONFIG, "welcome: {isue: default}\n", by="olga")
    await world.settled()
    await world.later(timedelta(seconds=20))
    await world.later(timedelta(seconds=30))

    me = world.github.app.bot
    older, younger = [one for one in repository.threads.values() if one.author is me]
    assert (older.state, younger.state, younger.state_reason) == ("open", "closed", "duplicate")
    assert f"#{older.number} is the one that counts" in (younger.body or "")

    world.acts.edit_file("octo/tea", CONFIG, EVERYTHING_ON, by="olga")
    await world.settled()
    assert older.state == "closed", "what is mended is told in the one that was kept"


async def test_a_repository_that_is_taken_away_gets_nothing_more(world: World) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    world.acts.uninstall("octo", by="olga")
    issue = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    assert world.said_in(issue) == []


async def test_a_renamed_repository_goes_on_as_before(world: World) -> None:
    repository = world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    world.acts.rename_repository(repository, "teapot", by="olga")
    again = world.acts.open_issue("octo/teapot", by="ada", title="Still cold")
    world.people("grace")
    hello = world.acts.open_issue("octo/teapot", by="grace", title="Hello")
    await world.settled()
    assert world.said_in(again) == []
    assert len(world.said_in(hello)) == 1


async def test_known_people_cost_no_request(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    so_far = len(world.github.requests)
    for title in ("Warm the cup", "Stir"):
        world.acts.open_pull_request("octo/tea", by="ada", title=title)
    await world.settled()
    assert [one.path for one in world.requests(so_far)] == []


async def test_a_first_pull_request_costs_at_most_four_requests(world: World) -> None:
    world.project()
    await world.settled()
    world.people("ada")
    so_far = len(world.github.requests)
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert len(world.said_in(pull)) == 1
    asked = [one.path for one in world.requests(so_far)]
    assert len(asked) <= 4, asked
