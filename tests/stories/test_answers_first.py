"""Whoever asks is answered, whatever else waits, hangs or is held back by GitHub."""

from __future__ import annotations

from datetime import timedelta

from tests.patience import until
from tests.world import World

MANY = 120
"""Greetings: at fifty a minute some still wait however slow the machine is."""


async def test_a_command_behind_many_greetings_is_answered_before_them(world: World) -> None:
    world.project()
    world.people("ada", *(f"newcomer{number}" for number in range(MANY)))
    issues = [
        world.acts.open_issue("octo/tea", by=f"newcomer{number}", title="Hello") for number in range(MANY)
    ]
    await world.settled()
    waiting = [issue for issue in issues if not world.said_in(issue)]
    assert len(waiting) > 1, "fifty are greeted in the first minute, the others wait"

    asked = world.acts.comment(waiting[-1], by="ada", body="/mentorbot help")
    await until(lambda: world.reactions_to(asked) and world.said_in(waiting[-1]))

    assert "/mentorbot why" in world.said_in(waiting[-1])[0], "the answer, not the greeting"
    assert not all(map(world.said_in, waiting)), "greetings still wait"
    assert world.reactions_to(asked) == ["+1"]


async def test_a_command_is_answered_while_github_is_slow_with_greetings_elsewhere(world: World) -> None:
    world.project("octo/tea")
    world.project("octo/cup")
    world.people("ada", *(f"newcomer{number}" for number in range(40)))
    quiet = world.acts.open_issue("octo/cup", by="olga", title="A cup")
    await world.settled()
    slow = "/repos/octo/tea/issues/.*/comments"
    world.github.faults.add("slow", method="POST", path=slow, times=40, seconds=5.0)
    for number in range(40):
        world.acts.open_issue("octo/tea", by=f"newcomer{number}", title="Hello")
    await until(lambda: len([one for one in world.writes() if one.status == 0]) >= 8)

    asked = world.acts.comment(quiet, by="ada", body="/mentorbot help")
    await until(lambda: world.reactions_to(asked) and world.said_in(quiet))
    assert len([one for one in world.writes() if one.status == 201]) < 40, "greetings still hang"

    world.github.faults.clear()


async def test_a_limit_in_one_installation_holds_nobody_up_in_another(world: World) -> None:
    world.project("octo/tea")
    world.project("acme/cup")
    world.people("ada", "grace")
    await world.settled()
    world.github.faults.add("secondary_limit", method="POST", path="/repos/octo/.*/comments", seconds=600)
    limited = world.acts.open_issue("octo/tea", by="ada", title="Hello")
    await world.settled()
    so_far = len(world.github.requests)
    also_limited = world.acts.open_issue("octo/tea", by="grace", title="Hello")
    free = world.acts.open_issue("acme/cup", by="ada", title="Hello")
    await world.settled()

    assert world.said_in(limited) + world.said_in(also_limited) == []
    assert len(world.said_in(free)) == 1
    asked_again = [one.path for one in world.requests(so_far) if one.method == "POST" and "octo" in one.path]
    assert asked_again == [], "one refusal is enough"

    await world.later(timedelta(minutes=11))
    assert [len(world.said_in(issue)) for issue in (limited, also_limited)] == [1, 1]
