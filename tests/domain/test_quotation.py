"""People are quoted with the words that they wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.markdown import as_text
from mentorbot.domain.turns.quotation import quotation


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("`static` is nice", "`static` is nice"),
        ("Why `__init__`, and not **`new`**?", "Why `__init__`, and not `new`?"),
        ("r? @grace", "r? @grace"),
        ("See https://example.com/a for more.", "See https://example.com/a for more."),
        ("See [the guide](https://example.com).", "See the guide."),
        ("It’s *really* good", "It’s really good"),
        ("> old words\n\nI agree.", "I agree."),
        ("Like so:\n```\nx = 1\n```\nOr not?", "Like so: … Or not?"),
        ("```suggestion\nx = 1\n```\nPlease.", "Please."),
        ("![a picture](https://example.com/a.png) Nice.", "Nice."),
        ("# Review\n\nFine.\n\n/turn", "Fine."),
        ("<!-- hidden -->Fine.", "Fine."),
        ("<details>logs</details>", ""),
        ("", ""),
        ("many " * 40, "many " * 17 + "many …"),
    ],
)
def test_people_are_quoted_as_they_wrote(written: str, quoted: str) -> None:
    assert quotation(written, limit=90) == quoted


@given(st.text(st.sampled_from("abc `*_>#\n~[]()!<@/…-"), max_size=200))
def test_a_quotation_never_has_words_that_nobody_wrote(written: str) -> None:
    found = quotation(written, limit=60)
    assert "\n" not in found
    assert len(found) <= 60 + len(" …")
    pieces = found.replace("…", " ").split()
    without_stars = written.replace("*", "").replace("_", "")
    assert all(
        piece.replace("*", "").replace("_", "")[:3] in without_stars for piece in pieces if "[" not in written
    )


def test_what_is_quoted_does_nothing_once_it_is_shown() -> None:
    shown = as_text(quotation("`rm` @everyone, see #7 <img src=x>", limit=90))
    assert "@everyone" not in shown
    assert "<img" not in shown
    assert "\\`rm\\`" in shown
