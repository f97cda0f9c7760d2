"""How sure it is whose turn it is: facts speak for themselves, words need a second opinion."""

from __future__ import annotations

from enum import StrEnum

from mentorbot.domain.turns.features import could_be_a_debate, features_of
from mentorbot.domain.turns.rules import Basis, Holder, TurnDecision
from mentorbot.domain.turns.second_opinion import SecondOpinion, second_opinion
from mentorbot.domain.turns.state import TurnState


class Certainty(StrEnum):
    """How sure it is that it is somebody's turn; each is told in these words."""

    UNCLEAR = "unclear"
    FAIRLY_SURE = "fairly sure"
    SURE = "sure"


def certainty_of(decision: TurnDecision, state: TurnState) -> Certainty:
    """Facts are sure; of what was said, the second opinion has to think the same.

    No author is told on the word of passers-by alone, for what they answered in part, or for a promise; and
    of what is said in another language than English only the shape is read, so nothing is sure. Nor is it
    where several people ask each other as well as the author.
    """
    if decision.basis is Basis.FACT:
        return Certainty.SURE
    if decision.basis is Basis.PROMISE:
        return Certainty.UNCLEAR
    features = features_of(state)
    opinion = second_opinion()
    likely = opinion.probability(features)
    if decision.holder is Holder.REVIEWERS:
        return of_reviewers(likely, opinion)
    if not (state.is_unfinished or features.get("point: newer than the author")):
        return Certainty.UNCLEAR
    found = of_author(likely, opinion)
    may_be_sure = state.language.is_english and (state.is_unfinished or not could_be_a_debate(features))
    return found if may_be_sure or found is not Certainty.SURE else Certainty.FAIRLY_SURE


def of_author(likely: float, opinion: SecondOpinion) -> Certainty:
    """How sure the author's turn is where it is so `likely` theirs."""
    if likely >= opinion.sure:
        return Certainty.SURE
    return Certainty.FAIRLY_SURE if likely >= opinion.fairly_sure else Certainty.UNCLEAR


def of_reviewers(likely: float, opinion: SecondOpinion) -> Certainty:
    """How sure the reviewers' turn is where it is so `likely` the author's."""
    return Certainty.SURE if likely < opinion.reviewers else Certainty.UNCLEAR
