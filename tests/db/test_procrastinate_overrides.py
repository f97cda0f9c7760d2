"""What we do differently from procrastinate keeps its promises, and fits the version that is locked."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.worker import Worker

from mentorbot.db.connection import text
from mentorbot.db.jobs import ANSWERS, EFFECTS, QUEUE, Job
from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.procrastinate_overrides import BatchingJobManager, PromptWorker
from mentorbot.db.store import Store
from tests.postgres import PostgresForTests

ROOT = Path(__file__).parents[2]


async def defer(store: Store, *jobs: Job) -> None:
    async with store.transaction() as connection:
        await store.jobs.defer(connection, jobs)


async def worker_of(store: Store) -> int:
    return await store.jobs.manager.register_worker()


def a_job(name: str, *, lock: str | None = None, priority: int = 0, after: timedelta | None = None) -> Job:
    return Job(task="t", arguments={"name": name}, lock=lock, priority=priority, after=after)


async def fetched(store: Store, worker: int) -> list[str]:
    names = []
    while (job := await store.jobs.manager.fetch_job([QUEUE], worker)) is not None:
        names.append(str(job.task_kwargs["name"]))
    return names


async def test_jobs_come_by_priority_then_age_and_each_once(store: Store) -> None:
    store.jobs.manager.room = lambda: {QUEUE: 99}
    await defer(store, *(a_job(f"{number:02}") for number in range(20)), a_job("first", priority=1))
    workers = [await worker_of(store), await worker_of(store)]

    assert await fetched(store, workers[0]) == ["first", *(f"{number:02}" for number in range(20))]
    assert await fetched(store, workers[1]) == []


async def test_of_jobs_with_one_lock_only_the_first_is_fetched_until_it_is_finished(store: Store) -> None:
    manager = store.jobs.manager
    manager.room = lambda: {QUEUE: 99}
    await defer(store, *(a_job(f"{number}", lock="one") for number in range(3)), a_job("free"))
    worker = await worker_of(store)

    first = await manager.fetch_job([QUEUE], worker)
    assert first is not None
    assert await fetched(store, worker) == ["free"]
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=True)

    assert await fetched(store, worker) == ["1"]


@pytest.mark.parametrize(
    "first", [a_job("first", lock="one"), a_job("first", lock="one", after=timedelta(hours=1))]
)
async def test_hundreds_that_wait_behind_one_another_let_others_pass(store: Store, first: Job) -> None:
    manager = store.jobs.manager
    manager.room = lambda: {QUEUE: 99}
    manager.looks_at = 50
    worker = await worker_of(store)
    await defer(store, first)
    before = await fetched(store, worker)
    await defer(
        store, *(a_job(f"{number}", lock="one") for number in range(300)), a_job("free", lock="other")
    )

    assert before + await fetched(store, worker) == ["free"] if first.after else ["first", "free"]


async def test_of_thousands_behind_one_lock_few_are_asked_whether_they_are_the_first(store: Store) -> None:
    await defer(store, *(a_job(f"{number}", lock="one") for number in range(2000)), a_job("free"))
    manager, worker = store.jobs.manager, await worker_of(store)
    manager.room = lambda: {QUEUE: 99}
    asked: list[int] = []

    async def explained(query: str, **values: Any) -> list[dict[str, Any]]:
        plan = await connector.execute_query_all_async(
            query=f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", **values
        )
        asked.append(max(_loops(plan[0]["QUERY PLAN"][0]["Plan"])))
        return [{"id": None, "in_the_way": None}]

    connector = manager.connector
    manager.connector = SimpleNamespace(execute_query_all_async=explained)  # type: ignore[assignment]
    await manager.fetch_job([QUEUE], worker)

    assert asked
    assert max(asked) <= manager.looks_at


def _loops(plan: dict[str, Any]) -> Iterator[int]:
    """How often each part of a plan was executed."""
    yield int(plan["Actual Loops"])
    for part in plan.get("Plans", ()):
        yield from _loops(part)


async def test_no_more_is_fetched_than_there_is_room_for(store: Store) -> None:
    manager = store.jobs.manager
    manager.room = lambda: {QUEUE: 2}
    await defer(store, *(a_job(str(number)) for number in range(9)))
    worker = await worker_of(store)

    for _ in range(4):
        await manager.fetch_job([QUEUE], worker)

    assert (await store.jobs.backlog()).running <= 5


async def test_what_was_fetched_and_not_begun_is_given_back(store: Store) -> None:
    manager = store.jobs.manager
    manager.room = lambda: {QUEUE: 99}
    await defer(store, *(a_job(str(number)) for number in range(9)))
    worker = await worker_of(store)
    begun = [await manager.fetch_job([QUEUE], worker) for _ in range(4)]

    await manager.give_back()

    backlog = await store.jobs.backlog()
    assert (backlog.waiting, backlog.running) == (9 - len(begun), len(begun))


async def test_jobs_for_later_are_left_alone(store: Store) -> None:
    await defer(store, a_job("later", after=timedelta(minutes=1)))

    assert await fetched(store, await worker_of(store)) == []


@pytest.mark.parametrize("looks_at", [3, 256])
@pytest.mark.parametrize("seed", range(6))
async def test_a_lot_is_what_procrastinate_would_fetch_one_by_one(
    store: Store, seed: int, looks_at: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    await defer(
        store,
        *(
            replace(
                a_job(
                    f"{number}",
                    lock=dice.choice([None, "a", "b", "c", "d"]),
                    priority=dice.choice([0, 0, 1]),
                    after=dice.choice([None, None, timedelta(hours=1)]),
                ),
                queue=dice.choice([QUEUE, QUEUE, EFFECTS, ANSWERS]),
            )
            for number in range(40)
        ),
    )
    manager, queues = store.jobs.manager, [QUEUE, EFFECTS]
    manager.looks_at = looks_at
    worker = await worker_of(store)
    for _ in range(5):
        room = dict.fromkeys(queues, dice.randint(1, 9))
        manager.room = lambda room=room: room  # type: ignore[misc]
        expected = await _by_procrastinate(store, queues, worker, most=50)
        lot = []
        for _ in range(dice.randint(1, 4)):  # the fetches of a lot are free but for the first
            lot += [job.id] if (job := await manager.fetch_job(queues, worker)) is not None else []
        lot += [job.id for job in manager.fetched]
        manager.fetched.clear()

        assert lot == expected[: len(lot)]
        assert lot or not expected
        async with store.transaction() as connection:
            await connection.execute(
                text("DELETE FROM procrastinate_jobs WHERE id = ANY(:ids)"),
                {"ids": dice.sample(lot, len(lot) // 2)},
            )


async def _by_procrastinate(store: Store, queues: list[str], worker: int, *, most: int) -> list[int]:
    """The ids that so many of procrastinate's own fetches would take, none of which happens."""
    async with store.database.dry_run() as rehearsal, rehearsal.transaction() as connection:
        one = text("SELECT (procrastinate_fetch_job_v2(CAST(:queues AS varchar[]), :worker)).id")
        ids = [await connection.scalar(one, {"queues": queues, "worker": worker}) for _ in range(most)]
    return [id_ for id_ in ids if id_ is not None]


async def test_two_workers_that_fetch_at_once_share_jobs_and_no_lock(database_url: str) -> None:
    stores = [Store(database_url), Store(database_url)]
    for store in stores:
        await store.start()
        store.jobs.manager.room = lambda: {QUEUE: 99}
    await defer(stores[0], *(a_job(f"{number}", lock=f"{number % 20}") for number in range(100)))

    async def all_of(store: Store) -> list[QueuedJob]:
        worker, taken = await worker_of(store), []
        while (job := await store.jobs.manager.fetch_job([QUEUE], worker)) is not None:
            taken.append(job)
        return taken

    first, second = await asyncio.gather(*map(all_of, stores))
    for store in stores:
        await store.close()

    assert sorted(str(job.task_kwargs["name"]) for job in first + second) == sorted(map(str, range(20)))


async def test_a_full_queue_takes_no_room_from_the_others(store: Store) -> None:
    manager = store.jobs.manager
    manager.room = lambda: {QUEUE: 5, EFFECTS: 0}
    await defer(
        store,
        *(replace(a_job(f"{number}", priority=9), queue=EFFECTS) for number in range(3)),
        *(a_job(f"{number}") for number in range(3)),
    )

    assert await fetched(store, await worker_of(store)) == ["0", "1", "2"]
    assert (await store.jobs.backlog()).waiting == 3


# What we override or build upon, as it was when it was read last: the beginning of the hash of its source.
_AS_READ = {
    JobManager.fetch_job: "eb92906b55c10d9c",
    JobManager.finish_job: "eeb7dbb92f90508d",
    JobManager.register_worker: "611f376fe38f07f8",
    JobManager.retry_job: "8914e96080e0b618",
    Worker._abort_running_jobs: "fd29180651aa4832",
    Worker._fetch_and_process_jobs: "2963aa354dfda4d6",
    Worker._handle_notification: "3f1ca288aafc6d8d",
    Worker._log_extra: "884ffa771abc1e77",
    Worker._persist_job_status: "821921c86130d151",
    Worker._process_job: "55a67c0ff525add9",
    Worker._run_loop: "c92ccad5fa07f7a1",
    Worker._shutdown: "7e40cbd5efe3acf5",
}


@pytest.mark.parametrize("method", _AS_READ, ids=lambda method: method.__qualname__)
def test_procrastinates_methods_are_as_they_were_when_we_overrode_them(method: Callable[..., Any]) -> None:
    source = hashlib.sha256(inspect.getsource(method).encode()).hexdigest()[:16]

    assert source == _AS_READ[method], (
        f"procrastinate changed {method.__qualname__}: read what it does now, compare it with "
        "mentorbot/db/procrastinate_overrides.py, then write the new hash here"
    )


def test_every_override_is_watched() -> None:
    ours = {
        (base, name)
        for mine, base in ((BatchingJobManager, JobManager), (PromptWorker, Worker))
        for name in vars(mine)
        if name in vars(base) and not name.startswith("__")
    }

    assert {f"{base.__name__}.{name}" for base, name in ours} <= {m.__qualname__ for m in _AS_READ}


def test_the_version_that_is_locked_is_installed() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert f"procrastinate=={version('procrastinate')} " in (ROOT / lock).read_text()
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert any(one.startswith("procrastinate") and one.endswith(",<4") for one in wanted)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_version_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text())
    locked = [entry for entry in entries if "==" in entry]

    assert len(locked) > 50
    assert [entry for entry in locked if "--hash=sha256:" not in entry] == []


async def test_a_database_with_another_schema_of_procrastinate_is_refused_with_the_fix(
    database_url: str,
) -> None:
    store = Store(database_url)
    await store.start()
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE schemas SET version = '02.00.00_01'"))
    await store.close()

    with pytest.raises(
        StoreUnusable, match=r"schema 02\.00\.00_01.*install the version that requirements.lock"
    ):
        await store.start()
    await store.close()


async def test_an_empty_database_is_no_mismatch(postgres: PostgresForTests) -> None:
    store = Store(postgres.empty_database())

    await store.start()
    await store.close()
