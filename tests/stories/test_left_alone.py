"""People who want to be left alone, repositories that pause, junk, and crowds: through the whole bot."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.sandbox.model import Issue
from tests.world import EVERYTHING_ON, World


def is_told(world: World, thread: Issue, login: str) -> bool:
    return any(f"@{login}" in said for said in world.said_in(thread))


async def test_whoever_wants_to_be_left_alone_is_everywhere_until_they_say_otherwise(world: World) -> None:
    world.project()
    world.project("acme/rockets")
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    asked = world.acts.comment(issue, by="ada", body="/mentorbot leave me alone")
    await world.settled()
    assert world.reactions_to(asked) == ["+1"]
    [answer] = world.said_in(issue)
    assert "`/mentorbot talk to me`" in answer

    first = world.acts.open_pull_request("acme/rockets", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.merge(first, by="olga")
    await world.settled()
    assert world.said_in(first) == []
    assert any("wants to be left alone" in because for because in await world.why(first))

    world.acts.comment(first, by="ada", body="/mentorbot why")
    await world.settled()
    assert len(world.said_in(first)) == 1, "their own command is answered"

    world.acts.comment(first, by="ada", body="/mentorbot talk to me")
    second = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    await world.settled()
    assert is_told(world, second, "ada")


async def test_who_is_left_alone_stays_so_when_forgotten_and_renamed(world: World) -> None:
    world.project()
    world.people("ada")
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    world.acts.comment(issue, by="ada", body="/mentorbot leave me alone")
    await world.settled()
    await world.forget("ada")
    await world.later(timedelta(minutes=1))
    world.acts.rename_user("ada", "lovelace")
    # A command makes the bot remember them; that they want to be left alone it knew all the time.
    world.acts.comment(issue, by="lovelace", body="/mentorbot help")
    pull = world.acts.open_pull_request("octo/tea", by="lovelace", title="Heat the kettle")
    await world.settled()
    world.acts.merge(pull, by="olga")
    await world.settled()
    assert len(world.said_in(issue)) == 2
    assert world.said_in(pull) == []


async def test_a_paused_repository_is_silent_and_answers(world: World) -> None:
    world.project()
    world.people("ada", "grace")
    issue = world.acts.open_issue("octo/tea", by="olga", title="The kettle is cold")
    refused = world.acts.comment(issue, by="ada", body="/mentorbot pause 1 week")
    await world.settled()
    assert world.reactions_to(refused) == ["-1"]
    world.acts.comment(issue, by="olga", body="/mentorbot pause 1 week")
    await world.settled()
    assert "`/mentorbot resume` ends this." in world.said_in(issue)[-1]

    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    assert world.said_in(pull) == []
    world.acts.comment(pull, by="ada", body="/mentorbot why")
    await world.settled()
    assert "this whole repository is paused until 16 February 2026" in world.said_in(pull)[-1]
    assert world.said_in(pull)[-1].startswith("I say nothing unasked in this repository until 16 February")

    world.acts.comment(issue, by="olga", body="/mentorbot resume")
    await world.settled()
    another = world.acts.open_pull_request("octo/tea", by="grace", title="Warm the cup")
    await world.settled()
    assert is_told(world, another, "grace")


async def test_new_threads_settle_and_junk_is_not_greeted(world: World) -> None:
    world.project(config=EVERYTHING_ON + "settle: 10 minutes\nignore: {labels: [spam]}\n")
    world.people("ada", "grace", "eve", "mallory")
    kept = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    closed = world.acts.open_issue("octo/tea", by="grace", title="Never mind")
    locked = world.acts.open_issue("octo/tea", by="eve", title="You are all wrong")
    junk = world.acts.open_issue("octo/tea", by="mallory", title="Cheap tea")
    await world.settled()
    assert [world.said_in(one) for one in (kept, closed, locked, junk)] == [[], [], [], []]

    world.acts.close(closed, by="grace")
    world.acts.lock(locked, by="olga")
    world.acts.label(junk, "Spam", by="olga")
    await world.settled()
    await world.later(timedelta(minutes=11))
    assert is_told(world, kept, "ada")
    assert [world.said_in(one) for one in (closed, locked, junk)] == [[], [], []]
    assert any("locked" in because for because in await world.why(locked))

    world.acts.merge(kept, by="olga")
    await world.settled()
    assert len(world.said_in(kept)) == 2, "a merge is celebrated in its thread, which it closes"


async def test_a_crowd_is_greeted_when_maintainers_say_so(world: World) -> None:
    repository = world.project(config=EVERYTHING_ON + "settle: 10 minutes\n")
    world.people(*(f"p{number}" for number in range(21)), "ada")
    threads = [
        world.acts.open_issue("octo/tea", by=f"p{number}", title=f"Idea {number}") for number in range(21)
    ]
    await world.settled()
    await world.later(timedelta(minutes=11))
    assert [said for one in threads for said in world.said_in(one)] == []
    me = world.github.app.bot
    [question] = [one for one in repository.threads.values() if one.author is me]
    assert "`/mentorbot greet none`" in (question.body or "")

    stranger = world.acts.comment(question, by="p1", body="/mentorbot greet all")
    await world.settled()
    assert world.reactions_to(stranger) == ["-1"]
    yes = world.acts.comment(question, by="olga", body="/mentorbot greet all")
    await world.settled()
    assert world.reactions_to(yes) == ["+1"]
    assert [len(world.said_in(one)) for one in threads] == [1] * 21
    assert question.state == "closed"
    assert "I send 21 greetings now." in world.said_in(question)[-1]


REMINDS_AND_SUGGESTS = """\
stalled: {author: {after: 14 days}, reviewers: {after: 7 business days}}
review_exchange: {give: 2}
"""


async def test_no_reminder_is_announced_that_somebody_does_not_want_or_junk_would_not_get(
    world: World,
) -> None:
    world.project(config=REMINDS_AND_SUGGESTS)
    world.people("ada", "grace", "eve")
    theirs = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    junk = world.acts.open_pull_request("octo/tea", by="eve", title="Cheap tea")
    await world.settled()
    world.acts.request_changes(theirs, by="olga", body="Could you add a test?")
    world.acts.label(junk, "spam", by="olga")
    world.acts.comment(theirs, by="grace", body="/mentorbot why")
    await world.settled()
    assert "I will remind the author on" in world.said_in(theirs)[-1]

    world.acts.comment(theirs, by="ada", body="/mentorbot leave me alone")
    await world.settled()
    for thread in (theirs, junk):
        before = len(world.said_in(thread))
        world.acts.comment(thread, by="grace", body="/mentorbot why")
        await world.settled()
        [answer] = world.said_in(thread)[before:]
        assert "I will remind" not in answer

    world.acts.comment(theirs, by="grace", body="/suggest reviews")
    await world.settled()
    assert "Cheap tea" not in world.said_in(theirs)[-1]
