"""Forgetting a person leaves nothing that tells of them, and does not have them greeted again."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import text

from mentorbot.core.actions import Comment, Occasion, Remember
from mentorbot.core.people import Association, Person
from mentorbot.core.sightings import AnswerSeen, PersonSeen, ReviewSeen, ThreadSeen
from mentorbot.core.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Effect
from mentorbot.db.journal import Note
from mentorbot.db.lessons import Lesson, write_lessons
from mentorbot.db.store import Store
from mentorbot.db.tables import metadata
from tests.builders import NOW

EVE = Person(987654321, "eve-quimby")
ADA = Person(123456789, "ada")


def greeting(person: Person) -> Effect:
    return Effect(
        key=f"greeter/1/person {person.id}",
        feature="greeter",
        installation_id=5,
        repository_id=1,
        action=Comment(
            key=f"person {person.id}",
            number=4,
            body=f"Hello @{person.login}",
            occasion=Occasion.CELEBRATION,
            mentions=(person,),
        ),
        because=f"first pull request by @{person.login}",
    )


async def live_a_life(store: Store, person: Person, number: int) -> None:
    at = NOW - timedelta(days=number)
    lesson = Lesson(
        repository_id=1,
        as_of=NOW,
        sightings=[
            ThreadSeen(
                number=number, is_pull_request=True, author=person, association=Association.MEMBER,
                title=f"Work of {person.login}", opened_at=at,
            ),
            ReviewSeen(number=number + 1, by=person, at=at),
            AnswerSeen(number=number + 1, by=person, at=at),
            PersonSeen(person=person),
        ],
        beginnings=[PullRequestTimeline(number=number, author=person, opened_at=at)],
        acts=[(number, Act(kind=ActKind.COMMENTED, at=at, id=f"comment-{number}", by=person, body="…"))],
    )  # fmt: skip
    note = Note(
        at=NOW, feature="f", acted=True, because=f"@{person.login} came", repository_id=1, person_id=person.id
    )
    async with store.transaction() as connection:
        await write_lessons(connection, [lesson])
        await store.journal.write(connection, [note])
        await store.effects.add(connection, [greeting(person)], now=NOW)
        for key, value in ((f"person {person.id}", {}), ("ledger", {"entries": [{"by": person.id}]})):
            remember = Remember(kind=f"k{number}", key=key, value=value)
            await store.records.remember(connection, "f", 1, remember)
    payload = json.dumps({"sender": {"id": person.id, "login": person.login}}).encode()
    delivery = StoredDelivery(
        id=f"d{number}", event="issues", received_at=NOW, payload=payload, repository_id=1, state="done"
    )
    await store.deliveries.receive([(delivery, None)])


async def everything(store: Store) -> str:
    rows = []
    async with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            found = await connection.execute(text(f"SELECT to_jsonb(t)::text FROM {table.name} AS t"))  # noqa: S608 - our own tables
            rows += [f"{table.name} {row}" for row in found.scalars()]
    return "\n".join(rows)


async def test_nothing_tells_of_a_forgotten_person_and_others_are_remembered(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    await live_a_life(store, ADA, 50)

    touched = await store.forgetting.forget(EVE)

    left = await everything(store)
    assert str(EVE.id) not in left
    assert EVE.login not in left.lower()
    assert f"person {ADA.id}" in left
    assert ADA.login in left
    assert touched["people"] == 1
    assert (await store.deliveries.load(["d40"]))["d40"].payload is None


async def test_a_forgotten_person_is_not_greeted_as_new_once_more(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    await store.forgetting.forget(EVE)

    async with store.transaction() as connection:
        assert await store.effects.add(connection, [greeting(EVE)], now=NOW) == []


async def test_a_delivery_that_is_still_to_be_worked_off_keeps_its_payload(store: Store) -> None:
    await live_a_life(store, EVE, 40)
    fresh = StoredDelivery(id="new", event="issues", received_at=NOW, payload=b"{}", repository_id=1)
    await store.deliveries.receive([(fresh, None)])

    await store.forgetting.forget(EVE)

    assert (await store.deliveries.load(["new"]))["new"].payload == b"{}"


async def test_with_time_payloads_then_ids_then_the_journal_go(store: Store) -> None:
    await live_a_life(store, ADA, 40)
    waiting = StoredDelivery(id="waiting", event="issues", received_at=NOW, payload=b"{}")
    await store.deliveries.receive([(waiting, None)])

    await store.forgetting.prune(now=NOW + timedelta(days=13))
    assert (await store.deliveries.load(["d40"]))["d40"].payload is not None

    await store.forgetting.prune(now=NOW + timedelta(days=15))
    assert (await store.deliveries.load(["d40"]))["d40"].payload is None

    await store.forgetting.prune(now=NOW + timedelta(days=31))
    assert await store.deliveries.known(["d40", "waiting"]) == {"waiting"}
    assert len(await store.journal.latest()) == 1

    await store.forgetting.prune(now=NOW + timedelta(days=181))
    assert await store.journal.latest() == []
