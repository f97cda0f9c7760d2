"""What happens when a mentor or a mentee falls silent, or takes a break."""

from __future__ import annotations

from tests.stories.mentoring_talk import DAY, HOUR, a_project, ask, asked_in, say, state_of
from tests.world import World


async def test_a_silent_mentor_is_asked_three_times_then_relieved_and_the_mentee_goes_first(
    world: World,
) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    said = len(world.said_in(issue))
    asked_on: list[int] = []
    for day in range(1, 28):
        await world.later(DAY)
        if day % 7 == 6:
            await say(world, issue, "ada", f"Day {day}: I am still at it.")
        if len(world.said_in(issue)) > said + len(asked_on):
            asked_on.append(day)
            assert f"@{mentor}" in world.said_in(issue)[-1]
    # In between lie seven business days at least, as with every unasked-for comment.
    assert asked_on == [7, 16, 25]
    await world.later(DAY + HOUR)
    assert "at the front of the waiting list" in world.said_in(issue)[-1]
    assert "@ada" in world.said_in(issue)[-1]
    await world.later(2 * HOUR)
    other = asked_in(world, issue)
    assert other != mentor
    assert f"worked with {mentor}" in world.said_in(issue)[-1], "the story so far"


async def test_a_mentor_who_does_anything_here_is_not_silent(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    said = len(world.said_in(issue))
    for _ in range(5):
        await world.later(6 * DAY)
        world.acts.open_issue("octo/tea", by=mentor, title="Plan")
        await say(world, issue, "ada", "Still at it.")
        await world.later(HOUR)
    assert len(world.said_in(issue)) == said


async def test_a_silent_mentee_is_asked_kindly_then_rests_and_goes_on_when_back(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    await world.later(14 * DAY)
    assert "@ada, how are you doing?" in world.said_in(issue)[-1]
    assert f"@{mentor}, a small question often helps" in world.said_in(issue)[-1]
    await world.later(28 * DAY)
    assert "@ada, I keep your mentor for you until" in world.said_in(issue)[-1]
    assert await state_of(world, issue) == "paused"
    said = len(world.said_in(issue))
    await say(world, issue, "ada", "I am back!")
    await world.later(2 * HOUR)
    assert await state_of(world, issue) == "active"
    await world.later(5 * DAY)
    assert len(world.said_in(issue)) == said, "nobody is asked anew at once"


async def test_nobody_came_back_so_the_seat_is_free_again(world: World) -> None:
    world.people("ada", "bob", "grace")
    world.project(config="mentoring: {mentors: [{login: grace, capacity: 1}]}")
    issue = await ask(world)
    await say(world, issue, "grace", "/mentor accept")
    waiting = await ask(world, by="bob")
    for days in (14, 28, 48):
        await world.later(days * DAY)
        await say(world, waiting, "grace", "Still here.")
    assert "grace, you have room for somebody else now." in world.said_in(issue)[-1]
    assert not any("would you like" in one for one in world.said_in(waiting)), "it is a Sunday for grace"
    await world.later(DAY)
    assert asked_in(world, waiting) == "grace"


async def test_a_break_ends_on_its_day(world: World) -> None:
    a_project(world)
    issue = await ask(world, area="kettles")
    mentor = asked_in(world, issue)
    await say(world, issue, mentor, "/mentor accept")
    assert await say(world, issue, "ada", "/mentor pause") == ["confused"]
    assert await say(world, issue, "ada", "/mentor pause 3 weeks") == ["+1"]
    assert f"@{mentor}, your mentoring has a break until" in world.said_in(issue)[-1]
    said = len(world.said_in(issue))
    await world.later(20 * DAY)
    assert len(world.said_in(issue)) == said, "nobody is asked anything during a break"
    await world.later(2 * DAY)
    assert await state_of(world, issue) == "active"
