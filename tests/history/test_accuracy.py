"""The benchmark of turns and nudges itself: what it counts, what it prints, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import figures, main
from bench.labelled import Answer, Moment, answer_at, labelled_moments
from bench.turn_scores import Resamples, score, score_nudges
from mentorbot.domain.timeline import PullRequestTimeline
from tests.builders import NOW
from tests.domain.pasts import a_past, approves, asks_for_changes, drafts

DAY = timedelta(days=1)
STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"
A_LABEL = '{"pull": 1840, "at": "2026-04-09T11:03:49+00:00", "turn": "external"}\n'
AUTHOR, REVIEWERS = frozenset({"author"}), frozenset({"reviewers"})
NOBODY: frozenset[str] = frozenset()

Write = Callable[[str], Path]


@pytest.fixture
def labels(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "labels.jsonl"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def a_moment(past: PullRequestTimeline, *, expected: str = "author", at: datetime | None = None) -> Moment:
    """14 days after the last act, as readers look at them."""
    last = max(past.opened_at, *(act.at for act in past.acts)) if past.acts else past.opened_at
    return Moment(past, at or last + 14 * DAY, expected)


def some_moments(*expected: str, number: int = 7) -> list[Moment]:
    return [Moment(a_past(number=number), NOW, one) for one in expected]


def last_line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    return found


def test_the_bot_nudges_whoever_it_would_write_to_the_next_morning() -> None:
    asked = answer_at(a_moment(a_past(asks_for_changes("bob"))))
    assert (asked.turn, asked.nudges) == ("author", AUTHOR)
    untouched = answer_at(a_moment(a_past()))
    assert (untouched.turn, untouched.nudges) == ("reviewers", REVIEWERS)
    approved = answer_at(a_moment(a_past(approves("bob"))))
    assert (approved.turn, approved.nudges) == ("reviewers", REVIEWERS)


def test_drafts_and_mild_words_are_the_authors_turn_without_a_nudge() -> None:
    draft = answer_at(a_moment(a_past(drafts())))
    assert (draft.turn, draft.nudges) == ("author", NOBODY)


def test_nobody_is_nudged_before_their_time() -> None:
    past = a_past(asks_for_changes("bob"))
    early = answer_at(a_moment(past, at=past.acts[-1].at + 9 * DAY))
    assert (early.turn, early.nudges) == ("author", NOBODY)


def test_a_moment_at_a_weekend_is_looked_at_on_the_next_business_day() -> None:
    on_saturday = NOW + 5 * DAY
    past = a_past(asks_for_changes("bob", at=on_saturday))
    friday = on_saturday + 13 * DAY
    assert a_moment(past, at=friday).morning == friday.replace(hour=6) + 3 * DAY
    assert a_moment(past).morning == friday.replace(hour=6) + 3 * DAY
    assert answer_at(a_moment(past, at=friday)).nudges == AUTHOR
    assert answer_at(a_moment(past, at=friday - DAY)).nudges == NOBODY


def test_an_unclear_answer_is_wrong_but_no_nudge() -> None:
    moments = some_moments("author", "reviewers", "author")
    answers = [Answer("author", "", AUTHOR), Answer("unclear", ""), Answer("unclear", "")]
    found = figures(moments, answers)
    assert (found["accuracy"], found["author_precision"], found["author_recall"]) == (0.3333, 1.0, 0.5)
    assert found["nudges"]["author"] == {"n": 1, "right": 1, "precision": 1.0, "coverage": 0.5}
    assert found["nudges"]["reviewers"] == {"n": 0, "right": 0, "precision": None, "coverage": 0.0}


def test_precision_is_of_nudges_and_coverage_of_turns() -> None:
    moments = some_moments("author", "author", "reviewers", "external")
    nudged = [AUTHOR, NOBODY, AUTHOR, REVIEWERS | AUTHOR]
    found = score_nudges(moments, nudged, "author")
    assert (found.n, found.right, found.coverage) == (3, 1, 0.5)
    assert found.precision == pytest.approx(1 / 3)
    assert score_nudges(some_moments("author"), [NOBODY], "reviewers").coverage is None
    assert score(moments, ["reviewers"] * 4).author_precision is None


def test_intervals_are_the_same_each_time_and_keep_pull_requests_together() -> None:
    apart = [moment for number in range(12) for moment in some_moments("author", number=number)]
    together = some_moments(*["author"] * 12)
    nudged = [AUTHOR] * 8 + [NOBODY] * 4
    precision, coverage = Resamples(apart).intervals(nudged, "author")
    assert precision == (1.0, 1.0)
    assert coverage is not None
    assert 0.3 < coverage[0] < 8 / 12 < coverage[1] < 1
    assert (precision, coverage) == Resamples(apart).intervals(nudged, "author")
    assert Resamples(together).intervals(nudged, "author") == ((1.0, 1.0), (8 / 12, 8 / 12))
    assert Resamples(together).intervals(nudged, "reviewers") == (None, None)


def test_the_bench_works_on_any_projects_labels(labels: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--archive", str(STRETCH), "--labels", str(labels(A_LABEL))]) == 0
    last = last_line(capsys)
    assert (last["n"], last["accuracy"], last["author_recall"]) == (1, 0.0, None)
    assert last["misses"][0]["expected"] == "external"
    assert set(last["nudges"]) == {"author", "reviewers"}
    assert all(set(side) == {"n", "right", "precision", "coverage"} for side in last["nudges"].values())


def test_several_projects_stand_side_by_side_and_overall(
    labels: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "another.history.jsonl.gz"
    other.write_bytes(STRETCH.read_bytes())
    label = str(labels(A_LABEL))
    pairs = ["--archive", str(STRETCH), "--labels", label, "--archive", str(other), "--labels", label]
    assert main(pairs) == 0
    last = last_line(capsys)
    assert list(last) == ["secp256k1-1765-1850", "another", "overall"]
    assert [one["n"] for one in last.values()] == [1, 1, 2]
    keys = {"accuracy", "author_precision", "author_recall", "n", "nudges"}
    assert all(set(one) == keys for one in last.values())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (A_LABEL.replace("1840", "1"), "line 1 speaks of pull request 1, which isn't in"),
        (A_LABEL.replace("1840", "[]"), "speaks of pull request [], which isn't in"),
        (A_LABEL.replace("2026", "2019"), "pull request 1840 was opened at"),
        (A_LABEL.replace("2026-04-09T", "soon "), "is no moment; write it in ISO 8601."),
        (A_LABEL.replace("+00:00", ""), "lacks a time zone"),
        (A_LABEL.replace("external", "autor"), "“autor” is no turn; write author, reviewers or external"),
        (A_LABEL.replace('"external"', '["author"]'), "“['author']” is no turn"),
        (A_LABEL.replace("2026", "9999").replace("04-09", "12-31"), "is no moment; write it in ISO 8601."),
        ("[" * 100_000, "line 1: no labelled moment"),
        (A_LABEL + "{", "line 2: no labelled moment"),
        ("7", "line 1: no labelled moment"),
        ("", "holds no labelled moment"),
        ('{"pull": 1840}', "'at'"),
    ],
)
def test_unusable_labels_are_named_in_one_sentence(
    labels: Write, capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    assert main(["--archive", str(STRETCH), "--labels", str(labels(text))]) == 2
    assert complaint in one_complaint(capsys)


def test_unusable_files_are_named_in_one_sentence(
    labels: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label, missing, broken = labels(A_LABEL), tmp_path / "none.jsonl", tmp_path / "broken.jsonl.gz"
    broken.write_bytes(STRETCH.read_bytes()[:-100])
    assert main(["--archive", str(missing), "--labels", str(label)]) == 2
    assert "none.jsonl can't be read: No such file or directory." in one_complaint(capsys)
    assert main(["--archive", str(STRETCH), "--labels", str(missing)]) == 2
    assert "none.jsonl can't be read: No such file or directory." in one_complaint(capsys)
    assert main(["--archive", str(broken), "--labels", str(label)]) == 2
    assert "broken.jsonl.gz is no whole file of text" in one_complaint(capsys)
    assert main(["--archive", str(label), "--labels", str(label)]) == 2
    assert "not a saved pull request or issue" in one_complaint(capsys)


def test_archives_and_labels_come_in_pairs_with_names_of_their_own(
    labels: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = ["--archive", str(STRETCH), "--labels", str(labels(A_LABEL))]
    assert main([*pair, "--archive", str(STRETCH)]) == 2
    assert "2 archives and 1 files of labels don't pair up" in one_complaint(capsys)
    assert main([*pair, *pair]) == 2
    assert "would be called “secp256k1-1765-1850”: rename an archive." in one_complaint(capsys)


def test_each_moment_knows_only_what_had_happened_but_all_of_the_repository(labels: Write) -> None:
    (moment,) = labelled_moments(STRETCH, labels(A_LABEL))
    assert all(act.at <= moment.at for act in moment.past.acts)
    merged = moment.people.until(moment.at).merged
    assert merged
    assert merged < moment.people.until(datetime.max.replace(tzinfo=UTC)).merged


def one_complaint(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("accuracy: ")
    assert said.err.count("\n") == 1
    return said.err
