"""One ledger for several repositories of an owner, and what becomes of it when somebody is forgotten."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.core.people import Person
from mentorbot.feature_api.records import typed
from mentorbot.features.review_exchange.ledger.export import to_json
from mentorbot.features.review_exchange.ledger.ledger import Entry, Ledger
from mentorbot.sandbox.model import Repository
from tests.world import CONFIG, World

SHARED = """\
review_exchange:
  give: 1
  checklist: off
  check_run: false
  shared_by: [octo/tea, octo/coffee]
"""
WORDS = (
    "I went through both loops with an empty list and a long one; the second visits every name twice, so a "
    "set would do better."
)
HOUR = timedelta(hours=1)


async def ledger_of(world: World, repository: Repository) -> Ledger:
    records = await world.bot.store.records.all("review_exchange", repository.id, Entry.KIND)
    return Ledger(typed(record, Entry).value for record in records)


async def two_projects(world: World, *, owners: str | None, own: str | None) -> tuple[Repository, Repository]:
    """Two repositories of octo's, with what the owner's file and their own say."""
    tea = world.project("octo/tea", config=own)
    coffee = world.project("octo/coffee", config=own)
    if owners is not None:
        world.acts.create_repository("octo/.github", files={CONFIG: owners}, by="olga")
    world.people("ada", "grace")
    await world.settled()
    return tea, coffee


async def test_what_is_earned_in_one_repository_is_spent_in_the_other(world: World) -> None:
    tea, coffee = await two_projects(world, owners=SHARED, own=None)
    hers = world.acts.open_pull_request("octo/tea", by="grace", title="Heat the kettle")
    mine = world.acts.open_pull_request("octo/coffee", by="ada", title="Grind the beans")
    await world.settled()
    await world.later(HOUR)
    world.acts.review(hers, by="ada", body=WORDS)
    await world.settled()
    world.acts.comment(hers, by="grace", body="/thanks @ada")
    await world.settled()
    asked = world.acts.comment(mine, by="ada", body="/credits")
    await world.settled()
    assert "Your credits: **1**." in world.said_in(mine)[-1]
    assert "for a review of octo/tea#" in world.said_in(mine)[-1].replace("\u200b", "")
    spent = world.acts.comment(mine, by="ada", body="/exchange")
    await world.settled()
    assert world.reactions_to(asked) == ["+1"]
    assert world.reactions_to(spent) == ["hooray"]
    kept = await ledger_of(world, tea)
    assert kept.problems() == []
    assert {entry.place.full_name for entry in kept.entries()} == {"octo/tea", "octo/coffee"}
    assert (await ledger_of(world, coffee)).entries() == []


async def test_a_repository_cannot_write_into_anothers_books_by_itself(world: World) -> None:
    tea, coffee = await two_projects(world, owners=None, own=SHARED)
    hers = world.acts.open_pull_request("octo/coffee", by="grace", title="Heat the kettle")
    await world.settled()
    await world.later(HOUR)
    world.acts.review(hers, by="ada", body=WORDS)
    await world.settled()
    assert (await ledger_of(world, tea)).entries() == []
    assert len((await ledger_of(world, coffee)).entries()) == 1


async def test_a_forgotten_person_takes_nothing_from_the_others(world: World) -> None:
    tea, _ = await two_projects(world, owners=None, own="review_exchange:\n  checklist: off\n")
    hers = world.acts.open_pull_request("octo/tea", by="grace", title="Heat the kettle")
    his = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup")
    await world.settled()
    await world.later(HOUR)
    world.acts.review(hers, by="ada", body=WORDS)
    world.acts.review(his, by="grace", body="I tested this on macOS, and all of it works.")
    await world.settled()
    await world.later(25 * HOUR)
    world.acts.comment(hers, by="grace", body="/thanks @ada")
    await world.settled()
    before = (await ledger_of(world, tea)).balance(_person(world, "ada"))
    assert before == 100
    await world.forget("grace")
    kept = await ledger_of(world, tea)
    assert kept.balance(_person(world, "ada")) == before
    assert kept.problems() == []
    assert "grace" not in to_json(kept.entries())


def _person(world: World, login: str) -> Person:
    account = world.github.world.find_account(login)
    assert account is not None
    return Person(account.id, login)
