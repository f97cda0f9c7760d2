"""Decisions made at the same moment, through the whole engine and PostgreSQL: nothing is given away twice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mentorbot.core.actions import React, RequestReview
from mentorbot.core.people import Person
from mentorbot.db.store import Store
from mentorbot.features.mentoring import FEATURE
from mentorbot.features.review_exchange import FEATURE as REVIEW_EXCHANGE
from tests.builders import a_person, a_pull_request
from tests.engine.office import FakeApp, FakeReader, Office, a_pull_by, an_office
from tests.github import hooks
from tests.patience import PATIENCE


@dataclass
class SlowGitHub(FakeReader):
    """Its answer to who is away comes only when `wanted` have asked, so that they all decide on the same."""

    wanted: int = 1
    waiting: int = 0
    everybody: asyncio.Event = field(default_factory=asyncio.Event)

    def gather(self, wanted: int) -> None:
        self.wanted, self.waiting = wanted, 0
        self.everybody.clear()

    async def away(self, people: Collection[Person]) -> frozenset[Person]:
        self.waiting += 1
        if self.waiting >= self.wanted:
            self.everybody.set()
        await asyncio.wait_for(self.everybody.wait(), PATIENCE)
        return await super().away(people)


def a_programme(store: Store, config: str, *mentors: str) -> tuple[Office, SlowGitHub]:
    github = SlowGitHub(config=f"mentoring: {config}")
    github.accounts = {login: a_person(login) for login in mentors}
    return an_office(store, FEATURE, app=FakeApp(here=github)), github


async def write(office: Office, said: Sequence[tuple[str, str, int]]) -> None:
    """People write comments, each in an issue by the first of them; then everything is worked off."""
    for place, (login, body, number) in enumerate(said):
        who = {"id": a_person(login).id, "login": login, "type": "User"}
        author = {"id": 1000 + number, "login": f"newcomer{number}", "type": "User"}
        issue = hooks.an_issue(number=number, user=author)
        written = hooks.a_comment(id=number * 100 + place, user=who, body=body)
        await office.hear(
            "issue_comment", hooks.an_issue_hook("created", issue=issue, comment=written, sender=who)
        )
    await office.work()


async def pairs(store: Store) -> list[tuple[str, int | None]]:
    """The states of all pairs, each with the id of the mentor."""
    wishes = await store.records.all("mentoring", 1, "pair")
    bonds = {bond.key: bond.value["mentor"] for bond in await store.records.all("mentoring", 1, "bond")}
    return sorted((wish.value["state"], bonds.get(wish.key)) for wish in wishes)


async def test_of_four_who_ask_for_a_mentor_at_once_only_one_is_offered_the_only_seat(store: Store) -> None:
    office, github = a_programme(store, "{mentors: [{login: ada, capacity: 1}]}", "ada")
    github.gather(4)

    await write(office, [(login, "/mentor me", 20 + n) for n, login in enumerate(("bo", "cy", "di", "ed"))])

    waiting = ("asked", None)
    assert await pairs(store) == [waiting, waiting, waiting, ("offered", a_person("ada").id)]
    assert sum("would you like to be" in said for said in office.said) == 1
    assert sum("was asked about somebody else and has not answered yet" in said for said in office.said) == 3


async def test_four_who_ask_at_once_are_shared_between_the_mentors_with_room(store: Store) -> None:
    office, github = a_programme(store, "{capacity: 2, mentors: [ada, grace]}", "ada", "grace")
    github.gather(4)

    await write(office, [(login, "/mentor me", 20 + n) for n, login in enumerate(("bo", "cy", "di", "ed"))])

    both = sorted((a_person("ada").id, a_person("grace").id) * 2)
    assert await pairs(store) == [("offered", mentor) for mentor in both]


async def test_of_four_offers_at_once_a_mentor_keeps_as_many_as_there_are_seats(store: Store) -> None:
    office, github = a_programme(store, "{mentors: [{login: ada, capacity: 1}]}", "ada")
    github.gather(4)

    await write(office, [("ada", "/mentor offer", 20 + n) for n in range(4)])

    assert await pairs(store) == [("offered back", a_person("ada").id)]
    assert sum("You have no free seat" in said for said in office.said) == 3


async def test_of_four_requests_accepted_at_once_a_mentor_gets_as_many_as_there_are_seats(
    store: Store,
) -> None:
    office, github = a_programme(store, "{mentors: [{login: ada, capacity: 1}]}", "ada")
    await write(office, [(login, "/mentor me", 20 + n) for n, login in enumerate(("bo", "cy", "di", "ed"))])
    github.gather(4)

    await write(office, [("ada", "/mentor accept", 20 + n) for n in range(4)])

    assert [state for state, _ in await pairs(store)].count("active") == 1
    cheers = [action for action in office.app.pen.done if isinstance(action, React)]
    assert [action.content for action in cheers].count("hooray") == 1


def exchange(reviewers: str) -> str:
    return f"review_exchange: {{reviewers: {reviewers}, most_asked: 1, checklist: off, check_run: false}}"


async def four_exchanges(store: Store, config: str) -> tuple[Office, SlowGitHub]:
    """Four newcomers spend their free credits at the same moment."""
    github = SlowGitHub(config=config)
    github.accounts = {"ada": a_person("ada")}
    office = an_office(store, REVIEW_EXCHANGE, app=FakeApp(here=github))
    logins = ("bo", "cy", "di", "ed")
    for number, login in enumerate(logins, start=20):
        github.threads[number] = a_pull_request(number=number, author=login)
        await office.hear("pull_request", a_pull_by(login, number=number))
    await office.work()
    github.gather(len(logins))
    for number, login in enumerate(logins, start=20):
        who = {"id": a_person(login).id, "login": login, "type": "User"}
        issue = hooks.an_issue(number=number, user=who, pull_request={"url": "…"})
        written = hooks.a_comment(id=number * 100, user=who, body="/exchange")
        await office.hear(
            "issue_comment", hooks.an_issue_hook("created", issue=issue, comment=written, sender=who)
        )
    await office.work()
    return office, github


async def asked_in_exchanges(store: Store) -> list[list[str]]:
    """Who was asked for a review of each pull request."""
    exchanges = await store.records.all("review_exchange", 1, "exchange")
    return sorted([ask["person"]["login"] for ask in record.value["asked"]] for record in exchanges)


async def test_of_four_who_spend_a_credit_at_once_only_as_many_ask_a_reviewer_as_there_is_room(
    store: Store,
) -> None:
    office, _ = await four_exchanges(store, exchange("[ada]"))

    assert await asked_in_exchanges(store) == [[], [], [], ["ada"]]
    assert sum(isinstance(action, RequestReview) for action in office.app.pen.done) == 1


async def test_one_round_of_the_clock_asks_a_reviewer_for_no_more_than_there_is_room(store: Store) -> None:
    office, github = await four_exchanges(store, exchange("[]"))
    assert await asked_in_exchanges(store) == [[], [], [], []]
    github.config = exchange("[ada]")
    await store.configs.put(1, await github.config_sources(), {}, now=office.now[0])
    github.gather(1)

    await office.engine.sweep("acme/rockets")

    assert await asked_in_exchanges(store) == [[], [], [], ["ada"]]
