"""Many rows in one statement: lists of rows turned into one array per column, for `unnest`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """One list per name, from rows in the same order."""
    lists: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name, value in zip(names, row, strict=True):
            lists[name].append(value)
    return lists


def json_text(value: Mapping[str, Any] | Sequence[Any] | None) -> str | None:
    """JSON as PostgreSQL takes it. NUL characters, which jsonb cannot hold, are left out."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "")


def array_text(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it: `unnest` would take arrays in an array apart."""
    return "{" + ",".join(map(str, numbers)) + "}"
