from __future__ import annotations

import json

from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.cli.test_decisions import an_issue_by_ada


def test_somebody_is_forgotten_after_a_question(beside: Beside) -> None:
    beside.do(an_issue_by_ada)
    kept = command("forget", "ada", "--ask", stdin="n\n")
    assert kept.code == 1
    assert "Nothing was erased" in kept.out
    assert "Erased: " in command("forget", "@Ada", "--ask", stdin="y\n").out
    again = command("forget", "ada", "--yes")
    assert again.code == 1
    assert "Nobody called ada" in again.out
    assert "/users/ada tells it" in again.out


def test_somebody_nobody_has_met_is_forgotten_by_number(beside: Beside) -> None:
    said = command("forget", "eve", "--id", "4711", "--yes").out
    assert said.startswith("Erased: nothing.")
    assert "Nothing will be kept of eve again" in said


def test_scripts_are_told_what_was_erased(beside: Beside) -> None:
    beside.do(an_issue_by_ada)
    said = json.loads(command("forget", "ada", "--json", "--yes").out)
    assert sum(said.values()) > 0


def test_a_script_that_does_not_say_yes_erases_nothing(beside: Beside) -> None:
    beside.do(an_issue_by_ada)
    for words in (["forget", "ada"], ["forget", "ada", "--json"]):
        ended = command(*words)
        assert ended.code == 2
        assert "add --yes if you mean it" in ended.err
        assert ended.out == ""
    assert command("forget", "ada", "--yes").code == 0, "she was still known"
