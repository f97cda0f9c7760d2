"""Every text is translated into every language, with the same values and marks in it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from docs.translations import HOME, is_said_to_people, main, texts
from mentorbot.core.languages import LANGUAGES, SOURCE, catalogue_name, folders
from mentorbot.features import load_catalog

OTHERS = [language for language in LANGUAGES if language != SOURCE]
_TEXTS = {"say": 1, "phrase": 1, "say_plural": 2, "plural": 2}
"""How many texts each of these takes first."""
_CODE = re.compile(r"`[^`]*`")


def messages(language: str) -> Iterator[Message]:
    for folder in folders():
        with (folder / catalogue_name(language)).open("rb") as file:
            yield from (message for message in read_po(file, locale=language.replace("-", "_")) if message.id)


def said_in_code() -> Iterator[tuple[str, str]]:
    """Each text that is written where it is said, with its file."""
    for file in filter(is_said_to_people, sorted(HOME.rglob("*.py"))):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                for text in call.args[: _TEXTS.get(name, 0)]:
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield file.relative_to(HOME).as_posix(), text.value


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(of: object) -> tuple[str, ...]:
    return tuple(map(str, of)) if isinstance(of, list | tuple) else (str(of),)


def test_there_are_texts_to_translate() -> None:
    assert sum(len(catalogue) for catalogue in texts().values()) > 100


def test_the_catalogues_have_the_texts_that_are_said() -> None:
    assert main(["--check"]) == 0, "write them with `make translations`, then translate what is new"


def test_what_is_said_is_found_for_translation_wherever_it_stands_in_the_code() -> None:
    """Babel finds nothing within an f-string, unless Python is new enough."""
    found = {text for one in texts().values() for message in one for text in forms(message.id)}
    lost = [(place, text) for place, text in said_in_code() if text not in found]
    assert lost == []


def test_what_cards_of_features_and_commands_tell_is_found_for_translation() -> None:
    found = {text for one in texts().values() for message in one for text in forms(message.id)}
    catalog = load_catalog()
    told = {feature.summary for feature in catalog.features}
    told |= {text for one in catalog.commands() for text in (one.command.help, one.command.who.value)}
    assert sorted(told - found) == []


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
