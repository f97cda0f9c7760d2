from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

import mentorbot
from mentorbot.core.translator import ENGLISH, Translator

HOME = Path(mentorbot.__file__).parent
CATALOGUES = Path(__file__).parent / "translations"


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
    ],
)
def test_plurals_are_those_of_the_language(language: str, count: int, merged: str) -> None:
    say = Translator(language, catalogues=CATALOGUES)
    assert say.plural("one merged pull request", "{count} merged pull requests", count) == merged


@pytest.mark.parametrize(
    ("count", "said"),
    [
        pytest.param(0, "0 tasks of ada wait", id="none"),
        pytest.param(1, "one task of ada waits", id="one"),
        pytest.param(1234, "1,234 tasks of ada wait", id="many"),
    ],
)
def test_a_plural_has_its_number_and_its_other_values(count: int, said: str) -> None:
    one, more = "one task of {who} waits", "{count} tasks of {who} wait"
    assert ENGLISH.plural(one, more, count, who="ada") == said


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "64,000"), ("de", "64.000"), ("fr", "64\u202f000"), ("pl", "64\xa0000"), ("ja", "64,000")],
)
def test_large_numbers_are_written_as_in_the_language(language: str, told: str) -> None:
    assert Translator(language).number(64_000) == told


def test_a_value_is_no_template() -> None:
    assert ENGLISH.say("Hello {who}.", who="{count}") == "Hello {count}."


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


@pytest.mark.parametrize(
    ("language", "told"),
    [pytest.param("en", "2 weeks ago", id="English"), pytest.param("pl", "2 tygodnie temu")],
)
def test_how_long_ago_is_told_in_the_largest_unit(language: str, told: str) -> None:
    assert Translator(language).ago(timedelta(days=14)) == told


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        pytest.param("en", "2 March 2026", "March 2026", id="English"),
        pytest.param("de", "2. März 2026", "März 2026", id="German"),
        pytest.param("ja", "2026年3月2日", "2026年3月", id="Japanese"),
    ],
)
def test_days_and_months_are_those_of_the_language(language: str, day: str, month: str) -> None:
    say, at = Translator(language), date(2026, 3, 2)
    assert (say.long_date(at), say.month(at)) == (day, month)


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        pytest.param("en", "a, b and c", id="English"),
        pytest.param("de", "a, b und c", id="German"),
        pytest.param("pl", "a, b i c", id="Polish"),
    ],
)
def test_lists_are_those_of_the_language(language: str, listed: str) -> None:
    say = Translator(language)
    assert say.listed(["a", "b", "c"]) == listed
    assert (say.listed(["a"]), say.listed([])) == ("a", "")


def test_no_plural_is_made_by_hand() -> None:
    """The translator knows which form a language has for a number; `"" if number == 1 else "s"` doesn't."""
    found = {
        str(path.relative_to(HOME))
        for path in HOME.rglob("*.py")
        if "sandbox" not in path.parts  # knows nothing of ours
        and any(_is_a_plural(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == {"settings.py"}, "settings know none of the rooms, and speak to operators"


def _is_a_plural(node: ast.AST) -> bool:
    """A choice between two texts by whether a number is one."""
    return (
        isinstance(node, ast.IfExp)
        and isinstance(node.test, ast.Compare)
        and isinstance(node.test.comparators[0], ast.Constant)
        and node.test.comparators[0].value == 1
        and all(_is_text(choice) for choice in (node.body, node.orelse))
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
