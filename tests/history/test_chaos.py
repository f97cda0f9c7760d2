"""Recorded history while processes die and GitHub fails: the bot does the same as on a quiet day.

`make chaos` is the long one, with twenty kills of each process.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.chaos import play
from bench.troubles import Chaos

STRETCH = Path(__file__).parent / "secp256k1-1765-1850.jsonl.gz"


@pytest.mark.xdist_group("chaos")
async def test_killed_and_told_nonsense_it_does_what_it_does_on_a_quiet_day(tmp_path: Path) -> None:
    chaos = Chaos(seed=8, kills=2, seconds=9, patience=60, calm_in_the_end=True)
    found = await play(STRETCH, chaos, stretches=1, threads=7, minutes=4, out=tmp_path)
    report = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert {what: found[what] for what in ("lost", "doubled", "wrong", "left")} == {
        "lost": 0, "doubled": 0, "wrong": 0, "left": 0,
    }, report  # fmt: skip
    assert found["killed"] == {"web": 2, "worker": 3}
    assert found["faults"] > 0
