"""What holds for every past: the order of simultaneous acts, bots, corrections, prefixes, repetitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from mentorbot.domain.turns import Holder, Turn, TurnSettings, whose_turn
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past

WORDS = st.sampled_from(
    [
        "Why is this static?",
        "LGTM",
        "Concept ACK",
        "Never mind",
        "Please add a test.",
        "I'll fix that.",
        "Done.",
        "@carol can you look?",
        "Based on #5",
        "> Why is this static?\n\nBecause.",
        "nit: shorter",
        "Thanks!",
        "The old code grew over the years.",
        "Hold off until the release",
        "I'll review this tomorrow",
    ]
)
PEOPLE = st.sampled_from(["ada", "bob", "carol", "dan"])
MINUTES = st.integers(min_value=1, max_value=60)


def _acts(people: st.SearchStrategy[str]) -> st.SearchStrategy[Act]:
    kinds = st.sampled_from(
        [
            ActKind.COMMENTED,
            ActKind.COMMENTED,
            ActKind.REVIEWED,
            ActKind.LINE_COMMENTED,
            ActKind.PUSHED,
            ActKind.FORCE_PUSHED,
            ActKind.MARKED_READY,
            ActKind.DRAFTED,
            ActKind.REVIEW_REQUESTED,
            ActKind.THREAD_RESOLVED,
            ActKind.DECLARED_READY,
            ActKind.DECLARED_BLOCKED,
        ]
    )
    return st.builds(
        lambda kind, who, words, minutes, verdict, thread: Act(
            kind=kind,
            at=NOW + timedelta(minutes=minutes),
            id=f"{kind.value} {who} {words} {minutes}",
            by=a_person(who),
            body=words,
            url=f"https://github.com/acme/rockets/pull/7#{minutes}",
            verdict=verdict if kind is ActKind.REVIEWED else None,
            thread=thread if kind in {ActKind.LINE_COMMENTED, ActKind.THREAD_RESOLVED} else "",
            association="NONE" if who == "dan" else "MEMBER",
        ),
        kinds,
        people,
        WORDS,
        MINUTES,
        st.sampled_from(list(Verdict)),
        st.sampled_from(["line-1", "line-2"]),
    )


HUMAN_ACTS = st.lists(_acts(PEOPLE), max_size=12)


def _answer(past: PullRequestTimeline) -> Any:
    return whose_turn(past, TurnSettings(), now=NOW + timedelta(days=1))


@given(HUMAN_ACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_simultaneous_acts_arrive_does_not_matter(acts: list[Act], random: Any) -> None:
    same_moment = [replace(act, at=NOW + timedelta(hours=1)) for act in acts]
    shuffled = list(same_moment)
    random.shuffle(shuffled)
    assert _answer(a_past(*same_moment)) == _answer(a_past(*shuffled))


@given(HUMAN_ACTS, st.data())
def test_folding_acts_again_or_in_pieces_changes_nothing(acts: list[Act], data: Any) -> None:
    once = a_past(*acts)
    cut = data.draw(st.integers(min_value=0, max_value=len(acts)))
    in_pieces = a_past(*acts[cut:]).with_acts(acts[:cut]).with_acts(acts)
    assert in_pieces == once
    assert _answer(in_pieces) == _answer(once)


@given(HUMAN_ACTS, st.lists(_acts(st.just("ci-bot")), max_size=6))
def test_bots_never_change_the_holder(acts: list[Act], of_bots: list[Act]) -> None:
    words = {
        ActKind.COMMENTED,
        ActKind.REVIEWED,
        ActKind.LINE_COMMENTED,
        ActKind.REACTED,
        ActKind.REVIEW_REQUESTED,
    }
    chatter = [replace(act, thread="line-9" if act.thread else "") for act in of_bots if act.kind in words]
    assert _answer(a_past(*acts, *chatter)).holder is _answer(a_past(*acts)).holder


@given(HUMAN_ACTS, st.lists(st.tuples(PEOPLE, MINUTES), max_size=6))
def test_bookkeeping_never_changes_the_holder(acts: list[Act], when: list[tuple[str, int]]) -> None:
    kinds = [ActKind.LABELED, ActKind.UNLABELED, ActKind.ASSIGNED, ActKind.UNASSIGNED, ActKind.RETITLED]
    chores = [
        Act(
            kind=kind,
            at=NOW + timedelta(minutes=minutes),
            id=f"chore {kind.value} {index}",
            by=a_person(who),
            label="topic: engines",
            title_after="Make rockets fly higher",
        )
        for index, (who, minutes) in enumerate(when)
        for kind in kinds
    ]
    assert _answer(a_past(*acts, *chores)).holder is _answer(a_past(*acts)).holder


@given(HUMAN_ACTS, st.sampled_from(["author", "reviewers"]))
def test_a_correction_wins_until_something_newer_happens(acts: list[Act], outcome: str) -> None:
    correction = Act(
        kind=ActKind.DECLARED_WAITING,
        at=NOW + timedelta(hours=2),
        id="correction",
        by=a_person("carol"),
        outcome=outcome,
    )
    assert _answer(a_past(*acts, correction)).holder is Holder(outcome)


@given(HUMAN_ACTS, MINUTES)
def test_the_answer_at_a_moment_never_depends_on_what_came_later(acts: list[Act], minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    past = a_past(*acts)
    known_then = a_past(*(act for act in past.acts if act.at <= moment))
    assert whose_turn(past, TurnSettings(), now=moment) == whose_turn(known_then, TurnSettings(), now=moment)


@given(HUMAN_ACTS)
def test_a_turn_never_begins_after_now_or_before_the_opening(acts: list[Act]) -> None:
    assert NOW <= _answer(a_past(*acts)).since <= NOW + timedelta(days=1)


def _is_certainly_the_authors(turn: Turn) -> bool:
    return turn.holder is Holder.AUTHOR and turn.certain


LATER = NOW + timedelta(hours=2)


@given(
    HUMAN_ACTS,
    st.sampled_from(
        [
            {"kind": ActKind.COMMENTED, "by": a_person("ci-bot"), "body": "Please add a test."},
            {"kind": ActKind.REVIEWED, "by": a_person("ci-bot"), "verdict": Verdict.CHANGES_REQUESTED},
            {"kind": ActKind.LABELED, "by": a_person("carol"), "label": "topic: engines"},
            {"kind": ActKind.LABELED, "by": a_person("ci-bot"), "label": "waiting on author"},
            {"kind": ActKind.REACTED, "by": a_person("dan"), "outcome": "-1"},
            {"kind": ActKind.REACTED, "by": a_person("dan"), "outcome": "+1"},
            {"kind": ActKind.COMMENTED, "by": a_person("dan"), "body": "Can you please hurry?"},
            {"kind": ActKind.COMMENTED, "by": a_person("dan"), "body": "@ada this breaks my build!"},
            {"kind": ActKind.REVIEWED, "by": a_person("dan"), "verdict": Verdict.CHANGES_REQUESTED},
            {"kind": ActKind.REVIEWED, "by": a_person("dan"), "verdict": Verdict.APPROVED},
            {
                "kind": ActKind.LINE_COMMENTED,
                "by": a_person("dan"),
                "body": "Please rename.",
                "thread": "line-9",
            },
        ]
    ),
)
def test_nothing_of_bots_or_passers_by_makes_it_certainly_the_authors_turn(
    acts: list[Act], last: dict[str, Any]
) -> None:
    """Who pushed to the branch is no passer-by, but on the author's side."""
    assume(not any(act.is_push and act.by == a_person("dan") for act in acts))
    act = Act(at=LATER, id="last", association="NONE", **last)
    before, after = _answer(a_past(*acts)), _answer(a_past(*acts, act))
    assert _is_certainly_the_authors(before) or not _is_certainly_the_authors(after)


@given(
    HUMAN_ACTS,
    st.sampled_from([ActKind.PUSHED, ActKind.FORCE_PUSHED, ActKind.COMMENTED, ActKind.LINE_COMMENTED]),
    WORDS,
)
def test_what_the_author_does_never_makes_it_certainly_their_turn(
    acts: list[Act], kind: ActKind, words: str
) -> None:
    """Drafts apart: there an author says with the draft itself that it is theirs."""
    assume(not a_past(*acts).is_draft)
    act = Act(kind=kind, at=LATER, id="last", by=a_person("ada"), body=words, thread="line-1", sha="c0ffee")
    before, after = _answer(a_past(*acts)), _answer(a_past(*acts, act))
    assert _is_certainly_the_authors(before) or not _is_certainly_the_authors(after)
