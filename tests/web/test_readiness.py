"""Readiness is a tiny write, shared by all who ask; work that is stuck is told in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.web.health import ASKED_EVERY, Readiness, ReadinessVerdict
from mentorbot.web.metrics import Metrics
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import an_office
from tests.postgres import PostgresForTests

STUCK = text(
    """UPDATE procrastinate_jobs SET scheduled_at = now() - CAST(:age AS interval) WHERE status = 'todo'"""
)


class Timer:
    """A clock of seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class CountedStore(Store):
    """Counts how often it was written to for readiness' sake."""

    writes = 0

    async def takes_writes(self) -> None:
        self.writes += 1
        await super().takes_writes()


@pytest.fixture
async def counted(database_url: str) -> AsyncIterator[CountedStore]:
    store = CountedStore(database_url)
    await store.start()
    yield store
    await store.close()


def a_readiness(store: Store, timer: Timer, metrics: Metrics | None = None) -> Readiness:
    return Readiness(store, metrics or Metrics(), timer=timer)


async def test_a_hundred_who_ask_cost_one_write_in_five_seconds(counted: CountedStore) -> None:
    timer = Timer()
    readiness = a_readiness(counted, timer)

    verdicts = await asyncio.gather(*(readiness.verdict() for _ in range(100)))
    timer.now += ASKED_EVERY - 0.1
    await readiness.verdict()
    assert set(verdicts) == {ReadinessVerdict()}
    assert counted.writes == 1

    timer.now += 0.2
    await readiness.verdict()
    assert counted.writes == 2


async def test_a_store_that_takes_no_writes_is_not_ready(store: Store) -> None:
    timer = Timer()
    readiness = a_readiness(store, timer)
    assert await readiness.verdict() == ReadinessVerdict()
    name = store.url.rpartition("/")[2].partition("?")[0]
    async with store.database.reading() as connection:
        await connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    await store.database.close()  # new connections learn of it: reading goes on, as with a full disk

    timer.now += ASKED_EVERY
    (reason,) = (await readiness.verdict()).reasons

    assert reason.startswith("the store takes no writes (")


async def test_a_database_of_a_newer_mentorbot_says_what_to_install(store: Store) -> None:
    await store.database.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    (reason,) = (await a_readiness(store, Timer()).verdict()).reasons

    assert reason.startswith("The database was migrated by a newer mentorbot (to 9999,")


async def test_a_database_without_its_tables_says_which_migrations_to_run(
    postgres: PostgresForTests,
) -> None:
    url = postgres.empty_database()
    store = Store(url)
    verdict = await a_readiness(store, Timer()).verdict()
    await store.close()
    postgres.drop(url)
    assert verdict.reasons[0] == "migration 0001 is missing: run `mentorbot migrate`"


async def test_work_that_is_due_for_more_than_ten_minutes_is_a_warning(store: Store) -> None:
    office, timer, metrics = an_office(store), Timer(), Metrics()
    await store.repositories.put(5, [a_repository(owner=a_person("acme"))], as_of=NOW)
    await office.engine._components.installations.start_backfill(a_repository(owner=a_person("acme")))
    readiness = a_readiness(store, timer, metrics)
    await readiness.refresh()
    assert await readiness.verdict() == ReadinessVerdict()
    assert value_of(metrics, "mentorbot_repositories_reading") == 1
    assert 0 < value_of(metrics, 'mentorbot_oldest_job_seconds{state="waiting"}') < 300

    async with store.transaction() as connection:
        await connection.execute(STUCK, {"age": "12 minutes"})
    timer.now += ASKED_EVERY
    await readiness.refresh()

    assert await readiness.verdict() == ReadinessVerdict(
        warnings=("the oldest waiting job has been due for 12 minutes",)
    )
    assert value_of(metrics, 'mentorbot_oldest_job_seconds{state="waiting"}') > 700
    assert value_of(metrics, 'mentorbot_oldest_job_seconds{state="running"}') == 0


async def test_a_job_that_runs_for_ever_is_a_warning(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(5, [a_repository(owner=a_person("acme"))], as_of=NOW)
    await office.engine._components.installations.start_backfill(a_repository(owner=a_person("acme")))
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        await connection.execute(text("UPDATE procrastinate_events SET at = at - interval '2 hours'"))

    assert (await a_readiness(store, Timer()).verdict()).warnings == (
        "the oldest job under way has run for 120 minutes",
    )


async def test_while_the_store_does_not_answer_gauges_say_nothing(store: Store) -> None:
    metrics = Metrics()
    gone = Store("postgresql://nobody@127.0.0.1:9/none")
    readiness = a_readiness(gone, Timer(), metrics)
    await readiness.refresh()
    assert str(value_of(metrics, "mentorbot_jobs_waiting")) == "nan"
    assert str(value_of(metrics, 'mentorbot_oldest_job_seconds{state="running"}')) == "nan"
    (reason,) = (await readiness.verdict()).reasons
    assert reason.startswith("the store takes no writes (")
    await gone.database.close()


def value_of(metrics: Metrics, name: str) -> float:
    """What a figure says in the exposition."""
    lines = metrics.exposition().decode().splitlines()
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))
