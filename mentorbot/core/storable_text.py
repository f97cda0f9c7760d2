"""Text that every store, file and protocol can hold: no NUL characters, no halves of surrogate pairs.

People's words may have both: JSON and YAML spell them out as escapes. What is cleaned are the values, never a
text they were written into: there, the six characters of an escape may be somebody's words themselves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def storable(text: str) -> str:
    """The text with a replacement character for each NUL, and a question mark for each lone surrogate."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def storable_json(value: Any) -> Any:
    """The same for all texts in a JSON value, keys included; numbers that JSON doesn't know become null."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): storable_json(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [storable_json(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
