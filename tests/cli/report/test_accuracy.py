from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.cli.report.accuracy import MEASURED, RIGHT, estimate
from mentorbot.domain.turns import Holder

DOCS = Path(__file__).parents[3] / "docs" / "whose-turn.md"
PROJECTS = ("secp256k1", "core-gui", "tls13-spec", "bips", "mls-protocol", "draft-ietf-tls-esni")


def test_what_it_rests_on_is_what_the_documentation_says_was_measured() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for place, project in enumerate(PROJECTS):
        row = next(line for line in text.splitlines() if line.startswith(f"| {project} |"))
        author, reviewers = re.findall(r"(\d+) of (\d+) =", row)
        assert MEASURED[Holder.AUTHOR][place] == tuple(map(int, author))
        assert MEASURED[Holder.REVIEWERS][place] == tuple(map(int, reviewers))


def test_the_range_lies_around_what_the_measured_accuracy_makes_of_both_counts() -> None:
    found = estimate(Holder.REVIEWERS, {Holder.REVIEWERS: 2_100, Holder.AUTHOR: 1_900})
    expected = 2_100 * RIGHT[Holder.REVIEWERS].mean + 1_900 * (1 - RIGHT[Holder.AUTHOR].mean)
    assert (found.told, found.about) == (2_100, round(expected / 100) * 100)
    assert found.low == 1_900
    assert found.high == 2_500


@pytest.mark.parametrize("side", [Holder.REVIEWERS, Holder.AUTHOR])
def test_of_nothing_there_is_nothing_and_no_range(side: Holder) -> None:
    found = estimate(side, {})
    assert (found.told, found.about, found.low, found.high) == (0, 0, 0, 0)


@given(reviewers=st.integers(0, 20_000), author=st.integers(0, 20_000))
def test_the_range_holds_the_number_and_never_more_than_was_told(reviewers: int, author: int) -> None:
    told = {Holder.REVIEWERS: reviewers, Holder.AUTHOR: author}
    for side in told:
        found = estimate(side, told)
        assert 0 <= found.low <= found.about <= max(found.high, found.about)
        assert found.high <= reviewers + author


def test_a_handful_is_as_uncertain_as_chance_makes_it() -> None:
    found = estimate(Holder.REVIEWERS, {Holder.REVIEWERS: 10})
    assert found.low < found.about <= found.high == 10
