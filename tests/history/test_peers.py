"""What others would say: simple rules, actions/stale, bedevere and Gerrit's attention set, on small pasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bench.gerrit import AttentionSet
from bench.peers import (
    AUTHOR,
    NOBODY,
    PEERS,
    REVIEWERS,
    Peer,
    bedevere,
    by_turn,
    last_substantive_act,
    stale,
    whoever_did_not_act_last,
)
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline, Verdict
from tests.builders import NOW, a_person
from tests.domain.pasts import (
    a_past,
    act,
    approves,
    asks_for_changes,
    drafts,
    marks_ready,
    pushes,
    reviews,
    says,
    says_of_a_line,
)

DAY = timedelta(days=1)
A_BOT = a_person("ci", is_bot=True)
REQUEST = act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("carol"))
NO_LONGER = act(ActKind.REVIEW_REQUEST_REMOVED, "ada", subject=a_person("carol"))
DISMISSAL = act(ActKind.REVIEW_DISMISSED, "ada", subject=a_person("bob"))


def case(expected: Any, *acts: Act, **opened: Any) -> Any:
    """A row of a table: what is expected after these acts."""
    return pytest.param(expected, a_past(*acts, **opened))


def the(name: str) -> Peer:
    return next(peer for peer in PEERS if peer.name == name)


@pytest.mark.parametrize(
    ("expected", "past"),
    [
        case(REVIEWERS),
        case(AUTHOR, says("bob", "Thanks")),
        case(REVIEWERS, says("bob", "Why?"), pushes()),
        case(REVIEWERS, says("ci-bot", "All green")),
        case(AUTHOR, says("bob", "Why?"), act(ActKind.REFERENCE_CLOSED, about="3")),
    ],
)
def test_whoever_did_not_act_last_counts_every_act_of_people(
    expected: str, past: PullRequestTimeline
) -> None:
    assert whoever_did_not_act_last(past) == expected


@pytest.mark.parametrize(
    ("expected", "past"),
    [
        case(REVIEWERS),
        case(AUTHOR, drafts()),
        case(AUTHOR, says("bob", "Why?"), act(ActKind.LABELED, "ada", label="bug")),
        case(REVIEWERS, says("bob", "Why?"), pushes()),
        case(REVIEWERS, says("bob", "LGTM")),
        case(REVIEWERS, approves("bob")),
        case(AUTHOR, asks_for_changes("bob"), reviews("ada")),
    ],
)
def test_the_last_substantive_act_leaves_bookkeeping_and_approvals_out(
    expected: str, past: PullRequestTimeline
) -> None:
    assert last_substantive_act(past) == expected


def test_stale_asks_everybody_once_nothing_has_happened_for_long_enough() -> None:
    peer = stale("stale", days_before_stale=60)
    label = act(ActKind.LABELED, "ci-bot", label="bug", at=NOW + 10 * DAY)
    closed = act(ActKind.REFERENCE_CLOSED, about="3", at=NOW + 30 * DAY)
    past = a_past(label, closed)
    assert peer.turn(past) == AUTHOR
    assert peer.nudges(past, NOW + 69 * DAY) == NOBODY
    assert peer.nudges(past, NOW + 70 * DAY) == {AUTHOR, REVIEWERS}


def test_by_its_defaults_stale_is_silent_at_a_labelled_moment() -> None:
    moment = NOW + 14 * DAY
    assert the("actions/stale, its defaults (60 days)").nudges(a_past(), moment) == NOBODY
    assert the("actions/stale, set to 14 days").nudges(a_past(), moment) == {AUTHOR, REVIEWERS}


@pytest.mark.parametrize(
    ("expected", "past"),
    [
        case(REVIEWERS),
        case(AUTHOR, opened_as_draft=True),
        case(REVIEWERS, says("bob", "Please add a test.")),
        case(REVIEWERS, reviews("bob", body="Please add a test.")),
        case(AUTHOR, asks_for_changes("bob")),
        case(REVIEWERS, asks_for_changes("dan")),
        case(AUTHOR, asks_for_changes("bob"), says("carol", "LGTM")),
        case(REVIEWERS, asks_for_changes("bob"), pushes()),
        case(REVIEWERS, asks_for_changes("bob"), says("ada", "Done")),
        case(AUTHOR, asks_for_changes("bob"), pushes("carol")),
        case(REVIEWERS, asks_for_changes("bob"), approves("carol")),
        case(AUTHOR, approves("bob"), asks_for_changes("carol")),
        case(REVIEWERS, asks_for_changes("bob"), DISMISSAL),
        case(AUTHOR, asks_for_changes("carol"), asks_for_changes("bob"), DISMISSAL),
    ],
)
def test_bedevere_goes_by_verdicts_until_the_author_answers(expected: str, past: PullRequestTimeline) -> None:
    assert bedevere(past) == expected


def test_rules_of_turns_write_to_whom_they_name() -> None:
    peer = by_turn("bedevere", bedevere)
    assert peer.nudges(a_past(asks_for_changes("bob")), NOW) == {AUTHOR}
    assert peer.nudges(a_past(), NOW) == {REVIEWERS}


IN_A_THREAD = says_of_a_line("bob", "Why?")
RESOLVED = act(ActKind.THREAD_RESOLVED, "bob", thread="line-1")
REOPENED = act(ActKind.THREAD_UNRESOLVED, "bob", thread="line-1")


@pytest.mark.parametrize(
    ("expected", "past"),
    [
        # who is added, and who replies
        case(set()),
        case({"carol"}, REQUEST),
        case(set(), REQUEST, NO_LONGER),
        case({"ada"}, REQUEST, says("carol", "Why?")),
        case({"ada", "carol"}, REQUEST, says("bob", "Why?")),
        case({"bob"}, says("bob", "Why?"), says("ada", "Because.")),
        case({"bob", "carol"}, says("bob", "Why?"), says("carol", "Why?"), says("ada", "Because.")),
        case({"ada"}, act(ActKind.COMMENTED, None, body="Why?")),
        # threads of their own
        case({"bob"}, says("carol", "Hm."), IN_A_THREAD, says_of_a_line("ada", "Because.")),
        case({"ada"}, IN_A_THREAD, says_of_a_line("carol", "Indeed, why?")),
        case({"ada", "bob"}, IN_A_THREAD, RESOLVED, says_of_a_line("carol", "Indeed, why?")),
        case({"bob"}, IN_A_THREAD, RESOLVED, says_of_a_line("ada", "Done.")),
        case(set(), IN_A_THREAD, approves("bob"), RESOLVED, says_of_a_line("ada", "Done.")),
        case({"ada"}, IN_A_THREAD, RESOLVED, REOPENED, says_of_a_line("carol", "Why?")),
        # votes
        case({"ada"}, asks_for_changes("bob")),
        case(set(), approves("bob")),
        case(set(), says("bob", "LGTM")),
        case({"bob"}, approves("bob"), pushes()),
        case({"bob"}, approves("bob"), DISMISSAL),
        case(set(), DISMISSAL),
        case(set(), reviews("bob")),
        # a push answers what somebody else said last
        case({"bob"}, IN_A_THREAD, pushes()),
        case({"ada"}, IN_A_THREAD, pushes("carol")),
        case(set(), pushes()),
        # work in progress, and the end
        case(set(), REQUEST, drafts()),
        case(set(), drafts(), says("bob", "Why?"), REQUEST),
        case({"bob", "carol"}, REQUEST, drafts(), says("bob", "Hm."), marks_ready()),
        case(set(), REQUEST, act(ActKind.CLOSED, "bob")),
        # bots
        case(set(), says("ci-bot", "It failed.")),
        case({"ada"}, asks_for_changes("ci-bot")),
        case({"ada"}, says("bob", "Why?"), says("ci-bot", "It failed.")),
    ],
)
def test_gerrits_attention_set(expected: set[str], past: PullRequestTimeline) -> None:
    assert {person.login for person in AttentionSet.after(past).expected} == expected


def test_to_the_letter_pushes_answer_nothing_and_owners_submit() -> None:
    asked, approved = a_past(IN_A_THREAD, pushes()), a_past(approves("bob"))
    assert AttentionSet.after(asked, to_the_letter=True).expected == {a_person("ada")}
    assert AttentionSet.after(approved, to_the_letter=True).expected == {a_person("ada")}


def test_gerrit_may_expect_both_sides_or_nobody() -> None:
    gerrit = the("Gerrit's attention set")
    both = a_past(REQUEST, says("bob", "Why?"))
    assert gerrit.turn(both) == AUTHOR
    assert gerrit.nudges(both, NOW) == {AUTHOR, REVIEWERS}
    assert (gerrit.turn(a_past()), gerrit.nudges(a_past(), NOW)) == (REVIEWERS, NOBODY)
    draft = a_past(says("bob", "Why?"), drafts())
    assert (gerrit.turn(draft), gerrit.nudges(draft, NOW)) == (AUTHOR, NOBODY)


def test_where_the_author_is_a_bot_or_gone_only_reviewers_are_expected() -> None:
    for author in (A_BOT, None):
        past = replace(a_past(REQUEST, says("bob", "Why?"), DISMISSAL), author=author)
        assert {person.login for person in AttentionSet.after(past).expected} == {"carol"}
    anonymous = act(ActKind.REVIEWED, None, verdict=Verdict.CHANGES_REQUESTED)
    assert AttentionSet.after(replace(a_past(anonymous), author=None)).expected == set()
