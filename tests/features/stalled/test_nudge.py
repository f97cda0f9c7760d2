from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.actions import Comment, Occasion
from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.anonymization import anonymous
from mentorbot.domain.turns import Certainty, Evidence, Holder
from mentorbot.features.stalled.labels.rules import Projection
from mentorbot.features.stalled.nudges.candidate import Candidate, CombinedPullRequest
from mentorbot.features.stalled.nudges.rules.nudge import nudge, nudge_and_sync
from mentorbot.features.stalled.records import AuthorNudges, SecondReviewer, ToldElsewhere
from mentorbot.features.stalled.turn.rules.turn_decision import Situation
from tests.builders import NOW, a_person
from tests.features.stalled.candidates import (
    ADA,
    BOB,
    CAROL,
    DAY,
    LABELS,
    a_candidate,
    a_config,
    a_past_nudge,
    comments,
    kept,
    requests,
    shown,
)

DEFAULTS = a_config()
SATURDAY = NOW + 5 * DAY


def reviewers(**more: Any) -> Candidate:
    """A pull request that has waited for reviewers for three weeks."""
    return a_candidate(Holder.REVIEWERS, days=more.pop("days", 14), **more)


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        pytest.param(
            a_candidate(days=3),
            "Quiet for 3 of 14 days; it has been the author's turn since 27 February 2026",
            id="early",
        ),
        pytest.param(
            a_candidate(days=20, past_nudges=[a_past_nudge(NOW, 1, NOW - 2 * DAY)]),
            "Quiet, and I said so on 28 February 2026; it has been the author's turn since 10 February 2026",
            id="said",
        ),
        pytest.param(
            a_candidate(author_nudges=AuthorNudges(stopped_at=NOW - 3 * DAY, corrected=2, written=9)),
            "I have reminded no author here since 27 February 2026: people corrected 2 of my last 9 "
            "reminders. A maintainer can change that with /mentorbot nudges on; "
            "it has been the author's turn since 10 February 2026",
            id="corrected too often",
        ),
        pytest.param(
            a_candidate(is_disputed=True),
            "Somebody said that my last reminder here was wrong, so I wait until something happens; "
            "it has been the author's turn since 10 February 2026",
            id="called wrong",
        ),
        pytest.param(
            reviewers(days=2, turn={"reviewers": (BOB,), "teams": ("triage",)}),
            "Quiet for 0 of 7 business days; "
            "it has been the turn of bob and team triage since 28 February 2026",
            id="early for named reviewers",
        ),
        pytest.param(
            a_candidate(worn=["On Hold"]),
            "It carries the label “on hold”, and those are left alone here",
            id="on hold",
        ),
        pytest.param(a_candidate(is_draft=True), "It is a draft, and those are left alone here", id="draft"),
        pytest.param(
            a_candidate(Holder.EXTERNAL, turn={"because": "It needs #3 first."}),
            "It waits for something else: It needs #3 first.",
            id="external",
        ),
        pytest.param(
            a_candidate(Holder.UNCLEAR, turn={"because": "It is closed."}),
            "It is unclear whose turn it is: It is closed.",
            id="unknown",
        ),
        pytest.param(
            a_candidate(turn={"snoozed_until": NOW + 3 * DAY}),
            "Nobody is reminded before 5 March 2026, as somebody asked for that",
            id="snoozed",
        ),
        pytest.param(
            a_candidate(now=SATURDAY),
            "Today is no business day here; it has been the author's turn since 15 February 2026",
            id="weekend",
        ),
        pytest.param(
            a_candidate(muted_until=NOW + DAY), "Somebody asked for silence in this thread", id="muted"
        ),
        pytest.param(a_candidate(put_off="Enough was said today"), "Enough was said today", id="put off"),
        pytest.param(a_candidate(author=None), "Its author has left GitHub", id="the author is gone"),
        pytest.param(
            a_candidate(author=anonymous(1)), "Its author asked to be forgotten", id="the author is forgotten"
        ),
        pytest.param(
            a_candidate(turn={"certainty": Certainty.UNCLEAR}, has_merged_here=True),
            "It is unclear whose turn it is, so I remind nobody",
            id="unclear",
        ),
        pytest.param(
            a_candidate(turn={"certainty": Certainty.FAIRLY_SURE}),
            "I am not sure enough to remind somebody who is new here; "
            "it has been the author's turn since 10 February 2026",
            id="not sure enough for a newcomer",
        ),
        pytest.param(
            reviewers(days=20, turn={"certainty": Certainty.UNCLEAR}),
            "It is unclear whose turn it is, so I remind nobody",
            id="unclear whether it is the reviewers'",
        ),
        pytest.param(
            a_candidate(away=frozenset({ADA})),
            "@ada is away, or wants to be left alone; it has been the author's turn since 10 February 2026",
            id="the author is away",
        ),
        pytest.param(
            a_candidate(mentioned_enough=frozenset({ADA})),
            "@ada was mentioned often enough today; it has been the author's turn since 10 February 2026",
            id="the author was mentioned enough",
        ),
        pytest.param(
            reviewers(turn={"reviewers": (BOB,)}, away=frozenset({BOB})),
            "Everybody who was asked is away or was mentioned enough today; "
            "it has been the turn of bob since 16 February 2026",
            id="the reviewers are away, and nobody else is there",
        ),
        pytest.param(
            reviewers(days=40, turn={"reviewers": (BOB,)}),
            "There is nobody else to ask, but it is in the weekly list; "
            "it has been the turn of bob since 21 January 2026",
            id="nobody else to ask",
        ),
    ],
)  # fmt: skip
def test_who_is_left_alone_and_why(candidate: Candidate, why: str) -> None:
    decided = nudge(candidate, a_config(ignore={"labels": ["on hold"]}))
    assert (decided.actions, decided.because) == ((), why)


def test_a_side_that_is_switched_off_is_never_nudged() -> None:
    config = a_config(author={"nudge": False}, reviewers={"nudge": False}, digest=False)
    assert nudge(a_candidate(), config).because.startswith("Authors are not reminded here")
    assert nudge(reviewers(), config).because.startswith("Reviewers are not reminded here")


def test_authors_are_left_to_another_bot_that_reminds_them_and_reviewers_are_not() -> None:
    theirs = a_candidate(reminding_bot=".github/stale.yml")
    why = nudge(theirs, a_config()).because
    assert why.startswith(
        "Another bot reminds authors here: see `.github/stale.yml`; it has been the author's turn"
    )
    assert nudge(reviewers(reminding_bot=".github/stale.yml"), a_config()).acts


def test_without_the_list_nothing_is_said_of_it() -> None:
    decided = nudge(reviewers(days=40, turn={"reviewers": (BOB,)}), a_config(digest=False))
    assert decided.because.startswith("There is nobody else to ask; ")


def test_a_draft_is_nudged_where_maintainers_want_that() -> None:
    assert comments(nudge(a_candidate(is_draft=True), a_config(ignore={"drafts": False})))


def test_who_takes_the_label_off_is_believed() -> None:
    turn = a_candidate(Holder.REVIEWERS, days=20).turn
    projection = Projection(number=7, turn=turn, foreign=frozenset({"awaiting review"}))
    decided = nudge(reviewers(days=20, projection=projection), a_config(labels=LABELS))
    assert decided.because.startswith(
        "Somebody took off the label that says whose turn it is, so I remind nobody"
    )


def test_an_author_is_reminded_with_what_is_open_and_what_they_can_do() -> None:
    (comment,) = comments(nudge(a_candidate(), DEFAULTS))
    assert comment == Comment(
        key="pull request 7/author since 2026-02-10/rung 1",
        number=7,
        body=comment.body,
        occasion=Occasion.NUDGE,
        mentions=(ADA,),
    )
    assert "bob asked for changes." in comment.body
    assert "https://github.com/acme/rockets/pull/7#1" in comment.body
    assert all(command in comment.body for command in ("`/ready`", "`/snooze 3 weeks`", "`/blocked`"))
    assert "@bob" not in comment.body


@pytest.mark.parametrize(
    ("rung", "past_nudges", "days", "words"),
    [
        (1, [], 15, "this has been waiting for you since"),
        (2, [1], 30, "is something in the way?"),
        (3, [1, 2], 50, "carry this on"),
    ],
)
def test_the_rungs_of_an_author_say_something_different_each(
    rung: int, past_nudges: list[int], days: int, words: str
) -> None:
    told = [a_past_nudge(NOW, one, NOW - (15 + 14 * (len(past_nudges) - one)) * DAY) for one in past_nudges]
    (comment,) = comments(nudge(a_candidate(days=days, past_nudges=told), DEFAULTS))
    assert comment.key.endswith(f"rung {rung}")
    assert words in comment.body
    assert "bob asked for changes." in comment.body, "each rung says what is open"
    assert "https://github.com/acme/rockets/pull/7#1" in comment.body


def test_of_what_is_told_elsewhere_only_a_record_is_kept() -> None:
    decided = nudge(
        a_candidate(told_in=ToldElsewhere(3, "pull request 3/author since 2026-02-10/rung 1", 1)), DEFAULTS
    )
    assert comments(decided) == []
    (record,) = kept(decided)
    assert (record.kind, record.key, record.value["in"], record.value["rung"]) == ("told", "7", 3, 1)
    assert "#3" in decided.because


def test_the_others_of_an_author_are_listed_with_links() -> None:
    others = tuple(
        CombinedPullRequest(n, f"https://github.com/acme/rockets/pull/{n}", f"Fly to {n} <b>")
        for n in range(40)
    )
    (comment,) = comments(nudge(a_candidate(others=others), DEFAULTS))
    assert "[#29](https://github.com/acme/rockets/pull/29)" in comment.body
    assert "and 10 more" in comment.body
    assert "<b>" not in comment.body


def test_named_reviewers_are_asked_again_and_the_author_told_that_it_is_not_them() -> None:
    candidate = reviewers(
        turn={"reviewers": (BOB, CAROL)}, asked=frozenset({CAROL}), insiders=frozenset({BOB})
    )
    decided = nudge(candidate, DEFAULTS)
    (comment,) = comments(decided)
    assert "@bob and @carol" in comment.body
    assert "**ada**, it is not your turn" in comment.body
    assert comment.mentions == (BOB, CAROL)
    assert [one.reviewer for one in requests(decided)] == [BOB], "carol's request is still open"
    assert decided.actions.index(requests(decided)[0]) < decided.actions.index(comment)


def test_people_without_access_are_mentioned_but_not_requested() -> None:
    decided = nudge(reviewers(turn={"reviewers": (BOB,)}), DEFAULTS)
    assert requests(decided) == []
    assert "@bob" in comments(decided)[0].body


def test_teams_are_asked_again_by_their_name() -> None:
    (comment,) = comments(nudge(reviewers(turn={"teams": ("triage",)}), DEFAULTS))
    assert "@acme/triage" in comment.body


def test_who_asked_to_be_forgotten_is_left_out() -> None:
    candidate = reviewers(turn={"reviewers": (anonymous(1), CAROL)})
    assert candidate.within_reach == (CAROL,)


def test_who_is_away_is_left_out() -> None:
    candidate = reviewers(turn={"reviewers": (BOB, CAROL)}, away=frozenset({BOB}))
    (comment,) = comments(nudge(candidate, DEFAULTS))
    assert comment.mentions == (CAROL,)
    assert "bob" not in comment.body


def test_where_nobody_was_asked_somebody_who_knows_it_is() -> None:
    decided = nudge(reviewers(second_reviewer=SecondReviewer(person=CAROL)), DEFAULTS)
    (comment,) = comments(decided)
    assert "@carol, could you review this?" in comment.body
    assert [one.reviewer for one in requests(decided)] == [CAROL]
    (record,) = kept(decided)
    assert (record.kind, record.value["person"], record.value["key"]) == (
        "helper", {"id": CAROL.id, "login": "carol"}, comment.key,
    )  # fmt: skip
    assert decided.because.startswith("A request to review it, to @carol; ")


def test_a_helper_that_was_chosen_before_is_not_written_down_again() -> None:
    key = reviewers().key(1)
    assert kept(nudge(reviewers(second_reviewer=SecondReviewer(person=CAROL, key=key)), DEFAULTS)) == []


def test_a_team_can_be_the_second_to_ask() -> None:
    candidate = reviewers(days=40, turn={"reviewers": (BOB,)}, second_reviewer=SecondReviewer(team="triage"))
    decided = nudge(candidate, DEFAULTS)
    (comment,) = comments(decided)
    assert "@acme/triage" in comment.body
    assert comment.mentions == ()
    assert [one.team for one in requests(decided)] == ["triage"]
    assert "team triage" in decided.because


def test_where_nobody_can_be_named_everybody_is_told() -> None:
    decided = nudge(reviewers(), DEFAULTS)
    (comment,) = comments(decided)
    assert "Reviewers, could one of you review this?" in comment.body
    assert comment.mentions == ()
    assert decided.because.startswith("A word to the maintainers; ")


@pytest.mark.parametrize("approvers", [(BOB,), ()])
def test_what_is_approved_waits_for_its_merge_and_nobody_is_asked_for_a_review(
    approvers: tuple[Any, ...],
) -> None:
    candidate = reviewers(situation=Situation.MERGE, approvers=approvers, insiders=frozenset({BOB}))
    decided = nudge(candidate, DEFAULTS)
    (comment,) = comments(decided)
    assert "this is approved" in comment.body
    assert ("@bob" in comment.body) == bool(approvers)
    assert requests(decided) == []


def test_maintainers_are_told_what_to_press_for_the_checks_of_newcomers() -> None:
    waiting = Evidence("run", "https://github.com/acme/rockets/actions/runs/1", "The checks wait.")
    candidate = reviewers(situation=Situation.WORKFLOW, turn={"evidence": (waiting,)})
    (comment,) = comments(nudge(candidate, DEFAULTS))
    assert "**Approve workflows to run**" in comment.body
    assert "actions/runs/1" in comment.body
    assert "it is not your turn" in comment.body


def test_at_most_three_people_are_mentioned_at_once() -> None:
    many = tuple(a_person(f"reviewer-{place}") for place in range(9))
    (comment,) = comments(nudge(reviewers(turn={"reviewers": many}), DEFAULTS))
    assert comment.mentions == many[:3]


def test_where_short_commands_are_off_the_long_ones_are_named_and_mentors_where_there_are_some() -> None:
    told = [a_past_nudge(NOW, 1, NOW - 15 * DAY)]
    candidate = a_candidate(days=30, past_nudges=told, mentor_command="mentor me")
    with speaking(Translator(slash="/mentorbot ")):
        (comment,) = comments(nudge(candidate, DEFAULTS))
    assert "`/mentorbot mentor me`" in comment.body
    assert "`/mentorbot ready`" in comment.body
    assert "`/ready`" not in comment.body


def test_what_users_wrote_stays_text() -> None:
    evil = Evidence("c", "https://x", "eve wrote on 1 May 2026: “@everyone <img> [x](https://evil)”")
    turn = {"evidence": (evil,) * 12, "because": "It carries the label “@here <b>”."}
    (comment,) = comments(nudge(a_candidate(turn=turn), DEFAULTS))
    assert "@everyone" not in comment.body
    assert "@here" not in comment.body
    assert "<img>" not in comment.body
    assert "](https://evil)" not in comment.body
    assert "9 more" in comment.body


def test_a_year_is_told_where_it_is_another_one() -> None:
    patient = a_config(author={"after": "90 days"})
    (comment,) = comments(nudge(a_candidate(days=100, turn={"evidence": ()}), patient))
    assert "since 22 November 2025" in comment.body
    assert "Still open" not in comment.body


def test_the_morning_round_mends_labels_too() -> None:
    config = a_config(labels=LABELS)
    early = a_candidate(days=3, worn=["awaiting review"])
    decided = nudge_and_sync(early, config)
    assert shown(decided.actions) == ["-awaiting review", "+awaiting changes"]
    assert decided.because.startswith("Quiet for 3 of 14 days")
    assert nudge_and_sync(a_candidate(days=3, worn=["awaiting changes"]), config).actions == ()


def test_the_same_decision_made_twice_is_the_same_nudge() -> None:
    later = a_candidate(now=NOW + timedelta(hours=2))
    first, second = comments(nudge(a_candidate(), DEFAULTS)), comments(nudge(later, DEFAULTS))
    assert first[0].key == second[0].key


def test_where_authors_are_nudged_no_more_reviewers_still_are() -> None:
    stopped = AuthorNudges(stopped_at=NOW - DAY, corrected=2, written=9)
    assert comments(nudge(reviewers(author_nudges=stopped), DEFAULTS))


def test_who_had_something_merged_here_hears_of_what_is_fairly_sure() -> None:
    candidate = a_candidate(turn={"certainty": Certainty.FAIRLY_SURE}, has_merged_here=True)
    assert nudge(candidate, DEFAULTS).actions
