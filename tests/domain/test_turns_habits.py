"""Whose turn it is where communities have habits: checks by name, agreements to sign, offers, certainty."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.domain.timeline import Act, ActKind
from mentorbot.domain.turns import Certainty, Holder
from tests.builders import a_person
from tests.domain.pasts import (
    a_past,
    act,
    approves,
    asks_for_changes,
    case,
    drafts,
    pushes,
    says,
    says_of_a_line,
    turn_of,
)

AUTHOR, REVIEWERS = Holder.AUTHOR, Holder.REVIEWERS


def checked(name: str, outcome: str, sha: str = "aa") -> Act:
    """A check of this name came to an end."""
    return act(ActKind.CHECKS_CONCLUDED, body=name, sha=sha, outcome=outcome)


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case(
            "a later green check doesn't hide a red one",
            AUTHOR,
            pushes(sha="aa"),
            checked("tests", "failure"),
            checked("lint", "success"),
        ),
        case(
            "the red check ran again",
            REVIEWERS,
            pushes(sha="aa"),
            checked("tests", "failure"),
            checked("lint", "success"),
            checked("tests", "success"),
        ),
        case(
            "one of two red checks ran again",
            AUTHOR,
            pushes(sha="aa"),
            checked("tests", "failure"),
            checked("lint", "failure"),
            checked("tests", "success"),
        ),
        case(
            "all checks together are green now",
            REVIEWERS,
            pushes(sha="aa"),
            checked("tests", "failure"),
            checked("all checks", "success"),
        ),
        case(
            "all checks together are red",
            AUTHOR,
            pushes(sha="aa"),
            checked("tests", "success"),
            checked("all checks", "failure"),
        ),
        case(
            "a push starts with no red checks",
            REVIEWERS,
            pushes(sha="aa"),
            checked("tests", "failure"),
            pushes(sha="bb"),
            checked("lint", "success", sha="bb"),
        ),
        case("a label says that it is red", AUTHOR, act(ActKind.LABELED, "ci-bot", label="CI failed")),
        case(
            "that label is taken off",
            REVIEWERS,
            act(ActKind.LABELED, "ci-bot", label="CI failed"),
            act(ActKind.UNLABELED, "ci-bot", label="CI failed"),
        ),
    ],
)
def test_each_check_on_the_head_has_its_last_word(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("a label says that it isn't signed", AUTHOR, act(ActKind.LABELED, "ci-bot", label="cla: no")),
        case(
            "another label says that it is",
            REVIEWERS,
            act(ActKind.LABELED, "ci-bot", label="cncf-cla: no"),
            act(ActKind.LABELED, "ci-bot", label="cncf-cla: yes"),
        ),
        case(
            "the label is taken off",
            REVIEWERS,
            act(ActKind.LABELED, "ci-bot", label="CLA not signed"),
            act(ActKind.UNLABELED, "ci-bot", label="CLA not signed"),
        ),
        case(
            "a bot says that it isn't signed",
            AUTHOR,
            says("cla-bot", "You have not signed the Contributor License Agreement yet."),
            pushes(),
        ),
        case(
            "the bot says that it is",
            REVIEWERS,
            says("cla-bot", "You have not signed the CLA yet."),
            says("cla-bot", "All committers have signed the CLA."),
        ),
        case("a greeting that speaks of it", REVIEWERS, says("hello-bot", "Welcome! Please sign our CLA.")),
        case("a person who speaks of it", REVIEWERS, says("bob", "Thanks! You had not signed the CLA then.")),
    ],
)
def test_an_agreement_that_has_to_be_signed_waits_for_the_author(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    ("holder", "past"),
    [
        case("an offer", REVIEWERS, says("ada", "Shall I split this?")),
        case(
            "an offer taken up", AUTHOR, says("ada", "Shall I split this?"), says("bob", "Yes, I'd like it.")
        ),
        case(
            "an offer left to the author",
            REVIEWERS,
            says("ada", "Shall I split this?"),
            says("bob", "No strong opinion."),
        ),
        case(
            "an offer taken up and done",
            REVIEWERS,
            says("ada", "Shall I split this?"),
            says("bob", "Yes."),
            pushes(),
        ),
        case("an offer and an approval", REVIEWERS, says("ada", "Shall I split this?"), approves("bob")),
        case(
            "a remark the author agrees with after the push",
            REVIEWERS,
            says("bob", "Could this be a loop?"),
            pushes(),
            says("ada", "Good point, thanks!"),
        ),
        case(
            "a remark the author half agrees with",
            REVIEWERS,
            says("bob", "Could this be a loop?"),
            says("ada", "Good point, but it would be slower."),
        ),
        case("a question is no promise", REVIEWERS, says("ada", "I should add more cases?")),
    ],
)
def test_offers_and_agreement(holder: Holder, past: Any) -> None:
    assert turn_of(past).holder is holder


@pytest.mark.parametrize(
    "act_of_bookkeeping",
    [
        pytest.param(act(ActKind.LABELED, "bob", label="S-waiting-on-author"), id="a Rust label"),
        pytest.param(act(ActKind.LABELED, "ci-bot", label="awaiting core review"), id="a Python label"),
        pytest.param(act(ActKind.LABELED, "bob", label="needs-ok-to-test"), id="a Kubernetes label"),
        pytest.param(says("stale-bot", "This is stale. Please update."), id="a stale bot"),
        pytest.param(says("k8s-ci-robot", "Please assign a reviewer."), id="a robot of type User"),
    ],
)
def test_bookkeeping_of_other_communities_moves_nothing(act_of_bookkeeping: Act) -> None:
    assert turn_of(a_past(act_of_bookkeeping)).holder is REVIEWERS
    assert turn_of(a_past(says("bob", "Why?"), act_of_bookkeeping)).holder is AUTHOR


def test_an_assignee_is_named_like_somebody_asked_to_review() -> None:
    assigned = act(ActKind.ASSIGNED, "bob", subject=a_person("carol"))
    assert [person.login for person in turn_of(a_past(assigned)).reviewers] == ["carol"]
    again = act(ActKind.UNASSIGNED, "bob", subject=a_person("carol"))
    assert turn_of(a_past(assigned, again)).reviewers == ()


def test_an_author_assigned_to_their_own_change_reviews_nothing() -> None:
    assert turn_of(a_past(act(ActKind.ASSIGNED, "bob", subject=a_person("ada")))).reviewers == ()


@pytest.mark.parametrize(
    ("past", "certainty"),
    [
        pytest.param(a_past(asks_for_changes("bob")), Certainty.SURE, id="requested changes"),
        pytest.param(a_past(drafts()), Certainty.SURE, id="a draft"),
        pytest.param(a_past(checked("tests", "failure")), Certainty.SURE, id="a failed check"),
        pytest.param(a_past(), Certainty.SURE, id="the reviewers' turn"),
        pytest.param(a_past(says("bob", "Can you add a test?")), Certainty.FAIRLY_SURE, id="a plain request"),
        pytest.param(
            a_past(
                says_of_a_line("bob", "Please rename this."), says_of_a_line("bob", "Why?", thread="line-2")
            ),
            Certainty.SURE,
            id="requests on lines",
        ),
        pytest.param(a_past(says("bob", "The loop is slow.")), Certainty.UNCLEAR, id="a remark"),
        pytest.param(a_past(says("bob", "This could be a loop.")), Certainty.UNCLEAR, id="a mild suggestion"),
        pytest.param(a_past(says("ada", "I'll fix that.")), Certainty.UNCLEAR, id="a promise"),
        pytest.param(
            a_past(asks_for_changes("bob"), says("bob", "Please rename it."), says("ada", "I'll do that.")),
            Certainty.UNCLEAR,
            id="a promise after requested changes",
        ),
        pytest.param(
            a_past(says_of_a_line("dan", "Please rename this.")), Certainty.UNCLEAR, id="a passer-by alone"
        ),
        pytest.param(
            a_past(says("bob", "Please add a test."), says("carol", "@bob why?")),
            Certainty.UNCLEAR,
            id="a debate among reviewers",
        ),
        pytest.param(
            a_past(
                says("bob", "Should we keep the old API?"),
                says("carol", "I don't think so. It must go."),
                says("bob", "Are you sure? It would break everybody."),
            ),
            Certainty.FAIRLY_SURE,
            id="a debate that names nobody",
        ),
        pytest.param(
            a_past(
                says_of_a_line("bob", "Please rename this."),
                says_of_a_line("bob", "Please test this.", thread="line-2"),
                says_of_a_line("ada", "Done."),
            ),
            Certainty.UNCLEAR,
            id="answered in part",
        ),
    ],
)
def test_how_sure_a_turn_is(past: Any, certainty: Certainty) -> None:
    assert turn_of(past).certainty is certainty
