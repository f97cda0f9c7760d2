"""The page about mentoring is true: its picture is the table, its example works."""

from __future__ import annotations

import re
from pathlib import Path

from mentorbot.features.mentoring.machine import OVER, State, diagram
from tests.features.mentoring.programme import settings

PAGE = Path(__file__).parents[3] / "docs/mentoring.md"
MARKS = re.compile(r"(<!-- generated: states -->\n).*?(<!-- end -->)", re.DOTALL)


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def with_fresh_picture(text: str) -> str:
    return MARKS.sub(lambda found: f"{found[1]}```mermaid\n{diagram()}\n```\n{found[2]}", text)


def test_the_picture_is_what_the_table_says() -> None:
    assert page() == with_fresh_picture(page()), (
        "the table has changed: run `python -m tests.features.mentoring.test_docs` and commit the page"
    )


def test_the_picture_shows_every_state_and_its_ends() -> None:
    drawn = diagram()
    assert all(f" as {state.name}" in drawn for state in State if state is not State.NOBODY)
    assert drawn.count("--> [*]") == len(OVER) - 1


def test_the_example_is_a_section_that_works() -> None:
    (example,) = re.findall(r"```yaml\nmentoring:\n(.*?)```", page(), re.DOTALL)
    assert settings(f"\n{example}").areas


if __name__ == "__main__":
    PAGE.write_text(with_fresh_picture(page()), encoding="utf-8")
