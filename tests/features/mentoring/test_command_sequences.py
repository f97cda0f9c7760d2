"""What a mentoring command does after another one: who is asked next, who hears of it."""

from __future__ import annotations

import pytest

from tests.builders import a_person
from tests.features.mentoring.programme import Programme
from tests.features.mentoring.test_commands import CONFIG, PEOPLE


@pytest.fixture
def programme() -> Programme:
    return Programme(config=CONFIG, logins=PEOPLE)


@pytest.mark.parametrize(
    ("before", "by", "line", "where", "reaction", "says"),
    [
        pytest.param(
            [("ada", "mentor me", "ada")],
            "grace",
            "mentor decline",
            "ada",
            "+1",
            "@hedy, would you like",
            id="a mentor declines, and the next one is asked",
        ),
        pytest.param(
            [("hedy", "mentor offer", "ada")],
            "ada",
            "mentor decline",
            "ada",
            "+1",
            "Thank you for your answer.",
            id="a mentee declines an offer",
        ),
        pytest.param(
            [("hedy", "mentor offer", "ada")],
            "olga",
            "mentor pair @ada @grace",
            "ada",
            "confused",
            "ada has not answered yet",
            id="a maintainer proposes where an offer waits",
        ),
        pytest.param(
            [], "olga", "mentor pair @ada @robot", "ada", "confused", "is a bot", id="a bot for a mentor"
        ),
        pytest.param(
            [("olga", "mentor pair @ada @hedy", "bob"), ("olga", "mentor pair @cleo @hedy", "bob")],
            "hedy",
            "mentor accept",
            "bob",
            "confused",
            "asked about several people",
            id="two proposals in one thread",
        ),
        pytest.param(
            [("ada", "mentor me", "ada")],
            "hedy",
            "mentor accept",
            "ada",
            "-1",
            "In 30 minutes, any mentor can",
            id="the short lock",
        ),
        pytest.param(
            [("ada", "mentor me", "ada")],
            "cleo",
            "mentor accept",
            "ada",
            "-1",
            "Only mentors can accept this.",
            id="accepts a request without being a mentor",
        ),
        pytest.param(
            [
                ("hedy", "mentor away 1 week", "hedy"),
                ("ada", "mentor me docs", "ada"),
                ("grace", "mentor decline", "ada"),
            ],
            "grace",
            "mentor accept",
            "ada",
            "hooray",
            "@ada, meet grace",
            id="thinks again",
        ),
        pytest.param(
            [("ada", "mentor me", "ada")],
            "grace",
            "mentor end",
            "ada",
            "confused",
            "there is nothing to end",
            id="ends what has not begun",
        ),
        pytest.param(
            [("ada", "mentor me", "ada")],
            "ada",
            "mentor end",
            "ada",
            "+1",
            "I no longer look for a mentor for you",
            id="takes a wish back",
        ),
        pytest.param(
            [("hedy", "mentor offer", "ada"), ("ada", "mentor accept", "ada")],
            "ada",
            "mentor pause",
            "ada",
            "confused",
            "For how long?",
            id="a break without an end",
        ),
        pytest.param(
            [
                ("olga", "mentor pair @ada @grace docs", "ada"),
                ("ada", "mentor accept", "ada"),
                ("grace", "mentor accept", "ada"),
                ("hedy", "mentor away 1 week", "hedy"),
            ],
            "ada",
            "mentor change",
            "ada",
            "+1",
            "You are at the front of the waiting list",
            id="wants another match where there is none",
        ),
        pytest.param(
            [("hedy", "mentor away 1 week", "hedy")], "hedy", "mentor away", "hedy", "+1", "", id="is back"
        ),
        pytest.param(
            [("cleo", "mentor opt out", "cleo")],
            "cleo",
            "mentor opt in",
            "cleo",
            "+1",
            "",
            id="opts in",
        ),
        pytest.param(
            [
                ("hedy", "mentor away 1 week", "hedy"),
                ("grace", "mentor away 1 week", "grace"),
                ("ada", "mentor me", "ada"),
            ],
            "olga",
            "mentor pair @ada @hedy",
            "ada",
            "+1",
            "@ada, a maintainer suggests hedy as your mentor.",
            id="a maintainer proposes somebody to who waits",
        ),
        pytest.param(
            [
                ("hedy", "mentor offer", "ada"),
                ("ada", "mentor accept", "ada"),
                ("ada", "mentor change", "ada"),
            ],
            "olga",
            "mentor pair @ada @hedy",
            "ada",
            "confused",
            "hedy and ada were a pair before",
            id="a maintainer proposes those who parted",
        ),
        pytest.param(
            [("ada", "mentor me", "ada")],
            "grace",
            "mentor accept",
            "bob",
            "hooray",
            "@ada, meet grace",
            id="accepts in another thread",
        ),
        pytest.param(
            [], "cleo", "mentees", "cleo", "-1", "Mentors see their own", id="a stranger's overview"
        ),
        pytest.param(
            [],
            "hedy",
            "mentees @grace",
            "hedy",
            "-1",
            "Mentors see their own mentees",
            id="another mentor's mentees",
        ),
        pytest.param([], "hedy", "mentees", "hedy", "+1", "There are no mentees", id="no mentees"),
        pytest.param(
            [("ada", "mentor me", "ada"), ("bob", "mentor me docs", "bob")],
            "olga",
            "mentees",
            "olga",
            "+1",
            "2 people wait for a mentor.",
            id="a maintainer's overview",
        ),
        pytest.param(
            [
                ("hedy", "mentor offer", "ada"),
                ("ada", "mentor accept", "ada"),
                ("ada", "mentor pause 1 day", "ada"),
            ],
            "olga",
            "mentees",
            "olga",
            "+1",
            "so I leave out how people are doing",
            id="a maintainer reads of a break",
        ),
        pytest.param(
            [("hedy", "mentor offer", "ada"), ("ada", "mentor accept", "ada")],
            "olga",
            "mentees @hedy",
            "olga",
            "+1",
            "| ada | – | – |",
            id="a maintainer asks about a mentor",
        ),
    ],
)
def test_what_follows_on_what(
    programme: Programme,
    before: list[tuple[str, str, str]],
    by: str,
    line: str,
    where: str,
    reaction: str,
    says: str,
) -> None:
    programme.people.met["robot"] = a_person("robot", is_bot=True)
    for one, earlier, thread in before:
        programme.do(one, earlier, in_thread_of=thread)
    assert programme.do(by, line, in_thread_of=where) == reaction
    assert not says or says in programme.said()
