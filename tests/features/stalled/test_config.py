from __future__ import annotations

import pytest

from mentorbot.config.configuration import CONFIG_PATH, Configuration, Source, read_configuration
from mentorbot.config.principals import Principal
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.config import Stalled, TurnLabels


def read(text: str) -> Configuration:
    return read_configuration(
        [Source("repository", "acme/rockets", CONFIG_PATH, text)], sections={"stalled": Stalled}, last_good={}
    )


def stalled(text: str) -> Stalled:
    found = read(text)
    assert found.problems == ()
    section = found.section("stalled")
    assert isinstance(section, Stalled)
    return section


def test_the_documented_section_is_valid_as_written() -> None:
    section = stalled(
        "stalled:\n"
        "  author: {after: 14 days, again: 14 days}\n"
        "  reviewers: {after: 7 business days, then: [team:triage]}\n"
        "  labels: {author: awaiting changes, reviewers: awaiting review, external: blocked}\n"
        "  ignore: {labels: [on hold], drafts: true}\n"
    )
    assert section.reviewers.then == (Principal(team="triage"),)
    assert section.labels.of(Holder.AUTHOR) == "awaiting changes"
    assert section.ignore.covers(frozenset({"On Hold"})) == "on hold"


def test_a_bare_section_has_sane_defaults() -> None:
    section = stalled("stalled:\n")
    assert (str(section.author.after), str(section.reviewers.after)) == ("14 days", "7 business days")
    assert section.labels == TurnLabels()
    assert section.ignore.drafts
    assert section.digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(
            "labels: {author: x, reviewers: X}", "can't show two turns", id="one label for two turns"
        ),
        pytest.param("author: {after: 14}", "14 days", id="a bare number"),
        pytest.param("reviewers: {then: [two words]}", "names nobody", id="nobody named"),
        pytest.param("nudges_a_day: 0", "1", id="no nudges at all"),
    ],
)
def test_mistakes_are_told(text: str, says: str) -> None:
    (problem,) = read(f"stalled:\n  {text}\n").problems
    assert says in problem.message


@pytest.mark.parametrize(
    ("label", "holder"),
    [("Awaiting Changes", Holder.AUTHOR), ("awaiting review", Holder.REVIEWERS), ("bug", None)],
)
def test_labels_are_known_whatever_their_capitals(label: str, holder: Holder | None) -> None:
    section = stalled("stalled:\n  labels: {author: awaiting changes, reviewers: awaiting review}\n")
    assert section.labels.holder_of(label) is holder


def test_words_of_a_repository_are_words_and_no_patterns() -> None:
    rules = stalled(
        "stalled:\n  words: {unfinished: [PoC., (x], approval: [Ship it], robots: [ci]}\n"
    ).turn_rules()
    assert rules.is_unfinished("PoC. of a rocket") or not rules.is_unfinished("PoCs of a rocket")
    assert not rules.is_unfinished("Make rockets fly")
    assert rules.approves(("Ship it!",))
    assert rules.bots == {"ci"}
