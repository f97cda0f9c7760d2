"""What a turn says beside its holder: who exactly, since when, why, and what would end it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.translator import Translator, speaking
from mentorbot.domain.timeline import ActKind
from mentorbot.domain.turns import Holder, Wording, rules
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
            "There is no answer to bob and carol yet.",
            "The author answers or pushes a change.",
            ["bob, 2 March 2026: “Why is this `static`?”", "carol, 2 March 2026: asked for changes"],
            id="open questions",
        ),
        pytest.param(
            a_past(says("bob", "Why?"), pushes()),
            "The author has answered bob.",
            "Somebody reviews it.",
            ["ada, 2 March 2026: pushed new commits"],
            id="answered",
        ),
        pytest.param(
            a_past(pushes()),
            "The author did the last step. Nothing else is open.",
            "Somebody reviews it.",
            ["ada, 2 March 2026: pushed new commits"],
            id="the author acted last",
        ),
        pytest.param(a_past(), "Nobody has asked for a change.", "Somebody reviews it.", [], id="new"),
        pytest.param(
            a_past(approves("bob")),
            "bob approved it. Nothing else is open.",
            "Somebody merges it, or asks for a change.",
            ["bob, 2 March 2026: approved it"],
            id="approved",
        ),
        pytest.param(
            a_past(act(ActKind.CHECKS_CONCLUDED, outcome="failure")),
            "A check failed on the latest commit.",
            "The author pushes a fix, or says why the check failed for another reason.",
            ["2 March 2026: a check failed on the latest commit"],
            id="red checks",
        ),
        pytest.param(
            a_past(act(ActKind.LABELED, "drah-bot", label="Needs rebase")),
            "The branch has conflicts with the base branch.",
            "The author brings the branch up to date.",
            ["drah-bot, 2 March 2026: set the label: “Needs rebase”"],
            id="conflict",
        ),
        pytest.param(
            a_past(act(ActKind.DECLARED_BLOCKED, "ada", body="the parser comes first")),
            "ada said that something else must happen first.",
            "Somebody comments, reviews or pushes.",
            ["ada, 2 March 2026: said that it is blocked: “the parser comes first”"],
            id="blocked",
        ),
        pytest.param(
            a_past(body="Depends on #5"),
            "It needs #5 first, and that is still open.",
            "#5 is merged or closed.",
            [],
            id="dependency",
        ),
        pytest.param(
            a_past(drafts()),
            "It is still a draft.",
            "The author marks it as ready for review, or asks for opinions.",
            ["ada, 2 March 2026: turned it into a draft"],
            id="draft",
        ),
        pytest.param(
            a_past(says("bob", "/hold"), act(ActKind.CLOSED, "bob"), act(ActKind.REOPENED, "bob")),
            "Nobody has asked for a change.",
            "Somebody reviews it.",
            [],
            id="open again",
        ),
        pytest.param(
            a_past(says("ada", "I'll add " + "many " * 40 + "tests.")),
            "ada said that more will come.",
            "The author pushes it, or says that it is done.",
            ["ada, 2 March 2026: “I'll add" + " many" * 16 + " …”"],
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
    assert turn.because == "There is no answer to ghost yet."


@pytest.mark.parametrize(
    ("past", "reader", "why", "ends"),
    [
        pytest.param(
            a_past(says("bob", "Why?")),
            "ada",
            "There is no answer to bob yet.",
            "You answer or push a change.",
            id="the author has to answer",
        ),
        pytest.param(
            a_past(says("bob", "Why?")),
            "bob",
            "There is no answer to you yet.",
            "The author answers or pushes a change.",
            id="who asked",
        ),
        pytest.param(
            a_past(says("bob", "Why?"), pushes()),
            "ada",
            "You have answered bob.",
            "Somebody reviews it.",
            id="the author answered",
        ),
        pytest.param(
            a_past(says("bob", "Why?"), pushes()),
            "bob",
            "The author has answered you.",
            "Somebody reviews it.",
            id="who was answered",
        ),
        pytest.param(
            a_past(approves("bob")),
            "bob",
            "You approved it. Nothing else is open.",
            "Somebody merges it, or asks for a change.",
            id="who approved",
        ),
        pytest.param(
            a_past(says("ada", "I'll add tests.")),
            "ada",
            "You said that more will come.",
            "You push it, or say that it is done.",
            id="who promised",
        ),
    ],
)
def test_a_reader_is_spoken_to_in_the_second_person(past: Any, reader: str, why: str, ends: str) -> None:
    turn, person = turn_of(past), a_person(reader)
    is_author = reader == "ada"
    assert turn.why.said(person, is_author=is_author) == why
    assert turn.ends.said(person, is_author=is_author) == ends


def test_what_the_reader_did_says_you() -> None:
    (evidence,) = turn_of(a_past(says("bob", "Why?"))).evidence
    assert evidence.said(a_person("bob")) == "you, 2 March 2026: “Why?”"
    assert evidence.said(a_person("ada")) == "bob, 2 March 2026: “Why?”"


def test_a_turn_has_no_language_until_somebody_reads_it() -> None:
    past = a_past(asks_for_changes("bob", "Warum?"), asks_for_changes("carol", ""))
    with speaking(Translator("de")):
        in_german = turn_of(past)
    turn = turn_of(past)
    assert turn == in_german
    assert turn.because == in_german.because == "There is no answer to bob and carol yet."
    with speaking(Translator("de")):
        assert "2. März 2026" in turn.evidence[0].sentence


def test_a_merge_stays_a_merge_when_github_closes_it_a_second_later() -> None:
    merged = a_past(act(ActKind.MERGED, "bob"), act(ActKind.CLOSED, "bob"))
    turn = turn_of(merged)
    assert turn.ended is not None
    assert (turn.ended.kind, turn.because, turn.ends_when) == (ActKind.MERGED, "It is merged.", "")
    assert turn_of(a_past(act(ActKind.CLOSED, "bob"))).because == "It is closed."


def test_no_rule_speaks_of_its_reader_in_the_third_person() -> None:
    wordings = [one for one in vars(rules).values() if isinstance(one, Wording)]
    assert len(wordings) > 30, "all that the rules say"
    for wording in wordings:
        to_author = wording.to_author or wording.text
        if "The author is a bot" not in to_author:  # nobody reads that as the author
            assert "author" not in to_author, to_author
        assert "{name}" not in wording.to_named
        assert "{names}" not in wording.to_named


@pytest.mark.parametrize("cancelled", ["/lgtm cancel", "@bors r-"])
def test_an_approval_that_is_taken_back_is_told_no_more(cancelled: str) -> None:
    turn = turn_of(a_past(approves("bob"), says("bob", cancelled)))
    assert "approved" not in turn.because
