"""No text that somebody writes takes a pattern longer than its length warrants: one comment stops all."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import re._constants as code  # type: ignore[import-not-found]  # the only way to see a pattern's parts
import re._parser as parser  # type: ignore[import-not-found]  # the same
from collections.abc import Iterator
from typing import Any

import mentorbot.core
import mentorbot.domain
import mentorbot.features
from mentorbot.domain.turns.comment_parser import parse_comment, quoted_lines
from mentorbot.domain.turns.phrases import Phrases
from mentorbot.engine.limited_process import run_limited

_SECONDS = 8  # of processor time, for thousands of searches that take microseconds each
_LENGTH = 600  # as long as the sentences are that patterns are tried on
_GLUE = (" ", "\n", "a", "/", "@", "-", "`", "\\", "1", "_", "[", "](", "<!--", ".", "?")


def _patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for package in (mentorbot.core, mentorbot.domain, mentorbot.features):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                pattern = value._compiled if isinstance(value, Phrases) else value
                if isinstance(pattern, re.Pattern):
                    found[f"{module.name}.{name}"] = pattern
    return found


PATTERNS = _patterns()


class _Examples:
    """Texts that a pattern, or what it repeats, likes: over and over, and then something it doesn't."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._random = random.Random(pattern.pattern)  # noqa: S311 - the same ones every time
        self._whole = parser.parse(pattern.pattern, pattern.flags)
        self._repeated = list(self._repeats(self._whole))

    def __iter__(self) -> Iterator[str]:
        for _ in range(100):
            pieces = [self._piece() for _ in range(self._random.choice((1, 1, 2, 3)))]
            again = "".join(pieces)[:60] or "a"
            begin = self._text(self._whole)[:20] if self._random.random() < 0.5 else ""
            end = self._random.choice(("", "x", "!", "\n", "?", " x @b"))
            yield (begin + again * (_LENGTH // len(again)))[:_LENGTH] + end

    def _piece(self) -> str:
        kind = self._random.random()
        if kind < 0.5 and self._repeated:
            return self._text(self._random.choice(self._repeated))
        return self._text(self._whole) if kind < 0.75 else self._random.choice(_GLUE)

    def _repeats(self, parts: Any) -> Iterator[Any]:
        for kind, value in parts:
            for inner in _inner(kind, value):
                if "REPEAT" in str(kind):
                    yield inner
                yield from self._repeats(inner)

    def _text(self, parts: Any) -> str:
        return "".join(self._text_of(kind, value) for kind, value in parts)

    def _text_of(self, kind: Any, value: Any) -> str:
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.IN:
            return self._one_of(value)
        if kind in {code.ASSERT, code.ASSERT_NOT}:
            return ""
        inner = _inner(kind, value)
        if not inner:
            return ""
        if "REPEAT" in str(kind):
            return "".join(self._text(inner[0]) for _ in range(self._random.choice((0, 1, 1, 2))))
        return self._text(self._random.choice(inner))

    def _one_of(self, choices: Any) -> str:
        letters = [chr(value) for kind, value in choices if kind is code.LITERAL]
        letters += [chr(value[0]) for kind, value in choices if kind is code.RANGE]
        if choices[0][0] is code.NEGATE:
            return self._random.choice([glue for glue in _GLUE if glue not in letters])
        if any(kind is code.CATEGORY for kind, _ in choices):
            letters += " a1/@-"
        return self._random.choice(letters)


def _inner(kind: Any, value: Any) -> list[Any]:
    """What is inside of a part of a pattern: alternatives, or the one thing it repeats or groups."""
    if kind is code.BRANCH:
        return list(value[1])
    if kind in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
        return [value[2]]
    if kind is code.SUBPATTERN:
        return [value[3]]
    return [value] if kind is code.ATOMIC_GROUP else []


def _search(name: str) -> int:
    return sum(1 for text in _Examples(PATTERNS[name]) for _ in PATTERNS[name].finditer(text))


def search_with_all(names: list[str]) -> list[str]:
    """Runs in a process of its own, whose time is limited."""
    for name in names:
        _search(name)
    return names


def whom_they_call(bodies: list[str]) -> list[list[str]]:
    """The same."""
    return [sorted(parse_comment(body).called) for body in bodies]


async def test_no_pattern_is_slow_on_texts_made_of_what_it_looks_for() -> None:
    assert await run_limited(search_with_all, sorted(PATTERNS), cpu_seconds=_SECONDS)


async def test_ever_so_many_greetings_and_names_before_a_name_are_read_at_once() -> None:
    before = [f"cc{again * 150}"[:580] for again in (" /cc", " @cc", " @a-", " hi//", " @gentle -//hi-")]
    called = await run_limited(whom_they_call, [f"{words} x @bob" for words in before], cpu_seconds=5)
    assert all("bob" in names for names in called)


async def test_ever_so_many_spaces_are_read_at_once() -> None:
    texts = [f"x{' ' * 19_990}{number}" for number in range(20)]
    assert await run_limited(whom_they_call, texts, cpu_seconds=5) == [[]] * 20


async def test_ever_so_many_backticks_are_read_at_once() -> None:
    texts = [pump * 5_000 + str(number) for number in range(20) for pump in ("``a ", "_`````", "``_``")]
    assert await run_limited(whom_they_call, texts, cpu_seconds=5) == [[]] * 60


def test_of_ever_so_many_quoted_lines_few_are_looked_for() -> None:
    """Each is looked for in all that was said before."""
    body = "\n".join(f"> a line that somebody quotes: {number}" for number in range(500))
    assert len(quoted_lines(body)) <= 20
