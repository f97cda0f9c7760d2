"""How the second opinion on turns is made: judged by the others, with thresholds that are earned."""

from __future__ import annotations

import pytest

from bench.train_turns import Example, left_out, lowest, main
from mentorbot.domain.turns import Holder
from mentorbot.domain.turns.rules import Basis


def an_example(project: str, expected: str, *, points: float) -> Example:
    return Example(
        project=project,
        expected=expected,
        holder=Holder.AUTHOR,
        basis=Basis.CONVERSATION,
        features={"points": points, "point: newer than the author": 1.0},
        is_draft=False,
        is_newcomers=False,
    )


def test_each_project_is_judged_by_what_the_others_taught() -> None:
    taught = [
        an_example(project, expected, points=points)
        for project in ("a", "b")
        for expected, points in (("author", 1.0), ("reviewers", 0.0))
        for _ in range(5)
    ]
    contrary = [
        an_example("c", expected, points=points) for expected, points in (("author", 0.0), ("reviewers", 1.0))
    ]
    *_, unlikely, likely = left_out([*taught, *contrary], 1.0)
    assert unlikely < 0.5 < likely


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([(0.55, False), (0.7, True), (0.9, True)], 0.6),
        ([(0.55, True), (0.7, True), (0.9, True)], 0.5),
        ([(0.55, True), (0.7, True), (0.97, False)], 0.95),
        ([], 0.5),
    ],
)
def test_a_threshold_is_the_lowest_from_which_on_all_are_precise(
    asked: list[tuple[float, bool]], found: float
) -> None:
    assert lowest(asked, 0.9) == found


def test_one_project_can_not_be_left_out_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--archive", "a.jsonl", "--labels", "b.jsonl"]) == 2
    assert "for two projects or more" in capsys.readouterr().err
