"""Every text is translated, with the same values in it; and what is said is put together right."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import mentorbot.features.mentoring as feature
from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.mentoring.hourly_check.messages import somebody_waits
from mentorbot.features.mentoring.pairs import messages
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairState
from mentorbot.features.mentoring.translator import CATALOGUES, Translator
from tests.builders import NOW, a_person

HOME = Path(feature.__file__).parent
KEYWORDS = {"say": None, "phrase": None, "plural": (1, 2)}


def texts() -> set[str]:
    """Every text that may be said, in English."""
    found: set[str] = {why.value for why in Why}
    for _file, _line, ids, _comments, _context in extract_from_dir(str(HOME), keywords=KEYWORDS):
        found |= set(ids) if isinstance(ids, tuple) else {ids}
    return found


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def german() -> dict[str, str]:
    """The translations by their English, each plural form by the English one at its place."""
    found: dict[str, str] = {}
    with (CATALOGUES / "de.po").open("rb") as file:
        for message in read_po(file, locale="de"):
            ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
            strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
            found |= {id_: text for id_, text in zip(ids, strings, strict=True) if id_ and text}
    return found


GERMAN = german()


def test_there_are_texts_to_translate() -> None:
    assert len(texts()) > 100


@pytest.mark.parametrize("text", sorted(texts()))
def test_every_text_is_translated_with_the_same_values(text: str) -> None:
    translated = GERMAN.get(text)
    assert translated, f"translations/de.po lacks {text!r}"
    assert values_in(translated) == values_in(text)


def test_no_translation_is_left_over() -> None:
    assert set(GERMAN) <= texts()


@pytest.mark.parametrize(
    ("language", "day", "listed"),
    [
        pytest.param("en", "2 March 2026", "a, b and c", id="English"),
        pytest.param("de", "2. März 2026", "a, b und c", id="German"),
    ],
)
def test_days_and_lists(language: str, day: str, listed: str) -> None:
    say = Translator(language)
    assert say.day(NOW) == day
    assert say.listed(["a", "b", "c"]) == listed
    assert (say.listed(["a"]), say.listed([])) == ("a", "")


def test_reasons_are_told_and_what_others_wrote_in_them_does_nothing() -> None:
    reason = Reason(why=Why.REVIEWED_SUBJECT, count=2, what="@evil", latest=datetime(2026, 1, 5, tzinfo=UTC))
    told = Translator("de").reason(reason)
    assert told.startswith("hat 2 Pull Requests zu ")
    assert told.endswith("zuletzt im Januar 2026")
    assert "@evil" not in told


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PairState.ASKED, "ada is on the waiting list"),
        (PairState.OFFERED, "grace was asked to be ada's mentor"),
        (PairState.OFFERED_BACK, "ada is to say yes or no"),
        (PairState.PROPOSED, "both are to say yes or no"),
        (PairState.ACTIVE, "grace is ada's mentor for `docs`."),
        (PairState.PAUSED, "takes a break"),
        (PairState.ENDED, "hasn't asked for one"),
    ],
)
def test_how_it_stands_is_said_for_every_state(state: PairState, says: str) -> None:
    pair = MentoringPair(
        mentee=a_person("ada"), mentor=a_person("grace"), area="docs", state=state, asked_at=NOW
    )
    assert says in messages.how_it_stands(Translator(), pair, now=NOW)


SLAVIC = Path(__file__).parent / "translations"


@pytest.mark.parametrize(
    ("language", "count", "merged"),
    [
        pytest.param("pl", 1, "jeden przyjęty pull request", id="Polish: one"),
        pytest.param("pl", 2, "2 przyjęte pull requesty", id="Polish: few"),
        pytest.param("pl", 5, "5 przyjętych pull requestów", id="Polish: many"),
        pytest.param("pl", 12, "12 przyjętych pull requestów", id="Polish: not few"),
        pytest.param("pl", 21, "21 przyjętych pull requestów", id="Polish: not one"),
        pytest.param("pl", 22, "22 przyjęte pull requesty", id="Polish: few again"),
        pytest.param("ru", 1, "1 принятый пул-реквест", id="Russian: one"),
        pytest.param("ru", 3, "3 принятых пул-реквеста", id="Russian: few"),
        pytest.param("ru", 11, "11 принятых пул-реквестов", id="Russian: many"),
        pytest.param("ru", 21, "21 принятый пул-реквест", id="Russian: one again"),
        pytest.param("en", 21, "21 merged pull requests", id="English"),
        pytest.param("de", 21, "21 angenommene Pull Requests", id="German"),
    ],
)
def test_plurals_are_those_of_the_language(language: str, count: int, merged: str) -> None:
    say = Translator(language, catalogues=CATALOGUES if language == "de" else SLAVIC)
    assert say.plural("one merged pull request", "{count} merged pull requests", count) == merged


@pytest.mark.parametrize(
    ("language", "days", "told"),
    [
        pytest.param("en", 14, "14 days ago", id="English"),
        pytest.param("de", 14, "vor 14 Tagen", id="German"),
        pytest.param("pl", 14, "14 dni temu", id="Polish"),
        pytest.param("ru", 21, "21 день назад", id="Russian"),
        pytest.param("ru", 22, "22 дня назад", id="Russian: few"),
        pytest.param("ru", 25, "25 дней назад", id="Russian: many"),
    ],
)
def test_how_long_ago_is_told_in_days(language: str, days: int, told: str) -> None:
    assert Translator(language).days_ago(days) == told


def test_lists_are_those_of_the_language() -> None:
    assert Translator("pl", catalogues=SLAVIC).listed(["a", "b", "c"]) == "a, b i c"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(1, "has been waiting for a mentor for 1 day, and", id="one"),
        pytest.param(7, "has been waiting for a mentor for 7 days, and", id="more"),
    ],
)
def test_how_long_somebody_waits(days: int, told: str) -> None:
    pair = MentoringPair(mentee=a_person("ada"), area="", state=PairState.ASKED)
    assert told in somebody_waits(Translator(), pair, (), days=days)
