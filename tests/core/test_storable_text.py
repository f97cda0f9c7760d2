"""Text that every store can hold, with as little change to people's words as possible."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.storable_text import storable, storable_json

EVERY_CHARACTER = st.text(st.characters(exclude_categories=()))


@given(EVERY_CHARACTER)
def test_any_text_becomes_one_that_can_be_written(text: str) -> None:
    clean = storable(text)

    assert clean.encode().decode() == clean
    assert "\0" not in clean
    assert len(clean) == len(text)
    assert storable(clean) == clean


def test_a_spelled_out_escape_is_somebodys_words() -> None:
    words = r"the passphrase is \u0000 in JSON, \ud800 too"

    assert storable(words) == words
    assert storable_json({words: [words]}) == {words: [words]}


def test_what_cannot_be_stored_is_replaced_one_for_one() -> None:
    assert storable("a\0b\ud800c") == "a\ufffdb?c"


def test_all_texts_in_a_value_are_cleaned_and_its_numbers_are_such() -> None:
    value = {"a\0": ["\0", {"b": ("\ud800", 1, None, True, 2.5)}], "nan": float("nan"), "inf": float("-inf")}

    assert storable_json(value) == {
        "a\ufffd": ["\ufffd", {"b": ["?", 1, None, True, 2.5]}], "nan": None, "inf": None,
    }  # fmt: skip
    json.dumps(storable_json(value), allow_nan=False)
