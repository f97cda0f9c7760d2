"""People label moments of their own project: what they are shown, and what becomes of their keys."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mentorbot.core.markers import marked
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.feature_api.command_line import CannotGoOn
from mentorbot.features.stalled.annotation import LabelFile, annotate, quiet_moments, sampled, shown
from tests.builders import NOW
from tests.domain.pasts import a_past, act, asks_for_changes, pushes, says
from tests.features.stalled.candidates import BOB, BOT, DAY

END = NOW + 100 * DAY
ASKED = asks_for_changes("bob", at=NOW + DAY)
ANSWERED = says("ada", "Done, I hope.", at=NOW + 40 * DAY)


class Typing:
    """Somebody who presses these keys, and what they see."""

    def __init__(self, keys: str) -> None:
        self._keys = list(keys)
        self.seen: list[str] = []

    def key(self) -> str:
        return self._keys.pop(0) if self._keys else ""

    def say(self, text: str) -> None:
        self.seen.append(text)

    def label(self, moments: int, file: Path) -> int:
        """Label that many moments; returns how many have no label in the end."""
        labels = LabelFile(file)
        if file.exists():
            labels.read(file.read_text(encoding="utf-8"))
        pulls = [a_past(number=number) for number in range(1, moments + 1)]
        found = sampled(pulls, until=END, seed=1, count=100)
        return annotate(found, labels, key=self.key, tell=self.say)


def days(past: PullRequestTimeline) -> list[int]:
    return [(moment.at - NOW).days for moment in quiet_moments(past, END)]


@pytest.mark.parametrize(
    ("past", "at"),
    [
        pytest.param(a_past(), [14], id="nobody but the author"),
        pytest.param(a_past(ASKED, ANSWERED), [15, 54], id="each time it went quiet"),
        pytest.param(a_past(says("ada", "Ping", at=NOW + 10 * DAY)), [24], id="not while people talk"),
        pytest.param(a_past(says("ada", "Ping", at=END - DAY)), [14], id="not beyond the archive's end"),
        pytest.param(a_past(act(ActKind.CLOSED, "bob", at=NOW + 3 * DAY)), [], id="not once it is closed"),
        pytest.param(
            a_past(replace(says("bob", "Beep"), by=BOT, at=NOW + 5 * DAY)), [14], id="bots don't make a noise"
        ),
        pytest.param(a_past(act(ActKind.CHECKS_CONCLUDED, at=NOW + 5 * DAY)), [14], id="nor do checks"),
    ],
)
def test_moments_are_those_at_which_it_had_been_quiet_for_two_weeks(
    past: PullRequestTimeline, at: list[int]
) -> None:
    assert days(past) == at


def test_a_sample_is_the_same_for_a_seed_and_has_one_moment_of_each_pull_request() -> None:
    pulls = [a_past(ASKED, ANSWERED, number=number) for number in range(1, 30)]
    once = sampled(pulls, until=END, seed=1, count=12)
    assert once == sampled(pulls[::-1], until=END, seed=1, count=12)
    assert once[:5] == sampled(pulls, until=END, seed=1, count=5)
    assert len({moment.past.number for moment in once}) == 12
    assert once != sampled(pulls, until=END, seed=2, count=12)
    assert sampled([a_past(act(ActKind.CLOSED, "bob"))], until=END, seed=1, count=5) == []


def test_nothing_that_happened_later_is_shown_nor_what_a_bot_like_this_one_said() -> None:
    nudge = replace(says("bob", ""), by=BOT, at=NOW + 2 * DAY, body=marked("Your turn!", "stalled/1/x"))
    labelled = replace(act(ActKind.LABELED, "bob", label="awaiting changes"), by=BOT, at=NOW + 2 * DAY)
    ci = replace(says("bob", "Needs a rebase."), by=BOT, at=NOW + 2 * DAY, id="ci")
    past = a_past(ASKED, nudge, labelled, ci, ANSWERED, body="First line.\r\nSecond.")
    (first, _) = quiet_moments(past, END)
    text = shown(first)
    assert "Please add a test." in text
    assert "Needs a rebase." in text
    assert "    First line.\n    Second." in text
    assert "Quiet for 14 days. Whose turn is it?" in text
    assert "Done, I hope." not in text
    assert "Your turn!" not in text
    assert "awaiting changes" not in text


def test_what_people_did_is_told_with_what_it_takes_to_judge() -> None:
    past = a_past(
        act(ActKind.REVIEWED, "bob", verdict=Verdict.APPROVED),
        pushes(sha="c0ffee12345678"),
        act(ActKind.REVIEW_REQUESTED, "ada", subject=BOB),
        act(ActKind.RETITLED, "ada", title_after="WIP: fly"),
        act(ActKind.LABELED, None, label="needs tests"),
        says("dan", "x" * 5_000 + "\x1b[31m\a"),
        author=None,
        base="",
    )
    text = shown(quiet_moments(past, END)[0])
    assert "bob: reviewed (approved)" in text
    assert "ada: pushed (c0ffee1234)" in text
    assert "ada: review requested (bob)" in text
    assert "retitled (now “WIP: fly”)" in text
    assert "#7 WIP: fly" in text
    assert "(nobody): labeled (needs tests)" in text
    assert "(nobody) opened it\n" in text
    assert "characters more)" in text
    assert "\x1b" not in text
    assert "\a" not in text


def test_each_key_becomes_a_label_in_the_format_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    typing = Typing("aREs")
    assert typing.label(4, file) == 1
    found = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["turn"] for one in found] == ["author", "reviewers", "external"]
    assert all(set(one) == {"pull", "at", "turn"} for one in found)
    assert {one["at"] for one in found} == {(NOW + 14 * DAY).isoformat()}


def test_it_goes_on_where_somebody_stopped(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    assert Typing("aq").label(3, file) == 2
    file.write_text(file.read_text() + "\n")
    again = Typing("r")
    assert again.label(3, file) == 1, "the input ends like q"
    pulls = [json.loads(line)["pull"] for line in file.read_text().splitlines()]
    assert len(set(pulls)) == 2
    assert Typing("").label(3, file) == 1
    assert Typing("x").label(0, file) == 0


def test_what_was_wrong_can_be_undone(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    typing = Typing("uauresuuq")
    assert typing.label(4, file) == 3
    assert any("nothing to undo" in seen for seen in typing.seen)
    assert [json.loads(line)["turn"] for line in file.read_text().splitlines()] == ["reviewers"]


def test_other_keys_are_told_which_there_are(tmp_path: Path) -> None:
    typing = Typing("x?a")
    assert typing.label(1, tmp_path / "turns.jsonl") == 0
    assert sum("is none of them" in seen for seen in typing.seen) == 2


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"pull": 1}',
        "[]",
        "[" * 100_000,
        '{"pull": 1, "at": "soon", "turn": "author"}',
        '{"pull": 1, "at": "0001-01-01T00:00:00+14:00", "turn": "author"}',
        '{"pull": Infinity, "at": "2026-03-02T10:00:00+00:00", "turn": "author"}',
    ],
)
def test_a_file_of_something_else_is_left_alone(line: str) -> None:
    with pytest.raises(CannotGoOn, match="line 2, is no label"):
        LabelFile(Path("notes.jsonl")).read(f"\n{line}\n")


def test_where_it_cannot_be_written_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="Cannot write"):
        Typing("a").label(1, tmp_path / "nowhere" / "turns.jsonl")


def test_deleted_accounts_count_as_nobody() -> None:
    ghost = Act(kind=ActKind.COMMENTED, at=NOW + 5 * DAY, id="x", by=None, body="Hm.")
    assert days(a_past(ghost)) == [14]
