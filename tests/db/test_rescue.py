"""Jobs of dead, stopped and slow workers: each is rescued by itself, and nothing waits for ever."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.utils import utcnow

from mentorbot.db.connection import text
from mentorbot.db.jobs import QUEUE, Job
from mentorbot.db.store import Store

DEAD_AFTER = 5.0


def a_job(name: str, *, once: str | None = None, lock: str | None = None, priority: int = 0) -> Job:
    return Job(task="t", arguments={"name": name}, once=once, lock=lock, priority=priority)


async def defer(store: Store, *jobs: Job) -> None:
    async with store.transaction() as connection:
        await store.jobs.defer(connection, jobs)


async def a_worker(store: Store) -> int:
    store.jobs.manager.room = lambda: {QUEUE: 99}
    return await store.jobs.manager.register_worker()


async def fetched(store: Store, worker: int) -> QueuedJob:
    job = await store.jobs.manager.fetch_job([QUEUE], worker)
    assert job is not None
    return job


async def tell(store: Store, statement: str, **values: Any) -> None:
    async with store.transaction() as connection:
        await connection.execute(text(statement), values)


async def dies(store: Store, worker: int, *, ago: timedelta = timedelta(minutes=1)) -> None:
    """Its heartbeats end; whoever rescues is another one."""
    await store.jobs.manager.register_worker()
    await tell(
        store,
        "UPDATE procrastinate_workers SET last_heartbeat = now() - CAST(:ago AS interval) WHERE id = :id",
        id=worker,
        ago=ago,
    )


async def jobs(store: Store) -> list[tuple[str, str, int]]:
    """Name, status and attempts of every job."""
    async with store.transaction() as connection:
        rows = await connection.execute(
            text("SELECT args->>'name' AS name, status::text, attempts FROM procrastinate_jobs ORDER BY id")
        )
        return [(row.name, row.status, row.attempts) for row in rows]


async def rescued(store: Store) -> int:
    return await store.jobs.rescue(dead_after=DEAD_AFTER)


async def test_a_dead_job_beside_its_own_successor_gives_it_its_turn(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("first page", once="seed 1", lock="seed 1"))
    await fetched(store, worker)
    await defer(store, a_job("next page", once="seed 1", lock="seed 1"))
    await dies(store, worker)

    assert await rescued(store) == 1

    assert await jobs(store) == [("next page", "todo", 1)]
    assert (await fetched(store, await a_worker(store))).task_kwargs == {"name": "next page"}


async def test_one_that_cannot_be_rescued_holds_up_no_other(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("impossible"), a_job("one"), a_job("two"))
    for _ in range(3):
        await fetched(store, worker)
    await tell(
        store,
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE 'no'; END $$""",
    )
    await tell(
        store,
        """CREATE TRIGGER refuse BEFORE UPDATE ON procrastinate_jobs FOR EACH ROW
           WHEN (old.args->>'name' = 'impossible') EXECUTE FUNCTION refuse()""",
    )
    await dies(store, worker)

    assert await rescued(store) == 2

    assert await jobs(store) == [("impossible", "doing", 0), ("one", "todo", 1), ("two", "todo", 1)]


async def test_of_two_dead_jobs_that_may_wait_only_once_one_is_left(store: Store) -> None:
    worker = await a_worker(store)
    for name in ("one", "two"):
        await defer(store, a_job(name, once="config 1"))
        await fetched(store, worker)
    await dies(store, worker)

    assert await rescued(store) == 2

    assert await jobs(store) == [("one", "todo", 1)]


async def test_a_job_that_is_put_back_gives_its_waiting_successor_its_turn_and_moment(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("limited", once="sweep 1", lock="sweep 1", priority=3))
    limited = await fetched(store, worker)
    await defer(store, a_job("next", once="sweep 1", lock="sweep 1"))

    await store.jobs.manager.retry_job(limited, retry_at=utcnow() + timedelta(hours=1))

    assert await jobs(store) == [("next", "todo", 1)]
    backlog = await store.jobs.backlog()
    assert (backlog.waiting, backlog.later, backlog.running) == (0, 1, 0)


async def test_what_is_given_back_beside_its_successor_spoils_nothing(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, *(a_job(f"{n}", once=f"config {n}") for n in range(4)))
    begun = [await fetched(store, worker), await fetched(store, worker)]
    await defer(store, *(a_job(f"{n} again", once=f"config {n}") for n in range(4)))

    await store.jobs.manager.give_back()

    names = {name for name, status, _ in await jobs(store) if status == "doing"}
    assert names == {str(job.task_kwargs["name"]) for job in begun}


async def test_the_jobs_of_a_worker_whose_row_is_gone_are_rescued(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("orphan", lock="one"))
    await fetched(store, worker)
    await store.jobs.manager.unregister_worker(worker)

    assert await rescued(store) == 1
    assert await rescued(store) == 0

    assert await jobs(store) == [("orphan", "todo", 1)]


async def test_a_clock_that_was_set_back_keeps_no_dead_workers_jobs(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("orphan"))
    await fetched(store, worker)
    await dies(store, worker, ago=-timedelta(hours=1))

    assert await rescued(store) == 1


async def test_whoever_rescues_is_alive_even_after_a_pause(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("under way"))
    await fetched(store, worker)
    await tell(store, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")

    assert await rescued(store) == 0


async def test_a_stopped_worker_that_goes_on_finishes_nothing_that_others_have_taken_over(
    store: Store,
) -> None:
    manager = store.jobs.manager
    stopped = await a_worker(store)
    await defer(store, a_job("one", lock="one"), a_job("two", lock="one"))
    job = await fetched(store, stopped)
    await dies(store, stopped)
    await rescued(store)
    other = await a_worker(store)
    taken_over = await fetched(store, other)
    assert taken_over.id == job.id

    await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
    await manager.retry_job(job)

    assert await jobs(store) == [("one", "doing", 1), ("two", "todo", 0)]
    await manager.finish_job(taken_over, Status.SUCCEEDED, delete_job=True)
    assert (await fetched(store, other)).task_kwargs == {"name": "two"}


async def test_what_was_given_back_under_a_slow_worker_stands_for_the_successor_it_could_not_queue(
    store: Store,
) -> None:
    slow = await a_worker(store)
    await defer(store, a_job("this page", once="seed 1", lock="seed 1"))
    job = await fetched(store, slow)
    await dies(store, slow)
    await rescued(store)

    await defer(store, a_job("next page", once="seed 1", lock="seed 1"))
    await store.jobs.manager.finish_job(job, Status.SUCCEEDED, delete_job=True)

    assert await jobs(store) == [("this page", "todo", 1)]


async def test_finishing_what_is_gone_already_is_no_error_and_spoils_no_other(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("one"))
    job = await fetched(store, worker)

    for _ in range(2):
        await store.jobs.manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
        await store.jobs.manager.retry_job(job)

    assert await jobs(store) == []


@pytest.mark.parametrize("status", [Status.FAILED, Status.ABORTED])
async def test_a_job_that_nobody_here_knows_how_to_do_waits_for_somebody_who_does(
    store: Store, status: Status
) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("of a newer version"))
    job = await fetched(store, worker)

    await store.jobs.manager.finish_job(job, status, delete_job=False)

    assert await jobs(store) == [("of a newer version", "todo", 1)]
    assert (await store.jobs.backlog()).later == 1


async def test_a_job_goes_on_under_another_lock(store: Store) -> None:
    worker = await a_worker(store)
    await defer(store, a_job("failing", lock="thread"), a_job("later", lock="thread"))
    failing = await fetched(store, worker)

    await store.jobs.manager.retry_job(failing, retry_at=utcnow(), lock="apart")

    names = {str((await fetched(store, worker)).task_kwargs["name"]) for _ in range(2)}
    assert names == {"failing", "later"}


class Chains:
    """Jobs that queue their successor, as seeding does, and a worker that has accidents."""

    LENGTH = 12

    def __init__(self, store: Store, seed: int) -> None:
        self.done: set[tuple[str, int]] = set()
        self._store = store
        self._dice = random.Random(seed)  # noqa: S311 - accidents that can be repeated
        self._worker = 0
        self._held: list[QueuedJob] = []

    async def begin(self) -> None:
        self._worker = await a_worker(self._store)
        await defer(self._store, *(self._step(f"chain {number}", 0) for number in range(4)))

    async def go_on(self) -> None:
        """Do, or suffer, one thing."""
        chance = self._dice.random()
        if chance < 0.05:
            await self._die()
        elif chance < 0.1:
            await self._store.jobs.manager.give_back()
        elif self._held and chance < 0.5:
            await self._do(self._held.pop(self._dice.randrange(len(self._held))))
        elif job := await self._store.jobs.manager.fetch_job([QUEUE], self._worker):
            self._held.append(job)
        elif not self._held:
            await self._die()

    async def _do(self, job: QueuedJob) -> None:
        manager, chance = self._store.jobs.manager, self._dice.random()
        if chance < 0.2:
            await manager.retry_job(job)
            return
        chain, step = str(job.task_kwargs["chain"]), int(str(job.task_kwargs["step"]))
        if step < self.LENGTH:
            await defer(self._store, self._step(chain, step + 1))
        self.done.add((chain, step))
        if chance < 0.4:
            await manager.retry_job(job)  # put back for a limit, its successor queued
        elif chance < 0.9:
            await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
        # else its end is never written: it lasts until its worker dies

    async def _die(self) -> None:
        """What it has fetched it goes on with, as one that was merely stopped; what it has begun is lost."""
        await dies(self._store, self._worker)
        await rescued(self._store)
        self._worker, self._held = await a_worker(self._store), []

    def _step(self, chain: str, step: int) -> Job:
        return Job(task="t", arguments={"chain": chain, "step": step}, once=chain, lock=chain)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_dies_and_whenever_every_chain_of_jobs_comes_to_its_end(
    store: Store, seed: int
) -> None:
    chains = Chains(store, seed)
    await chains.begin()

    for _ in range(3_000):
        if not (await store.jobs.backlog()).waiting and not (await store.jobs.backlog()).running:
            break
        await chains.go_on()

    assert await jobs(store) == []
    assert chains.done == {(f"chain {n}", step) for n in range(4) for step in range(Chains.LENGTH + 1)}
