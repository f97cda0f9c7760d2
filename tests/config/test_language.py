"""`language:` says what a repository is spoken to in, and its own mistakes are told in it, too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mentorbot.config.configuration import (
    CONFIG_PATH,
    Configuration,
    Source,
    proposed_configuration,
    read_configuration,
)
from mentorbot.core.languages import LANGUAGES
from mentorbot.core.translator import ENGLISH, Translator, speaking
from mentorbot.engine.limited_process import run_limited
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load
from tests.translated import translated

CATALOG = FeatureCatalog(load())
UNKNOWN, UNBEKANNT = (
    "There is no key {key}: did you mean {meant}?",
    "Den Schlüssel {key} gibt es nicht: ist {meant} gemeint?",
)


def read(
    text: str | None, *, owner: str | None = None, last_good: Mapping[str, Any] | None = None
) -> Configuration:
    return read_configuration(
        [
            Source("repository", "acme/rockets", CONFIG_PATH, text),
            Source("owner", "acme/.github", CONFIG_PATH, owner),
        ],
        sections=CATALOG.sections(),
        last_good=last_good or {},
    )


@pytest.mark.parametrize(
    ("text", "owner", "language"),
    [
        pytest.param(None, None, "en", id="no file: English"),
        pytest.param("welcome:", None, "en", id="nobody says: English"),
        pytest.param("language: de", None, "de", id="the repository says"),
        pytest.param("language: pt_br", None, "pt-BR", id="written as a locale"),
        pytest.param("language:", None, "en", id="named, but empty"),
        pytest.param("welcome:", "language: pl", "pl", id="its owner says"),
        pytest.param("language: ja", "language: pl", "ja", id="both say: the repository's"),
        pytest.param("mentoring: {language: de}", None, "de", id="mentoring's, as before"),
        pytest.param("mentoring: {language: de}\nlanguage: fr", None, "fr", id="mentoring's is behind"),
        pytest.param("mentoring: {language: de}", "language: fr", "fr", id="also behind the owner's"),
    ],
)
def test_a_repository_is_spoken_to_in_the_language_it_names(
    text: str | None, owner: str | None, language: str
) -> None:
    configuration = read(text, owner=owner)
    assert configuration.language == language
    assert configuration.problems == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("de-AT", "did you mean `de`?", id="a region of one that is known"),
        pytest.param("zh", "did you mean `zh-CN`?", id="a part of one that is known"),
        pytest.param("German", "did you mean `de`?", id="its name"),
        pytest.param("Français", "did you mean `fr`?", id="its name in itself"),
        pytest.param("portuguese", "did you mean `pt-BR`?", id="its name without the country"),
        pytest.param("dee", "did you mean `de`?", id="a slip"),
        pytest.param("klingon", "write one of `en`, `de`,", id="none that is known"),
    ],
)
def test_a_language_that_is_not_spoken_is_told_with_what_was_meant(written: str, meant: str) -> None:
    (problem,) = read(f"language: {written}").problems
    assert meant in problem.message
    assert (problem.line, problem.path) == (1, "language")


def test_every_language_can_be_chosen() -> None:
    assert [read(f"language: {one}").language for one in LANGUAGES] == list(LANGUAGES)


def test_problems_are_told_in_the_language_that_the_same_file_names(tmp_path: Path) -> None:
    with translated(tmp_path, "de", {UNKNOWN: UNBEKANNT}):
        (problem,) = read("welcome: {isue: default}\nlanguage: de").problems
    assert problem.message == "Den Schlüssel `isue` gibt es nicht: ist `issue` gemeint?"
    assert problem.fact == "There is no key `isue`: did you mean `issue`?"


def test_a_file_that_cannot_be_read_is_told_of_in_the_last_good_language(tmp_path: Path) -> None:
    good = read("language: de").good_values
    with translated(tmp_path, "de", {"The file can't be read. {why}": "Die Datei ist unlesbar. {why}"}):
        (problem,) = read("language: [", last_good=good).problems
    assert problem.message.startswith("Die Datei ist unlesbar. ")


def test_as_many_suggestions_are_made_in_any_language_as_in_english() -> None:
    unknown = "".join(f"welcom{place}:\n" for place in range(120))
    text = f"{unknown}calendar: {{timezone: Europe/Pariss}}\n"
    english, german = (read(f"language: {one}\n{text}").problems for one in ("en", "de"))
    told, wanted = ([re.findall("`([^`]+)`", one.message) for one in found] for found in (german, english))
    assert ["welcom0", "welcome"] in wanted
    assert told == wanted


def test_what_somebody_proposes_is_told_in_the_language_in_force(tmp_path: Path) -> None:
    current = read("language: de")
    with translated(tmp_path, "de", {UNKNOWN: UNBEKANNT}):
        proposed = proposed_configuration("welcome: {isue: default}\nlanguage: fr", current)
    assert [one.message for one in proposed.problems] == [
        "Den Schlüssel `isue` gibt es nicht: ist `issue` gemeint?"
    ]


def test_whoever_speaks_meanwhile_changes_nothing(tmp_path: Path) -> None:
    with translated(tmp_path, "de", {UNKNOWN: UNBEKANNT}), speaking(Translator("de")):
        (problem,) = read("welcome: {isue: default}").problems
        told = read("welcome:\nlanguage: de")
    assert problem.message == problem.fact == "There is no key `isue`: did you mean `issue`?"
    with speaking(ENGLISH):
        assert read("welcome:\nlanguage: de") == told


async def test_a_process_of_its_own_tells_problems_in_the_language_too() -> None:
    """The bot's own catalogues are there as well; what has no translation is told in English."""
    text = "welcome: {isue: default}\nlanguage: de\n"
    sources = [Source("repository", "acme/rockets", CONFIG_PATH, text)]
    known: dict[str, Any] = {"sections": CATALOG.sections(), "last_good": {}}
    assert await run_limited(read_configuration, sources, **known) == read_configuration(sources, **known)


def test_what_is_kept_of_a_configuration_is_the_same_in_every_language(tmp_path: Path) -> None:
    text = "welcome: {isue: default}\nstalled: {author: {after: 3 days}}\n"
    with translated(tmp_path, "de", {UNKNOWN: UNBEKANNT}):
        german, english = read(text + "language: de"), read(text + "language: en")
    assert [one.fact for one in german.problems] == [one.fact for one in english.problems]
    kept = [json.dumps({**one.good_values["repository"], "language": ""}) for one in (german, english)]
    assert kept[0] == kept[1]
