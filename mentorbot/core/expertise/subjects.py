"""What a pull request is about, as comparable words: from its title, the paths it touches and its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_LOWER_BEFORE_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST_PLURAL = 5  # "bus" is no plural


def subjects_of_title(title: str) -> frozenset[str]:
    """The words of a title in lower case, `camelCase` and `snake_case` apart, without plural endings."""
    return frozenset(_words(title))


def subjects_of_paths(paths: Iterable[str]) -> frozenset[str]:
    """Each file, each folder above it (ending in `/`), and the words in the file's name.

    The words are the same as a title's, so that "scalar: …" and `src/scalar_impl.h` meet.
    """
    found: set[str] = set()
    for path in paths:
        parts = PurePosixPath(path)
        found.add(path)
        found.update(f"{folder}/" for folder in parts.parents if str(folder) not in {".", "/"})
        found.update(_words(parts.stem))
    return frozenset(found)


def subjects_of_labels(labels: Iterable[str]) -> frozenset[str]:
    """Labels, marked as such so that they don't mix with words."""
    return frozenset(f"label {label.lower()}" for label in labels)


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(_LOWER_BEFORE_UPPER.sub(" ", text)):
        plain = word.lower()
        is_plural = plain.endswith("s") and not plain.endswith("ss") and len(plain) >= _SHORTEST_PLURAL
        yield plain[:-1] if is_plural else plain
