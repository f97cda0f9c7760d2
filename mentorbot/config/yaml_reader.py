"""Reads a maintainer's YAML into plain values with the place of each, safely, whoever wrote it.

Built on ruamel.yaml's events, before anything is constructed: no tags, no aliases that explode, no surprising
types (`NO` is Norway), and a mistake inside one section leaves the others readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from mentorbot.core.markdown import code
from mentorbot.core.translator import phrase, say, translator

MOST_BYTES = 64 * 1024
_DEEPEST = 20
_MOST_VALUES = 10_000  # with every alias written out
_MOST_CHARACTERS = 4 * MOST_BYTES  # the same
Place = tuple[str | int, ...]

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:[0-9]{0,18}\.[0-9]{1,18}|[0-9]{1,18}\.?)(?:[eE][-+]?[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something stands, counted from 1. `text_line` is the first line of a text's own words."""

    line: int
    column: int
    text_line: int = 0


class UnreadableYAML(Exception):  # noqa: N818 - says what is the case
    """The file as a whole can't be read; `message` says what to change, in plain words."""

    def __init__(self, message: str, mark: Mark | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark or Mark(1, 1)


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """Something wrong at one place, which spoils only the section it is in."""

    place: Place
    mark: Mark
    message: str


@dataclass(frozen=True, slots=True)
class YamlText:
    """The file's top level, where each value stands (`keys` for the key itself), and its flaws."""

    values: dict[str, Any]
    marks: Mapping[Place, Mark] = field(default_factory=dict)
    keys: Mapping[Place, Mark] = field(default_factory=dict)
    problems: tuple[YamlProblem, ...] = ()


def read_yaml(text: str) -> YamlText:
    """The values in a YAML text whose top level is a mapping; empty where there is nothing in it.

    Raises UnreadableYAML where the text as a whole makes no sense.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise UnreadableYAML(
            say("The file is larger than 64 KiB. Make it shorter: long texts are the likely reason.")
        )
    builder = _Builder(_events(text.removeprefix("\ufeff")))
    values = builder.document()
    if values is None:
        return YamlText({})
    if not isinstance(values, dict):
        raise UnreadableYAML(
            say(
                "The file has to be made of sections, each a name and a colon at the start of a line: "
                "`welcome:`."
            )
        )
    return YamlText(values, builder.marks, builder.keys, tuple(builder.problems))


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as unreadable:
        before = text[: unreadable.position]
        raise UnreadableYAML(
            say("There is a character here that can't be seen and doesn't belong into a text. Delete it."),
            Mark(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1),
        ) from unreadable
    except MarkedYAMLError as broken:
        raise _explained(broken) from broken
    except (YAMLError, ValueError, RecursionError) as broken:
        raise UnreadableYAML(
            say("This is not YAML. Check the file with an editor that knows YAML.")
        ) from broken


class _Builder:
    """Makes values of events, one after the other, and remembers where each stood."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.marks: dict[Place, Mark] = {}
        self.keys: dict[Place, Mark] = {}
        self.problems: list[YamlProblem] = []
        self._events = events
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._values = 0
        self._characters = 0

    def document(self) -> Any:
        documents = 0
        value = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise UnreadableYAML(
                        say("Only one document fits here: remove the line `---` and what follows."),
                        _mark(event),
                    )
                value = self._value(next(self._events), ())
        return value

    def _value(self, event: Event, place: Place) -> Any:
        mark = _mark(event)
        if len(place) > _DEEPEST:
            raise UnreadableYAML(
                say("This is nested more than {limit} deep. Flatten it.", limit=_DEEPEST), mark
            )
        self.marks[place] = mark
        before = self._values, self._characters
        self._count(1, 0, mark)
        if isinstance(event, AliasEvent):
            return self._alias(event, place, mark)
        if not isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            raise UnreadableYAML(say("A value is missing here."), mark)
        value = self._fresh(event, place)
        if isinstance(event, ScalarEvent):
            self._count(0, len(event.value), mark)
        if isinstance(value, str):
            self._check_characters(value, place, mark)
        if event.tag is not None:
            self._problem(
                place, mark, say("The tag {tag} means nothing here: remove it.", tag=code(str(event.tag)))
            )
        if event.anchor is not None:
            self._anchors[event.anchor] = (
                value,
                self._values - before[0],
                self._characters - before[1],
            )
        return value

    def _fresh(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, place: Place) -> Any:
        if isinstance(event, MappingStartEvent):
            return self._mapping(place)
        return self._sequence(place) if isinstance(event, SequenceStartEvent) else _scalar(event)

    def _mapping(self, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            mark = _mark(event)
            if not isinstance(event, ScalarEvent):
                raise UnreadableYAML(say("A key has to be a plain word."), mark)
            key = str(event.value)
            self._count(0, len(key), mark)
            self._check_characters(key, (*place, key), mark)
            inside = (*place, key)
            if key in values:
                twice = say(
                    "{key} is here twice, first in line {line}. Keep one of them.",
                    key=code(key),
                    line=self.keys[inside].line,
                )
                self._problem(inside, mark, twice)
                self._value(next(self._events), inside)
                continue
            if key == "<<":
                self._problem(inside, mark, say("`<<` is not understood here: write the keys out."))
            self.keys[inside] = mark
            values[key] = self._value(next(self._events), inside)
        return values

    def _sequence(self, place: Place) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            values.append(self._value(event, (*place, len(values))))
        return values

    def _alias(self, event: AliasEvent, place: Place, mark: Mark) -> Any:
        if event.anchor not in self._anchors:
            alias = code("*" + str(event.anchor))
            self._problem(place, mark, say("{alias} refers to nothing above it: write it out.", alias=alias))
            return None
        value, values, characters = self._anchors[event.anchor]
        self._count(values, characters, mark)
        return value

    def _count(self, values: int, characters: int, mark: Mark) -> None:
        self._values += values
        self._characters += characters
        if self._values > _MOST_VALUES:
            raise UnreadableYAML(
                say(
                    "The file holds more than {limit} values, aliases written out. Make it shorter.",
                    limit=translator().number(_MOST_VALUES),
                ),
                mark,
            )
        if self._characters > _MOST_CHARACTERS:
            raise UnreadableYAML(
                say(
                    "The file holds more than {limit} KiB, aliases written out. "
                    "Make it shorter: aliases of long texts are the likely reason.",
                    limit=translator().number(_MOST_CHARACTERS // 1024),
                ),
                mark,
            )

    def _check_characters(self, text: str, place: Place, mark: Mark) -> None:
        """Escapes such as that of NUL bring in characters that neither GitHub nor a database can hold."""
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
            self._problem(
                place, mark, say("This text holds an escaped character that can't be stored. Delete it.")
            )

    def _problem(self, place: Place, mark: Mark, message: str) -> None:
        self.problems.append(YamlProblem(place, mark, message))


def _mark(event: Event) -> Mark:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    is_block = isinstance(event, ScalarEvent) and event.style in ("|", ">")
    return Mark(line, column, line + 1 if is_block else line)


def _scalar(event: ScalarEvent) -> Any:
    """The value of a scalar by YAML 1.2's core schema, without its odd corners (octal, infinity)."""
    text = str(event.value)
    if event.style is not None:
        return text
    if _NULL.fullmatch(text):
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _explained(broken: MarkedYAMLError) -> UnreadableYAML:
    problem = str(broken.problem or "")
    message = next((say(words) for pattern, words in _EXPLANATIONS if pattern in problem), None)
    # A missing colon is noticed only behind the key it is missing at.
    mark = broken.context_mark if "simple key" in str(broken.context) else broken.problem_mark
    if "quoted scalar" in str(broken.context) and message is None:
        message = say("The quotes that open here are never closed. Close them.")
        mark = broken.context_mark
    if message is None:
        message = say("YAML can't be read from here on. Look at this line.")
        if problem:
            message = say("YAML can't be read from here on ({why}). Look at this line.", why=code(problem))
    return UnreadableYAML(message, Mark(mark.line + 1, mark.column + 1) if mark is not None else None)


_EXPLANATIONS = (
    (
        r"'\t' that cannot start",
        phrase("There is a tab here. YAML wants spaces: replace the tab with spaces."),
    ),
    (
        "'@' that cannot start",
        phrase('A text can\'t start with `@` here: put it in quotes, like `"@ada"`.'),
    ),
    ("'`' that cannot start", phrase("A text can't start with a backtick here: put it in quotes.")),
    ("'%' that cannot start", phrase("A text can't start with `%` here: put it in quotes.")),
    ("that cannot start any token", phrase("A text can't start with this character: put it in quotes.")),
    (
        "mapping values are not allowed here",
        phrase(
            "Either this line is indented differently from its neighbours (line it up), "
            "or its text holds a `: ` (put the text in quotes)."
        ),
    ),
    ("could not find expected ':'", phrase("A colon is missing: a key is written `key: value`.")),
    (
        "expected <block end>",
        phrase("This line's indentation fits none above it. Line it up with its neighbours."),
    ),
    (
        "expected ',' or ']'",
        phrase("A list that was opened with `[` is not closed, or a comma is missing in it."),
    ),
    (
        "expected ',' or '}'",
        phrase("A group that was opened with `{{` is not closed, or a comma is missing in it."),
    ),
    (
        "unknown escape character",
        phrase("In double quotes `\\\\` stands for a backslash: double it, or use single quotes."),
    ),
    (
        "expected chomping or indentation",
        phrase("A text starts in the line *below* `|`: move these words there."),
    ),
    (
        "but found '<stream end>'",
        phrase("The file ends in the middle of something: close the `[`, `{{` or quotes that are open."),
    ),
    ("but found '}'", phrase("There is a `}}` without a `{{`. Remove it.")),
    ("but found ']'", phrase("There is a `]` without a `[`. Remove it.")),
)
