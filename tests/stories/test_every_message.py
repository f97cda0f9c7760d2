"""What no other story has the bot say, for the page of all messages (docs/what-it-says.md)."""

from __future__ import annotations

import pytest

from tests.stories.mentoring_talk import CONFIG as MENTORING
from tests.stories.mentoring_talk import a_project, ask, say
from tests.world import World

REVIEW = (
    "I tried it with an empty kettle and with a full one; the empty one still switches on, so a check of the "
    "water would be good before the heating starts."
)


async def test_a_milestone_that_maintainers_named_is_celebrated(world: World) -> None:
    world.project(config="first_merge:\n  milestones: [2]\n")
    world.people("ada")
    for title in ("Heat the kettle", "Warm the cup"):
        pull = world.acts.open_pull_request("octo/tea", by="ada", title=title)
        await world.settled()
        world.acts.merge(pull, by="olga")
        await world.settled()
    assert any("@ada" in said for said in world.said_in(pull))


async def test_a_first_review_is_thanked_for_with_a_checklist(world: World) -> None:
    world.project(config="review_exchange:\n")
    world.people("ada", "grace")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.review(pull, by="grace", verdict="comment", body=REVIEW)
    await world.settled()
    assert any(said.startswith("@grace") or "@grace" in said for said in world.said_in(pull))


@pytest.mark.parametrize(
    ("by", "command"),
    [
        ("grace", "/mentor away 2 weeks"),
        ("bob", "/mentor volunteer kettles"),
        ("bob", "/mentor opt out"),
        ("ada", "/mentor end"),
    ],
)
async def test_commands_of_mentoring_are_answered(world: World, by: str, command: str) -> None:
    a_project(world, config=f"{MENTORING}  eligible: {{merged: 0}}\n")
    issue = await ask(world, area="kettles")
    before = len(world.said_in(issue))
    assert await say(world, issue, by, command) != []
    assert len(world.said_in(issue)) >= before


@pytest.mark.parametrize(
    ("by", "command"),
    [("ada", "/ready"), ("ada", "/blocked by the new kettle"), ("olga", "/waiting author")],
)
async def test_corrections_of_whose_turn_it_is_are_answered(world: World, by: str, command: str) -> None:
    world.project(config="stalled:\n")
    world.people("ada", "grace")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.review(pull, by="grace", verdict="request_changes", body="Could you add a test?")
    await world.settled()
    assert await say(world, pull, by, command) == ["+1"]
    assert len(world.said_in(pull)) == 1
