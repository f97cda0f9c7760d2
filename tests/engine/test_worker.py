"""A worker whose store has hiccups: nothing is held for ever."""

from __future__ import annotations

import asyncio

from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.engine.worker import PeriodicTask, run_worker
from tests.engine.office import a_pull_by, an_office, working
from tests.patience import PATIENCE


async def test_a_job_whose_end_cannot_be_written_is_not_held_for_ever(store: Store) -> None:
    office = an_office(store)
    await tell(store, "CREATE TABLE broken ()")
    await tell(store, "INSERT INTO broken DEFAULT VALUES")
    await tell(
        store,
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN IF EXISTS (SELECT FROM broken) THEN RAISE 'no'; END IF; RETURN old; END $$""",
    )
    await tell(
        store,
        "CREATE TRIGGER refuse BEFORE DELETE ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION refuse()",
    )
    async with working(office):
        delivery = await office.hear("pull_request", a_pull_by("ada"))
        for _ in range(1_200):
            if await rescued(store):  # by a worker that started anew
                break
            await asyncio.sleep(0.05)
        assert await rescued(store)
        await tell(store, "DELETE FROM broken")
        await office.engine.settled(within=PATIENCE)

    assert office.said == ["Hello @ada"]
    assert await office.state_of(delivery) == ("done", None)


async def test_a_transaction_of_a_stopped_process_holds_up_others_for_seconds_only(store: Store) -> None:
    show = text("SHOW idle_in_transaction_session_timeout")
    for durable in (False, True):
        async with store.transaction(durable=durable) as connection:
            assert await connection.scalar(show) == "10s"
    async with store.dry_run() as rehearsed, rehearsed.transaction() as connection:
        assert await connection.scalar(show) == "0"  # it asks GitHub in between


async def test_what_is_under_way_beside_the_jobs_comes_to_its_end_when_the_worker_stops(store: Store) -> None:
    stop, begun, ends = asyncio.Event(), asyncio.Event(), []

    async def question() -> None:
        begun.set()
        await store.database.fetch_value(text("SELECT pg_sleep(0.1)"))
        ends.append("answered")

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise

    tasks: list[PeriodicTask] = [("question", 900, question), ("hang", 900, hang)]
    working_ = asyncio.create_task(run_worker(store.jobs, stop, periodic_tasks=tasks))
    await begun.wait()
    stop.set()
    await working_

    assert ends == ["answered", "cancelled"]


async def rescued(store: Store) -> bool:
    async with store.transaction() as connection:
        return bool(await connection.scalar(text("SELECT max(attempts) > 0 FROM procrastinate_jobs")))


async def tell(store: Store, statement: str) -> None:
    async with store.transaction() as connection:
        await connection.execute(text(statement))
