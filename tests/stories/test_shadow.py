"""In shadow nothing is written, all is told to maintainers, and the first day live is a sane one."""

from __future__ import annotations

import random
from datetime import timedelta

import aiohttp
import pytest

from mentorbot.core.journal import Outcome
from mentorbot.sandbox.model import Issue, PullRequest
from mentorbot.sandbox.simulated_github import RecordedRequest
from mentorbot.sandbox.stories import newcomer
from mentorbot.sandbox.story import play
from tests.world import CONFIG, EVERYTHING_ON, World

DAY = timedelta(days=1)
ALL_ON = """\
welcome:
  pull_request: default
  issue: default
first_merge:
  message: default
stalled:
  author: {after: 14 days, again: 14 days}
  reviewers: {after: 7 business days, again: 7 business days}
  labels: {author: awaiting changes, reviewers: awaiting review}
review_exchange: {give: 2, get: 1}
mentoring: {mentors: [grace], eligible: {}}
"""
SHADOW = f"mode: shadow\n{ALL_ON}"
LIVE = f"mode: live\n{ALL_ON}"


def forbidden(world: World) -> list[RecordedRequest]:
    """What was written, the checks of config files left out."""
    return [one for one in world.writes() if not one.path.endswith("/check-runs")] + mutations(world)


def mutations(world: World) -> list[RecordedRequest]:
    return [one for one in world.requests() if one.graphql is not None and "mutation" in str(one.graphql)]


async def change_config(world: World, config: str) -> None:
    world.acts.edit_file("octo/tea", CONFIG, config, by="olga")
    await world.settled()
    await world.bot.engine.configuration("octo/tea")
    world.github.clock.move(timedelta(seconds=2))


async def not_said(world: World, name: str = "octo/tea") -> list[str]:
    """The keys of what would have been said, in order."""
    id_ = world.github.world.repository(name).id
    found = await world.bot.store.shadow.said(id_, since=world.github.clock.now() - 400 * DAY)
    return [one.key.split("/", 2)[-1] for one in found]


def a_project(world: World, config: str = SHADOW) -> None:
    world.project(config=config)
    world.people("ada", "grace", "hedy", "bob")
    for reviewer in ("grace", "hedy"):
        world.acts.add_collaborator("octo/tea", reviewer, by="olga")


async def test_the_newcomers_whole_week_leaves_no_trace_in_shadow(bare_world: World) -> None:
    world = bare_world

    def say(line: str) -> None:
        """As soon as the App is there, the owner's file puts everything in shadow."""
        if "installed the App" in line:
            world.acts.create_repository("kettle/.github", files={CONFIG: "mode: shadow\n"}, by="grace")

    await play("newcomer", world.github, pause=0, say=say)
    assert forbidden(world) == []
    said = await not_said(world, newcomer.HOME)
    ada = world.github.world.find_account("ada")
    assert ada is not None
    for key in (f"person {ada.id}/issue", f"person {ada.id}/pull request", f"person {ada.id}"):
        assert any(one.startswith(key) for one in said), said
    assert not any(one.startswith("answer") for one in said), "commands get no answer"
    checks = [one for one in world.writes() if one.path.endswith("/check-runs")]
    assert len(checks) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_people_do_in_shadow_nothing_is_written(world: World, seed: int) -> None:
    a_project(world)
    await world.settled()
    await world.bot.engine.tick()
    chance = random.Random(seed)  # noqa: S311 - the same storm each time
    people = ("ada", "bob", "grace", "hedy", "olga")
    words = (
        "/mentor me", "/mentor accept", "/mentorbot help", "/ready", "/exchange", "/turn", "/snooze 2 weeks",
        "/mentorbot mute", "/suggest reviews", "/waiting author", "Looks good.", "Could you add a test?",
        "/mentorbot pause 1 week", "@mentorbot what now?",
    )  # fmt: skip
    threads: list[Issue] = []
    for step in range(40):
        who = chance.choice(people)
        opened = [one for one in threads if one.state == "open"]
        pulls = [one for one in opened if isinstance(one, PullRequest)]
        what = chance.randrange(8)
        if what == 0 or not pulls:
            threads.append(world.acts.open_pull_request("octo/tea", by=who, title=f"Cup {step}"))
        elif what == 1:
            threads.append(world.acts.open_issue("octo/tea", by=who, title=f"Cold {step}", body="/mentor me"))
        elif what in {2, 3}:
            world.acts.comment(chance.choice(opened), by=who, body=chance.choice(words))
        elif what == 4:
            pull = chance.choice(pulls)
            reviewer = "grace" if pull.author.login != "grace" else "hedy"
            world.acts.request_changes(pull, by=reviewer, body="Could you add a test?")
        elif what == 5:
            world.acts.merge(chance.choice(pulls), by="olga")
        elif what == 6:
            world.acts.push_to(chance.choice(pulls), files={f"{step}.py": "cup()\n"})
        else:
            await world.later(chance.randrange(1, 12) * DAY)
    await world.later(21 * DAY)
    await world.bot.engine.sweep("octo/tea")
    await world.settled()
    assert forbidden(world) == []
    assert await not_said(world)
    status = await world.bot.engine.status()
    assert status.parked == 0
    assert (status.backlog.waiting, status.backlog.running, status.backlog.later) == (0, 0, 0), status.backlog


async def test_the_check_says_what_shadow_means_and_what_its_end_does(world: World) -> None:
    world.project(config=EVERYTHING_ON)
    into = world.acts.open_pull_request("octo/tea", by="olga", title="Try it", files={CONFIG: SHADOW})
    await world.settled()
    (check,) = world.checks_on(into)
    assert check.title == "This configuration works, in shadow mode"
    assert "I hear everything and write nothing here, but for this check" in str(check.summary)
    world.acts.merge(into, by="olga")
    await world.settled()
    out_of = world.acts.open_pull_request("octo/tea", by="olga", title="Go live", files={CONFIG: LIVE})
    await world.settled()
    (check,) = world.checks_on(out_of)
    assert check.title == "This configuration works"
    assert "This ends shadow mode" in str(check.summary)
    assert forbidden(world) == []


async def test_nobody_is_greeted_or_congratulated_late_once_it_is_live(world: World) -> None:
    a_project(world)
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="bob", title="The kettle is cold")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.merge(pull, by="olga")
    await world.settled()
    await change_config(world, LIVE)
    await world.later(1 * DAY)
    second = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    await world.settled()
    world.acts.merge(second, by="olga")
    await world.settled()
    assert world.said_in(issue) + world.said_in(pull) + world.said_in(second) == []
    first = world.acts.open_pull_request("octo/tea", by="bob", title="A lid")
    await world.settled()
    assert len(world.said_in(first)) == 1, "an occasion of its own, that came when it was live"


async def test_a_command_given_in_shadow_is_not_answered_once_live(world: World) -> None:
    a_project(world)
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="ada", title="Where do I start?", body="/mentor me")
    await world.settled()
    assert "I answer no commands in shadow mode" in (await world.why(issue))[0] or any(
        "I answer no commands in shadow mode" in one for one in await world.why(issue)
    )
    await change_config(world, LIVE)
    for _ in range(3):
        await world.later(2 * DAY)
    world.acts.comment(issue, by="grace", body="/mentor accept")
    await world.settled()
    assert all("@ada" not in said for said in world.said_in(issue)), "no pair began in shadow"


async def test_shadow_goes_up_the_ladder_as_if_each_nudge_had_been_said_and_live_begins_anew(
    world: World,
) -> None:
    a_project(world)
    await world.settled()
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.request_changes(pull, by="grace", body="Could you add a test for cold water?")
    await world.settled()
    await world.bot.engine.tick()
    for _ in range(50):
        await world.later(DAY)
    rungs = [one.rpartition("/")[2] for one in await not_said(world) if "/author since" in one]
    assert rungs == ["rung 1", "rung 2", "rung 3"]
    assert forbidden(world) == []
    await change_config(world, LIVE)
    await world.later(3 * DAY)
    (nudge,) = world.said_in(pull)
    assert "carry this on" not in nudge, "the last question is never the first thing somebody hears"
    assert {label.name for label in pull.labels.values()} == {"awaiting changes"}, "labels are put right"


async def test_a_nudge_written_before_the_shadow_is_folded_once_it_is_over(world: World) -> None:
    a_project(world, LIVE)
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await world.settled()
    await world.bot.engine.tick()
    await world.later(15 * DAY)
    nudge = world.comments_in(pull)[-1]
    await change_config(world, SHADOW)
    before = len(forbidden(world))
    world.acts.push_to(pull, files={"test.py": "assert hot()\n"})
    await world.settled()
    assert nudge.minimized_reason is None
    assert len(forbidden(world)) == before
    await change_config(world, LIVE)
    await world.later(3 * DAY)
    assert nudge.minimized_reason == "RESOLVED"


async def test_a_pair_is_not_relieved_for_a_silence_that_nobody_was_asked_about(world: World) -> None:
    """What would have become of it in shadow is forgotten: live, its mentor is asked first."""
    a_project(world, LIVE)
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="ada", title="Where do I start?", body="/mentor me")
    await world.settled()
    world.acts.comment(issue, by="grace", body="/mentor accept")
    await world.settled()
    await world.bot.engine.tick()
    await change_config(world, SHADOW)
    before = len(world.said_in(issue))
    for _ in range(30):
        await world.later(DAY)
    assert len(world.said_in(issue)) == before
    await change_config(world, LIVE)
    await world.later(DAY)
    said = world.said_in(issue)[before:]
    assert len(said) == 1
    assert "@grace" in said[0]


async def test_the_page_tells_what_would_have_been_said(world: World) -> None:
    a_project(world)
    await world.settled()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    async with aiohttp.ClientSession() as http, http.get(f"{world.bot.url}/octo/tea") as answer:
        page = await answer.text()
    assert "Shadow mode: nothing is written here." in page
    assert page.index("Shadow mode") < page.index("What it does here")
    assert "A comment to @ada" in page
    assert "<details><summary>The text</summary>" in page
    assert "Thank you for your first pull request" in page
    assert "Would have said it:" in page
    await change_config(world, LIVE)
    async with aiohttp.ClientSession() as http, http.get(f"{world.bot.url}/octo/tea") as answer:
        assert "Shadow mode" not in await answer.text()


async def test_the_journal_and_why_tell_of_the_shadow_afterwards(world: World) -> None:
    a_project(world)
    await world.settled()
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    entries = await world.bot.engine.journal_of("octo/tea", pull.number)
    assert [one.outcome for one in entries if one.feature == "welcome"] == [Outcome.SHADOWED]
    await change_config(world, LIVE)
    world.acts.comment(pull, by="ada", body="/mentorbot why")
    await world.settled()
    assert "I was in shadow mode" in world.said_in(pull)[-1]


def issues_at_desk(world: World) -> list[Issue]:
    me = world.github.app.bot
    found = [one for one in world.github.world.repository("octo/desk").threads.values() if one.author is me]
    return sorted(found, key=lambda one: one.number)


async def test_the_desk_is_told_once_a_week_and_when_it_is_over(world: World) -> None:
    world.project("octo/desk", config="desk: {for: [octo/tea]}", private=True)
    a_project(world, SHADOW + "desk: {at: octo/desk}\n")
    await world.settled()
    await world.bot.engine.tick()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    await world.later(7 * DAY)
    (first,) = issues_at_desk(world)
    body = (first.body or "").partition("<!-- mentorbot")[0]
    assert first.title == "What I would have said in week 08: octo/tea"
    assert "a comment to ada. Why: first pull request by" in body
    assert "<details><summary>The text</summary>" in body
    assert "@ada" not in body
    assert f"`octo/tea#{1}`" in body
    await world.later(7 * DAY)
    assert len(issues_at_desk(world)) == 1, "nothing would have been said"
    world.acts.open_issue("octo/tea", by="bob", title="The kettle is cold")
    await world.settled()
    await world.later(7 * DAY)
    assert [one.state for one in issues_at_desk(world)] == ["closed", "open"]
    assert [one.path for one in forbidden(world) if one.path.startswith("/repos/octo/tea/")] == []
    await change_config(world, LIVE + "desk: {at: octo/desk}\n")
    await world.later(7 * DAY)
    assert [one.state for one in issues_at_desk(world)] == ["closed", "closed"]


@pytest.mark.parametrize(
    ("desk", "tea"),
    [
        pytest.param("desk: {for: [octo/tea]}", "", id="the project does not name it"),
        pytest.param("desk: {for: []}", "desk: {at: octo/desk}\n", id="the desk does not name the project"),
    ],
)
async def test_no_desk_is_told_where_one_side_does_not_agree(world: World, desk: str, tea: str) -> None:
    world.project("octo/desk", config=desk, private=True)
    a_project(world, SHADOW + tea)
    await world.settled()
    await world.bot.engine.tick()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    await world.later(7 * DAY)
    assert issues_at_desk(world) == []


async def test_a_desk_that_everybody_can_read_is_told_nothing(world: World) -> None:
    world.project("octo/desk", config="desk: {for: [octo/tea]}")
    a_project(world, SHADOW + "desk: {at: octo/desk}\n")
    await world.settled()
    await world.bot.engine.tick()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    await world.later(7 * DAY)
    assert issues_at_desk(world) == []


async def test_a_desk_is_told_though_its_owners_file_puts_everything_in_shadow(world: World) -> None:
    world.project("octo/desk", config="desk: {for: [octo/tea]}", private=True)
    world.acts.create_repository("octo/.github", files={CONFIG: "mode: shadow\n"}, by="olga")
    a_project(world, ALL_ON + "desk: {at: octo/desk}\n")
    await world.settled()
    await world.bot.engine.tick()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    await world.later(7 * DAY)
    assert [one.state for one in issues_at_desk(world)] == ["open"]
    assert {one.path for one in forbidden(world)} == {"/repos/octo/desk/issues"}


async def test_what_a_mentee_reached_in_shadow_is_not_congratulated_on_once_live(world: World) -> None:
    """Nor where it was said in two comments there and would be one now."""
    aloud = "milestones: [first pull request, first merge, third merge]"
    live = LIVE.replace("eligible: {}", f"eligible: {{}}, {aloud}")
    a_project(world, live)
    await world.settled()
    issue = world.acts.open_issue("octo/tea", by="ada", title="Where do I start?", body="/mentor me")
    await world.settled()
    world.acts.comment(issue, by="grace", body="/mentor accept")
    await world.settled()
    await world.bot.engine.tick()
    await world.later(2 * DAY)
    await change_config(world, live.replace("mode: live", "mode: shadow"))
    for title in ("Heat the kettle", "Warm the cup", "Mend the lid"):
        pull = world.acts.open_pull_request("octo/tea", by="ada", title=title)
        await world.settled()
        world.acts.merge(pull, by="olga")
        await world.later(2 * DAY)
    would = [one for one in await not_said(world) if one.startswith("milestones")]
    assert len(would) > 1
    await change_config(world, live)
    for _ in range(3):
        await world.later(DAY)
    assert not [one for one in world.said_in(issue) if "Well done" in one]


async def test_going_live_with_a_backlog_never_reminds_more_than_a_day_has(world: World) -> None:
    """Back and forth on one day, with a dry run and sweeps by hand between: five a day all in all."""
    a_project(world, SHADOW.replace("stalled:", "stalled:\n  a_day: 2"))
    world.people(*(f"newcomer-{number}" for number in range(9)))
    for number in range(9):
        pull = world.acts.open_pull_request("octo/tea", by=f"newcomer-{number}", title=f"Cup {number}")
        world.acts.request_changes(pull, by="grace", body="Could you add a test?")
    await world.settled()
    await world.bot.engine.tick()
    for _ in range(25):
        await world.later(DAY)
    assert forbidden(world) == []
    live, shadow = (one.replace("stalled:", "stalled:\n  a_day: 2") for one in (LIVE, SHADOW))
    written: list[int] = []
    for config in (live, shadow, live):
        await change_config(world, config)
        for _ in range(2):
            await world.bot.engine.sweep("octo/tea")
            await world.settled()
        written.append(len(reminders(world)))
    assert written[-1] <= 2
    for _ in range(9):
        before = len(reminders(world))
        await world.later(DAY)
        assert len(reminders(world)) - before <= 2
    assert len(reminders(world)) >= 9
    told = {one.path for one in reminders(world)}
    assert len(told) >= 9, "nobody is left out"


def reminders(world: World) -> list[RecordedRequest]:
    return [
        one
        for one in world.writes()
        if one.path.startswith("/repos/octo/tea/issues/") and one.path.endswith("/comments")
    ]
