"""What becomes of a review in the ledger, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mentorbot.core.actions import Comment
from mentorbot.core.events import Commented
from mentorbot.core.people import Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.timeline import Act, ActKind, Verdict
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger import EntryKind
from mentorbot.features.review_exchange.scoring.facts import remark
from mentorbot.features.review_exchange.scoring.rules import weigh
from tests.builders import a_comment, a_person, an_event, an_issue
from tests.features.review_exchange.project import WORDS, Project, a_project


async def test_a_typo_mended_long_after_takes_nothing_away() -> None:
    """Overnight GitHub's newer telling replaces the words we heard, with the date of the edit."""
    project = Project()
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.says("ada", number, "I tested this on macOS and all tests pass.")
    await project.wait(days=2)
    timeline = project.timelines.seen[number]
    retold = [
        replace(act, edited_at=project.now) if act.by == a_person("ada") else act for act in timeline.acts
    ]
    project.timelines.seen[number] = timeline.with_acts(retold)
    await project.says("ada", number, "And on Windows.")
    assert project.why[-1] == "The review by @ada counted when it was given, and still does"
    await project.wait(days=6)
    assert project.balance("ada") == 100


async def test_it_counts_once_however_much_is_said() -> None:
    project = Project()
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.reviews("ada", number)
    assert project.why[-1] == "The review by @ada counts already, but is not confirmed yet"
    assert len(project.ledger().entries()) == 1


async def test_who_lessens_the_value_is_named() -> None:
    project = Project()
    for _ in range(4):
        number = await project.opens("bob")
        await project.wait(days=2)
        await project.reviews("ada", number)
    assert "counts if nobody objects (credits: +¼, made less by pair)" in project.why[-1]


async def test_a_review_before_the_credit_was_spent_settles_nothing_but_a_later_one_does() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    number = await project.opens("ada")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    await project.wait(hours=1)
    await project.says("ada", number, "/exchange")
    assert project.ledger().of(a_person("ada"), EntryKind.SETTLED) == []
    await project.wait(hours=1)
    await project.reviews("bob", number)
    (settled,) = project.ledger().of(a_person("ada"), EntryKind.SETTLED)
    assert settled.by == a_person("bob")
    assert len(project.ledger().of(a_person("bob"), EntryKind.PENDING)) == 1


async def test_an_approval_with_a_question_is_more_than_an_approval() -> None:
    project = Project()
    number = await project.opens("bob")
    await project.wait(hours=1)
    question = ["Why not a set of names?"]
    await project.reviews("ada", number, "LGTM", verdict=Verdict.APPROVED, lines=question)
    await project.reviews("cyd", number, verdict=Verdict.APPROVED)
    assert project.ledger().of(a_person("ada"), EntryKind.PENDING)[0].verdict == "approved"
    assert project.ledger().of(a_person("cyd"), EntryKind.PENDING)[0].verdict == "approval only"


async def test_a_merge_without_a_review_gives_the_credit_back() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    await project.reviews("bob", number, "LGTM", verdict=Verdict.APPROVED)
    await project.closes(number, merged=True)
    assert "@ada gets the credit back: it was merged before a review" in project.why[-1]
    assert "(substance)" in project.why[-1]


async def test_a_review_that_arrives_with_the_merge_settles_it() -> None:
    """The webhook of a review may be late: what counts is what is known at the end."""
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    number = await project.opens("ada")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    review = Act(
        kind=ActKind.REVIEWED,
        at=project.now,
        id="review-9",
        by=a_person("bob"),
        body="I tested this on macOS and all tests pass.",
        verdict=Verdict.APPROVED,
    )
    project.timelines.seen[number] = project.timelines.seen[number].with_acts([review])
    await project.wait(hours=1)
    await project.closes(number, merged=True)
    assert project.ledger().of(a_person("ada"), EntryKind.RETURNED) == []
    assert project.ledger().of(a_person("ada"), EntryKind.SETTLED)[0].by == a_person("bob")
    assert project.state("bob", number) == (EntryKind.PENDING, "")


async def test_an_exchange_sees_through_a_review_that_was_earned_already() -> None:
    project = Project(section=ReviewExchange(check_run=False, checklist=None))
    project.people.met["bob"] = a_person("bob")
    number = await project.opens("ada")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    await project.says("ada", number, "/thanks @bob")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    assert "The review by @bob has earned its credits already; @ada got the review" in project.why[-1]


@pytest.mark.parametrize(
    ("writer", "on_issue", "says"),
    [
        pytest.param(a_person("ada"), True, "It is no pull request", id="an issue"),
        pytest.param(a_person("ci", is_bot=True), False, "Bots don't take part", id="a bot"),
        pytest.param(a_person("codecov"), False, "Bots don't take part", id="a program under a user's name"),
        pytest.param(None, False, "Bots don't take part", id="somebody who is gone"),
        pytest.param(a_person("bob"), False, "Its author talks here", id="the author"),
        pytest.param(a_person("ada"), False, "I have not seen this pull request", id="before our time"),
    ],
)
async def test_what_is_nobodys_business_fills_no_journal(
    writer: Person | None, on_issue: bool, says: str
) -> None:
    project = Project()
    number = await project.opens("bob")
    thread = an_issue(number=number) if on_issue else project.thread(number)
    if says.startswith("I have"):
        project.timelines.seen.clear()
    comment = a_comment(author=writer)
    event = an_event(Commented, thread=thread, comment=comment)
    plan = weigh(await remark(event, project.section, project.ports()), project.section)
    assert says in plan.because
    assert not plan.concerns


async def test_somebodys_first_review_gets_a_checklist_once() -> None:
    project = a_project(checklist="default", guide="https://acme.example/reviews")
    project.people.known["olga"] = ContributorHistory(person=a_person("olga"), insider=True)
    first, second = await project.opens("bob"), await project.opens("cyd")
    await project.wait(hours=1)
    await project.reviews("ada", first, "LGTM", verdict=Verdict.APPROVED)
    await project.reviews("olga", first)
    (said,) = project.actions(Comment)
    assert said.mentions == (a_person("ada"),)
    assert "your first review" in said.body
    assert "Would you add a few words" in said.body
    assert "https://acme.example/reviews" in said.body
    await project.says("ada", first, WORDS.format("q"))
    await project.wait(hours=1)
    await project.reviews("ada", second)
    assert len(project.actions(Comment)) == 1


async def test_thanks_for_a_first_review_promise_nothing_that_is_not_so() -> None:
    project = a_project(checklist="default")
    number, late = await project.opens("bob"), await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.closes(late)
    await project.wait(hours=1)
    await project.reviews("cyd", late)
    counts, too_late = [said.body for said in project.actions(Comment)]
    assert "If nobody objects, it counts towards a credit" in counts
    assert "This one can't: it came after the pull request was closed." in too_late
    assert "add a few words" not in too_late


async def test_maintainers_own_words_for_a_first_review_win() -> None:
    project = a_project(checklist="Welcome, ${reviewer}. ${counts}")
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    (said,) = project.actions(Comment)
    assert said.body.startswith("Welcome, ada. If nobody objects, it counts")
