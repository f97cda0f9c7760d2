from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.config.yaml_reader import MOST_BYTES, UnreadableYAML, read_yaml

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join(['*' + chr(97 + level)] * 9)}]\n"
    for level in range(9)
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param("# only words\n", {}, id="nothing but a remark"),
        pytest.param("welcome:\n", {"welcome": None}, id="a name"),
        pytest.param("a: {b: 1, c: [x, 2.5]}", {"a": {"b": 1, "c": ["x", 2.5]}}, id="groups and lists"),
        pytest.param("a: NO\nb: yes\nc: off", {"a": "NO", "b": "yes", "c": "off"}, id="Norway is no switch"),
        pytest.param(
            "a: true\nb: False\nc: ~\nd: null", {"a": True, "b": False, "c": None, "d": None}, id="words"
        ),
        pytest.param(
            "a: 2026-12-24\nb: 12:30", {"a": "2026-12-24", "b": "12:30"}, id="dates and times are texts"
        ),
        pytest.param(
            "a: 0x1\nb: 1_000\nc: .inf", {"a": "0x1", "b": "1_000", "c": ".inf"}, id="odd numbers too"
        ),
        pytest.param("a: '1'\nb: \"true\"", {"a": "1", "b": "true"}, id="quotes make texts"),
        pytest.param("a: |\n  x\n  y\n", {"a": "x\ny\n"}, id="a text over lines"),
        pytest.param("\ufeffa: 1\r\nb: 2\r\n", {"a": 1, "b": 2}, id="as Windows saves it"),
        pytest.param("a: &x [1]\nb: *x", {"a": [1], "b": [1]}, id="an alias"),
        pytest.param("%YAML 1.1\n---\na: no", {"a": "no"}, id="whatever version it claims to be"),
        pytest.param("1: a", {"1": "a"}, id="a number as a key is a word"),
    ],
)
def test_yaml_is_read_as_it_looks(text: str, values: dict[str, Any]) -> None:
    read = read_yaml(text)
    assert read.values == values
    assert read.problems == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        pytest.param("a:\n\tb: 1", 2, 1, "replace the tab with spaces", id="a tab"),
        pytest.param("a: b: c", 1, 5, "put the text in quotes", id="two colons"),
        pytest.param("a: 1\n  b: 2", 2, 4, "line it up", id="too far in"),
        pytest.param("a:\n  b: 1\n c: 2", 3, 2, "fits none above it", id="between two levels"),
        pytest.param('a: "x', 1, 4, "never closed", id="quotes without an end"),
        pytest.param("a: @ada", 1, 4, 'like `"@ada"`', id="an at sign"),
        pytest.param("a: `x`", 1, 4, "backtick", id="a backtick"),
        pytest.param("a: %x", 1, 4, "`%`", id="a percent sign"),
        pytest.param("a: [1", 1, 6, "opened with `[`", id="a list without an end"),
        pytest.param("a: [", 1, 5, "ends in the middle", id="a list that only begins"),
        pytest.param("a: {b: 1", 1, 9, "opened with `{`", id="a group without an end"),
        pytest.param("a: }", 1, 4, "`}` without a `{`", id="a group without a beginning"),
        pytest.param("a: ]", 1, 4, "`]` without a `[`", id="a list without a beginning"),
        pytest.param('a: "\\q"', 1, 6, "stands for a backslash", id="an unknown escape"),
        pytest.param("a: |x", 1, 5, "*below*", id="a text beside its bar"),
        pytest.param("a: 1\nb\nc: 2", 2, 1, "A colon is missing", id="a key without a colon"),
        pytest.param("a: {|: 1}", 1, 5, "put it in quotes", id="a bar where none can be"),
        pytest.param("a: 1\nb: \x01", 2, 4, "can't be seen", id="an invisible character"),
        pytest.param("a: 1\n---\nb: 2", 2, 1, "Only one document", id="two documents"),
        pytest.param("- a", 1, 1, "made of sections", id="a list"),
        pytest.param("hello", 1, 1, "made of sections", id="a word"),
        pytest.param("? [a]\n: 1", 1, 3, "plain word", id="a list as a key"),
        pytest.param("a: " + "[" * 30, 1, 24, "nested more than 20 deep", id="deep"),
        pytest.param("a: " + "[" * 60_000, 1, 24, "nested more than 20 deep", id="very deep"),
        pytest.param("a: [" + "x," * 11_000 + "]", 1, 20_001, "more than 10,000 values", id="very wide"),
        pytest.param(BOMB, 5, 8, "more than 10,000 values", id="aliases of aliases of aliases"),
        pytest.param("a: " + "x" * MOST_BYTES, 1, 1, "larger than 64 KiB", id="large"),
        pytest.param("a: " + "ö" * (MOST_BYTES // 2), 1, 1, "larger than 64 KiB", id="large in bytes"),
        pytest.param("%YAML 3.0\n---\na: 1", 1, 1, "Look at this line", id="whatever else"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(UnreadableYAML) as unreadable:
        read_yaml(text)
    assert says in unreadable.value.message
    assert (unreadable.value.mark.line, unreadable.value.mark.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "place", "line", "says"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3", ("a",), 3, "`a` is here twice, first in line 1", id="a section twice"
        ),
        pytest.param("a:\n  b: 1\n  b: 2", ("a", "b"), 3, "`b` is here twice", id="a key twice"),
        pytest.param("a: !!python/name:os.system x", ("a",), 1, "tag", id="a tag that could do something"),
        pytest.param("a: !!int 3", ("a",), 1, "means nothing here", id="a tag that is understood elsewhere"),
        pytest.param("a: *b", ("a",), 1, "`*b` refers to nothing", id="an alias of nothing"),
        pytest.param("a: &x [*x]", ("a", 0), 1, "`*x` refers to nothing", id="an alias of itself"),
        pytest.param("b: &b {}\na:\n  <<: *b", ("a", "<<"), 3, "write the keys out", id="a merge key"),
        pytest.param('a: "\\0"', ("a",), 1, "can't be stored", id="a character no database holds"),
        pytest.param(
            'a: {"\\ud800": 1}', ("a", "\ud800"), 1, "can't be stored", id="half a character in a key"
        ),
    ],
)
def test_some_mistakes_spoil_only_the_section_they_are_in(
    text: str, place: tuple[str | int, ...], line: int, says: str
) -> None:
    (flaw,) = read_yaml(text).problems
    assert flaw.place == place
    assert flaw.mark.line == line
    assert says in flaw.message


def test_every_value_knows_its_place() -> None:
    read = read_yaml("a:\n  b: [x, y]\n  c: |\n    text\n")
    assert (read.keys["a", "b"].line, read.keys["a", "b"].column) == (2, 3)
    assert (read.marks["a", "b", 1].line, read.marks["a", "b", 1].column) == (2, 10)
    assert read.marks["a", "c"].text_line == 4


@given(st.text(alphabet="ab:-[]{}&*!|>'\"%@`#,? \n\t\\", max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except UnreadableYAML as unreadable:
        assert unreadable.message  # noqa: PT017 - either outcome is fine, a crash is not
        assert unreadable.mark.line >= 1  # noqa: PT017 - the same


@pytest.mark.parametrize("piece", ["- a\n", "[", "? ", '"\\x41', "&a ", "!a ", "a: &b *c\n", "{a: "])
def test_hostile_files_of_full_length_are_refused_with_a_reason(piece: str) -> None:
    with pytest.raises(UnreadableYAML) as refused:
        read_yaml("a: " + piece * ((MOST_BYTES - 10) // len(piece)))
    assert refused.value.message.endswith(".")


def test_aliases_of_a_long_text_count_with_what_they_stand_for() -> None:
    with pytest.raises(UnreadableYAML, match="more than 256 KiB, aliases written out"):
        read_yaml("a: &x " + "y" * 30_000 + "\nb: [" + "*x," * 9 + "]")
    assert len(read_yaml("a: &x " + "y" * 30_000 + "\nb: [" + "*x," * 6 + "]").values["b"]) == 6


def test_keys_count_as_often_as_their_alias_is_used() -> None:
    with pytest.raises(UnreadableYAML, match="aliases written out"):
        read_yaml("a: &x {? " + "y" * 30_000 + " : 1}\nb: [" + "*x," * 9 + "]")
