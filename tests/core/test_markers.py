from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.markers import MOST_CHARACTERS, cut, key_in, marked


@given(key=st.text(min_size=1, max_size=60).filter(str.strip), body=st.text(max_size=200))
def test_a_key_is_found_again_whatever_it_and_the_text_are(key: str, body: str) -> None:
    text = marked(body, key)
    assert key_in(text) == key
    assert text.count("-->") == body.count("-->") + 1
    assert key_in(f"{text}\n\n") == key


@pytest.mark.parametrize("key", ["a--b", "a-->b", "---", "<!-- x -->", "turn since 2026-02-09/rung 1"])
def test_a_key_cannot_end_its_comment(key: str) -> None:
    hidden = marked("", key).strip().removeprefix("<!--").removesuffix("-->")
    assert "--" not in hidden
    assert ">" not in hidden


def test_a_marker_counts_at_the_end_only() -> None:
    assert key_in(marked("Hi", "k") + "\nmore") is None
    assert key_in("Hi") is None


@given(length=st.integers(MOST_CHARACTERS - 100, MOST_CHARACTERS + 5_000))
def test_a_text_is_never_longer_than_github_allows(length: int) -> None:
    text = marked("x" * length, "k" * 40)
    assert len(text) <= MOST_CHARACTERS
    assert key_in(text) == "k" * 40


def test_a_text_that_was_cut_says_so_and_leaves_no_code_block_open() -> None:
    text = cut("Look:\n\n```python\n" + "print()\n" * 20_000, MOST_CHARACTERS)
    assert len(text) <= MOST_CHARACTERS
    assert text.endswith("```\n\n… (the rest was too long for GitHub)")
    assert cut("short", 10) == "short"
    assert cut("y" * 200, 100).count("`") == 0
