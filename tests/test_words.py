"""The words are plain: short sentences that somebody with school English reads at once."""

from __future__ import annotations

from collections.abc import Iterator

from textstat import textstat

from docs.translations import texts
from tests.reading import prose

HARDEST = 7.0
"""The Flesch–Kincaid grade: for how many years somebody went to school who reads it with ease."""


def english() -> Iterator[str]:
    """Each English text once, as a sentence of its own; of a plural the one for many."""
    found = {
        message.id[-1] if isinstance(message.id, list | tuple) else message.id: None
        for catalogue in texts().values()
        for message in catalogue
        if message.id
    }
    yield from filter(None, map(prose, found))


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


def test_all_texts_together_are_read_with_ease(capsys: object) -> None:
    said = list(english())
    all_together = grade(" ".join(said))
    hardest = sorted(said, key=grade, reverse=True)[:10]
    print(f"{len(said)} texts, Flesch–Kincaid grade {all_together:.2f}")  # noqa: T201 - for who wants to know
    assert all_together <= HARDEST, "\n".join(f"{grade(text):.1f} {text}" for text in hardest)
