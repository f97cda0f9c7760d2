"""The page about mentoring is true: its picture is the table, its example works."""

from __future__ import annotations

import re

from docs.generate import ROOT, generated
from mentorbot.features.mentoring.pairs.state_machine import OVER, PairState, diagram
from tests.features.mentoring.programme import settings

PAGE = ROOT / "docs/mentoring.md"


def test_the_picture_is_generated_from_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in generated()[PAGE]


def test_the_picture_shows_every_state_and_its_ends() -> None:
    drawn = diagram()
    assert all(f" as {state.name}" in drawn for state in PairState if state is not PairState.NOBODY)
    assert drawn.count("--> [*]") == len(OVER) - 1


def test_the_example_is_a_section_that_works() -> None:
    (example,) = re.findall(r"```yaml\nmentoring:\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert settings(f"\n{example}").areas
