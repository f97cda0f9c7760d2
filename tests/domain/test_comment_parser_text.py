"""Which text of a comment is somebody's own, and that every text can be read."""

from __future__ import annotations

import pytest

from mentorbot.domain.turns.comment_parser import own_words, parse_comment, quoted_lines


def test_only_somebodys_own_words_are_read() -> None:
    body = (
        "Hi!\r\n> quoted\r\n\r\n```py\ncode\n```\n<!-- hidden -->\n## Heading\n/snooze 2 weeks\n"
        "<details>log</details>\nSee [the *docs*](https://x.example) and https://y.example, `code`, **bold**."
    )
    assert own_words(body).split() == ["Hi!", "See", "the", "docs", "and", "URL,", "CODE,", "bold."]


def test_quoted_lines_are_found_longest_first_and_without_quotes_of_quotes() -> None:
    body = (
        "> a quoted line of some length\n> short\n> > a quote of a quote\n> another quoted line, longer still"
    )
    assert quoted_lines(body) == ("another quoted line, longer still", "a quoted line of some length")


@pytest.mark.parametrize(
    "seed",
    [
        "I'll ",
        "[",
        "`",
        "![",
        "<!--",
        "> ",
        "```\n",
        "@a ",
        "https://",
        "please ",
        "**",
        "(",
        "I will not ",
        "a" * 7,
    ],
)
def test_texts_of_full_length_are_read(seed: str) -> None:
    text = (seed * 70_000)[:65_536]
    words = parse_comment(text)
    assert isinstance(words.promises or words.will_review or words.approves or words.called, bool | frozenset)
    assert isinstance(words.requests or words.criticises or words.holds or words.explains_failure, bool)
    assert len(quoted_lines(text)) <= len(text)
