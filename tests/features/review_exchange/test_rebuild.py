"""The ledger made again from what GitHub remembers."""

from __future__ import annotations

import pytest

from mentorbot.features.review_exchange.ledger.ledger import Entry, EntryKind
from mentorbot.features.review_exchange.rebuild import rebuilt
from tests.builders import a_person
from tests.features.review_exchange.project import Project, a_project


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


async def test_what_the_clock_and_reactions_decided_is_decided_again() -> None:
    project = a_project()
    project.people.met = {login: a_person(login) for login in ("ada", "cyd")}
    his, hers = await project.opens("bob"), await project.opens("ada")
    await project.wait(hours=1)
    await project.reviews("ada", his)
    await project.reviews("cyd", his)
    project.reacts("bob", his, "-1", to="cyd")
    await project.wait(hours=1)
    await project.says("olga", hers, "/credits give @ada 1")
    await project.wait(hours=1)
    await project.says("ada", hers, "/exchange")
    await project.says("bob", hers, "/exchange")
    await project.says("ada", hers, "/thanks @nobody")
    await project.wait(days=1)
    comment = await project.says("cyd", hers, "I had a look.")
    await project.edits(hers, comment, "I had a look, and will be back.")
    await project.deletes(hers, comment)
    await project.pushes(his)
    for _ in range(45):
        await project.wait(days=1)
    await project.closes(his)
    live, again = project.ledger(), await project.rebuilt()
    kinds = {entry.kind for entry in live.entries()}
    assert kinds >= {EntryKind.EARNED, EntryKind.VOIDED, EntryKind.SPENT, EntryKind.RETURNED}
    assert [entry.key for entry in again.entries()] == [entry.key for entry in live.entries()]


async def test_entries_about_other_pull_requests_stay() -> None:
    project = a_project()
    before = Entry(
        kind=EntryKind.GIFTED,
        person=a_person("ada"),
        at=project.now,
        place=project.place(99),
        what="from before",
        amount=200,
    )
    await project.opens("bob")
    again = await rebuilt(await project.past(), kept=[before])
    assert [entry.key for entry in again.entries()] == [before.key]
