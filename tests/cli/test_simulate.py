from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentorbot.cli.simulate import moment_before, parsed_since
from mentorbot.sandbox.simulated_github import RecordedRequest
from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World

STRETCH = Path(__file__).parents[1] / "history" / "secp256k1-1765-1850.jsonl.gz"


def test_a_saved_history_is_lived_through_and_told(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    ended = command("simulate", "--archive", str(STRETCH), "--html", str(page))
    assert ended.code == 0
    assert "the bot would have written 44 reminders" in " ".join(ended.out.split())
    assert "Reminder to reviewers" in ended.out
    assert f"Wrote {page}." in ended.out
    html = page.read_text(encoding="utf-8")
    assert "<svg" in html
    assert "<rect" in html
    assert "src=" not in html, "nothing is loaded from anywhere"


def test_scripts_get_everything_that_would_have_been_said_as_json() -> None:
    ended = command("simulate", "--archive", str(STRETCH), "--since", "6 months", "--json")
    said = json.loads(ended.out)
    year = said["year"]
    assert ended.code == 0
    assert year["nudges"] == len(year["said"]) > 0
    assert sum(month["authors"] + month["reviewers"] for month in year["months"]) == year["nudges"]
    assert year["rows"][-1] == {**year["rows"][-1], "kind": "all", "nudges": year["nudges"]}
    assert {one["turn"] for one in year["said"]} <= {"author", "reviewers"}
    assert all(year["since"] <= one["at"] <= year["until"] for one in year["said"])
    assert all(one["text"] for one in (*year["said"], *year["greetings"], *year["celebrations"]))
    assert year["greetings"]
    assert year["celebrations"]
    assert said["open"] is None, "what is open now was not looked at"


def test_a_config_can_be_tried_before_it_is_switched_on(tmp_path: Path) -> None:
    config = tmp_path / "mentorbot.yml"
    config.write_text("stalled:\n  author: {nudge: false}\n  reviewers: {after: 60 business days}\n")
    usual = command("simulate", "--archive", str(STRETCH), "--json")
    patient = command("simulate", "--archive", str(STRETCH), "--config", str(config), "--json")
    year = json.loads(patient.out)["year"]
    assert {one["turn"] for one in year["said"]} <= {"reviewers"}
    assert year["nudges"] < json.loads(usual.out)["year"]["nudges"]
    assert (year["on"], year["greetings"], year["celebrations"]) == (["nudge"], None, None)


def test_the_config_that_was_tried_can_be_written_checked_and_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "mentorbot.yml"
    words = ("simulate", "--archive", str(STRETCH), "--since", "2 months", "--write-config", str(file))
    assert command(*words).code == 0
    assert command("check", str(file)).code == 0
    file.write_text("welcome:\n")
    again = command(*words)
    assert again.code == 2
    assert f"{file} is there already" in again.err
    assert file.read_text() == "welcome:\n"


def test_names_are_told_only_where_asked_for() -> None:
    words = ("simulate", "--archive", str(STRETCH), "--since", "6m", "--json")
    assert "real-or-random" not in command(*words).out
    assert "real-or-random" in command(*words, "--names").out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param((), "one of the two", id="nothing named"),
        pytest.param(("octo/tea", "--archive", "x"), "one of the two", id="both named"),
        pytest.param(("--archive", "nowhere.jsonl"), "No such file", id="no file"),
        pytest.param(("--archive", "."), "Is a directory", id="a folder"),
        pytest.param(("--archive", str(STRETCH), "--since", "14"), "14 days", id="a bare number"),
        pytest.param(("--archive", str(STRETCH), "--since", "30 min"), "`6m` (months)", id="minutes"),
        pytest.param(("--archive", str(STRETCH), "--since", "3 hours"), "a day or more", id="hours"),
        pytest.param(
            ("--archive", str(STRETCH), "--since", "1w", "--html", "/nowhere/x.html"),
            "--html: cannot write /nowhere/x.html: there is no folder /nowhere",
            id="a page where there is no folder",
        ),
        pytest.param(
            ("--archive", str(STRETCH), "--since", "1w", "--write-config", "/nowhere/x.yml"),
            "--write-config: cannot write /nowhere/x.yml",
            id="a config where there is no folder",
        ),
    ],
)
def test_what_cannot_be_done_names_the_fix(words: tuple[str, ...], complaint: str) -> None:
    ended = command("simulate", *words)
    assert ended.code == 2
    assert complaint in ended.err


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1y", datetime(2025, 3, 31, 9, tzinfo=UTC)),
        ("6m", datetime(2025, 9, 30, 9, tzinfo=UTC)),
        ("6M", datetime(2025, 9, 30, 9, tzinfo=UTC)),
        (" 6 months ", datetime(2025, 9, 30, 9, tzinfo=UTC)),
        ("1mo", datetime(2026, 2, 28, 9, tzinfo=UTC)),
        ("90 days", datetime(2025, 12, 31, 9, tzinfo=UTC)),
        ("2 weeks", datetime(2026, 3, 17, 9, tzinfo=UTC)),
    ],
)
def test_spans_are_words_and_m_is_for_months(text: str, at: datetime) -> None:
    assert moment_before(parsed_since(text), datetime(2026, 3, 31, 9, tzinfo=UTC)) == at


def test_a_file_that_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    odd, empty, cut = tmp_path / "odd.jsonl", tmp_path / "empty.jsonl", tmp_path / "cut.jsonl.gz"
    odd.write_text('{"some": "thing"}\n')
    empty.write_text("\n")
    cut.write_bytes(STRETCH.read_bytes()[:2_000])
    assert "line 1" in command("simulate", "--archive", str(odd)).err
    assert "There is nothing in" in command("simulate", "--archive", str(empty)).err
    assert f"{cut} is no whole file of text" in command("simulate", "--archive", str(cut)).err


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
    year = json.loads(ended.out)["year"]
    assert ended.code == 0
    assert [(one["number"], one["turn"], one["to"]) for one in year["said"]][:1] == [(1, "author", "@author")]
    assert "Hi @author, this has been waiting for you" in year["said"][0]["text"]
    assert year["stale"]["closed_issues"] is None, "issues were not read"
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
