"""Who is nudged when a pull request goes quiet, seen from outside, with a clock that is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorbot.sandbox.model import Comment, PullRequest
from tests.world import World

DAY = timedelta(days=1)
MONDAY = datetime(2026, 2, 9, 8, tzinfo=UTC)
STALLED = """\
stalled:
  author: {after: 14 days, again: 14 days}
  reviewers: {after: 7 business days, again: 7 business days}
"""


@pytest.fixture
def tea(world: World) -> World:
    """A project of olga's with two reviewers, and ada, who is new."""
    return a_project(world, STALLED)


def a_project(world: World, config: str) -> World:
    world.project(config=config)
    world.people("ada", "grace", "hedy")
    for reviewer in ("grace", "hedy"):
        world.acts.add_collaborator("octo/tea", reviewer, by="olga")
    return world


async def settled(world: World) -> None:
    """Everything is worked off, and the bot has looked at the clock: schedules start to run from there."""
    await world.settled()
    await world.bot.engine.tick()


async def until(world: World, day: int, *, hour: int = 8) -> None:
    """It becomes that many days after the first Monday; the bot hears of the time once a day."""
    end = MONDAY + day * DAY + timedelta(hours=hour - 8)
    while (left := end - world.github.clock.precise()) > timedelta(0):
        await world.later(min(left, DAY))


async def jump(world: World, day: int) -> None:
    """The bot was down until then."""
    await world.later(MONDAY + day * DAY - world.github.clock.precise())


def a_pull(world: World, *, asked: str = "", title: str = "Heat the kettle") -> PullRequest:
    pull = world.acts.open_pull_request("octo/tea", by="ada", title=title)
    if asked:
        world.acts.request_review(pull, asked, by="ada")
    return pull


def nudges(world: World, pull: PullRequest) -> list[Comment]:
    return world.comments_in(pull)


async def test_a_quiet_author_is_reminded_then_offered_help_then_asked_to_hand_over(tea: World) -> None:
    pull = a_pull(tea)
    await settled(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test for cold water?")
    await until(tea, 14, hour=7)
    assert nudges(tea, pull) == []
    assert any(
        "13 of 14 days; it has been the author's turn since 9 February 2026" in w for w in await tea.why(pull)
    )

    await until(tea, 15)
    (reminder,) = nudges(tea, pull)
    assert "@ada" in reminder.body
    assert "Could you add a test for cold water?" in reminder.body
    assert "@grace" not in reminder.body
    assert "`/ready`" in reminder.body

    await until(tea, 28)
    assert len(nudges(tea, pull)) == 1
    await jump(tea, 30)
    assert "something in the way" in nudges(tea, pull)[1].body
    await jump(tea, 45)
    assert "carry this on" in nudges(tea, pull)[2].body
    await jump(tea, 99)
    assert len(nudges(tea, pull)) == 3
    assert pull.state == "open"


async def test_nudges_are_folded_away_once_the_author_has_answered(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await jump(tea, 15)
    (reminder,) = nudges(tea, pull)
    assert reminder.minimized_reason is None
    tea.acts.push_to(pull, files={"test.py": "assert hot()\n"})
    await settled(tea)
    assert reminder.minimized_reason == "RESOLVED"


async def test_a_quiet_reviewer_is_asked_again_and_the_author_told_that_it_is_not_them(tea: World) -> None:
    pull = a_pull(tea, asked="grace")
    await settled(tea)
    await until(tea, 9, hour=7)
    assert nudges(tea, pull) == []
    await until(tea, 10)
    (asked,) = nudges(tea, pull)
    assert "@grace" in asked.body
    assert "it is not your turn" in asked.body
    assert "@ada" not in asked.body


async def test_a_second_reviewer_is_found_when_the_first_stays_silent(world: World) -> None:
    tea = a_project(
        world, STALLED.replace("again: 7 business days}", "again: 7 business days, then: [hedy]}")
    )
    pull = a_pull(tea, asked="grace")
    await settled(tea)
    await jump(tea, 10)
    await jump(tea, 22)
    first, second = nudges(tea, pull)
    assert "@grace" in first.body
    assert "@hedy" in second.body
    assert {getattr(one, "login", "") for one in pull.requested.values()} == {"grace", "hedy"}
    await jump(tea, 60)
    assert len(nudges(tea, pull)) == 2
    (weekly,) = [one for one in tea.github.world.repository("octo/tea").threads.values() if one is not pull]
    assert pull.title in (weekly.body or "")
    assert "@" not in (weekly.body or "").partition("<!--")[0]


async def test_of_two_reviewers_only_the_one_who_has_not_answered_is_asked(tea: World) -> None:
    pull = a_pull(tea, asked="grace")
    tea.acts.request_review(pull, "hedy", by="ada")
    await settled(tea)
    await jump(tea, 1)
    tea.acts.approve(pull, by="grace")
    await settled(tea)
    await jump(tea, 14)
    (asked,) = nudges(tea, pull)
    assert "@hedy" in asked.body
    assert "@ada" not in asked.body


async def test_a_push_after_an_approval_makes_it_the_reviewers_turn_again(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.approve(pull, by="grace", body="LGTM")
    await settled(tea)
    await jump(tea, 3)
    tea.acts.push_to(pull, files={"kettle.py": "hotter()\n"})
    await settled(tea)
    await jump(tea, 11)
    (asked,) = nudges(tea, pull)
    assert "is approved" not in asked.body
    assert "it is not your turn" in asked.body


async def test_an_approved_pull_request_waits_for_whoever_merges(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.approve(pull, by="grace")
    await settled(tea)
    await jump(tea, 10)
    (asked,) = nudges(tea, pull)
    assert "is approved" in asked.body
    assert "@grace" in asked.body


async def test_what_is_due_on_a_friday_evening_is_said_on_monday(tea: World) -> None:
    await settled(tea)
    await until(tea, 4, hour=20)
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await until(tea, 5, hour=7)
    await until(tea, 20, hour=7)
    assert nudges(tea, pull) == []
    await until(tea, 21, hour=7)
    (reminder,) = nudges(tea, pull)
    assert reminder.created_at.strftime("%A") == "Monday"


async def test_holidays_and_freezes_do_not_count(world: World) -> None:
    calendar = (
        "calendar:\n  timezone: Europe/Berlin\n  holidays: DE\n"
        "  freeze:\n    - {from: 2026-04-07, to: 2026-04-10}\n"
    )
    tea = a_project(world, calendar + STALLED)
    await jump(tea, 46)  # Friday, 27 March; Good Friday and Easter Monday are 3 and 6 April
    pull = a_pull(tea, asked="grace")
    await settled(tea)
    await until(tea, 63)  # 13 April, after the freeze
    assert nudges(tea, pull) == []
    await until(tea, 66)
    assert len(nudges(tea, pull)) == 1


async def test_a_snooze_keeps_the_bot_quiet_until_it_is_over(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await jump(tea, 1)
    asked = tea.acts.comment(pull, by="ada", body="/snooze 3 weeks")
    await settled(tea)
    assert tea.reactions_to(asked) == ["+1"]
    (answer,) = nudges(tea, pull)
    assert "until 3 March" in answer.body
    await until(tea, 21)
    assert len(nudges(tea, pull)) == 1
    await until(tea, 24)
    assert "this has been waiting for you" in nudges(tea, pull)[-1].body


async def test_missed_mornings_are_made_up_for_by_one_nudge(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await jump(tea, 44)
    (only,) = nudges(tea, pull)
    assert "carry this on" not in only.body, "nobody is asked to hand over what they were never reminded of"
    await until(tea, 50)
    assert len(nudges(tea, pull)) == 1


async def test_a_clock_that_jumps_back_and_forth_does_no_harm(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await jump(tea, 15)
    tea.github.clock.move(-3 * DAY)
    await tea.bot.engine.tick()
    await settled(tea)
    await until(tea, 17)
    assert len(nudges(tea, pull)) == 1


async def test_somebody_else_is_asked_while_a_reviewer_is_on_leave(world: World) -> None:
    tea = a_project(
        world, STALLED.replace("again: 7 business days}", "again: 7 business days, then: [hedy]}")
    )
    pull = a_pull(tea, asked="grace")
    tea.acts.set_status("grace", busy=True, message="On leave")
    await settled(tea)
    await jump(tea, 10)
    (asked,) = nudges(tea, pull)
    assert "@grace" not in asked.body
    assert "@hedy" in asked.body


async def test_an_author_on_leave_is_left_in_peace_until_they_are_back(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    tea.acts.set_status("ada", busy=True)
    await settled(tea)
    await jump(tea, 15)
    assert nudges(tea, pull) == []
    assert any("away" in why for why in await tea.why(pull))
    tea.acts.set_status("ada", busy=False)
    await jump(tea, 16)
    assert len(nudges(tea, pull)) == 1


async def test_somebody_with_ten_quiet_pull_requests_hears_of_them_in_three_comments(tea: World) -> None:
    pulls = [a_pull(tea, title=f"Heat kettle {place}") for place in range(10)]
    for pull in pulls:
        tea.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await settled(tea)
    await jump(tea, 15)
    written = [comment for pull in pulls for comment in nudges(tea, pull)]
    assert len(written) == 3
    told = "\n".join(comment.body for comment in written)
    assert all(pull.title in told for pull in pulls[:7]), "the newest three carry the rest"
    await jump(tea, 18)
    assert len([comment for pull in pulls for comment in nudges(tea, pull)]) == 3


async def test_maintainers_are_told_what_to_press_where_checks_wait_for_them(tea: World) -> None:
    pull = a_pull(tea)
    tea.acts.run_workflow(pull, waits=True)
    await settled(tea)
    await jump(tea, 10)
    (asked,) = nudges(tea, pull)
    assert "Approve workflows to run" in asked.body
    assert "it is not your turn" in asked.body


async def test_drafts_held_back_and_muted_ones_are_left_alone(world: World) -> None:
    tea = a_project(world, STALLED + "  ignore: {labels: [on hold]}\n")
    draft = tea.acts.open_pull_request("octo/tea", by="ada", title="Try a kettle", draft=True)
    held, muted = a_pull(tea, title="Hold it"), a_pull(tea, title="Mute it")
    tea.acts.label(held, "On hold", by="olga")
    tea.acts.comment(muted, by="ada", body="/mentorbot mute")
    await settled(tea)
    said = [len(nudges(tea, one)) for one in (draft, held, muted)]
    await jump(tea, 29)
    assert [len(nudges(tea, one)) for one in (draft, held, muted)] == said
