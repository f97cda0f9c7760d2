"""A comment that only speaks to the bot is no act in a turn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.domain.turns import Holder
from mentorbot.domain.turns.words_to_the_bot import only_speaks_to_the_bot
from tests.builders import NOW
from tests.domain.pasts import a_past, asks_for_changes, reviews, says, says_of_a_line, turn_of

NAMES = ("mentorbot", "helper")


@pytest.mark.parametrize(
    "body",
    [
        "/turn",
        "/turn\n/mentorbot why\n",
        "> It is your turn.\n\n/ready",
        "@mentorbot whose turn is it?",
        "@mentorbot I do not know what to do",
        "@mentorbot[bot] thanks!",
        "mentorbot help",
        "mentorbot, whose turn is it? Is it mine?",
        "Hey mentorbot, please stop!",
        "Thanks, @mentorbot!",
        "Thank you so much mentorbot",
        "Hi! @mentorbot can you help me?",
        "@mentorbot is this my turn?",
        "helper: turn please",
        "@helper why?\n<!-- a note -->",
        "@mentorbot stop\n\n/snooze 2 weeks",
    ],
)
def test_commands_and_words_by_its_name_are_for_the_bot(body: str) -> None:
    assert only_speaks_to_the_bot(body, NAMES)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Why?",
        "Thanks!",
        "Done.\n\n/turn",
        "/lgtm",
        "@mentorbot says that it is my turn, but I have answered",
        "@mentorbot is wrong, I pushed a fix",
        "mentorbot's reminder is right",
        "@mentorbot thanks. I fixed it.",
        "@mentorbot @grace whose turn is it?",
        "@mentorbot stop\n\nI fixed the test.",
        "Mentorbot tests fail here.",
        "helper functions are missing",
        "helper, grace and I agree. Rename it.",
        "Please rename mentorbot",
        "I asked @mentorbot",
        "`mentorbot help`",
        "> mentorbot help",
        "@mentorbot-dev why?",
        "/turn\n```\nx = 1\n```",
        "@mentorbot why?\n![a picture](https://example.com/a.png)",
        "@mentorbot " + "why " * 600,
    ],
)
def test_whatever_people_may_read_is_for_people(body: str) -> None:
    assert not only_speaks_to_the_bot(body, NAMES)


_WORDS = st.lists(st.sampled_from(["why", "what", "it", "my", "turn", "help", "please", "red"]), max_size=6)
_TO_THE_BOT = st.one_of(
    st.sampled_from(["/turn", "/mentorbot why", "/snooze 2 weeks", "/blocked by rain"]),
    st.builds(lambda words: f"@mentorbot {' '.join(words)}?", _WORDS),
    st.builds(lambda words: f"Hey @mentorbot, please {' '.join(words)}", _WORDS),
)


@given(lines=st.lists(_TO_THE_BOT, min_size=1, max_size=4), by=st.sampled_from(["ada", "bob", "dan"]))
def test_a_comment_that_only_speaks_to_the_bot_moves_no_turn(lines: list[str], by: str) -> None:
    body, later = "\n\n".join(lines), NOW + timedelta(days=9)
    for before in ([asks_for_changes("bob")], [says("bob", "Why?"), says("ada", "What do you mean?")], []):
        turn = turn_of(a_past(*before), now=later)
        for said in (says(by, body), reviews(by, body=body), says_of_a_line(by, body)):
            after = turn_of(a_past(*before, said), now=later)
            assert (after.holder, after.since, after.why) == (turn.holder, turn.since, turn.why), body


def test_an_answer_beside_a_command_still_answers() -> None:
    assert turn_of(a_past(asks_for_changes("bob"), says("ada", "Fixed.\n\n/turn"))).holder is Holder.REVIEWERS


def test_a_verdict_counts_whatever_stands_beside_it() -> None:
    assert turn_of(a_past(asks_for_changes("bob", "@mentorbot help"))).holder is Holder.AUTHOR
