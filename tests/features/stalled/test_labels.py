from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.core.actions import AddLabel, Forget, MinimizeComment, Remember, RemoveLabel
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import Projection, projection_of, sync_labels
from mentorbot.features.stalled.labels.rules import sync_actions as to_show
from mentorbot.features.stalled.records import FoldedNudges
from mentorbot.features.stalled.turn.rules.turn_decision import decide_turn
from tests.builders import NOW
from tests.domain.pasts import a_past, act, approves, asks_for_changes, pushes, says
from tests.features.stalled.candidates import BOT, LABELS, a_config, labels, our_comment, shown

CONFIG = a_config(labels=LABELS, ignore={"labels": ["on hold"]})
HOUR = timedelta(hours=1)


def projected(
    past: PullRequestTimeline, config: Stalled = CONFIG, folded: Record[FoldedNudges] | None = None
) -> Projection:
    decision = decide_turn(past, (), config, rules=config.turn_rules(), now=NOW + timedelta(days=30))
    return projection_of(decision.timeline, decision.turn, config, bot=BOT, folded=folded)


@pytest.mark.parametrize(
    ("acts", "becomes"),
    [
        pytest.param([], ["+awaiting review"], id="nothing is shown yet"),
        pytest.param([labels(BOT, "awaiting review")], [], id="it is shown already"),
        pytest.param(
            [labels(BOT, "awaiting review"), asks_for_changes("bob")],
            ["-awaiting review", "+awaiting changes"],
            id="the turn moves",
        ),
        pytest.param([labels("bob", "on hold")], [], id="what is left alone wears what it wears"),
        pytest.param(
            [labels(BOT, "awaiting review"), labels("bob", "awaiting review", off=True)],
            [],
            id="a person takes it off: it is not put back",
        ),
        pytest.param(
            [labels(BOT, "awaiting review"), labels("ci-bot", "awaiting review", off=True)],
            [],
            id="nor where a script does",
        ),
        pytest.param(
            [labels("ci-bot", "awaiting changes")],
            ["+awaiting review"],
            id="a script's label is left to it: two who undo each other never end",
        ),
        pytest.param(
            [labels(BOT, "awaiting review"), labels(BOT, "awaiting review", off=True)],
            ["+awaiting review"],
            id="what the bot itself took off, it puts back",
        ),
        pytest.param([labels("bob", "Awaiting Review")], [], id="capitals do not matter"),
    ],
)
def test_labels_show_whose_turn_it_is(acts: list[Act], becomes: list[str]) -> None:
    assert shown(to_show(projected(a_past(*acts)), CONFIG)) == becomes


def test_without_labels_in_the_config_none_are_shown() -> None:
    assert to_show(projected(a_past(), a_config()), a_config()) == ()


@pytest.mark.parametrize("end", [ActKind.CLOSED, ActKind.MERGED])
def test_what_is_closed_or_merged_wears_no_label_of_a_turn(end: ActKind) -> None:
    closed = a_past(
        labels(BOT, "awaiting review"), labels("bob", "Blocked"), labels("bob", "bug"), act(end, "bob")
    )
    assert shown(to_show(projected(closed), CONFIG)) == ["-awaiting review", "-blocked"]
    held = a_past(labels(BOT, "awaiting review"), labels("bob", "on hold"), act(end, "bob"))
    assert shown(to_show(projected(held), CONFIG)) == ["-awaiting review"]
    assert to_show(projected(a_past(act(end, "bob"))), CONFIG) == ()


def test_a_label_that_comes_late_goes_again_and_what_people_put_on_what_is_closed_stays() -> None:
    late = a_past(act(ActKind.MERGED, "bob"), labels(BOT, "awaiting review"))
    assert shown(to_show(projected(late), CONFIG)) == ["-awaiting review"]
    theirs = a_past(act(ActKind.CLOSED, "bob"), labels("bob", "blocked"))
    assert to_show(projected(theirs), CONFIG) == ()


def test_the_same_state_is_the_same_effect_and_another_one_is_not() -> None:
    def keys(*acts: Act) -> set[str]:
        found = to_show(projected(a_past(*acts)), CONFIG)
        return {action.key for action in found if isinstance(action, AddLabel | RemoveLabel)}

    on, off = labels(BOT, "awaiting review"), labels(BOT, "awaiting review", off=True)
    assert keys() == keys(says("ada", "Thanks."))
    assert keys() & keys(on, off) == set()


def test_nudges_are_folded_once_their_turn_is_over() -> None:
    waiting = a_past(asks_for_changes("bob"))
    turn = projected(waiting).turn
    nudge = our_comment(7, turn, 1, NOW + 10 * HOUR)
    assert projected(waiting.with_acts([nudge])).solved == ()

    answered = waiting.with_acts([nudge, replace(pushes(), at=NOW + 20 * HOUR, id="push-1")])
    found = projected(answered, a_config())
    fold, record = to_show(found, a_config())
    assert fold == MinimizeComment(
        key=f"{found.solved[0]}/solved", number=7, comment="pull request 7/author since 2026-03-02/rung 1"
    )
    assert record == Remember(kind="folded", key="7", value={"keys": [found.solved[0]]})
    kept = Record("folded", "7", FoldedNudges((found.solved[0],)), 1)
    assert projected(answered, a_config(), kept).solved == ()


def test_a_marker_that_somebody_else_wrote_is_no_nudge() -> None:
    waiting = a_past(asks_for_changes("bob"))
    forged = replace(our_comment(7, projected(waiting).turn, 1, NOW + 10 * HOUR), by=says("eve", "").by)
    answered = waiting.with_acts([forged, replace(pushes(), at=NOW + 20 * HOUR, id="push-1")])
    assert projected(answered).solved == ()


def test_what_is_remembered_goes_when_the_pull_request_is_closed() -> None:
    closed = replace(projected(a_past()), is_open=False, leftovers=(("correction", "7"),))
    decided = sync_labels((closed,), CONFIG)
    assert decided.actions == (Forget(kind="correction", key="7"),)
    assert decided.because == "It is closed"


def test_where_there_is_no_pull_request_nothing_is_shown() -> None:
    assert sync_labels((), CONFIG).because == "There is no pull request here whose turn I follow"
    assert sync_labels((projected(a_past(labels(BOT, "awaiting review"))),), CONFIG).actions == ()


_HAPPENINGS = st.sampled_from(
    [
        asks_for_changes("bob"),
        approves("bob"),
        pushes(),
        says("ada", "Why?"),
        labels("bob", "awaiting changes"),
        labels("bob", "awaiting review", off=True),
        labels("ci-bot", "awaiting changes"),
        labels("ci-bot", "awaiting review", off=True),
    ]
)


@given(st.lists(_HAPPENINGS, max_size=8))
def test_showing_comes_to_an_end_whatever_others_do(happened: list[Act]) -> None:
    past = a_past(
        *(replace(one, id=f"{place}", at=NOW + place * HOUR) for place, one in enumerate(happened, 1))
    )
    at = NOW + 100 * HOUR
    for round_ in range(4):
        changes = to_show(projected(past), CONFIG)
        if not changes:
            break
        past = past.with_acts(
            Act(
                kind=ActKind.LABELED if isinstance(one, AddLabel) else ActKind.UNLABELED,
                at=at + round_ * HOUR, id=f"ours-{round_}-{place}", by=BOT, label=one.label,
            )
            for place, one in enumerate(changes) if isinstance(one, AddLabel | RemoveLabel)
        )  # fmt: skip
    assert to_show(projected(past), CONFIG) == ()
