"""Stories are played with the whole bot, and told as they went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from mentorbot.cli.sandbox import introduce
from mentorbot.db.jobs import Backlog
from mentorbot.sandbox.page.log import LogLine
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.page.tries import SKIP, TRIES, Attempt, attempt_it, offered
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.stage import moment_of, next_monday
from mentorbot.sandbox.stories import month
from mentorbot.sandbox.story import STORIES, play, sentence, story_named
from mentorbot.wiring import running_bot
from tests import living
from tests.living import MONDAY_MORNING, settings_for
from tests.world import World

# Stories bring their own people along: not the small world of the other tests here.
github, settings, bot, world = living.github, living.settings, living.bot, living.world

FIRST_WEEK = [
    (
        "Mon 09:12  ada opened issue #16 “The lid falls into the cup” "
        "→ mentorbot commented (welcome), because: first issue by @ada"
    ),
    (
        "Mon 16:30  ada opened pull request #17 “Hold the lid while pouring” "
        "→ mentorbot commented (welcome), because: first pull request by @ada, who had opened an issue before"
    ),
    (
        "Tue 09:30  barbara opened issue #18 “Which teas do we want by summer?” "
        "→ mentorbot left it alone: @barbara belongs to the project"
    ),
    (
        "Tue 11:20  ada commented on #17: “Good point, I do it tonight. /mentorbot why” "
        "→ mentorbot reacted with 👍 and commented (help), because: @ada asked why"
    ),
    (
        "Wed 10:30  grace merged #17 "
        "→ mentorbot commented (first_merge), because: first merged pull request by @ada"
    ),
    (
        "Wed 11:00  renovate[bot] opened pull request #19 “Update leaves to 2.1” "
        "→ mentorbot left it alone: @renovate[bot] is a bot"
    ),
    (
        "Wed 14:00  margaret opened draft pull request #20 “Count down before brewing” "
        "→ mentorbot commented (welcome), because: first pull request by @margaret"
    ),
    (
        "Thu 09:00  dennis opened pull request #21 “Holograms in colour” "
        "→ mentorbot commented (welcome), because: @dennis is back, last seen on 13 March 2024"
    ),
    (
        "Thu 13:00  linus opened pull request #22 “Say who the tea round is” "
        "→ mentorbot wrote the check “mentorbot configuration”: “One problem to fix” (config_check), "
        "because: .github/mentorbot.yml is changed here, and what is proposed has one problem"
    ),
    (
        "Fri 09:00  margaret commented on #20: “/mentorbot help” "
        "→ mentorbot reacted with 👍 and commented (help), because: @margaret asked what I can do here"
    ),
    (
        "Fri 15:00  margaret commented on #20: “/mentorbot mute 2 weeks” "
        "→ mentorbot reacted with 👍 and commented (help), "
        "because: @margaret asked for silence here until 27 February 2026, 15:00 GMT"
    ),
    (
        "Fri 16:00  ada opened pull request #23 “A rest for the thumb” "
        "→ mentorbot left it alone: @ada was here before: one issue, one pull request and commits"
    ),
]
"""The scenes in which the bot does something, or has a reason to be silent that is worth telling."""


async def test_a_newcomers_first_week_plays_to_its_end(world: World) -> None:
    told: list[str] = []
    await play("newcomer", world.github, pause=0, say=told.append)
    assert [line for line in told if line in FIRST_WEEK] == FIRST_WEEK
    assert told[0].startswith("Mon 09:00  grace installed the App on kettle → mentorbot")
    assert told[-1] == f"The story is over, and the sandbox is yours: {world.github.url}"
    greeting = next(iter(world.comments_in(world.github.world.thread("kettle/teapot#17"))))
    assert "are answered within" in greeting.body, "the repository's past is long enough to tell"
    assert world.github.clock.now() >= datetime(2026, 2, 13, 16, tzinfo=UTC)
    await nothing_is_tried_for_ever(world)


MONTH = [
    ("Week 1 Mon 10:30", "noor opened", "commented (stalled, welcome)"),
    ("Week 1 Mon 10:50", "/mentor me lamp", "@ida fits best"),
    ("Week 1 Mon 13:00", "/mentor accept", "they are a pair"),
    ("Week 1 Tue 11:00", "tove asked for changes on #14", "added the label awaiting changes"),
    ("Week 1 Wed 10:30", "/thanks @kofi", "as @noor confirmed it"),
    ("Week 1 Thu 09:00", "on #14, nobody did anything", "as @lena confirmed it (👍)"),
    ("Week 1 Thu 09:00", "/exchange", "@kofi spent one credit"),
    ("Week 1 Fri 10:00", "omar approved #16", "@kofi got the review that a credit was spent for, from @omar"),
    ("Week 2 Mon 10:00", "on #15, nobody did anything", "A request to review it, to @tove"),
    ("Week 2 Mon 10:00", "nancy pushed to main", "needs a small fix"),
    ("Week 2 Tue 10:00", "on #13, nobody did anything", "@ida has done nothing here since 9 February 2026"),
    ("Week 2 Tue 10:00", "nancy pushed to main", "closed the issue"),
    ("Week 2 Wed 10:00", "on #14, nobody did anything", "A reminder to @lena"),
    ("Week 3 Tue 09:40", "on #13, nobody did anything", "the mentor has done nothing here"),
    ("Week 3 Tue 10:00", "on #13, nobody did anything", "@omar fits and has room"),
    ("Week 3 Tue 10:00", "lena pushed to #14", "folded its comment away"),
    ("Week 4 Mon 10:00", "/mentor accept", "@omar and @noor have both agreed"),
    ("Week 4 Wed 10:00", "/turn", "@noor asked whose turn it is"),
    ("Week 4 Thu 11:30", "nancy merged #13", "first merged pull request by @noor"),
]
"""When, who did what (or that nobody did), what the bot did or why: the moments the month is told for."""


async def test_a_month_plays_to_its_end_with_all_that_makes_it_worth_telling(world: World) -> None:
    told: list[str] = []
    await play("month", world.github, pause=0, say=told.append)
    rest = iter(told)
    for moment in MONTH:
        assert any(all(part in line for part in moment) for line in rest), (moment, told)
    assert told[-1].startswith("The story is over")
    project = world.github.world.repository("harbour/lighthouse")
    fog, stairs, rope = (project.threads[number] for number in (13, 14, 15))

    (reminder,) = world.comments_in(stairs)
    assert "Hi @lena, this has been waiting for you since 10 February 2026." in reminder.body
    assert "“Good idea. Which lamp is it when there are fewer than ten steps?" in reminder.body
    assert reminder.minimized_reason == "RESOLVED"
    (request,) = world.said_in(rope)
    assert "@tove, could you review this?" in request
    assert "**mateo**, it is not your turn" in request

    said = world.said_in(fog)
    assert "are answered within" in said[0], "the project's past is long enough to tell"
    silence = next(one for one in said if "@ida, how is it going with noor?" in one)
    relieved = next(one for one in said if "You are at the front of the waiting list" in one)
    mended = next(one for one in said if "@noor, meet omar, your mentor." in one)
    assert said.index(silence) < said.index(relieved) < said.index(mended)
    assert "noor worked with ida from 9 February 2026 to 24 February 2026" in mended

    (slip,) = [one for one in project.threads.values() if "needs a small fix" in one.title]
    assert "seven days" in (slip.body or "")
    assert slip.state == "closed"
    await nothing_is_tried_for_ever(world)


async def nothing_is_tried_for_ever(world: World) -> None:
    """Two weeks after a story all is done, known and read."""
    await world.github.pass_time(timedelta(days=14))
    status = await world.bot.engine.status()
    assert (status.parked, status.unread, status.reading) == (0, {}, [])
    assert status.backlog == Backlog(waiting=0, later=0, running=0)


async def test_nothing_that_can_be_tried_with_a_click_is_tried_for_ever(world: World) -> None:
    repository = world.project(config=month.CONFIG)
    world.people("ida", "omar", "nancy")
    order = ["newcomer", "mentor", "turn", "check", "changes", "slip", SKIP, "mend", "merge"]
    assert set(order) == {*TRIES, SKIP}
    for name in order:
        attempt = Attempt(github=world.github, repository=repository)
        assert name in {one["name"] for one in offered(attempt)}
        await attempt_it(name, attempt)
        await world.settled()
    said = world.said_in(repository.threads[1])
    assert "Thank you for your first pull request" in said[0]
    assert any("this has been waiting for you" in one for one in said), "two weeks went by for the bot, too"
    assert "your first pull request in **tea** is merged" in said[-1]
    await nothing_is_tried_for_ever(world)


async def test_a_bot_s_pull_request_is_read_as_everybody_s(world: World) -> None:
    """Bots own no repositories: GraphQL could not tell of one that had a fork, and was asked for ever."""
    project = world.project(config="stalled: {}\n")
    world.acts.add_user("renovate[bot]", kind="Bot")
    pull = world.acts.open_pull_request("octo/tea", by="renovate[bot]", title="Update the leaves")
    assert pull.head_repository is project
    await world.settled()
    await world.later(timedelta(days=1))
    status = await world.bot.engine.status()
    assert (status.unread, status.reading) == ({}, [])


async def test_the_reasons_on_the_bots_pages_are_read_as_they_are(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    world.acts.open_issue("octo/tea", by="olga", title="Which tea?")
    await world.settled()
    async with aiohttp.ClientSession() as http:
        found = await reasons(http, world.bot.url, "octo/tea")
        assert await reasons(http, world.bot.url, "octo/nothing") == []
    about = {(one.number, one.feature, one.acted, one.because) for one in found}
    assert (1, "welcome", True, "first issue by @ada") in about
    assert (2, "welcome", False, "@olga belongs to the project") in about
    assert all(datetime.fromisoformat(one.at) >= MONDAY_MORNING for one in found)


async def test_nobody_gives_reasons_where_no_bot_is() -> None:
    async with aiohttp.ClientSession() as http:
        assert await reasons(http, "http://127.0.0.1:9", "octo/tea") == []


async def test_a_story_needs_somebody_who_listens() -> None:
    async with running_github() as github:
        with pytest.raises(LookupError, match="deliver_to"):
            await play("newcomer", github)


async def test_what_is_no_story_is_not_played() -> None:
    async with running_github() as github:
        with pytest.raises(LookupError, match="choose one of month, newcomer"):
            await play("dragons", github)


class ThatIsEnoughError(Exception):
    """Raised to end a story early."""


async def test_a_story_begins_on_a_monday_whatever_day_it_is(database_url: str) -> None:
    told: list[str] = []

    def say(line: str) -> None:
        told.append(line)
        raise ThatIsEnoughError

    async with running_github(start=datetime(2026, 3, 5, 17, 20, tzinfo=UTC)) as github:
        settings = settings_for(github, database_url)
        async with running_bot(settings, clock=github.clock.precise) as bot:
            introduce(github, bot)
            github.deliver_to(f"{bot.url}/github/webhook")
            with pytest.raises(ThatIsEnoughError):
                await play("newcomer", github, pause=0, say=say)
    assert told[0].startswith("Mon 09:00  grace installed the App on kettle")
    assert github.clock.now().date() == datetime(2026, 3, 9, tzinfo=UTC).date()


@pytest.mark.parametrize("name", STORIES)
def test_a_story_can_be_chosen_by_a_title_and_a_sentence(name: str) -> None:
    story = story_named(name)
    assert story.title
    assert story.about.endswith(".")
    assert story.days > 0


@pytest.mark.parametrize(
    ("moment", "is_when"),
    [
        pytest.param("Mon 09:00", "2026-02-09T09:00", id="its beginning"),
        pytest.param("week 1 Sun 23:59", "2026-02-15T23:59", id="the end of the first week"),
        pytest.param("week 4 Tue 11:20", "2026-03-03T11:20", id="weeks later"),
    ],
)
def test_a_moment_is_told_by_its_week_and_day(moment: str, is_when: str) -> None:
    monday = datetime(2026, 2, 9, 9, tzinfo=UTC)
    assert moment_of(moment, monday) == datetime.fromisoformat(f"{is_when}+00:00")


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="write one like 'week 2 Tue 11:20'"):
        moment_of("Tuesday", MONDAY_MORNING)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        pytest.param("2026-02-09T09:00", "2026-02-09T09:00", id="that very moment"),
        pytest.param("2026-02-09T08:59", "2026-02-09T09:00", id="a little before"),
        pytest.param("2026-02-09T09:01", "2026-02-16T09:00", id="a little after"),
        pytest.param("2026-02-15T23:00", "2026-02-16T09:00", id="Sunday night"),
    ],
)
def test_the_next_monday_morning_is_never_in_the_past(moment: str, monday: str) -> None:
    assert next_monday(datetime.fromisoformat(f"{moment}+00:00")) == datetime.fromisoformat(f"{monday}+00:00")


def a_line(kind: str, text: str, **more: object) -> LogLine:
    given = {"id": 1, "at": "2026-02-09T09:12:00Z", "who": "ada", "full_name": "o/n", "number": 1} | more
    return LogLine(kind=kind, text=text, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(
            [a_line("heard", "pushed to main", number=None), a_line("heard", "merged #1")],
            "Mon 09:12  ada merged #1 → mentorbot had nothing to do",
            id="a merge rather than its push",
        ),
        pytest.param(
            [
                a_line("heard", "opened #1"),
                a_line("reason", "nothing to check", acted=False, feature="check"),
                a_line("reason", "@ada is a bot", acted=False, feature="welcome"),
            ],
            "Mon 09:12  ada opened #1 → mentorbot left it alone: @ada is a bot",
            id="the reason about who did it",
        ),
        pytest.param(
            [
                a_line("heard", "pushed"),
                a_line("reason", "nothing to check", acted=False),
                a_line("reason", "nothing to check", acted=False),
            ],
            "Mon 09:12  ada pushed → mentorbot left it alone: nothing to check",
            id="any reason, once",
        ),
        pytest.param(
            [a_line("reason", "it was asked to", acted=True, feature="help")],
            "Mon 09:12  on #1, nobody did anything → mentorbot took note (help), because: it was asked to",
            id="what nobody did",
        ),
        pytest.param(
            [a_line("heard", "opened #1"), a_line("did", "commented"), a_line("did", "commented")],
            "Mon 09:12  ada opened #1 → mentorbot commented",
            id="a deed before its reason is known",
        ),
        pytest.param(
            [a_line("heard", "asked"), a_line("did", "commented"), a_line("did", "reacted with 👍")],
            "Mon 09:12  ada asked → mentorbot reacted with 👍 and commented",
            id="what is done at the same time, in one order",
        ),
    ],
)
def test_a_scene_is_told_in_one_line(lines: list[LogLine], told: str) -> None:
    assert sentence(lines, bot="mentorbot") == told
