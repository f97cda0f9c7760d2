"""Deliveries, effects, records and jobs: stored once, whatever happens."""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mentorbot.core import actions
from mentorbot.core.actions import Action, AddLabel, Comment, Occasion, Remember
from mentorbot.core.events import Reactable
from mentorbot.core.people import Person
from mentorbot.db.connection import text
from mentorbot.db.database import Database
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Effect, action_from_json, action_kinds, action_to_json, kind_of
from mentorbot.db.jobs import Job
from mentorbot.db.journal import DecisionNote
from mentorbot.db.records import Conflict
from mentorbot.db.store import Store
from mentorbot.db.url import libpq_url, sqlalchemy_url
from tests.builders import NOW, a_person
from tests.patience import PATIENCE
from tests.stored_effects import effects_of

ADA = a_person("ada")


def a_delivery(id_: str = "d", **more: object) -> StoredDelivery:
    values = {"event": "issues", "received_at": NOW, "payload": b'{"a": 1}', **more}
    return StoredDelivery(id=id_, **values)  # type: ignore[arg-type]  # a table of what differs


def a_job(name: str = "decide", **more: object) -> Job:
    return Job(task=name, arguments={"delivery": "d"}, **more)  # type: ignore[arg-type]  # the same


def an_effect(key: str = "greeter/1/person 7", *, action: Action | None = None) -> Effect:
    return Effect(
        key=key,
        feature="greeter",
        installation_id=5,
        repository_id=1,
        action=action or AddLabel(key="person 7", number=4, label="new"),
        because="…",
    )


async def waiting(store: Store) -> int:
    return (await store.jobs.backlog()).waiting


async def test_a_delivery_is_stored_with_its_job_or_not_at_all(store: Store) -> None:
    assert await store.deliveries.receive([(a_delivery(), a_job())]) == {"d"}
    assert await store.deliveries.receive([(a_delivery(), a_job())]) == set()

    assert await waiting(store) == 1
    assert (await store.deliveries.load(["d", "unknown"])) == {"d": a_delivery()}
    assert await store.deliveries.last() == NOW


async def test_a_batch_that_cannot_be_stored_leaves_neither_deliveries_nor_jobs(store: Store) -> None:
    broken = a_delivery("x", number=2**40)

    with pytest.raises(Exception, match="out of range"):
        await store.deliveries.receive([(a_delivery(), a_job()), (broken, a_job())])

    assert await store.deliveries.load(["d"]) == {}
    assert await waiting(store) == 0


async def test_a_delivery_is_settled_once(store: Store) -> None:
    await store.deliveries.receive([(a_delivery(), None)])

    async with store.transaction() as connection:
        assert await store.deliveries.settle(connection, ["d"], now=NOW) == {"d"}
        assert await store.deliveries.settle(connection, ["d"], now=NOW) == set()


async def test_a_job_with_a_name_waits_only_once(store: Store) -> None:
    for _ in range(2):
        async with store.transaction() as connection:
            await store.jobs.defer(connection, [a_job(once="seed 1"), a_job(once="seed 1"), a_job()])

    assert await waiting(store) == 3


async def test_two_transactions_that_defer_the_same_name_at_once_do_not_fail(store: Store) -> None:
    async def defer() -> None:
        async with store.transaction() as connection:
            await store.jobs.defer(connection, [a_job(once="a"), a_job(once="b")])

    await asyncio.gather(*(defer() for _ in range(8)))

    assert await waiting(store) == 2


async def test_a_job_of_a_transaction_that_is_rolled_back_never_was(store: Store) -> None:
    async def fail() -> None:
        async with store.transaction() as connection:
            await store.jobs.defer(connection, [a_job()])
            raise KeyError

    with pytest.raises(KeyError):
        await fail()

    assert await waiting(store) == 0


async def test_jobs_can_wait_for_their_time(store: Store) -> None:
    async with store.transaction() as connection:
        await store.jobs.defer(connection, [a_job(after=timedelta(hours=1))])

    backlog = await store.jobs.backlog()
    assert (backlog.waiting, backlog.later, backlog.running) == (0, 1, 0)


async def test_an_effect_with_a_known_key_is_not_added_again(store: Store) -> None:
    async with store.transaction() as connection:
        first = await store.effects.add(connection, [an_effect(), an_effect("greeter/1/x")], now=NOW)
        again = await store.effects.add(connection, [an_effect()], now=NOW)

    assert [effect.key for _, effect in first] == ["greeter/1/person 7", "greeter/1/x"]
    assert again == []


async def test_only_a_dropped_effect_becomes_due_again(store: Store) -> None:
    states = ("due", "doing", "done", "parked", "dropped")
    async with store.transaction() as connection:
        added = await store.effects.add(connection, [an_effect(f"k/{state}") for state in states], now=NOW)
        for id_, effect in added:
            await connection.execute(
                text("UPDATE effects SET state = :state WHERE id = :id"),
                {"state": effect.key.removeprefix("k/"), "id": id_},
            )
        again = await store.effects.add(connection, [an_effect(f"k/{state}") for state in states], now=NOW)

    assert [effect.key for _, effect in again] == ["k/dropped"]


async def test_an_effect_is_held_by_one_at_a_time(store: Store) -> None:
    async with store.effects.held(1) as mine, store.effects.held(1) as also_mine:
        assert (mine, also_mine) == (True, False)
    async with store.effects.held(1) as again:
        assert again


async def test_an_effect_comes_back_as_it_went_in(store: Store) -> None:
    comment = Comment(key="k", number=4, body="Hi", occasion=Occasion.NUDGE, mentions=(ADA,))
    async with store.transaction() as connection:
        [(id_, _)] = await store.effects.add(connection, [an_effect(action=comment)], now=NOW)

    found = await store.effects.get(id_)

    assert found is not None
    assert found.action == comment
    assert (found.kind, found.occasion, found.mentions) == ("Comment", Occasion.NUDGE, (ADA,))
    assert await store.effects.keyed("greeter/1/person 7") == found
    assert await effects_of(store, 1) == [found]


def every_action() -> list[Action]:
    source = Reactable(kind="issue_comment", id=1, node_id="n", url="u")
    values: dict[str, Any] = {
        "key": "k", "number": 4, "body": "b", "occasion": Occasion.ANSWER, "comment": "c", "to": source,
        "content": "+1", "label": "l", "reviewer": ADA, "head_sha": "a", "name": "n", "conclusion": "success",
        "title": "t", "summary": "s", "issue": "i", "mentions": (ADA,),
        "annotations": (actions.Annotation(path="p", line=1, message="m", title="t"),),
    }  # fmt: skip
    return [
        kind(**{field.name: values[field.name] for field in fields(kind) if field.name in values})
        for kind in action_kinds().values()
    ]


@pytest.mark.parametrize("action", every_action(), ids=kind_of)
def test_every_action_survives_the_store(action: Action) -> None:
    assert action_from_json(kind_of(action), action_to_json(action)) == action


STORED = json.loads(Path(__file__).with_name("actions_as_stored.json").read_text(encoding="utf-8"))
"""Actions of every kind as the version before the house was tidied stored them."""


@pytest.mark.parametrize("stored", STORED, ids=[f"{one['kind']} {one['action']['key']}" for one in STORED])
def test_stored_actions_are_read_and_written_as_ever(stored: dict[str, Any]) -> None:
    action = action_from_json(stored["kind"], stored["action"])
    assert json.dumps(action_to_json(action)) == json.dumps(stored["action"])


def test_there_is_a_stored_action_of_every_kind() -> None:
    assert {one["kind"] for one in STORED} == set(action_kinds())


def test_a_person_in_an_action_keeps_login_and_nature() -> None:
    react = Comment(
        key="k", number=1, body="", occasion=Occasion.ANSWER, mentions=(Person(7, "ada", is_bot=True),)
    )

    [person] = action_from_json("Comment", action_to_json(react)).mentions  # type: ignore[attr-defined]  # a Comment

    assert (person.id, person.login, person.is_bot) == (7, "ada", True)


async def test_records_have_versions_and_conflicts(store: Store) -> None:
    async def remember(count: int, expected: int | None) -> None:
        async with store.transaction() as connection:
            action = Remember(kind="k", key="a", value={"n": count}, expected=expected)
            await store.records.remember(connection, "f", 1, action)

    await remember(1, 0)
    await remember(2, 1)
    await remember(3, None)
    for expected in (0, 1, 7):
        with pytest.raises(Conflict):
            await remember(9, expected)

    record = await store.records.get("f", 1, "k", "a")
    assert record is not None
    assert (record.value, record.version) == ({"n": 3}, 3)
    assert await store.records.get("f", 2, "k", "a") is None
    assert [found.key for found in await store.records.all("f", 1, "k")] == ["a"]


async def test_journal_entries_with_the_same_place_replace_each_other(store: Store) -> None:
    def note(because: str, place: str | None = None, days: int = 0) -> DecisionNote:
        at = NOW + timedelta(days=days)
        return DecisionNote(
            at=at, feature="f", acted=False, because=because, repository_id=1, number=4, place=place
        )

    async with store.transaction() as connection:
        await store.journal.write(connection, [note("a"), note("first", "p"), note("second", "p")])
        await store.journal.write(connection, [note("third", "p", days=1), note("b")])

    assert [entry.because for entry in await store.journal.about(1, 4, limit=9)] == ["third", "b", "a"]
    assert [entry.because for _, entry in await store.journal.latest(limit=1)] == ["third"]


async def test_what_happens_in_a_rehearsal_never_happened(store: Store) -> None:
    async with store.dry_run() as rehearsed:
        await rehearsed.deliveries.receive([(a_delivery(), a_job())])
        assert await rehearsed.deliveries.known(["d"]) == {"d"}
        assert await waiting(rehearsed) == 1

    assert await store.deliveries.known(["d"]) == set()
    assert await waiting(store) == 0


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgres://u:p%40ss@host:5433/db", id="as some hosts write it"),
        pytest.param("postgresql://u:p%40ss@host:5433/db", id="as it should be"),
        pytest.param("postgresql+psycopg://u:p%40ss@host:5433/db", id="as SQLAlchemy wants it"),
    ],
)
def test_addresses_are_understood_in_every_spelling(url: str) -> None:
    assert sqlalchemy_url(url).startswith("postgresql+psycopg://u:p%40ss@host:5433/db?connect_timeout=")
    assert libpq_url(url).startswith("postgresql://u:p%40ss@host:5433/db?connect_timeout=")


async def test_whoever_is_still_at_it_when_all_is_closed_comes_to_the_end(database_url: str) -> None:
    database = Database(database_url)
    begun = asyncio.Event()

    async def slowly() -> None:
        async with database.transaction() as connection:
            begun.set()
            await connection.execute(text("SELECT pg_sleep(0.2)"))
            await connection.execute(text("INSERT INTO secrets (name, value) VALUES ('late', 'written')"))

    working = asyncio.create_task(slowly())
    await begun.wait()
    await database.close(within=PATIENCE)

    assert working.done()
    async with await psycopg.AsyncConnection.connect(libpq_url(database_url)) as connection:
        found = await connection.execute("SELECT 1 FROM secrets WHERE name = 'late'")
        assert await found.fetchone() == (1,)
