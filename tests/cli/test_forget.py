from __future__ import annotations

import json
from pathlib import Path

import pytest

from mentorbot.cli.startup import SANDBOX
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


def test_a_sandbox_beside_it_is_never_taken_for_the_store_that_is_named(
    beside: Beside, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    beside.do(an_issue_by_ada)
    note = tmp_path / "data" / SANDBOX / "playing.json"
    said = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps({**said, "database_url": "postgresql://127.0.0.1:1/gone"}), encoding="utf-8")
    for name in ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"):
        monkeypatch.delenv(name)
    assert command("forget", "ada", "--yes").code == 0


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
