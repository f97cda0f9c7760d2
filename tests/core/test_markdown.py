from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mentorbot.core.markdown import as_quote, as_text, code, folded, mention, table
from tests.builders import a_person

GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
NO_WIDTH = "\u200b"
JOINERS = "\u200c\u200d"
HIDDEN = {"Cc", "Cf", "Cs"}
# Whatever people type, and the pieces from which Markdown is made more often than chance would have it.
# fmt: off
PIECES = [
    "@ada", "#7", "`", "```", "*", "_", "[a](b)", "![", "](", "<!--", "-->", "<b>", "&lt;", "~~", "\\", "-",
    "1.", ">", "#", "https://e.x", "www.e.x", "a@b.c", "|", "$", "word", "GH-1", "---", "=", "[x]:", "!", ":",
    "<http://e.x>", "/lgtm", "mailto:a@b.c", "acme/rockets#1", "\u202e", "\u200d", "\0", " ", "\n", "\t",
]
# fmt: on
WRITTEN = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def tokens_of(markdown: str) -> list[Token]:
    return [inner for token in GITHUB.parse(markdown) for inner in (token, *(token.children or ()))]


def shown(markdown: str) -> str:
    """The text a reader sees."""
    return "".join(
        " " if token.type in {"softbreak", "hardbreak"} else token.content
        for token in tokens_of(markdown)
        if token.type in {"text", "text_special", "code_inline", "softbreak", "hardbreak"}
    )


@given(WRITTEN)
@example("1. a")
@example("- [ ] task")
@example("[x]: /url")
@example("\\`<!-- mentorbot:k -->")
def test_what_users_wrote_is_shown_as_text_and_does_nothing(written: str) -> None:
    safe = as_text(written)
    kinds = {token.type for token in tokens_of(safe)}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert "\n" not in safe
    assert "<" not in safe
    read_again = shown(safe).replace(NO_WIDTH, "")
    spaced = "".join(" " if char.isspace() else char for char in written)
    readable = "".join(char for char in spaced if char in JOINERS or unicodedata.category(char) not in HIDDEN)
    assert " ".join(read_again.split()) == " ".join(readable.split())


@given(WRITTEN)
def test_nobody_is_notified_and_nothing_is_linked(written: str) -> None:
    text = shown(as_text(written))
    assert not re.search(r"@[A-Za-z0-9]", text)
    assert not re.search(r"#[0-9]", text)
    assert not re.search(r"(?i)\b(https?://|www\.|mailto:|gh-[0-9])", text)


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        pytest.param("plain words", "plain words", id="plain words stay plain"),
        pytest.param("@ada", f"@{NO_WIDTH}ada", id="a mention"),
        pytest.param("fixes #7", f"fixes #{NO_WIDTH}7", id="a reference"),
        pytest.param("two\nlines", "two lines", id="a line break"),
        pytest.param("<img src=x>", "&lt;img src=x&gt;", id="HTML"),
        pytest.param("<!-- mentorbot:k -->", "&lt;!-- mentorbot:k --&gt;", id="our marker, forged"),
        pytest.param("[click](https://e.x)", f"\\[click\\](https{NO_WIDTH}://e.x)", id="a link"),
        pytest.param("\u202eevil", "evil", id="letters that run backwards"),
        pytest.param("/lgtm", "\\/lgtm", id="a command for another bot"),
        pytest.param("1. one", "1\\. one", id="a list"),
        pytest.param("# big", f"\\#{NO_WIDTH} big", id="a heading"),
        pytest.param("", "", id="nothing"),
        pytest.param("👩‍💻", "👩‍💻", id="an emoji made of two"),
    ],
)
def test_each_trick_is_taken_apart(written: str, safe: str) -> None:
    assert as_text(written) == safe


def test_long_texts_are_cut_with_an_ellipsis() -> None:
    assert as_text("a" * 300, limit=10) == "a" * 9 + "…"
    assert as_text("abc", limit=3) == "abc"
    assert code("a" * 300, limit=10) == "`" + "a" * 9 + "…`"
    assert as_quote("a" * 300, limit=10) == "> " + "a" * 9 + "…"


@given(WRITTEN)
def test_a_quote_holds_nothing_but_text(written: str) -> None:
    kinds = {token.type for token in tokens_of(as_quote(written))}
    assert kinds <= {
        *("paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"),
        *("blockquote_open", "blockquote_close"),
    }


@given(WRITTEN)
def test_inline_code_cannot_be_left(written: str) -> None:
    tokens = tokens_of(f"before {code(written)} after")
    assert [token.type for token in tokens if token.type.startswith(("html", "link", "image"))] == []
    assert "<!--" not in code(written)
    if code(written) != "(nothing)":
        assert [token.type for token in tokens].count("code_inline") == 1


@pytest.mark.parametrize(
    ("login", "shown_as"),
    [
        pytest.param("ada", "@ada", id="a person"),
        pytest.param("ada-lovelace", "@ada-lovelace", id="with a hyphen"),
        pytest.param("ada_acme", "@ada_acme", id="managed by a company"),
        pytest.param("dependabot[bot]", "@dependabot[bot]", id="a bot"),
        pytest.param("x](http://evil)", f"x\\](http{NO_WIDTH}://evil)", id="no login at all"),
        pytest.param("everyone @here", f"everyone @{NO_WIDTH}here", id="a login with a space"),
        pytest.param("a" * 40, "a" * 40, id="longer than logins are"),
    ],
)
def test_only_real_logins_are_mentioned(login: str, shown_as: str) -> None:
    assert mention(a_person(login)) == shown_as


def test_a_table_keeps_its_columns_whatever_its_cells_say() -> None:
    made = table(("Key", "Value"), [(code("a|b"), as_text("c|d\ne"))])
    rows = [token for token in tokens_of(made) if token.type == "td_open"]
    assert len(rows) == 2
    assert shown(made).count("a|b") == 1
    assert "c|d e" in shown(made)


def test_folded_text_is_markdown_inside() -> None:
    kinds = [token.type for token in tokens_of(folded("More", "- one"))]
    assert kinds.count("html_block") == 2
    assert "bullet_list_open" in kinds
