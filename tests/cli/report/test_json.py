"""The report for scripts: its keys are a promise, and stand in docs/report.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mentorbot.cli.report import json_of, report_of
from tests.cli.report.projects import a_saved_past, a_survey, a_turn, an_open_pull, survey_at_the_end

DOCS = Path(__file__).parents[3] / "docs" / "report.md"
_NO_KEYS = {"ages", "turns", "closed_turns", "accuracy"}
"""Objects whose keys are names of sides and ages."""


def keys_in(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            path = f"{place}.{key}" if place else key
            yield path
            if not (key in _NO_KEYS and isinstance(inner, dict)):
                yield from keys_in(inner, path)
    if isinstance(value, list):
        for inner in value:
            yield from keys_in(inner, f"{place}[]")


def documented() -> tuple[set[str], dict[str, set[str]]]:
    """The paths in the first column, and the words in the second one, by path."""
    table = DOCS.read_text(encoding="utf-8").partition("<!-- keys -->")[2].partition("<!-- end -->")[0]
    words: dict[str, set[str]] = {}
    for line in table.strip().splitlines()[2:]:
        first, second = line.strip("| ").split(" | ", 1)
        for path in re.findall(r"`([^`]+)`", first):
            words[path] = {word.removesuffix("[]") for word in re.findall(r"`([^`]+)`", second)}
    return set(words), words


def is_documented(path: str) -> bool:
    paths, words = documented()
    parent, _, key = path.rpartition(".")
    if path in paths or f"{path}[]" in paths:
        return True
    return key in words.get(parent, set())


def test_every_key_stands_in_the_documentation() -> None:
    past = a_saved_past()
    found = set(keys_in(json_of(report_of(survey_at_the_end(past), past))))
    assert len(found) > 100
    assert [path for path in sorted(found) if not is_documented(path)] == []


def test_every_key_of_the_documentation_is_there() -> None:
    past = a_saved_past()
    found = {path.removesuffix("[]") for path in keys_in(json_of(report_of(survey_at_the_end(past), past)))}
    paths, _ = documented()
    assert sorted(path for path in paths if path.removesuffix("[]") not in found) == []


def test_the_same_project_gives_the_same_report() -> None:
    past = a_saved_past()
    once, again = (json.dumps(json_of(report_of(survey_at_the_end(past), past))) for _ in range(2))
    assert once == again


def test_what_was_not_looked_at_is_null() -> None:
    look = json_of(report_of(a_survey([an_open_pull(1, turn=a_turn())], total_issues=3)))
    assert look["year"] is None
    assert look["first_days"] is None
    assert look["open"]["newcomers"]["issues"] is None
    assert look["open"]["stale"]["issues"] is None
    assert look["waits"]["half_within"] is None
