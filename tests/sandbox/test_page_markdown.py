from __future__ import annotations

import pytest

from mentorbot.sandbox.page.markdown import to_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            "**bold** _and_ `code`", "<strong>bold</strong> <em>and</em> <code>code</code>", id="words"
        ),
        pytest.param("one\ntwo", "one<br>\ntwo", id="line breaks stay"),
        pytest.param("hi @ada-l!", '<a class="mention" rel="noopener">@ada-l</a>!', id="a mention"),
        pytest.param("see #5.", '<a href="/o/n/issues/5" rel="noopener">#5</a>.', id="a reference"),
        pytest.param(
            "at https://example.com/a.",
            '<a href="https://example.com/a" rel="noopener">https://example.com/a</a>.',
            id="an address",
        ),
        pytest.param("| a |\n|---|\n| 1 |", "<td>1</td>", id="a table"),
        pytest.param("- [x](https://example.com/#7)", '<a href="https://example.com/#7"', id="a link"),
    ],
)
def test_markdown_looks_as_on_github(text: str, shown: str) -> None:
    assert shown in to_html(text, full_name="o/n")


@pytest.mark.parametrize(
    ("text", "never"),
    [
        pytest.param("<script>alert(1)</script>", "alert", id="a script"),
        pytest.param("<img src=x onerror=alert(1)>", "<img", id="an image"),
        pytest.param("[x](javascript:alert(1))", "<a", id="a script as an address"),
        pytest.param('<p style="position:fixed" onclick="x()">a</p>', "=", id="looks and listeners"),
        pytest.param("a <!-- mentorbot:key -->", "key", id="what a comment hides"),
        pytest.param("`@ada` and `#5`", "<a", id="mentions in code"),
        pytest.param("[@ada](https://example.com/)", "mention", id="a mention within a link"),
        pytest.param("me@example.com and a/b#5", "<a", id="what only looks like one"),
    ],
)
def test_nothing_in_a_text_acts_or_shows_what_it_should_not(text: str, never: str) -> None:
    assert never not in to_html(text, full_name="o/n")


def test_no_text_is_nothing() -> None:
    assert to_html(None, full_name="o/n") == ""
