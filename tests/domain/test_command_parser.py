from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.markdown import as_quote, as_text, code
from mentorbot.domain.command_parser import MOST_IN_A_COMMENT, SpokenCommand, commands_in, words_to_bot

SHORT = frozenset({"turn", "ready", "mentor me", "mentor offer", "credits", "credits give"})
KNOWN = SHORT | {"help", "why", "mute"}


def heard(text: str, *, before: str | None = None) -> list[tuple[str, ...]]:
    return [
        (command.name, *command.words)
        for command in commands_in(text, known=KNOWN, short=SHORT, default="help", before=before)
    ]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        pytest.param("/turn", [("turn",)], id="alone"),
        pytest.param("Thanks!\n/turn now\nBye", [("turn", "now")], id="between other lines"),
        pytest.param("/turn\r\n/ready\r\n", [("turn",), ("ready",)], id="with Windows line ends"),
        pytest.param("   /turn", [("turn",)], id="a little indented"),
        pytest.param("/TURN", [("turn",)], id="in capitals"),
        pytest.param("/turn.", [("turn",)], id="with a full stop"),
        pytest.param("/mentorbot turn", [("turn",)], id="by name"),
        pytest.param("/MentorBot Why?", [("why",)], id="by name, with a question mark"),
        pytest.param("/mentorbot", [("help",)], id="the name alone asks for help"),
        pytest.param("/mentor me python", [("mentor me", "python")], id="a name of two words"),
        pytest.param("/credits @ada", [("credits", "@ada")], id="the shorter of two names"),
        pytest.param(
            "/credits give @a_b_c 2", [("credits give", "@a_b_c", "2")], id="the longer of two names"
        ),
        pytest.param("- a\n  /turn", [("turn",)], id="in an item of a list"),
        pytest.param("/turn\n---", [("turn",)], id="above a rule"),
        pytest.param("> is it ready?\n\n/turn", [("turn",)], id="below a quote"),
        pytest.param("<details>\n\n/turn\n\n</details>", [("turn",)], id="folded away"),
        pytest.param("/turn <!-- quiet --> now", [("turn", "now")], id="with an HTML comment inside"),
        pytest.param("/turn `#7`", [("turn", "#7")], id="with code behind it"),
        pytest.param("/turn\\\n/ready", [("turn",), ("ready",)], id="with a hard line break"),
        pytest.param("/turn\n/turn", [("turn",)], id="twice is once"),
        pytest.param(
            "/turn 1\n/ready\n/turn 1", [("turn", "1"), ("ready",)], id="in the order they were given"
        ),
        pytest.param("text /turn", [], id="not in the middle of a line"),
        pytest.param("> /turn", [], id="not in a quote"),
        pytest.param("> said\n/turn", [], id="not in a quote that goes on"),
        pytest.param("```\n/turn\n```", [], id="not in a code block"),
        pytest.param("~~~\n/turn", [], id="not in a code block without an end"),
        pytest.param("/ready\n\n    /turn", [("ready",)], id="not in indented code"),
        pytest.param("/ready\n`/turn`", [("ready",)], id="not in inline code"),
        pytest.param("see `\n/turn\n`", [], id="not in inline code over lines"),
        pytest.param("<!--\n/turn\n-->", [], id="not in an HTML comment"),
        pytest.param("see <!--\n/turn\n-->", [], id="not in an HTML comment within a line"),
        pytest.param("<details>\n/turn\n</details>", [], id="not in HTML"),
        pytest.param("# /turn", [], id="not in a heading"),
        pytest.param("- /turn", [], id="not as an item of a list"),
        pytest.param("/ready\n\\/turn", [("ready",)], id="not with an escaped slash"),
        pytest.param("/ready\n&#47;turn", [("ready",)], id="not with a slash in disguise"),
        pytest.param("/lgtm", [], id="not another bot's"),
        pytest.param("/why", [], id="not short where only the long form is understood"),
        pytest.param("/ turn", [], id="not with a space"),
        pytest.param("/ready\n/", [("ready",)], id="not a slash alone"),
        pytest.param("//turn", [], id="not with two slashes"),
        pytest.param("/usr/bin/env python", [], id="not a path"),
        pytest.param("", [], id="nothing at all"),
    ],
)
def test_commands_are_found_in_prose_only(text: str, commands: list[tuple[str, ...]]) -> None:
    assert heard(text) == commands


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        pytest.param("/mentorbot hlep", "help", id="misspelt"),
        pytest.param("/mentorbot mentor mee", "mentor me", id="the second word misspelt"),
        pytest.param("/mentorbot why0 did you", "why", id="misspelt with words behind it"),
        pytest.param("/mentorbot dance", "", id="nothing like it"),
        pytest.param("/mentor", "mentor me", id="half of a short form"),
        pytest.param("/mentor mee python", "mentor me", id="a short form's second word misspelt"),
    ],
)
def test_words_the_bot_does_not_know_come_with_what_was_meant(text: str, suggestion: str) -> None:
    (command,) = commands_in(text, known=KNOWN, short=SHORT)
    assert (command.name, command.suggestion, command.line) == ("", suggestion, text)


def test_the_name_alone_asks_nothing_where_nothing_is_the_default() -> None:
    assert commands_in("/mentorbot", known={"turn"}, short=()) == (SpokenCommand("", (), "/mentorbot"),)


@pytest.mark.parametrize(
    ("before", "after", "commands"),
    [
        pytest.param("/turn", "/turn\n/ready", [("ready",)], id="a line was added"),
        pytest.param("/turn", "Hello\n\n/turn", [], id="only its place changed"),
        pytest.param("/turn", "/turn again", [("turn", "again")], id="it got other words"),
        pytest.param("I say /turn", "/turn", [("turn",)], id="it was none before"),
        pytest.param("/turn", "never mind", [], id="it is gone"),
        pytest.param("/mentorbot foo", "/mentorbot foo\n", [], id="an unknown one is not answered twice"),
    ],
)
def test_an_edit_runs_only_what_is_new(before: str, after: str, commands: list[tuple[str, ...]]) -> None:
    assert heard(after, before=before) == commands


def test_one_comment_cannot_keep_the_bot_busy() -> None:
    text = "\n".join(f"/credits @somebody{number}" for number in range(50))
    assert len(heard(text)) == MOST_IN_A_COMMENT


@given(st.text(alphabet="/turn `<>-!\n\r>#*[]()\\", max_size=60))
def test_no_comment_whatsoever_breaks_the_parser(text: str) -> None:
    for command in commands_in(text, known=KNOWN, short=SHORT):
        assert command.name in SHORT | {""}


@given(st.sampled_from(["/turn", "a\n/turn", "\n/mentorbot why", "> x\n/ready", "/turn\n\n/ready"]))
def test_what_the_bot_repeats_is_no_command(written: str) -> None:
    for repeated in (as_text(written), as_quote(written), code(written)):
        assert heard(repeated) == []


@pytest.mark.parametrize("piece", ["/a\n", "[", "> ", "`", "<!--", "*a", "- ", "<a "])
def test_hostile_comments_of_full_length_are_read_to_their_end(piece: str) -> None:
    assert heard("/turn\n\n" + piece * (60_000 // len(piece))) == [("turn",)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("@tea-bot can you help me?", "@tea-bot can you help me?", id="at the beginning"),
        pytest.param("Well.\nhey @Tea-Bot, what now", "hey @Tea-Bot, what now", id="after a greeting"),
        pytest.param("@tea-bot[bot] hello", "@tea-bot[bot] hello", id="by the whole name"),
        pytest.param("Can you help, @tea-bot?!", "Can you help, @tea-bot?!", id="a question's last word"),
        pytest.param("@tea-bot", "@tea-bot", id="the name alone"),
        pytest.param("- @tea-bot why", "@tea-bot why", id="in a list"),
        pytest.param("I asked @tea-bot what to do.", "", id="spoken of"),
        pytest.param("Ask @tea-bot.", "", id="recommended to somebody else"),
        pytest.param("@tea-bot2 why", "", id="a longer name"),
        pytest.param("mail@tea-bot?", "", id="an address"),
        pytest.param("@tea-bot thanks!", "", id="thanks"),
        pytest.param("thank you @tea-bot?", "", id="thanks before"),
        pytest.param("> @tea-bot why", "", id="a quote"),
        pytest.param("```\n@tea-bot why\n```", "", id="a block of code"),
        pytest.param("`@tea-bot` why?", "", id="code"),
        pytest.param("<!-- @tea-bot why -->", "", id="an HTML comment"),
        pytest.param("Nothing", "", id="nothing of ours"),
    ],
)
def test_words_to_the_bot_start_with_its_name_or_ask_it_at_the_end(text: str, said: str) -> None:
    assert words_to_bot(text, slug="tea-bot") == said


def test_an_edit_says_to_the_bot_only_what_is_new() -> None:
    assert words_to_bot("@tea-bot why", slug="tea-bot", before="@tea-bot why\nBye") == ""
    assert words_to_bot("@tea-bot why", slug="tea-bot", before="Bye") == "@tea-bot why"


@given(st.text(alphabet=list("@teabot-?`> \n[]!,hi"), max_size=300))
def test_no_comment_whatsoever_breaks_the_search_for_words_to_the_bot(text: str) -> None:
    said = words_to_bot(f"@tea-bot {text}", slug="tea-bot")
    assert said == "" or "@tea-bot" in said
