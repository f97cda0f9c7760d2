"""Which text of a comment is somebody's own, and that every text can be read."""

from __future__ import annotations

from functools import cached_property

import pytest

from mentorbot.domain.turns.comment_parser import CommentMeaning, own_words, parse_comment, quoted_lines


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


MEANINGS = sorted(
    name
    for name, value in vars(CommentMeaning).items()
    if isinstance(value, cached_property) and not name.startswith("_") and name != "language"
)


@pytest.mark.parametrize(
    ("seed", "meant"),
    [
        ("I'll ", set()),
        ("I will not ", set()),
        ("please ", {"requests", "requests_plainly", "demands"}),
        ("@a ", {"called"}),
        ("https://", {"only_refers"}),
        ("```\n", {"reports"}),
        ("`", {"reports"}),
        ("[", set()),
        ("![", set()),
        ("<!--", set()),
        ("> ", set()),
        ("**", set()),
        ("(", set()),
        ("a" * 7, set()),
    ],
)
def test_of_a_text_made_to_be_slow_its_beginning_is_read(seed: str, meant: set[str]) -> None:
    text = "LGTM.\n" + (seed * 70_000)[:65_530]
    words = parse_comment(text)
    assert words.sentences[0] == "LGTM."
    assert max(map(len, words.sentences)) <= 600
    assert {name for name in MEANINGS if getattr(words, name)} == {"approves"} | meant
    assert words == parse_comment(text[:20_000])


def test_only_the_first_sentences_of_a_long_text_are_read() -> None:
    words = parse_comment("Fine.\n" * 149 + "Please rebase.\nLGTM.")
    assert words.requests
    assert not words.approves
    assert len(words.sentences) == 150


def test_quoted_lines_are_those_of_the_part_that_is_read() -> None:
    line = "> a quoted line of some length\n"
    assert quoted_lines(line + "> another line, too far behind\n".rjust(20_100)) == (line[2:].strip(),)
