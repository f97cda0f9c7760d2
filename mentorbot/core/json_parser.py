"""Parses JSON as `json.loads` does, several times as fast where it is as plain as what GitHub sends."""

from __future__ import annotations

import json
from typing import Any

import msgspec

_DECODER = msgspec.json.Decoder()


def loads(text: bytes) -> Any:
    """Parse JSON. Raises ValueError where it is none, RecursionError where it is nested too deeply.

    What msgspec refuses goes to the standard library, which takes more (lone surrogates, NaN, other encodings
    than UTF-8) and says what is wrong.
    """
    try:
        return _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json.loads(text)
