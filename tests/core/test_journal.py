"""What is told of a decision: what became of it, never more than is on GitHub."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorbot.core.journal import DecisionOutcome, EffectOutcome, JournalEntry, Outcome, decision_outcome
from tests.builders import NOW

SOON = NOW + timedelta(minutes=5)


def an_effect(outcome: Outcome, kind: str = "Comment", **more: object) -> EffectOutcome:
    return EffectOutcome(kind=kind, outcome=outcome, **more)  # type: ignore[arg-type]  # checked by the tests


@pytest.mark.parametrize(
    ("effects", "told"),
    [
        pytest.param(
            [an_effect(Outcome.DONE, url="u")],
            DecisionOutcome(outcome=Outcome.DONE, url="u"),
            id="done, with its link",
        ),
        pytest.param(
            [an_effect(Outcome.DONE, "React", url="words"), an_effect(Outcome.DONE, url="answer")],
            DecisionOutcome(outcome=Outcome.DONE, url="answer"),
            id="words are a better link than a reaction",
        ),
        pytest.param(
            [an_effect(Outcome.WAITING, why="a limit", next_try=SOON)],
            DecisionOutcome(outcome=Outcome.WAITING, why="a limit", next_try=SOON),
            id="waiting, why and until when",
        ),
        pytest.param(
            [
                an_effect(Outcome.DROPPED, why="silence"),
                an_effect(Outcome.DROPPED, "AddLabel", why="silence"),
            ],
            DecisionOutcome(outcome=Outcome.DROPPED, why="silence"),
            id="each reason once",
        ),
        pytest.param(
            [an_effect(Outcome.DONE, "AddLabel"), an_effect(Outcome.DROPPED, why="silence")],
            DecisionOutcome(outcome=Outcome.DONE, why="the comment: silence"),
            id="done in part: what was left out is named",
        ),
        pytest.param(
            [an_effect(Outcome.DONE, url="u"), an_effect(Outcome.WAITING, "CloseIssue", why="a limit")],
            DecisionOutcome(outcome=Outcome.WAITING, why="a part: a limit", url="u"),
            id="a part waits",
        ),
        pytest.param(
            [
                an_effect(Outcome.WAITING, why="a limit", next_try=SOON),
                an_effect(Outcome.FAILED, "React", why="no"),
            ],
            DecisionOutcome(outcome=Outcome.FAILED, why="the reaction: no"),
            id="what failed is told first",
        ),
        pytest.param(
            [an_effect(Outcome.DONE, url="u", added=False)],
            DecisionOutcome(outcome=Outcome.NOTHING, why="that had been done already", url="u"),
            id="nothing more was to be done",
        ),
        pytest.param(
            [],
            DecisionOutcome(outcome=Outcome.UNKNOWN, why="what became of it was not written down then"),
            id="nobody knows",
        ),
    ],
)
def test_what_became_of_a_decision(effects: list[EffectOutcome], told: DecisionOutcome) -> None:
    assert decision_outcome(effects, decided=True) == told


def test_of_what_was_left_alone_nothing_is_to_become() -> None:
    assert decision_outcome([], decided=False) == DecisionOutcome(outcome=Outcome.NOTHING)


@pytest.mark.parametrize(
    ("outcome", "refused", "verb", "acted"),
    [
        pytest.param(Outcome.DONE, False, "acted", True, id="done"),
        pytest.param(Outcome.DONE, True, "refused", False, id="told no"),
        pytest.param(Outcome.WAITING, True, "waits", False, id="the no waits"),
        pytest.param(Outcome.WAITING, False, "waits", False, id="waiting"),
        pytest.param(Outcome.DROPPED, False, "dropped it", False, id="dropped"),
        pytest.param(Outcome.FAILED, False, "failed", False, id="failed"),
        pytest.param(Outcome.UNKNOWN, False, "decided", False, id="unknown"),
        pytest.param(Outcome.NOTHING, False, "left it alone", False, id="left alone"),
    ],
)
def test_acted_is_said_only_of_what_is_on_github(
    outcome: Outcome, refused: bool, verb: str, acted: bool
) -> None:
    entry = JournalEntry(
        at=NOW,
        feature="welcome",
        because="first issue",
        outcome=outcome,
        number=1,
        person_id=None,
        delivery=None,
        refused=refused,
        why="silence",
    )
    assert (entry.verb, entry.acted, entry.sentence) == (verb, acted, "first issue; silence")
    assert replace(entry, because="It is a draft.").sentence == "It is a draft; silence"
