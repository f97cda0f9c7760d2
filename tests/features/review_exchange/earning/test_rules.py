"""Who says that a review helped, or that it didn't."""

from __future__ import annotations

from mentorbot.features.review_exchange.ledger.ledger import EntryKind
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


async def test_thanks_say_why_there_is_nothing_to_thank_for_with_credits() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    await project.says("bob", number, "/thanks @ada")
    assert project.answers[-1].reaction == "heart"
    await project.says("bob", number, "/thanks @ada")
    assert "earned its credits already" in project.why[-1]
    late = await project.opens("bob")
    await project.closes(late)
    await project.wait(hours=1)
    await project.reviews("ada", late)
    await project.says("bob", late, "/thanks @ada")
    assert "can't earn a credit: it came after" in project.answers[-1].text


async def test_thanks_within_a_closed_circle_are_heard_and_a_maintainer_confirms() -> None:
    project = a_project()
    project.people.met = {login: a_person(login) for login in ("mallory", "trudy")}
    for turn in range(8):
        author, reviewer = ("mallory", "trudy") if turn % 2 else ("trudy", "mallory")
        number = await project.opens(author)
        await project.wait(days=2)
        await project.reviews(reviewer, number)
    await project.says(author, number, f"/thanks @{reviewer}")
    assert "A maintainer has to confirm" in project.answers[-1].text
    assert (
        project.state(reviewer, number) == (EntryKind.PENDING, "pair")
        or project.state(reviewer, number) is not None
    )
    await project.says("olga", number, f"/thanks @{reviewer}")
    assert project.state(reviewer, number) == (EntryKind.EARNED, "/thanks")


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
    assert "Nobody objects" in project.why[-1]
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


async def test_what_is_earned_stays_earned_whatever_is_deleted() -> None:
    project = Project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.wait(hours=1)
    comment = await project.says("ada", number, "I tested this on macOS and all tests pass.")
    await project.says("bob", number, "/thanks @ada")
    await project.deletes(number, comment)
    await project.closes(number)
    assert project.state("ada", number) == (EntryKind.EARNED, "/thanks")
    assert project.balance("ada") == 100


async def test_what_is_earned_already_waits_no_more() -> None:
    project = a_project()
    project.people.met["ada"] = a_person("ada")
    number = await project.opens("bob")
    await project.wait(hours=1)
    await project.reviews("ada", number)
    waiting = next((key, record) for key, record in project.records.kept.items() if key[0] == "waiting")
    await project.says("bob", number, "/thanks @ada")
    project.records.put(*waiting[0], waiting[1].value)
    await project.wait(hours=1)
    assert project.why[-1] == "The review by @ada is settled already"
    assert waiting[0] not in project.records.kept
    assert project.balance("ada") == 100
