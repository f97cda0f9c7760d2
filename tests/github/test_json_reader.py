"""JSON is read as the standard library reads it, whatever a payload may hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorbot.github.json_reader import loads

_NUMBERS = st.integers() | st.integers(-(10**40), 10**40) | st.floats()
_TEXTS = st.text(st.characters(codec=None), max_size=30)  # with lone surrogates
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)
_PIECES = st.sampled_from(
    [
        *(b"{", b"}", b"[", b"]", b":", b",", b'"', b'"a"', b'"a":1', b"true", b"null", b"NaN", b"-Infinity"),
        *(b"-", b"0", b"1", b"e", b".", b"-0", b"1e400", b"12345678901234567890", b" ", b"\n", b"\x00"),
        *(b"\\", b"\\u", b"d83d", b"de00", b"\x1f", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff", b"\xc3\xa4"),
    ]
)


def _outcome(parse: Any, text: bytes) -> tuple[str, str]:
    """What comes of it: the value with its types and the order of its keys, or the kind of error."""
    try:
        return "value", repr(parse(text))
    except (ValueError, RecursionError) as error:
        return "refused", type(error).__name__


@given(_VALUES, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_every_value_is_read_as_it_was_written(value: Any, ascii_only: bool, encoding: str) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode(encoding, "surrogatepass")
    assert _outcome(loads, text) == _outcome(json.loads, text)


@given(st.lists(_PIECES, max_size=12).map(b"".join))
@example(b'{"a":1,"b":2,"a":3}')
@example(b"18446744073709551615")
@example(b"18446744073709551616")
@example(b"-9223372036854775809")
@example(b"0.1000000000000000055511151231257827")
@example(b"[1e400,-1e400,1e-400,-0,-0.0]")
@example(b'"\\ud83d\\ude00 \\ude00 \\ud83d"')
@example(b"")
def test_whatever_is_no_json_is_refused_with_the_same_error(text: bytes) -> None:
    assert _outcome(loads, text) == _outcome(json.loads, text)


@pytest.mark.parametrize("depth", [100, 5_000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_read_or_refused_as_before(depth: int, opening: bytes, closing: bytes) -> None:
    text = opening * depth + b"1" + closing * depth
    try:
        expected = json.loads(text)
    except RecursionError:
        with pytest.raises(RecursionError):
            loads(text)
    else:
        if depth < 500:  # comparing deep ones would be too deep itself
            assert loads(text) == expected


def test_a_number_of_more_digits_than_python_converts_is_refused() -> None:
    with pytest.raises(ValueError, match="digits"):
        loads(b"[" + b"9" * 5_000 + b"]")
