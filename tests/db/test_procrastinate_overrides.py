"""Several jobs to a round trip, with the same promises as one by one."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.jobs import Status

from mentorbot.db.jobs import QUEUE, Job
from mentorbot.db.store import Store


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
