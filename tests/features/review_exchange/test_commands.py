"""What people ask of the exchange, and what it answers: every refusal names its reason and a way on."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.config.durations import Duration
from mentorbot.config.principals import Principals
from mentorbot.core.actions import AddLabel, Comment, RemoveLabel, RemoveReviewRequest, RequestReview
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.timeline import Verdict
from mentorbot.feature_api.ports import ChangedFile
from mentorbot.features.review_exchange.config import ExchangeLabels, ReviewExchange
from mentorbot.features.review_exchange.ledger.entry import EntryKind
from tests.builders import a_person
from tests.features.review_exchange.project import WORDS, Project

LABELS = ExchangeLabels(ready="earned", wanted="wanted", in_review="in review")


def a_project(**settings: Any) -> Project:
    defaults: dict[str, Any] = {"checklist": None, "check_run": False, "newcomers_free": False}
    return Project(section=ReviewExchange(**{**defaults, **settings}))


async def test_credits_tells_what_somebody_has_and_why() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    his, hers = await project.opens("bob"), await project.opens("cyd")
    await project.wait(hours=1)
    await project.reviews("ada", his)
    await project.says("bob", his, "/thanks @ada")
    await project.reviews("ada", hers)
    await project.says("ada", hers, "/credits")
    text = project.answers[-1].text
    assert "You have no credit yet, and one review towards the next one. One more review that helped" in text
    assert "Waiting to be confirmed: #2" in text
    assert "earned in #1" in text
    await project.says("bob", hers, "/credits @ada")
    assert project.answers[-1].text.startswith("ada has no credit yet, and one review")


async def test_refusals_are_told_to_oneself_only() -> None:
    project = a_project()
    number = await project.opens("bob")
    await project.closes(number)
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.says("ada", number, "/credits")
    assert "`after_close`, it came after the pull request was merged or closed" in project.answers[-1].text
    await project.says("bob", number, "/credits @ada")
    assert "did not count" not in project.answers[-1].text


@pytest.mark.parametrize(
    ("by", "line", "says"),
    [
        pytest.param("ada", "/credits @no!body", "is no name of somebody", id="no name"),
        pytest.param("ada", "/credits @nobody", "can't find anybody called `nobody`", id="nobody"),
        pytest.param("olga", "/credits give", "Whom do you mean?", id="give to whom"),
        pytest.param("olga", "/credits give @ada", "How many credits?", id="give how many"),
        pytest.param("olga", "/credits give @ada 0", "How many credits?", id="none"),
        pytest.param("olga", "/credits give @ada ²", "How many credits?", id="no digit of ours"),
        pytest.param("olga", "/credits give @robot 1", "Bots have no account", id="a bot"),
        pytest.param("bob", "/thanks @bob", "Thanks go to somebody else", id="oneself"),
        pytest.param("bob", "/thanks @ada", "seen no review by ada here", id="no review"),
        pytest.param(
            "bob", "/exchange", "You have no credit yet. 2 more reviews that helped", id="no credit"
        ),
    ],
)
async def test_what_is_impossible_is_said_kindly(by: str, line: str, says: str) -> None:
    project = a_project()
    project.people.met = {
        "ada": a_person("ada"),
        "bob": a_person("bob"),
        "robot": a_person("robot[bot]", is_bot=True),
    }
    number = await project.opens("bob")
    await project.says(by, number, line)
    assert says in (project.answers[-1].text if project.answers else project.why[-1])
    assert project.ledger().entries() == []


async def test_gifts_have_a_giver_and_a_reason() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.says("olga", number, "/credits give @ada 2 for the @docs team")
    (entry,) = project.ledger().of(a_person("ada"), EntryKind.GIFTED)
    assert (entry.amount, entry.reason, entry.by) == (400, "for the @docs team", a_person("olga"))
    assert "@ada got 2 credits and has 2 credits now" in project.answers[-1].text
    await project.says("ada", number, "/credits")
    assert "@docs" not in project.answers[-1].text, "what users write mentions nobody"


async def test_thanks_say_why_there_is_nothing_to_thank_for_with_credits() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.says("bob", number, "/thanks @ada")
    assert project.answers[-1].reaction == "heart"
    await project.says("bob", number, "/thanks @ada")
    assert "earned its part already" in project.why[-1]
    late = await project.opens("bob")
    await project.closes(late)
    await project.wait(hours=1)
    await project.reviews("ada", late)
    await project.says("bob", late, "/thanks @ada")
    assert "doesn't earn anything, as it came after" in project.answers[-1].text


async def test_thanks_within_a_closed_circle_are_heard_and_a_maintainer_confirms() -> None:
    project = a_project()
    project.people.met = {login: a_person(login) for login in ("mallory", "trudy")}
    for turn in range(8):
        author, reviewer = ("mallory", "trudy") if turn % 2 else ("trudy", "mallory")
        number = await project.opens(author)
        await project.wait(days=2)
        await project.reviews(reviewer, number)
    await project.says(author, number, f"/thanks @{reviewer}")
    assert "A maintainer confirms" in project.answers[-1].text
    assert (
        project.state(reviewer, number) == (EntryKind.PENDING, "pair")
        or project.state(reviewer, number) is not None
    )
    await project.says("olga", number, f"/thanks @{reviewer}")
    assert project.state(reviewer, number) == (EntryKind.EARNED, "/thanks")


async def test_an_exchange_is_for_open_ready_pull_requests_and_once_at_a_time() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number, draft = await project.opens("ada"), await project.opens("ada", draft=True)
    await project.says("olga", number, "/credits give @ada 3")
    await project.says("ada", draft, "/exchange")
    assert "Press **Ready for review**" in project.answers[-1].text
    await project.says("ada", number, "/exchange")
    await project.says("ada", number, "/exchange")
    assert "A credit is spent here already" in project.answers[-1].text
    await project.closes(number)
    assert project.balance("ada") == 600, "nobody reviewed it, so the credit came back"
    await project.says("ada", number, "/exchange")
    assert "is closed" in project.answers[-1].text


async def test_labels_follow_the_exchange() -> None:
    project = a_project(labels=LABELS)
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(hours=1)
    await project.says("bob", number, "I will have a look at it tonight.")
    await project.wait(hours=1)
    await project.reviews("bob", number)
    put = [(type(a).__name__, a.label) for a in project.done if isinstance(a, AddLabel | RemoveLabel)]
    assert put == [
        ("AddLabel", "earned"),
        ("AddLabel", "wanted"),
        ("RemoveLabel", "wanted"),
        ("AddLabel", "in review"),
        ("RemoveLabel", "in review"),
    ]


async def test_checks_tell_the_balance_and_what_would_earn_the_next() -> None:
    project = a_project(check_run=True, newcomers_free=True)
    project.people.known["ada"] = ContributorHistory(person=a_person("ada"), pull_requests=3)
    project.people.met["ada"] = a_person("ada")
    await project.opens("nell")
    mine = await project.opens("ada")
    await project.opens("ada", draft=True)
    await project.opens("dependabot")
    assert project.checks() == ["A first review is free: write /exchange", "No credit yet"]
    await project.says("olga", mine, "/credits give @ada 1")
    assert project.checks()[-1] == "One credit to spend"
    await project.pushes(mine)
    assert len(project.checks()) == 4, "the new head shows it, too"


async def test_a_credit_earned_before_shows_on_a_new_pull_request() -> None:
    project = a_project(labels=LABELS)
    project.people.met["ada"] = a_person("ada")
    await project.says("olga", await project.opens("bob"), "/credits give @ada 1")
    number = await project.opens("ada")
    (label,) = project.actions(AddLabel)
    assert (label.number, label.label) == (number, "earned")


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
    assert "If you add a few words of your own" in said.body
    assert "https://acme.example/reviews" in said.body
    await project.says("ada", first, WORDS.format("q"))
    await project.wait(hours=1)
    await project.reviews("ada", second)
    assert len(project.actions(Comment)) == 1


async def test_somebody_is_asked_by_request_where_possible_and_else_by_a_mention() -> None:
    project = a_project(reviewers=(Principals(login="grace"), Principals(login="hedy")))
    project.github.accounts = {login: a_person(login) for login in ("grace", "hedy")}
    project.github.cannot_review = {"hedy"}
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    project.github.touched[number] = [ChangedFile("src/parser.c", "modified", 3, 1)]
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(days=8)
    await project.wait(days=1)
    asked = [a for a in project.done if isinstance(a, RequestReview | RemoveReviewRequest | Comment)]
    requests = {type(a).__name__ for a in asked}
    assert "RequestReview" in requests
    (mention,) = project.actions(Comment)
    assert "@hedy, ada reviewed others' pull requests" in mention.body
    assert "you offer reviews here" in mention.body
    assert "nobody (else) who could be asked" in project.why[-1] or "was asked on" in project.why[-1]


async def test_nobody_is_asked_who_is_away_busy_or_was_mentioned_thrice() -> None:
    project = a_project(reviewers=(Principals(login="grace"),), most_asked=1)
    project.github.accounts = {"grace": a_person("grace")}
    project.people.met["ada"] = a_person("ada")
    one, other = await project.opens("ada"), await project.opens("ada")
    await project.says("olga", one, "/credits give @ada 2")
    await project.says("ada", one, "/exchange")
    await project.says("ada", other, "/exchange")
    assert [a.number for a in project.actions(RequestReview)] == [one], "one at a time is enough for her"
    assert "I ask somebody as soon as somebody can be asked" in project.answers[-1].text


async def test_credits_expire_where_a_maintainer_wants_that() -> None:
    project = a_project(expire_after=Duration.parse("90 days"))
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("ada")
    await project.says("olga", number, "/credits give @ada 1")
    await project.wait(days=60)
    await project.says("olga", number, "/credits give @ada 1")
    await project.says("ada", number, "/exchange")
    await project.wait(days=40)
    assert project.balance("ada") == 400 + 100, "the older one was spent, came back, and is young again"
    await project.wait(days=60)
    assert project.balance("ada") <= 300
    await project.wait(days=60)
    assert project.balance("ada") == 0
    assert project.ledger().problems() == []


async def test_a_dispute_that_is_taken_back_is_none() -> None:
    project = a_project()
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    project.reacts("bob", number, "-1")
    await project.wait(hours=1)
    assert project.state("ada", number) == (EntryKind.DISPUTED, "👎")
    project.github.reacted_to.clear()
    await project.wait(hours=1)
    assert "Nobody disputes" in project.why[-1]
    await project.wait(days=8)
    assert project.state("ada", number) is not None
    assert project.balance("ada") == 100


async def test_a_dispute_that_nobody_settles_ends() -> None:
    project = a_project()
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    project.reacts("bob", number, "-1")
    project.reacts("passer-by", number, "+1")
    await project.wait(hours=1)
    await project.wait(days=31)
    assert project.state("ada", number) == (EntryKind.VOIDED, "unconfirmed")
    assert project.balance("ada") == 0
    await project.rounds()
    assert not [key for key in project.records.kept if key[0] == "waiting"]


async def test_suggestions_come_with_links_and_reasons_and_are_an_offer() -> None:
    project = a_project()
    for author in ("bob", "cyd", "dan", "eve"):
        number = await project.opens(author, title="Speed [it](https://evil.example) up")
        project.github.touched[number] = [ChangedFile(f"src/{author}.c", "modified", 1, 1)]
    await project.wait(days=2)
    await project.says("ada", 1, "/suggest reviews")
    text = project.answers[-1].text
    assert text.count("\n1. ") + text.count("\n2. ") + text.count("\n3. ") == 3
    assert "it touches one file" in text
    assert "waits for 2 days without a verdict" in text
    assert "](https://evil" not in text
    assert ("offer", str(a_person("ada").id)) in project.records.kept
    assert text.endswith("Every 2 reviews that helped earn you one review of your own.")


async def test_where_nothing_waits_suggestions_say_so() -> None:
    project = a_project()
    number = await project.opens("ada")
    await project.says("ada", number, "/suggest reviews")
    assert "there is nothing here that waits for a review" in project.answers[-1].text


@pytest.mark.parametrize(
    ("author", "given"),
    [
        pytest.param("olga", 1, id="her own words"),
        pytest.param("mallory", 0, id="somebody else's words"),
    ],
)
async def test_a_maintainer_gives_only_in_words_of_her_own_also_when_the_ledger_is_rebuilt(
    author: str, given: int
) -> None:
    project = Project()
    project.people.met["mallory"] = a_person("mallory")
    number = await project.opens("mallory")
    comment = await project.says(author, number, "Let me see.")

    await project.edits(number, comment, "/credits give @mallory 1", by="olga")

    entries = (await project.rebuilt()).of(a_person("mallory"), EntryKind.GIFTED)
    assert len(entries) == given
