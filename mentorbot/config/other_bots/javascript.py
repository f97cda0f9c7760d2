"""Reads settings that are kept as plain values in JavaScript or TypeScript; nothing is run.

`exports.activity = {…}` and `export const activity = {…}`, with objects, lists, texts, numbers, and
`new Map([[…]])`. An object's values come as pairs of value and line.
"""

from __future__ import annotations

import re
from typing import Any

_EXPORT = re.compile(
    r"^(?:module\.)?exports\.(\w+)\s*=\s*|^export\s+const\s+(\w+)(?:\s*:[^=]{0,2000})?\s*=\s*", re.MULTILINE
)
_PIECE = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)
    |(?P<number>-?\d{1,15}(?:\.\d{1,15})?)
    |(?P<word>[A-Za-z_$][\w$.]*)
    |(?P<sign>[{}\[\](),:])""",
    re.DOTALL | re.VERBOSE,
)
_UNSET = ("null", "undefined", "Infinity", "Number.POSITIVE_INFINITY")
_WORDS: dict[str, Any] = {"true": True, "false": False, **dict.fromkeys(_UNSET)}
_DEEPEST = 20


class UnreadableScript(Exception):  # noqa: N818 - says what is the case
    """A line holds more than plain values."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def exported_values(text: str) -> dict[str, tuple[Any, int]]:
    """What is exported, by name. Raises UnreadableScript."""
    found: dict[str, tuple[Any, int]] = {}
    for export in _EXPORT.finditer(text):
        reader = _ValueReader(text, export.end())
        found[export[1] or export[2]] = reader.value(), reader.line(export.start())
    if not found:
        raise UnreadableScript(1)
    return found


class _ValueReader:
    def __init__(self, text: str, place: int) -> None:
        self._text = text
        self._place = place
        self._depth = 0

    def line(self, place: int) -> int:
        return self._text.count("\n", 0, place) + 1

    def value(self) -> Any:
        kind, piece, start = self._next()
        if piece in {"{", "["}:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._unreadable(start)
            found = self._object() if piece == "{" else self._list("]")
            self._depth -= 1
            return found
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", piece[1:-1])
        if kind == "number":
            return float(piece) if "." in piece else int(piece)
        if piece in _WORDS:
            return _WORDS[piece]
        if piece == "new" and self._next()[1] == "Map" and self._next()[1] == "(":
            return next(iter(self._list(")")), [])
        raise self._unreadable(start)

    def _object(self) -> dict[str, tuple[Any, int]]:
        found: dict[str, tuple[Any, int]] = {}
        while not self._is_next("}"):
            kind, name, start = self._next()
            if kind not in {"word", "text"} or self._next()[1] != ":":
                raise self._unreadable(start)
            found[name if kind == "word" else name[1:-1]] = self.value(), self.line(start)
            self._end_of_item("}")
        self._next()
        return found

    def _list(self, end: str) -> list[Any]:
        found: list[Any] = []
        while not self._is_next(end):
            found.append(self.value())
            self._end_of_item(end)
        self._next()
        return found

    def _end_of_item(self, end: str) -> None:
        """A comma, or the end, which stays to be read."""
        if self._is_next(end):
            return
        _, sign, start = self._next()
        if sign != ",":
            raise self._unreadable(start)

    def _is_next(self, sign: str) -> bool:
        before = self._place
        found = self._next()[1]
        self._place = before
        return found == sign

    def _next(self) -> tuple[str, str, int]:
        while found := _PIECE.match(self._text, self._place):
            start, self._place = self._place, found.end()
            if found.lastgroup != "space":
                return str(found.lastgroup), found[0], start
        raise self._unreadable(self._place)

    def _unreadable(self, place: int) -> UnreadableScript:
        return UnreadableScript(self.line(place))
