"""People tell the bot that it was wrong about whose turn it is, and it learns; seen from outside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorbot.features.stalled.records import AuthorNudges, LabelledMoment, WrittenNudge
from mentorbot.sandbox.model import Comment, PullRequest
from tests.stories.test_stalled_ladder import STALLED, a_project, a_pull, jump, nudges, settled, until
from tests.world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def tea(world: World) -> World:
    """A project with two reviewers; ada and bob are new, ivy may read, eve passes by."""
    a_project(world, STALLED)
    world.people("bob", "eve", "ivy")
    world.acts.add_collaborator("octo/tea", "ivy", by="olga", role="read")
    return world


async def a_reminder(world: World, *, title: str = "Heat the kettle", by: str = "ada") -> PullRequest:
    pull = world.acts.open_pull_request("octo/tea", by=by, title=title)
    world.acts.request_changes(pull, by="grace", body="Could you add a test for cold water?")
    return pull


async def reminded(world: World, *pulls: PullRequest) -> list[Comment]:
    """The reminders, two weeks later."""
    await settled(world)
    await until(world, 15)
    found = [nudges(world, pull) for pull in pulls]
    assert [len(one) for one in found] == [1] * len(pulls)
    return [one for (one,) in found]


async def labels(world: World) -> list[LabelledMoment]:
    ports = await world.bot.engine.ports("octo/tea", "stalled")
    return [record.value for record in await ports.records.all(LabelledMoment)]


async def standing(world: World) -> AuthorNudges | None:
    ports = await world.bot.engine.ports("octo/tea", "stalled")
    record = await ports.records.get(AuthorNudges, AuthorNudges.KEY)
    return record.value if record is not None else None


async def a_minute_later(world: World) -> None:
    await world.settled()
    world.github.clock.move(MINUTE)


async def test_ready_soon_after_a_nudge_with_nothing_done_is_a_correction(tea: World) -> None:
    pull = await a_reminder(tea)
    await reminded(tea, pull)
    tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    (label,) = await labels(tea)
    assert (label.pull, label.said, label.turn, label.how) == (pull.number, "author", "reviewers", "ready")
    assert any(
        "I said “It is the author's turn”, and they say “It is the reviewers' turn”" in w
        for w in await tea.why(pull)
    )


async def test_ready_after_work_tells_that_the_nudge_helped(tea: World) -> None:
    pull = await a_reminder(tea)
    await reminded(tea, pull)
    tea.acts.push_to(pull, files={"test.py": "assert cold()\n"})
    await a_minute_later(tea)
    tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    assert await labels(tea) == []
    assert any("my reminder helped" in why for why in await tea.why(pull))


async def test_waiting_for_another_side_and_blocked_are_corrections(tea: World) -> None:
    pull, other = await a_reminder(tea), await a_reminder(tea, title="Cool the kettle", by="bob")
    await a_minute_later(tea)
    tea.acts.comment(pull, by="grace", body="/waiting reviewers")
    tea.acts.comment(other, by="bob", body="/blocked by the new kettle")
    await a_minute_later(tea)
    told = {(label.pull, label.said, label.turn, label.how) for label in await labels(tea)}
    assert told == {
        (pull.number, "author", "reviewers", "command"),
        (other.number, "author", "external", "command"),
    }


@pytest.mark.parametrize("by", ["ada", "ivy", "olga"])
async def test_a_thumb_down_of_somebody_with_a_say_is_a_correction(tea: World, by: str) -> None:
    pull = a_pull(tea, asked="ivy")
    tea.acts.review(pull, by="ivy", body="Nice.")
    await a_minute_later(tea)
    tea.acts.request_changes(pull, by="grace", body="Could you add a test for cold water?")
    (reminder,) = await reminded(tea, pull)
    tea.acts.react(reminder, "-1", by=by)
    await jump(tea, 16)
    (label,) = await labels(tea)
    assert (label.said, label.turn, label.how, label.at) == (
        "author",
        "reviewers",
        "reaction",
        reminder.created_at,
    )
    assert any(f"@{by} gave my reminder a 👎" in why for why in await tea.why(pull))
    await jump(tea, 50)
    assert len(nudges(tea, pull)) == 1, "who was wrong is quiet for the rest of this turn"
    assert any("my last reminder here was wrong" in why for why in await tea.why(pull))


async def test_a_strangers_thumb_down_changes_nothing(tea: World) -> None:
    pull = await a_reminder(tea)
    (reminder,) = await reminded(tea, pull)
    tea.acts.react(reminder, "-1", by="eve")
    tea.acts.react(reminder, "+1", by="ada")
    await jump(tea, 16)
    assert await labels(tea) == []
    await jump(tea, 30)
    assert len(nudges(tea, pull)) == 2


async def test_two_corrections_stop_nudges_of_authors_until_a_maintainer_lets_them_go_on(tea: World) -> None:
    pulls = [await a_reminder(tea, title=f"Heat kettle {n}", by=by) for n, by in enumerate(("ada", "bob"))]
    reminders = await reminded(tea, *pulls)
    for reminder, by in zip(reminders, ("ada", "bob"), strict=True):
        tea.acts.react(reminder, "-1", by=by)
    third = await a_reminder(tea, title="Stir the tea")
    await settled(tea)
    await until(tea, 33)
    assert nudges(tea, third) == []
    stopped = await standing(tea)
    assert stopped is not None
    assert (stopped.corrected, stopped.written) == (2, 2)
    assert any("people corrected 2 of my last 2 reminders" in why for why in await tea.why(third))
    (weekly,) = [
        one
        for one in tea.github.world.repository("octo/tea").threads.values()
        if not isinstance(one, PullRequest)
    ]
    assert "I have reminded no author here since 25 February" in (weekly.body or "")
    assert "/mentorbot nudges on" in (weekly.body or "")
    assert "@" not in (weekly.body or "").partition("<!--")[0]

    tea.acts.comment(third, by="eve", body="/turn")
    await a_minute_later(tea)
    assert "/mentorbot nudges on" in tea.said_in(third)[0]
    refused = tea.acts.comment(third, by="eve", body="/mentorbot nudges on")
    await a_minute_later(tea)
    assert tea.reactions_to(refused) == ["-1"]
    allowed = tea.acts.comment(third, by="grace", body="/mentorbot nudges on")
    await a_minute_later(tea)
    assert tea.reactions_to(allowed) == ["+1"]
    assert any("lets me remind authors here again" in why for why in await tea.why(third))
    await until(tea, 36)
    assert "this has been waiting for you" in nudges(tea, third)[-1].body
    tea.acts.comment(third, by="eve", body="/turn")
    await a_minute_later(tea)
    assert "reminders to authors here again" in tea.said_in(third)[-1]


async def test_votes_cost_one_question_a_morning_and_none_where_nothing_was_nudged(tea: World) -> None:
    pull = await a_reminder(tea)
    await settled(tea)
    before = len(tea.github.requests)
    await until(tea, 13)
    assert [one for one in tea.requests(before) if "Reactions" in str(one.graphql)] == []
    await until(tea, 15)
    assert len(nudges(tea, pull)) == 1
    before = len(tea.github.requests)
    await until(tea, 16)
    assert len([one for one in tea.requests(before) if "Reactions" in str(one.graphql)]) == 1


async def test_labels_outlive_who_gave_them_and_name_nobody_then(tea: World) -> None:
    pull = await a_reminder(tea)
    await reminded(tea, pull)
    tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    (label,) = await labels(tea)
    assert label.by is not None
    await tea.forget("ada")
    (label,) = await labels(tea)
    assert (label.by, label.turn, label.pull) == (None, "reviewers", pull.number)
    tea.acts.merge(pull, by="olga")
    await tea.settled()
    assert await labels(tea) == [label], "nor does it go with the pull request"


async def test_what_is_heard_twice_is_one_label(tea: World) -> None:
    pull = await a_reminder(tea)
    (reminder,) = await reminded(tea, pull)
    tea.acts.react(reminder, "-1", by="ada")
    tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    for delivery in list(tea.github.webhooks.log.values()):
        tea.github.webhooks.redeliver(delivery)
    tea.acts.comment(pull, by="ada", body="/ready")
    await a_minute_later(tea)
    await until(tea, 17)
    (label,) = await labels(tea)
    assert label.how == "ready"


async def test_nudges_are_remembered_as_they_come_back_to_us(tea: World) -> None:
    pull = await a_reminder(tea)
    (reminder,) = await reminded(tea, pull)
    ports = await tea.bot.engine.ports("octo/tea", "stalled")
    (nudge,) = [record.value for record in await ports.records.all(WrittenNudge)]
    assert (nudge.number, nudge.holder, nudge.node) == (pull.number, "author", reminder.node_id)
