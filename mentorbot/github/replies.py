"""Reads GitHub's answers: one of an unexpected shape is as good as none, and the work is put back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.github.json_reader import JsonReader, UnexpectedJson

T = TypeVar("T")


@contextmanager
def expecting() -> Iterator[None]:
    """Within it an unexpected shape becomes `GitHubUnavailable`, which names what is missing."""
    try:
        yield
    except UnexpectedJson as error:
        raise GitHubUnavailable(f"GitHub's answer is not as expected: {error.reason}") from error


def legible(found: Any, name: str, read: Callable[[JsonReader], T]) -> T:
    """An answer, read."""
    with expecting():
        return read(JsonReader(found, name))


def legible_each(found: Iterable[Any], name: str, read: Callable[[JsonReader], T]) -> tuple[T, ...]:
    """A listing, read."""
    return tuple(legible(one, name, read) for one in found)
