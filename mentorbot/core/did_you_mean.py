"""The word that was probably meant, where somebody wrote one that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LONGEST = 60  # characters: what is longer is no typing mistake
_ENOUGH = 4_000  # comparisons in one reading: a few time zones, or every key of fifty mistakes

_left: ContextVar[list[int] | None] = ContextVar("comparisons left", default=None)


def nearest(word: str, names: Collection[str], *, cutoff: float = 0.6) -> str:
    """The most similar of these names, or nothing where none is.

    Comparing takes time that grows with both sides, and the words may be a stranger's: see
    `limited_comparisons`.
    """
    if len(word) > _LONGEST:
        return ""
    left = _left.get()
    if left is not None:
        left[0] -= len(names)
        if left[0] < 0:
            return ""
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=cutoff)), "")


@contextmanager
def limited_comparisons() -> Iterator[None]:
    """Within this block so many comparisons are made and no more, however many words are unknown."""
    token = _left.set([_ENOUGH])
    try:
        yield
    finally:
        _left.reset(token)
