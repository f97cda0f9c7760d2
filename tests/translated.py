"""A small catalogue of a test's own, beside those of the bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from mentorbot.core import languages


@contextmanager
def translated(folder: Path, language: str, texts: Mapping[Any, Any]) -> Iterator[None]:
    """Have these texts said like this in the language, during the block; a plural is a pair, or more."""
    own = Catalog(locale=language.replace("-", "_"))
    for text, translation in texts.items():
        own.add(text, translation)
    with (folder / languages.catalogue_name(language)).open("wb") as file:
        write_po(file, own)
    languages.add_catalogues(folder)
    try:
        yield
    finally:
        languages.remove_catalogues(folder)
