"""The second opinion that comes with this version, and what follows from a probability."""

from __future__ import annotations

import pytest

from mentorbot.domain.turns import Certainty, TurnSettings, certainty
from mentorbot.domain.turns.event_handlers import handle_event
from mentorbot.domain.turns.features import features_of
from mentorbot.domain.turns.second_opinion import SecondOpinion, second_opinion
from mentorbot.domain.turns.state import TurnState
from tests.domain.pasts import a_past, approves, says, says_of_a_line

PLAIN = SecondOpinion(
    intercept=-1.0, weights={"points": 2.0}, fairly_sure=0.6, sure=0.9, reviewers=0.3, trained_on={}
)


def test_every_weight_is_of_a_feature_that_is_looked_at() -> None:
    past = a_past(says("bob", "Please add a test."), says_of_a_line("bob", "Why?"), approves("carol"))
    state = TurnState.begin(past, TurnSettings())
    for act in past.standing_acts():
        handle_event(state, act)
    assert set(second_opinion().weights) == set(features_of(state))


def test_the_thresholds_are_in_order_and_the_projects_are_named() -> None:
    opinion = second_opinion()
    assert 0.5 <= opinion.fairly_sure <= opinion.sure < 1
    assert 0 < opinion.reviewers <= 0.5
    assert len(opinion.trained_on) >= 3


@pytest.mark.parametrize(
    ("points", "of_author", "of_reviewers"),
    [
        (0.0, Certainty.UNCLEAR, Certainty.SURE),
        (0.4, Certainty.UNCLEAR, Certainty.UNCLEAR),
        (1.0, Certainty.FAIRLY_SURE, Certainty.UNCLEAR),
        (2.0, Certainty.SURE, Certainty.UNCLEAR),
    ],
)
def test_a_probability_tells_how_sure_either_turn_is(
    points: float, of_author: Certainty, of_reviewers: Certainty
) -> None:
    likely = PLAIN.probability({"points": points})
    assert certainty.of_author(likely, PLAIN) is of_author
    assert certainty.of_reviewers(likely, PLAIN) is of_reviewers


def test_what_is_left_out_counts_as_nothing() -> None:
    assert PLAIN.probability({}) == PLAIN.probability({"points": 0.0, "unheard of": 7.0})
