from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.matching import most_active, most_recently_active, read_history
from mentorbot.domain.expertise import rank_reviewers

BENCH = Path(__file__).resolve().parents[2] / "bench"
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
SUBJECTS = ("wallet", "network", "docs", "build")


def user(login: str) -> dict[str, Any]:
    return {"login": login, "id": sum(ord(c) * 31**i for i, c in enumerate(login)), "type": "User"}


def a_saved_pull(number: int) -> dict[str, Any]:
    """One of four subjects, each with a reviewer of its own; somebody chats everywhere."""
    at = FIRST + timedelta(days=number)
    subject = SUBJECTS[number % 4]
    moments = [(at + timedelta(hours=hour)).isoformat() for hour in (0, 1, 2)]
    talk = {
        "event": "commented",
        "id": number,
        "user": user("chatter"),
        "created_at": moments[2],
        "body": "Hm",
    }
    review = {
        "event": "reviewed",
        "id": 10_000 + number,
        "user": user(f"{subject}-expert"),
        "state": "approved",
        "submitted_at": moments[1],
    }
    return {
        "type": "pull",
        "pull": {
            "number": number,
            "user": user(f"author{number % 7}"),
            "created_at": moments[0],
            "title": f"{subject}: change number {number}",
        },
        "events": [review, talk],
        "comments": [],
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "history.jsonl"
    path.write_text("\n".join(json.dumps(a_saved_pull(number)) for number in range(1, 81)))
    return path


@pytest.mark.parametrize("bench", ["suggestions", "mentors"])
def test_the_bench_ends_with_one_json_object_that_beats_both_baselines(bench: str, archive: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(BENCH / f"{bench}.py"), "--archive", str(archive)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    baseline = "most_recently_active" if bench == "suggestions" else "most_active"
    assert figures["n"] == (80 if bench == "suggestions" else 21)
    assert figures["hit_at_3"] > figures[baseline]["hit_at_3"]
    assert figures["hit_at_3"] > figures["random"]["hit_at_3"]
    assert figures["hit_at_5"] >= figures["hit_at_3"]


def test_an_archive_without_reviews_is_told_to_be_useless(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(BENCH / "suggestions.py"), "--archive", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "nothing to measure" in done.stderr


def test_the_expert_of_the_subject_is_suggested_first(archive: Path) -> None:
    past, cases = read_history(archive)
    case = cases[-1]
    best = rank_reviewers(case.opening, past, now=case.opening.at)[0]
    assert {best.person} == case.reviewers
    assert "about wallet" in " ".join(str(reason) for reason in best.reasons)


def test_baselines_see_nothing_of_the_pull_request_they_are_asked_about(
    archive: Path, tmp_path: Path
) -> None:
    past, cases = read_history(archive)
    cut = tmp_path / "cut.jsonl"
    cut.write_text("\n".join(archive.read_text().splitlines()[:40]))
    past_then, _ = read_history(cut)
    case = cases[40]
    assert most_recently_active(past, case) == most_recently_active(past_then, case)
    assert most_active(past, case) == most_active(past_then, case)
    assert [one.person for one in rank_reviewers(case.opening, past, now=case.opening.at)] == [
        one.person for one in rank_reviewers(case.opening, past_then, now=case.opening.at)
    ]
