"""Whoever judges texts for tests has tests, too."""

from __future__ import annotations

import pytest

from tests.reading import flaws, prose, words


@pytest.mark.parametrize(
    ("body", "count"),
    [
        pytest.param("Hello @ada, thank you.", 4, id="words"),
        pytest.param("One – two & three.", 3, id="signs are no words"),
        pytest.param("Read [the guide](https://example.org/a/b).", 3, id="of a link its text"),
        pytest.param("Write `/mentor me`.", 3, id="code as it is read"),
        pytest.param("Done.<details><summary>More</summary>\n\nMuch more.\n\n</details>", 1, id="not folded"),
        pytest.param("grace asked:\n\n> Could you add a test?", 2, id="not what others wrote"),
        pytest.param("grace asked: “Could you add a test?”", 2, id="nor between quotation marks"),
        pytest.param("Hello.<!-- mentorbot: person 4711 -->", 1, id="not the marker"),
    ],
)
def test_words_are_those_that_are_read_at_first_sight(body: str, count: int) -> None:
    assert words(body) == count


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("Hello **{name}**!", "Hello !", id="no values, no Markdown"),
        pytest.param("See [it]({url}), https://example.org/x", "See it,.", id="no links"),
        pytest.param("Write `/turn` here", "Write here.", id="no code, and an end"),
        pytest.param("First:\n\n- @ada wrote 3 lines", "First. wrote lines.", id="no names or numbers"),
    ],
)
def test_prose_is_what_remains_of_a_text_to_be_measured(text: str, plain: str) -> None:
    assert prose(text) == plain


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("Hi @ada, your turn.", [], id="spoken to"),
        pytest.param("🎉 @ada: first merge!", [], id="behind a picture"),
        pytest.param("Your turn.", [], id="without a name"),
        pytest.param("It is the turn of @ada.", ["speaks of ada, who reads it"], id="spoken of"),
        pytest.param("@ada, it is ada's turn.", ["speaks of ada, who reads it"], id="both"),
        pytest.param("It waits for the author.", ["says 'the author' to the author"], id="by their part"),
        pytest.param("I asked @grace.", ["mentions grace, whom it does not address"], id="somebody else"),
        pytest.param("I asked grace.", [], id="somebody else, unmentioned"),
        pytest.param("I asked somebody.\n\n@grace, would you help ada?", [], id="a paragraph for another"),
        pytest.param(
            "I asked.\n\n@grace, would you help? grace knows it.",
            ["speaks of grace, who reads it"],
            id="who reads it is spoken of in their paragraph",
        ),
        pytest.param(
            "@grace, this is for you.\n\nada: and this for ada.", ["speaks of ada, who reads it"], id="plain"
        ),
        pytest.param("@grace and @ada, you both agreed.", [], id="two at once"),
        pytest.param("Everybody else: say so to ada.", [], id="a paragraph for nobody by name"),
        pytest.param("I wrote: first issue by @\u200bada", [], id="the journal's words"),
        pytest.param("Write `@ada` for ada.", ["speaks of ada, who reads it"], id="code mentions nobody"),
    ],
)
def test_a_text_speaks_to_its_readers_and_mentions_nobody_else(body: str, found: list[str]) -> None:
    assert flaws(body, readers=["ada"], is_for_author=True) == found


def test_a_text_that_is_too_long_is_told_with_both_numbers() -> None:
    assert flaws("one two three", readers=["ada"], most_words=2) == ["3 words, where 2 are the most"]


def test_what_is_for_nobody_in_particular_is_only_counted() -> None:
    assert flaws("The author is @ada.", readers=[]) == []
