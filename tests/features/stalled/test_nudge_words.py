"""The words of nudges: one reader a paragraph, in the second person, short, and true for that reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mentorbot.core.actions import Comment
from mentorbot.domain.turns import Evidence, Holder
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.rules.nudge import nudge
from mentorbot.features.stalled.records import SecondReviewer
from mentorbot.features.stalled.turn.rules.turn_decision import Situation
from tests.builders import NOW
from tests.features.stalled.candidates import (
    BOB,
    CAROL,
    DAY,
    a_candidate,
    a_config,
    a_past_nudge,
    comments,
    requests,
)

CONFIG = a_config()
ASKED = Evidence(
    "review-1", "https://github.com/acme/rockets/pull/7#1", "bob asked for changes: “Could you add a test?”"
)
RUNGS = {1: ((), 15), 2: ((1,), 30), 3: ((1, 2), 50)}


def for_the_author(rung: int, **more: Any) -> Candidate:
    """A pull request of ada's in which this rung is due, and those below were said."""
    said, days = RUNGS[rung]
    past_nudges = [a_past_nudge(NOW, one, NOW - (15 + 14 * (rung - 1 - one)) * DAY) for one in said]
    return a_candidate(days=days, past_nudges=past_nudges, **{"turn": {"evidence": (ASKED,)}, **more})


def for_reviewers(**more: Any) -> Candidate:
    return a_candidate(Holder.REVIEWERS, days=more.pop("days", 14), **more)


def written(candidate: Candidate) -> Comment:
    (comment,) = comments(nudge(candidate, CONFIG))
    return comment


def everything() -> Iterator[Any]:
    """All nudges there are."""
    for rung in RUNGS:
        for name, command in (("", ""), (" with mentors", "mentor me")):
            candidate = for_the_author(rung, mentor_command=command)
            yield pytest.param(candidate, id=f"author, rung {rung}{name}")
    for rung in (1, 2):
        yield pytest.param(for_the_author(rung, author_belongs=True), id=f"a member, rung {rung}")
    waiting = Evidence("run", "https://github.com/acme/rockets/actions/runs/1", "The checks wait.")
    for situation in Situation:
        more: dict[str, Any] = {"situation": situation, "approvers": (BOB,)}
        named = {"reviewers": (BOB, CAROL), "evidence": (waiting,)}
        yield pytest.param(for_reviewers(turn=named, **more), id=f"reviewers, {situation}")
        yield pytest.param(for_reviewers(situation=situation), id=f"nobody by name, {situation}")
        second = SecondReviewer(person=CAROL)
        late = for_reviewers(days=40, second_reviewer=second, turn={"reviewers": (BOB,)}, **more)
        yield pytest.param(late, id=f"somebody else, {situation}")


EVERYTHING = list(everything())


@pytest.mark.parametrize("candidate", EVERYTHING)
def test_a_nudge_has_eighty_words_at_most_without_what_others_wrote(candidate: Candidate) -> None:
    body = re.sub(r"“[^”]*”\]|\([^)]*\)|<[^>]*>|[-*]", " ", written(candidate).body)
    assert len(body.split()) <= 80


@pytest.mark.parametrize("candidate", EVERYTHING)
def test_whoever_is_mentioned_is_spoken_to(candidate: Candidate) -> None:
    comment = written(candidate)
    mentioned = set(re.findall(r"(?<!\w)@([\w-]+)(?!/)\b", comment.body))
    assert mentioned == {person.login for person in comment.mentions}
    opening = comment.body.split("\n\n")[0].split(",")[0]
    assert all(f"@{login}" in opening for login in mentioned)


@pytest.mark.parametrize("candidate", EVERYTHING)
def test_nobody_reads_of_themselves_in_the_third_person(candidate: Candidate) -> None:
    body = written(candidate).body
    assert "the author" not in body.lower()
    for paragraph in body.split("\n\n"):
        assert len(re.findall(r"\bada\b", paragraph)) == ("ada" in paragraph), "a name opens, and that is all"
        if "**ada**" in paragraph:
            assert paragraph.startswith("**ada**, it is not your turn")


@pytest.mark.parametrize("rung", RUNGS)
def test_every_rung_links_what_is_open_and_quotes_it(rung: int) -> None:
    assert f"[{ASKED.sentence}]({ASKED.url})" in written(for_the_author(rung)).body


@pytest.mark.parametrize("rung", [1, 2])
def test_who_belongs_to_the_project_gets_one_short_line(rung: int) -> None:
    body = written(for_the_author(rung, author_belongs=True, mentor_command="mentor me")).body
    assert "\n" not in body
    assert body.startswith("@ada, this has been waiting for you since")
    assert ASKED.url in body
    assert "/" not in body.replace(ASKED.url, ""), "no commands"


def test_who_belongs_to_the_project_is_not_asked_whether_somebody_else_may_carry_it_on() -> None:
    decided = nudge(for_the_author(3, author_belongs=True), CONFIG)
    assert decided.actions == ()


@pytest.mark.parametrize("rung", [2, 3])
def test_after_one_reminder_nothing_more_comes_while_nobody_of_the_project_has_looked(rung: int) -> None:
    decided = nudge(for_the_author(rung, was_looked_at=False), CONFIG)
    assert decided.actions == ()
    assert decided.because.startswith(
        "I reminded the author once, and wait until somebody of this project has looked at it"
    )
    assert written(for_the_author(1, was_looked_at=False))


def test_nobody_is_reminded_of_what_only_strangers_asked_for() -> None:
    decided = nudge(for_the_author(1, was_looked_at=False, rests_on_strangers=True), CONFIG)
    assert decided.actions == ()
    assert decided.because.startswith("Nobody of this project has looked at it yet, so I remind nobody")


@pytest.mark.parametrize("situation", Situation)
def test_a_bot_is_not_told_that_it_is_not_its_turn(situation: Situation) -> None:
    body = written(for_reviewers(author_is_bot=True, situation=situation)).body
    assert "ada" not in body
    assert "your turn" not in body


def test_an_author_who_has_left_is_not_spoken_to() -> None:
    assert "your turn" not in written(for_reviewers(author=None)).body


def test_a_member_whose_turn_it_is_not_reads_so_in_few_words() -> None:
    body = written(for_reviewers(author_belongs=True)).body
    assert body.endswith("**ada**, it is not your turn.")


def test_what_authors_did_themselves_is_not_told_to_them() -> None:
    own = Evidence("draft-1", "https://github.com/acme/rockets/pull/7#2", "ada turned it into a draft.")
    candidate = for_the_author(1, turn={"evidence": (own, ASKED)}, by_author=frozenset({"draft-1"}))
    assert own.sentence not in written(candidate).body
    assert ASKED.sentence in written(candidate).body


@pytest.mark.parametrize(
    ("candidate", "because"),
    [
        pytest.param(for_the_author(1), "A reminder to @ada; ", id="a reminder"),
        pytest.param(for_the_author(2), "An offer of help to @ada; ", id="an offer"),
        pytest.param(for_the_author(2, author_belongs=True), "A reminder to @ada; ", id="to a member"),
        pytest.param(
            for_the_author(3), "The question to @ada whether somebody else may carry it on; ", id="the last"
        ),
        pytest.param(
            for_reviewers(turn={"teams": ("triage",)}),
            "A request to review it, to team triage; ",
            id="a team",
        ),
        pytest.param(
            for_reviewers(situation=Situation.MERGE, second_reviewer=SecondReviewer(team="triage")),
            "A request to merge it, to team triage; ",
            id="a team that is asked to merge",
        ),
        pytest.param(
            for_reviewers(situation=Situation.WORKFLOW, turn={"reviewers": (BOB,)}),
            "A request to let its checks run, to @bob; ",
            id="the checks",
        ),
    ],
)
def test_the_journal_says_what_was_to_be_done_and_not_that_it_was(candidate: Candidate, because: str) -> None:
    decided = nudge(candidate, CONFIG)
    assert decided.because.startswith(because)
    if candidate.situation is not Situation.REVIEW:
        assert requests(decided) == [], "nobody is asked for a review that is there"
