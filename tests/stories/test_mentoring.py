"""Mentors and mentees from the first question to the last: what both see, with time passing."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.sandbox.threads import Issue
from tests.world import World

CONFIG = """\
mentoring:
  areas:
    kettles: {paths: ["kettle/*"], labels: [kettle]}
    cups: {paths: ["cups/*"]}
  mentors:
    - {login: grace, areas: [kettles], capacity: 1}
    - {login: hedy, areas: [kettles]}
  maintainers: [olga]
"""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_project(world: World, config: str = CONFIG) -> None:
    world.people("ada", "bob", "grace", "hedy")
    world.project(config=config)


async def ask(world: World, *, by: str = "ada", area: str = "", title: str = "Where do I start?") -> Issue:
    issue = world.acts.open_issue("octo/tea", by=by, title=title, body=f"/mentor me {area}")
    await world.settled()
    return issue


async def say(world: World, issue: Issue, by: str, body: str) -> list[str]:
    comment = world.acts.comment(issue, by=by, body=body)
    await world.settled()
    return world.reactions_to(comment)


def asked_in(world: World, issue: Issue) -> str:
    """The mentor whom the bot's last request mentions."""
    said = next(one for one in reversed(world.said_in(issue)) if "would you like to be" in one)
    return said.partition(", would you like")[0].rpartition("@")[2]


async def test_from_asked_to_graduated(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    assert mentor in {"grace", "hedy"}
    assert await say(world, issue, mentor, "/mentor accept") == ["hooray"]
    assert f"@ada, meet @{mentor}" in world.said_in(issue)[-1]
    assert await say(world, issue, "ada", "/mentor help\n\nHow do I run the tests?") == ["+1"]
    assert f"@{mentor}, ada has a question for you" in world.said_in(issue)[-1]
    await say(world, issue, mentor, "/mentees")
    assert "| ada" in world.said_in(issue)[-1]
    assert await say(world, issue, mentor, "/mentor graduate") == ["hooray"]
    assert "goes on without a mentor" in world.said_in(issue)[-1]
    assert await say(world, issue, mentor, "/mentor graduate") == ["confused"]
