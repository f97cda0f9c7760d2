"""What a pull request is about, as comparable words: from its title, the paths it touches and its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_LOWER_BEFORE_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Words that bind, and words that say what is done rather than to what: no reason to ask somebody.
_SAYS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """
        about add added adding addition additional adjust after again all allow also and any
        are avoid before better between both bump but can change clean cleanup correct
        delete disable don drop easier enable ensure extend few fix fixed followup for from
        get give handle has have improve instead into introduce its just keep less make
        minor misc missing more move new not now off old one only other out over prepare
        proper properly reduce refactor remove rename replace revert rework rewrite run set
        should simplification simplify small some speed split stop support switch than that
        the their them then there these this tidy too try two under unnecessary unused
        update use used using various via was when where which while will wip with without
        work wrong
        """,
    )
)
_SHORTEST_PLURAL = 4
_NO_PLURAL = ("as", "is", "ss", "us")  # alias, analysis, class, status


def subjects_of_title(title: str) -> frozenset[str]:
    """The words of a title that say something: lower case, `camelCase` and `snake_case` apart."""
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
        is_plural = plain.endswith("s") and not plain.endswith(_NO_PLURAL) and len(plain) >= _SHORTEST_PLURAL
        singular = plain[:-1] if is_plural else plain
        if singular not in _SAYS_NOTHING and plain not in _SAYS_NOTHING:
            yield singular
