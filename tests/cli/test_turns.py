"""`mentorbot turns`: corrections come out as labels, and people label moments of their own project."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from bench.labelled import labelled_moments
from mentorbot.sandbox.model import PullRequest
from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World

STRETCH = Path(__file__).parents[1] / "history" / "secp256k1-1765-1850.jsonl.gz"


def test_corrections_come_out_in_the_format_of_labels_without_words_and_logins(beside: Beside) -> None:
    beside.do(_a_correction)
    ended = command("turns", "export", "octo/tea")
    assert ended.code == 0
    (line,) = ended.out.splitlines()
    label = json.loads(line)
    assert list(label) == ["pull", "at", "turn", "said", "how"]
    assert (label["turn"], label["said"], label["how"]) == ("external", "reviewers", "command")
    (line,) = command("turns", "export", "octo/tea", "--logins").out.splitlines()
    assert json.loads(line) == {**label, "by": "ada"}
    beside.do(_forget_ada)
    (line,) = command("turns", "export", "octo/tea", "--logins").out.splitlines()
    assert json.loads(line) == {**label, "by": None}


def test_where_nobody_corrected_anything_nothing_comes_out(beside: Beside) -> None:
    beside.do(_a_project)
    ended = command("turns", "export", "octo/tea")
    assert (ended.code, ended.out) == (0, "")
    assert command("turns", "export", "tea").code == 2


def test_moments_are_labelled_with_keys_that_are_piped_in(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    words = ("turns", "annotate", str(STRETCH), "--labels", str(file), "--count", "5", "--seed", "3")
    ended = command(*words, stdin="a\nr\n u s\n")
    assert ended.code == 0
    assert "1 of 5" in ended.out
    assert f"1 label in {file}, 4 of these moments have none yet." in ended.out
    ended = command(*words, stdin="arae")
    assert f"5 labels in {file}." in ended.out
    moments = labelled_moments(STRETCH, file)
    assert len({moment.past.number for moment in moments}) == 5
    assert f"5 labels in {file}." in command(*words).out


def test_without_a_name_the_file_is_called_after_the_archive() -> None:
    assert (
        "1 label in turns-secp256k1-1765-1850.jsonl"
        in command("turns", "annotate", str(STRETCH), stdin="a").out
    )
    assert len(Path("turns-secp256k1-1765-1850.jsonl").read_text().splitlines()) == 1


def test_what_cannot_be_annotated_names_the_reason(tmp_path: Path) -> None:
    empty, notes = tmp_path / "empty.jsonl", tmp_path / "notes.jsonl"
    empty.write_text("\n")
    notes.write_text("Buy milk.\n")
    assert "no pull request" in command("turns", "annotate", str(empty)).err
    ended = command("turns", "annotate", str(STRETCH), "--labels", str(notes))
    assert ended.code == 2
    assert "line 1, is no label" in ended.err
    assert notes.read_text() == "Buy milk.\n"


async def _a_project(world: World) -> PullRequest:
    world.project(config="stalled: {}\n")
    world.people("ada")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    return pull


async def _a_correction(world: World) -> None:
    pull = await _a_project(world)
    world.github.clock.move(timedelta(minutes=1))
    world.acts.comment(pull, by="ada", body="/blocked by the new kettle")
    await world.settled()


async def _forget_ada(world: World) -> None:
    await world.forget("ada")
