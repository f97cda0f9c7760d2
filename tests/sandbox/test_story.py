"""Stories are played with the whole bot, and told as they went."""

from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from mentorbot.sandbox.page.log import LogLine
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.stage import next_monday
from mentorbot.sandbox.story import STORIES, play, sentence
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
        with pytest.raises(LookupError, match="choose one of newcomer"):
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
            github.deliver_to(f"{bot.url}/github/webhook")
            with pytest.raises(ThatIsEnoughError):
                await play("newcomer", github, pause=0, say=say)
    assert told[0].startswith("Mon 09:00  grace installed the App on kettle")
    assert github.clock.now().date() == datetime(2026, 3, 9, tzinfo=UTC).date()


def test_there_is_a_story_of_a_newcomer() -> None:
    assert STORIES == ("newcomer",)


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
