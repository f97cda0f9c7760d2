"""Workers are killed at the worst moments, several work at once: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from mentorbot.db.connection import text
from mentorbot.db.store import Store
from tests.engine.office import Office, a_pull_by, an_office, working
from tests.patience import PATIENCE

KEY = "greeter/1/person 700"


@contextmanager
def a_worker(url: str, file: Path, how: str = "work") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.engine.lone_worker", url, str(file), how]
    with (
        file.with_suffix(".log").open("a") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,  # noqa: S603 - ourselves
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines()


async def written(file: Path, lines: int) -> list[str]:
    """What was written, once there are so many lines."""
    deadline = time.monotonic() + PATIENCE
    while len(found := lines_of(file)) < lines:
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.05)
    return found


@pytest.mark.parametrize("how", ["die after writing", "die before writing"])
async def test_a_worker_killed_around_its_writing_is_replaced_and_writes_once(
    store: Store, database_url: str, file: Path, how: str
) -> None:
    office = an_office(store)
    delivery = await office.hear("pull_request", a_pull_by("ada", id_=700))

    with a_worker(database_url, file, how) as killed:
        assert await asyncio.to_thread(killed.wait, PATIENCE) == -signal.SIGKILL
    with a_worker(database_url, file):
        await written(file, 1)
        await settled(office)

    assert lines_of(file) == [KEY]
    assert await office.state_of(delivery) == ("done", None)
    effect = await store.effects.keyed(KEY)
    assert effect is not None
    assert (effect.state, effect.attempts) == ("done", 2)


async def test_workers_killed_again_and_again_lose_and_repeat_nothing(
    store: Store, database_url: str, file: Path
) -> None:
    office = an_office(store)
    people = range(700, 740)
    for place, person in enumerate(people):
        await office.hear("pull_request", a_pull_by(f"p{person}", id_=person, number=10 + place))

    for moment in (0.15, 0.3, 0.45):
        with a_worker(database_url, file) as worker:
            await asyncio.sleep(moment)
            worker.kill()
    with a_worker(database_url, file):
        await written(file, len(people))
        await settled(office)

    assert Counter(lines_of(file)) == Counter(f"greeter/1/person {id_}" for id_ in people)


async def test_two_workers_share_the_work_and_repeat_nothing(
    store: Store, database_url: str, file: Path
) -> None:
    office = an_office(store)
    with a_worker(database_url, file), a_worker(database_url, file):
        for person in range(700, 745):
            payload = a_pull_by(f"p{person}", id_=person, number=person)
            await asyncio.gather(
                office.hear("pull_request", payload, id_=f"d{person}"),
                office.hear("pull_request", payload, id_=f"d{person}"),
                office.hear("pull_request", payload, id_=f"other{person}"),
            )
        await written(file, 45)
        await settled(office)

    assert Counter(lines_of(file)) == Counter(f"greeter/1/person {id_}" for id_ in range(700, 745))


async def test_a_worker_told_to_stop_ends_in_time_and_leaves_the_rest_to_others(
    store: Store, database_url: str, file: Path
) -> None:
    office = an_office(store)
    for person in range(700, 740):
        await office.hear("pull_request", a_pull_by(f"p{person}", id_=person, number=person))

    with a_worker(database_url, file) as worker:
        await written(file, 3)
        worker.terminate()
        assert await asyncio.to_thread(worker.wait, PATIENCE) == 0
    backlog = await store.jobs.backlog()
    assert backlog.running == 0
    with a_worker(database_url, file):
        await written(file, 40)
        await settled(office)

    assert len(set(lines_of(file))) == len(lines_of(file)) == 40


async def test_a_worker_outlives_the_loss_of_all_its_connections(store: Store) -> None:
    office = an_office(store)
    async with working(office):
        await office.hear("pull_request", a_pull_by("ada", id_=700))
        await settled(office)
        async with store.transaction() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        for number in range(5, 12):
            await heard_at_last(office, number)
        for _ in range(400):
            await asyncio.sleep(0 if len(office.said) == 8 else 0.05)

    assert len(office.said) == 8


async def heard_at_last(office: Office, number: int) -> None:
    """Deliver until it is taken in, as GitHub's hook does when it is told 503."""
    for _ in range(10):
        try:
            await office.hear("pull_request", a_pull_by(f"p{number}", id_=number, number=number))
        except psycopg.OperationalError:
            continue
        return
    raise AssertionError("never taken in")


async def settled(office: Office) -> None:
    await office.engine.settled(within=PATIENCE)
