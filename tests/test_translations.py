"""Every text is translated into every language, with the same values and marks in it."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from docs.translations import main, texts
from mentorbot.core.languages import LANGUAGES, SOURCE, catalogue_name, folders

OTHERS = [language for language in LANGUAGES if language != SOURCE]
_CODE = re.compile(r"`[^`]*`")


def messages(language: str) -> Iterator[Message]:
    for folder in folders():
        with (folder / catalogue_name(language)).open("rb") as file:
            yield from (message for message in read_po(file, locale=language.replace("-", "_")) if message.id)


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(of: object) -> tuple[str, ...]:
    return tuple(map(str, of)) if isinstance(of, list | tuple) else (str(of),)


def test_there_are_texts_to_translate() -> None:
    assert sum(len(catalogue) for catalogue in texts().values()) > 100


def test_the_catalogues_have_the_texts_that_are_said() -> None:
    assert main(["--check"]) == 0, "write them with `make translations`, then translate what is new"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    missing = [message.id for message in messages(language) if not all(forms(message.string))]
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_values_of_the_text(language: str) -> None:
    """A plural may leave out its number in a form that is for one number only."""
    wrong = [
        (message.id, form)
        for message in messages(language)
        for form in forms(message.string)
        if (form and not values_in(form) <= set().union(*map(values_in, forms(message.id))))
        or (form and set.intersection(*map(values_in, forms(message.id))) - values_in(form))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_plurals_have_all_the_forms_of_the_language(language: str) -> None:
    expected = get_plural(language.replace("-", "_")).num_plurals
    wrong = [
        message.id
        for message in messages(language)
        if isinstance(message.id, list | tuple) and len(forms(message.string)) != expected
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_commands_and_code_stay_as_they_are(language: str) -> None:
    wrong = [
        (message.id, form)
        for message in messages(language)
        if isinstance(message.id, str)
        for form in forms(message.string)
        if form and sorted(_CODE.findall(form)) != sorted(_CODE.findall(message.id))
    ]
    assert wrong == []
