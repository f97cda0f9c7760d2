"""Many rows in one statement: lists of rows turned into one array per column, for `unnest`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown

from mentorbot.core.storable_text import storable, storable_json

_LONGEST_KEY = 250
"""Characters: in a B-tree, a row may have 2,704 bytes."""


def column_arrays(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """One list per name, from rows in the same order."""
    lists: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name, value in zip(names, row, strict=True):
            lists[name].append(value)
    return lists


def json_text(value: Mapping[str, Any] | Sequence[Any] | None) -> str | None:
    """JSON as PostgreSQL takes it, whatever people's words are in it."""
    if value is None:
        return None
    try:
        text = _dumped(value)
        text.encode()
    except ValueError:  # lone surrogates, or numbers that are none
        return _dumped(storable_json(value))
    # The six characters may be somebody's words as well.
    return _dumped(storable_json(value)) if "\\u0000" in text else text


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_key(text: str) -> str:
    """A text as an index can hold it: of a very long one, its beginning and a hash of all of it."""
    text = storable(text)
    if len(text) <= _LONGEST_KEY:
        return text
    rest = " " + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return text[: _LONGEST_KEY - len(rest)] + rest


class StorableText(StrDumperUnknown):
    """Gives psycopg every text as PostgreSQL can hold it, wherever it comes from."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(storable(obj))


def array_text(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it: `unnest` would take arrays in an array apart."""
    return "{" + ",".join(map(str, numbers)) + "}"
