"""How stories about mentoring are told: somebody asks, somebody says something, and what is seen then."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.sandbox.model import Issue
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
    await world.settled()  # a repository heard of by its first issue has its past read only later
    issue = world.acts.open_issue("octo/tea", by=by, title=title, body=f"/mentor me {area}")
    await world.settled()
    await world.bot.engine.tick()  # schedules start to run from here
    return issue


async def say(world: World, issue: Issue, by: str, body: str) -> list[str]:
    comment = world.acts.comment(issue, by=by, body=body)
    await world.settled()
    return world.reactions_to(comment)


def asked_in(world: World, issue: Issue) -> str:
    """The mentor whom the bot's last request mentions."""
    said = next(one for one in reversed(world.said_in(issue)) if "would you like to be" in one)
    return said.partition(", would you like")[0].rpartition("@")[2]


async def state_of(world: World, issue: Issue) -> str:
    """How it stands between whoever opened the issue and their mentor."""
    (pair,) = await world.bot.store.records.all("mentoring", issue.repository.id, "pair")
    return str(pair.value["state"])
