from __future__ import annotations

from dataclasses import replace

import pytest

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudge_history import past_nudges_in
from mentorbot.features.stalled.turn.rules.turn_decision import (
    DecidedTurn,
    Situation,
    approvers,
    asked_now,
    decide_turn,
    numbers_waited_for,
    situation_of,
    with_closed,
)
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act, approves, asks_for_changes, reviews, says
from tests.features.stalled.candidates import BOB, BOT, CAROL, DAY, a_candidate

RULES = Stalled().turn_rules()


def decision(past: PullRequestTimeline) -> DecidedTurn:
    return decide_turn(past, (), Stalled(), rules=RULES, now=NOW + 30 * DAY)


def asks(by: str, whom: str) -> Act:
    return act(ActKind.REVIEW_REQUESTED, by, subject=a_person(whom))


@pytest.mark.parametrize(
    ("acts", "situation"),
    [
        pytest.param([], Situation.REVIEW, id="nothing happened"),
        pytest.param([approves("bob")], Situation.MERGE, id="approved"),
        pytest.param([says("bob", "LGTM")], Situation.MERGE, id="approved by a comment"),
        pytest.param(
            [asks("ada", "carol"), approves("bob")], Situation.REVIEW, id="another one is still asked"
        ),
        pytest.param([act(ActKind.WORKFLOW_WAITING)], Situation.WORKFLOW, id="checks wait for permission"),
    ],
)
def test_reviewers_are_waited_for_in_different_ways(acts: list[Act], situation: Situation) -> None:
    assert situation_of(decision(a_past(*acts))) is situation


def test_approvers_are_those_whose_approval_counts_now() -> None:
    assert approvers(decision(a_past(approves("bob")))) == (BOB,)
    assert approvers(decision(a_past(approves("bob"), asks_for_changes("carol")))) == ()


def test_who_is_asked_is_asked_until_they_review_or_the_request_goes() -> None:
    taken_back = act(ActKind.REVIEW_REQUEST_REMOVED, "ada", subject=BOB)
    assert asked_now(a_past(asks("ada", "bob"), asks("ada", "carol"))) == {BOB, CAROL}
    assert asked_now(a_past(asks("ada", "bob"), asks("ada", "carol"), reviews("bob"))) == {CAROL}
    assert asked_now(a_past(asks("ada", "bob"), taken_back)) == frozenset()


def test_what_is_waited_for_is_told_by_words_and_ends_with_it() -> None:
    waiting = decision(a_past(body="Blocked by #5 and, in a way, #7."))
    assert waiting.turn.holder is Holder.EXTERNAL
    assert numbers_waited_for(waiting) == {5}
    assert with_closed(waiting, {}, rules=RULES, now=NOW + 30 * DAY) is waiting
    over = with_closed(waiting, {5: NOW + 2 * DAY}, rules=RULES, now=NOW + 30 * DAY)
    assert over.turn.holder is Holder.REVIEWERS
    assert over.turn.since == NOW + 2 * DAY
    assert numbers_waited_for(over) == frozenset()


def test_only_nudges_of_ours_are_notes() -> None:
    answer = replace(says("ada", "Hm."), by=BOT)
    assert past_nudges_in(a_past(answer, says("bob", "Hm.")), BOT) == ()


def test_nobody_is_the_party_of_what_is_nobodys_turn() -> None:
    assert a_candidate(Holder.EXTERNAL).party == ()
    assert a_candidate(author=None).party == ()
