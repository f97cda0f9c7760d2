from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mentorbot.sandbox.simulated_github import RecordedRequest
from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World

STRETCH = Path(__file__).parents[1] / "history" / "secp256k1-1765-1850.jsonl.gz"


def test_a_saved_history_is_lived_through_and_told(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = command("simulate", "--archive", str(STRETCH), "--html", str(page))
    assert ended.code == 0
    assert "Nudges a month" in ended.out
    assert "They acted" in ended.out
    html = page.read_text(encoding="utf-8")
    assert "<svg" in html
    assert "<rect" in html
    assert "src=" not in html, "nothing is loaded from anywhere"


def test_scripts_get_every_nudge_as_json() -> None:
    ended = command("simulate", "--archive", str(STRETCH), "--since", "6 months", "--json")
    said = json.loads(ended.out)
    assert ended.code == 0
    assert said["nudges"] == len(said["said"]) > 0
    assert sum(month["author"] + month["reviewers"] for month in said["months"]) == said["nudges"]
    assert said["rungs"][-1] == {**said["rungs"][-1], "rung": "all", "nudges": said["nudges"]}
    assert {one["holder"] for one in said["said"]} <= {"author", "reviewers"}
    assert all(said["since"] <= one["at"] <= said["until"] for one in said["said"])


def test_a_config_can_be_tried_before_it_is_switched_on(tmp_path: Path) -> None:
    config = tmp_path / "mentorbot.yml"
    config.write_text("stalled:\n  author: {nudge: false}\n  reviewers: {after: 60 business days}\n")
    usual = command("simulate", "--archive", str(STRETCH), "--json")
    patient = command("simulate", "--archive", str(STRETCH), "--config", str(config), "--json")
    said = json.loads(patient.out)["said"]
    assert {one["holder"] for one in said} <= {"reviewers"}
    assert len(said) < json.loads(usual.out)["nudges"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param((), "one of the two", id="nothing named"),
        pytest.param(("octo/tea", "--archive", "x"), "one of the two", id="both named"),
        pytest.param(("--archive", "nowhere.jsonl"), "No such file", id="no file"),
        pytest.param(("--archive", str(STRETCH), "--since", "14"), "14 days", id="a bare number"),
    ],
)
def test_what_cannot_be_done_names_the_fix(words: tuple[str, ...], complaint: str) -> None:
    ended = command("simulate", *words)
    assert ended.code == 2
    assert complaint in ended.err


def test_a_file_that_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    odd, empty = tmp_path / "odd.jsonl", tmp_path / "empty.jsonl"
    odd.write_text('{"some": "thing"}\n')
    empty.write_text("\n")
    assert "line 1" in command("simulate", "--archive", str(odd)).err
    assert "no pull request" in command("simulate", "--archive", str(empty)).err


def test_a_config_with_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "mentorbot.yml"
    config.write_text("stalled:\n  author: {aftr: 3 days}\n")
    ended = command("simulate", "--archive", str(STRETCH), "--config", str(config))
    assert ended.code == 2
    assert f"{config}:2:" in ended.err


def test_a_repository_is_asked_for_its_past_and_nothing_is_written(beside: Beside) -> None:
    beside.do(_a_quiet_month)
    before = len(beside.do(_writes))
    ended = command("simulate", "octo/tea", "--json")
    said = json.loads(ended.out)
    assert ended.code == 0
    assert [(one["pull_request"], one["holder"], one["to"]) for one in said["said"]][:1] == [
        (1, "author", ["ada"])
    ]
    assert len(beside.do(_writes)) == before


def test_a_repository_without_the_app_is_said_to_have_none(beside: Beside) -> None:
    ended = command("simulate", "octo/nowhere")
    assert ended.code == 2
    assert "not installed in octo/nowhere" in ended.err


async def _a_quiet_month(world: World) -> None:
    world.project(config=None)
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.request_changes(pull, by="olga", body="Could you add a test?")
    await world.settled()
    world.github.clock.move(timedelta(days=30))


async def _writes(world: World) -> list[RecordedRequest]:
    return world.writes()
