"""What a turn says beside its holder: who exactly, since when, why, and what would end it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder
from tests.builders import NOW, a_person
from tests.domain.pasts import a_past, act, approves, asks_for_changes, drafts, pushes, says, turn_of

AUTHOR, REVIEWERS, EXTERNAL, UNKNOWN = Holder.AUTHOR, Holder.REVIEWERS, Holder.EXTERNAL, Holder.UNCLEAR


@pytest.mark.parametrize(
    ("past", "named"),
    [
        pytest.param(a_past(), [], id="nobody was asked"),
        pytest.param(
            a_past(act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob"))), ["bob"], id="bob was asked"
        ),
        pytest.param(
            a_past(
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob")),
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("carol")),
                approves("bob"),
            ),
            ["carol"],
            id="bob and carol were asked and bob approved",
        ),
        pytest.param(
            a_past(
                act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("bob")),
                act(ActKind.REVIEW_REQUEST_REMOVED, "ada", subject=a_person("bob")),
            ),
            [],
            id="the request was taken back",
        ),
        pytest.param(
            a_past(act(ActKind.REVIEW_REQUESTED, "ada", subject=a_person("ci-bot"))), [], id="a bot was asked"
        ),
        pytest.param(a_past(says("bob", "Why?"), pushes()), ["bob"], id="bob was answered"),
        pytest.param(a_past(says("bob", "Why?")), [], id="it is the author's turn"),
    ],
)
def test_the_reviewers_it_waits_for_are_named(past: Any, named: list[str]) -> None:
    assert [person.login for person in turn_of(past).reviewers] == named


def test_teams_asked_for_a_review_are_named() -> None:
    asked = a_past(act(ActKind.REVIEW_REQUESTED, "owners-bot", team="engines"))
    assert turn_of(asked).teams == ("engines",)
    taken_back = a_past(*asked.acts, act(ActKind.REVIEW_REQUEST_REMOVED, "bob", team="engines"))
    assert turn_of(taken_back).teams == ()


def test_a_turn_begins_when_the_holder_changed_and_not_with_every_act() -> None:
    past = a_past(pushes(), says("bob", "Why?"), says("bob", "And why here?"), pushes(), pushes(sha="b"))
    assert turn_of(past.until(NOW)).since == NOW
    assert turn_of(past.until(NOW + timedelta(hours=1))).since == NOW
    assert turn_of(past.until(NOW + timedelta(hours=3))).since == NOW + timedelta(hours=2)
    assert turn_of(past).since == NOW + timedelta(hours=4)


def test_a_snooze_lasts_until_its_end() -> None:
    until = NOW + timedelta(days=10)
    past = a_past(act(ActKind.SNOOZED, "ada", ends_at=until))
    assert turn_of(past, now=NOW + timedelta(days=9)).snoozed_until == until
    assert turn_of(past, now=until).snoozed_until is None


@pytest.mark.parametrize(
    ("past", "because", "ends_when", "evidence"),
    [
        pytest.param(
            a_past(says("bob", "Why is this `static`?"), asks_for_changes("carol", "")),
            "The author hasn't answered bob and carol yet.",
            "The author answers or pushes, or whoever asked takes it back.",
            ["bob wrote on 2 March 2026: “Why is this CODE?”", "carol asked for changes on 2 March 2026."],
            id="open questions",
        ),
        pytest.param(
            a_past(says("bob", "Why?"), pushes()),
            "The author has answered bob.",
            "Somebody reviews it.",
            ["ada pushed new commits on 2 March 2026."],
            id="answered",
        ),
        pytest.param(
            a_past(pushes()),
            "The author acted last and nothing is open for them.",
            "Somebody reviews it.",
            ["ada pushed new commits on 2 March 2026."],
            id="the author acted last",
        ),
        pytest.param(
            a_past(), "Nobody has asked the author for anything.", "Somebody reviews it.", [], id="new"
        ),
        pytest.param(
            a_past(approves("bob")),
            "bob approved it and nothing is open for the author.",
            "It gets merged or another review asks for something.",
            ["bob approved on 2 March 2026."],
            id="approved",
        ),
        pytest.param(
            a_past(act(ActKind.CHECKS_CONCLUDED, outcome="failure")),
            "A check failed on the latest commit.",
            "The author pushes a fix, or says why the failure isn't theirs.",
            ["A check failed on the latest commit on 2 March 2026."],
            id="red checks",
        ),
        pytest.param(
            a_past(act(ActKind.LABELED, "drah-bot", label="Needs rebase")),
            "The branch conflicts with the base branch.",
            "The author brings the branch up to date.",
            ["drah-bot set the label “Needs rebase” on 2 March 2026."],
            id="conflict",
        ),
        pytest.param(
            a_past(act(ActKind.DECLARED_BLOCKED, "ada", body="the parser comes first")),
            "ada said that it is blocked by something else.",
            "Somebody comments, reviews or pushes after that.",
            ["ada said that it is blocked on 2 March 2026: “the parser comes first”"],
            id="blocked",
        ),
        pytest.param(
            a_past(body="Depends on #5"),
            "It needs #5 first, which is still open.",
            "#5 is merged or closed.",
            [],
            id="dependency",
        ),
        pytest.param(
            a_past(drafts()),
            "It is a draft, so its author is still at work on it.",
            "The author marks it as ready for review or asks for opinions.",
            ["ada turned it into a draft on 2 March 2026."],
            id="draft",
        ),
        pytest.param(
            a_past(says("ada", "I'll add " + "many " * 40 + "tests.")),
            "ada said that more is to come.",
            "The author pushes it, or says that it is done.",
            ["ada wrote on 2 March 2026: “I'll add" + " many" * 16 + " …”"],
            id="promise",
        ),
    ],
)
def test_it_says_why_and_what_would_end_it_in_plain_words(
    past: Any, because: str, ends_when: str, evidence: list[str]
) -> None:
    turn = turn_of(past)
    assert turn.because == because
    assert turn.ends_when == ends_when
    assert [one.sentence for one in turn.evidence] == evidence


def test_evidence_leads_to_the_act() -> None:
    (evidence,) = turn_of(a_past(says("bob", "Why?"))).evidence
    assert evidence.act_id == "commented-1"
    assert evidence.url == "https://github.com/acme/rockets/pull/7#1"


def test_somebody_who_left_github_is_still_answered() -> None:
    past = a_past(act(ActKind.COMMENTED, None, body="Why is this static?"))
    turn = turn_of(past)
    assert turn.holder is AUTHOR
    assert turn.because == "The author hasn't answered Somebody yet."


@pytest.mark.parametrize("cancelled", ["/lgtm cancel", "@bors r-"])
def test_an_approval_that_is_taken_back_is_told_no_more(cancelled: str) -> None:
    turn = turn_of(a_past(approves("bob"), says("bob", cancelled)))
    assert "approved" not in turn.because
