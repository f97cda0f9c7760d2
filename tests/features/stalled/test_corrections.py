from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.turn.rules.corrections import corrected, says_phrase
from mentorbot.features.stalled.turn.rules.turn_decision import decide_turn
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act, asks_for_changes, pushes, reviews, says
from tests.features.stalled.candidates import BOT, LABELS, a_config, labels

CONFIG = a_config(labels=LABELS)
ADAS, OTHERS, NOBODYS = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL
PHRASE = "I have made the requested changes; please review again"


def holder(past: PullRequestTimeline, *said: Act) -> Holder:
    rules = CONFIG.turn_rules()
    return decide_turn(past, said, CONFIG, rules=rules, now=NOW + timedelta(days=30)).turn.holder


def told(kind: ActKind, hour: int, **more: Any) -> Act:
    return replace(act(kind, "ada", **more), at=NOW + timedelta(hours=hour, minutes=30), id=f"told-{hour}")


def requested(by: str, whom: str) -> Act:
    return act(ActKind.REVIEW_REQUESTED, by, subject=a_person(whom))


@pytest.mark.parametrize(
    ("acts", "turn"),
    [
        pytest.param([labels("bob", "awaiting changes")], ADAS, id="a person puts the author's label on"),
        pytest.param([labels("bob", "Awaiting Changes")], ADAS, id="whatever the capitals"),
        pytest.param([labels(BOT, "awaiting changes")], OTHERS, id="the bot's own labels say nothing"),
        pytest.param([labels("ci-bot", "awaiting changes")], OTHERS, id="nor those of scripts"),
        pytest.param([labels("bob", "bug")], OTHERS, id="nor other labels"),
        pytest.param(
            [labels("bob", "awaiting changes"), pushes()], OTHERS, id="until something newer happens"
        ),
        pytest.param(
            [asks_for_changes("bob"), labels("carol", "awaiting review")], OTHERS, id="the other side"
        ),
        pytest.param(
            [asks_for_changes("bob"), labels("carol", "awaiting changes", off=True)],
            OTHERS,
            id="the author's label is taken off",
        ),
        pytest.param(
            [labels("carol", "awaiting review", off=True)], OTHERS, id="the reviewers' label is taken off"
        ),
        pytest.param([labels("bob", "blocked")], NOBODYS, id="blocked"),
        pytest.param([labels("bob", "Blocked"), says("bob", "Any news?")], NOBODYS, id="blocked, for long"),
        pytest.param(
            [labels("bob", "blocked"), labels("bob", "blocked", off=True)], OTHERS, id="no longer blocked"
        ),
        pytest.param([asks_for_changes("bob"), requested("ada", "bob")], OTHERS, id="asked once more"),
        pytest.param(
            [act(ActKind.DRAFTED, "ada"), requested("ada", "bob")], ADAS, id="a first request says nothing"
        ),
        pytest.param(
            [reviews("bob"), act(ActKind.DRAFTED, "ada"), requested("ada", "bob")],
            OTHERS,
            id="asked once more, as a draft",
        ),
        pytest.param(
            [
                act(ActKind.DRAFTED, "ada"),
                says("ada", PHRASE),
            ],
            OTHERS,
            id="bedevere's phrase",
        ),
        pytest.param(
            [act(ActKind.DRAFTED, "ada"), says("bob", PHRASE)],
            ADAS,
            id="the phrase of somebody else",
        ),
        pytest.param([asks_for_changes("bob"), says("ada", "/turn")], ADAS, id="commands answer nobody"),
        pytest.param(
            [asks_for_changes("bob"), says("ada", "Done.\n\n/turn")], OTHERS, id="words beside one do"
        ),
    ],
)
def test_what_people_say_outright_is_believed(acts: list[Act], turn: Holder) -> None:
    assert holder(a_past(*acts)) is turn


def test_commands_are_merged_in_at_their_time() -> None:
    past = a_past(asks_for_changes("bob"))
    assert holder(past, told(ActKind.DECLARED_READY, 1)) is OTHERS
    assert holder(past, told(ActKind.DECLARED_READY, 0)) is ADAS
    assert holder(past, told(ActKind.DECLARED_BLOCKED, 1)) is NOBODYS


def test_who_takes_the_label_for_blocked_off_lifts_what_the_command_said() -> None:
    past = a_past(says("ada", "Hello."), says("ada", "Here."), labels("bob", "blocked", off=True))
    assert holder(past, told(ActKind.DECLARED_BLOCKED, 2)) is OTHERS
    assert holder(past, told(ActKind.DECLARED_BLOCKED, 3)) is NOBODYS


def test_an_author_who_has_left_says_nothing() -> None:
    past = a_past(says("bob", "I have made the requested changes; please review again"), author=None)
    assert holder(past) is OTHERS


def test_a_timeline_without_corrections_stays_as_it_is() -> None:
    past = a_past(asks_for_changes("bob"), pushes())
    assert corrected(past, (), CONFIG) == past
    assert corrected(past, (), a_config()) == past


@pytest.mark.parametrize(
    ("body", "says_it"),
    [
        ("I have made the requested changes; please review again", True),
        ("i have made the requested changes, please review again!", True),
        ("Fixed. `I have made the requested changes; please review again`", True),
        ("I have made the requested changes;\nplease review again", True),
        ("> I have made the requested changes; please review again\n\nNot yet.", False),
        ("```\nI have made the requested changes; please review again\n```", False),
        ("<!-- I have made the requested changes; please review again -->", False),
        ("I have made the requested changes", False),
    ],
)
def test_the_phrase_is_found_where_it_is_said_not_where_it_is_quoted(body: str, says_it: bool) -> None:
    assert says_phrase(body) is says_it
