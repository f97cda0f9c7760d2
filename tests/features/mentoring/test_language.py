"""Every text is translated, with the same values in it; and what is said is put together right."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import mentorbot.features.mentoring as feature
from mentorbot.domain.expertise import Reason, Why
from mentorbot.features.mentoring import messages
from mentorbot.features.mentoring.language import Words, catalogue
from mentorbot.features.mentoring.machine import State
from mentorbot.features.mentoring.pair import Pair
from tests.builders import NOW, a_person

HOME = Path(feature.__file__).parent
KEYWORDS = {"say": None, "phrase": None, "many": (1, 2)}


def texts() -> set[str]:
    """Every text that may be said, in English."""
    found: set[str] = {why.value for why in Why}
    for _file, _line, ids, _comments, _context in extract_from_dir(str(HOME), keywords=KEYWORDS):
        found |= set(ids) if isinstance(ids, tuple) else {ids}
    return found


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


GERMAN = catalogue("de")


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
    say = Words(language)
    assert say.day(NOW) == day
    assert say.listed(["a", "b", "c"]) == listed
    assert (say.listed(["a"]), say.listed([])) == ("a", "")


def test_reasons_are_told_and_what_others_wrote_in_them_does_nothing() -> None:
    reason = Reason(why=Why.REVIEWED_SUBJECT, count=2, what="@evil", latest=datetime(2026, 1, 5, tzinfo=UTC))
    told = Words("de").reason(reason)
    assert told.startswith("hat 2 Pull Requests zu ")
    assert told.endswith("zuletzt im Januar 2026")
    assert "@evil" not in told


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.ASKED, "ada is on the waiting list"),
        (State.OFFERED, "grace was asked to be ada's mentor"),
        (State.OFFERED_BACK, "ada is to say yes or no"),
        (State.PROPOSED, "both are to say yes or no"),
        (State.ACTIVE, "grace is ada's mentor for `docs`."),
        (State.PAUSED, "takes a break"),
        (State.ENDED, "hasn't asked for one"),
    ],
)
def test_how_it_stands_is_said_for_every_state(state: State, says: str) -> None:
    pair = Pair(mentee=a_person("ada"), mentor=a_person("grace"), area="docs", state=state, asked_at=NOW)
    assert says in messages.how_it_stands(Words(), pair, now=NOW)
