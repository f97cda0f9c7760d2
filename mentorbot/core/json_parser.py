"""Parses JSON as `json.loads` does, several times as fast where it is as plain as what GitHub sends."""

from __future__ import annotations

import json
from typing import Any

import orjson

_LONGEST_PLAIN = 18
"""Digits that any number of theirs fits 64 bits with. Of longer ones orjson makes fractions."""

_DIGITS_AS_ZERO = bytes(ord("0") if byte in b"0123456789" else ord(" ") for byte in range(256))
_TOO_LONG = b"0" * (_LONGEST_PLAIN + 1)


def loads(text: bytes) -> Any:
    """Parse JSON. Raises ValueError where it is none, RecursionError where it is nested too deeply.

    What orjson refuses or would read differently goes to the standard library: lone surrogates, NaN, other
    encodings than UTF-8, numbers beyond 64 bits. It also says what is wrong.
    """
    if _TOO_LONG not in text.translate(_DIGITS_AS_ZERO):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            pass
    return json.loads(text)
