"""A store that the version before filled is opened, brought up to date, and read as ever.

`store_of_before.sql` is a small project's: a pair of mentor and mentee, reviews earned and exchanged, quiet
pull requests, a muted thread, a broken config, somebody who was forgotten. It is never written anew: what
comes later gets a dump of its own.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest

from mentorbot import features
from mentorbot.core.actions import AddLabel, Comment, OpenIssue, PublishCheckRun
from mentorbot.core.journal import Outcome
from mentorbot.core.people import Person
from mentorbot.db.schema import migrate, missing_migrations
from mentorbot.db.store import Store
from mentorbot.domain.turns import Holder, TurnSettings, whose_turn
from mentorbot.feature_api.records import Recordable, remember, typed
from mentorbot.features.first_merge.facts import Landed
from tests.postgres import PostgresForTests
from tests.stored_effects import effects_of

DUMP = Path(__file__).with_name("store_of_before.sql")
TEA = 40001
BOB = Person(1009, "bob")
WRITTEN = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
async def old(postgres: PostgresForTests) -> AsyncIterator[Store]:
    """The store of before, opened by the program of today."""
    url = postgres.empty_database()
    with psycopg.connect(url) as connection:
        connection.execute(DUMP.read_bytes())
    await migrate(url)
    assert await missing_migrations(url) == ()
    store = Store(url)
    await store.start()
    yield store
    await store.close()
    postgres.drop(url)


async def test_people_and_what_they_did_are_known(old: Store) -> None:
    assert await old.people.named("Bob") == BOB
    found = await old.people.contributor_history(TEA, BOB, before=WRITTEN, number=0)
    assert found.is_complete
    history = found.contributor_history
    assert (history.pull_requests, history.merged, history.insider) == (2, 1, False)
    waits = await old.people.waits(TEA, since=datetime(2026, 1, 1, tzinfo=UTC), now=WRITTEN)
    assert sum(wait.answered_at is not None for wait in waits) == 1


async def test_who_asked_to_be_forgotten_still_is(old: Store) -> None:
    assert await old.forgetting.forgotten_among([1010, BOB.id]) == {1010}


async def test_timelines_are_read_and_tell_whose_turn_it_is(old: Store) -> None:
    pulls = {pull.number: pull async for pull in old.timelines.open(TEA)}
    assert set(pulls) == {6, 7, 8, 10, 13}
    heat = pulls[8]
    assert (heat.author, heat.title, heat.labels) == (
        Person(1006, "ada"), "Heat the kettle", frozenset({"waiting: author", "exchange: earned"}),
    )  # fmt: skip
    turn = whose_turn(heat, TurnSettings(), now=WRITTEN)
    assert (turn.holder, turn.because) == (Holder.AUTHOR, "There is no answer to grace yet.")
    assert [pull.number for pull in await old.timelines.open_by(TEA, BOB)] == [10]


async def test_records_are_read_as_features_do(old: Store) -> None:
    record = await old.records.get("first_merge", TEA, Landed.KIND, str(BOB.id))
    assert record is not None
    assert typed(record, Landed).value == Landed(numbers=(9,))


async def test_every_record_with_a_class_fits_it_and_is_reads_the_same_when_written_again(old: Store) -> None:
    kinds = {(feature, kind.KIND): kind for feature, kind in _kinds_of_records()}
    fitting: Counter[str] = Counter()
    for (feature, name), kind in kinds.items():
        for record in await old.records.all(feature, TEA, name):
            value = typed(record, kind).value
            again = remember(value, key=record.key)
            assert typed(replace(record, value=again.value), kind).value == value
            fitting[feature] += 1
    assert fitting["first_merge"] == 1


async def test_effects_are_read_in_every_state_and_known_by_their_keys(old: Store) -> None:
    effects = await effects_of(old, TEA)
    assert Counter(effect.state for effect in effects) == {"done": 63, "dropped": 2, "due": 1, "parked": 1}
    assert {AddLabel, Comment, OpenIssue, PublishCheckRun} <= {type(effect.action) for effect in effects}
    welcome = await old.effects.keyed(f"welcome/{TEA}/person {BOB.id}/pull request")
    assert welcome is not None
    assert (welcome.state, welcome.mentions, welcome.people) == ("done", (BOB,), (BOB.id,))
    assert "url" in cast("dict[str, Any]", welcome.result)
    assert [row.source for row in await old.parked.all()] == ["effect"]


async def test_the_journal_tells_what_was_decided_and_what_became_of_it(old: Store) -> None:
    [first, *_] = await old.journal.about(TEA, 9, limit=50, feature="first_merge")
    assert (first.because, first.outcome, first.person_id) == (
        "the 1st merged pull request by @bob", Outcome.DONE, 1004,
    )  # fmt: skip
    everything = await old.journal.latest(limit=1000)
    assert {entry.outcome for _, entry in everything} >= {
        Outcome.NOTHING, Outcome.DONE, Outcome.WAITING, Outcome.FAILED, Outcome.DROPPED,
    }  # fmt: skip


async def test_deliveries_config_and_place_of_work_are_there(old: Store) -> None:
    with psycopg.connect(old.url) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM deliveries WHERE payload IS NOT NULL")]
    deliveries = await old.deliveries.load(ids)
    assert len(ids) == 3
    assert {json.loads(one.payload or b"")["repository"]["id"] for one in deliveries.values()} == {TEA}
    config = (await old.configs.load([TEA]))[TEA]
    assert "chequelist" in (config.sources[0].text or "")
    assert config.last_good["repository"]["review_exchange"]["checklist"] == "off"
    place = await old.repositories.named("Octo/Tea")
    assert place is not None
    assert (place.repository.id, place.active, place.seeding) == (TEA, True, "finished")


def _kinds_of_records() -> Iterator[tuple[str, type[Recordable]]]:
    for module in pkgutil.walk_packages(features.__path__, f"{features.__name__}."):
        feature = module.name.split(".")[2]
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and is_dataclass(one) and hasattr(one, "KIND"):
                yield feature, cast("type[Recordable]", one)
