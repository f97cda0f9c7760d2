"""`mentorbot serve` has its worker in a process of its own; neither is ever without the other for long."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from mentorbot.cli.worker_process import WorkerLost, WorkerProcess
from mentorbot.sandbox.apps import private_key
from tests.cli.served import Process, ask, mentorbot
from tests.patience import PATIENCE, until
from tests.postgres import PostgresForTests

CREDENTIALS = {
    "GITHUB_APP_ID": "7",
    "GITHUB_PRIVATE_KEY": private_key(),
    "GITHUB_WEBHOOK_SECRET": "a secret for tests",
    "GITHUB_API_URL": "http://127.0.0.1:9",  # nobody answers there
    "HOST": "127.0.0.1",
}


@contextmanager
def serving(tmp_path: Path, postgres: PostgresForTests) -> Iterator[Process]:
    url = postgres.fresh_database()
    with mentorbot(tmp_path, "serve", variables={**CREDENTIALS, "DATABASE_URL": url}) as bot:
        bot.wait_until_ready()
        yield bot
    postgres.drop(url)


def the_worker(bot: Process) -> psutil.Process:
    def found() -> list[psutil.Process]:
        children = psutil.Process(bot.popen.pid).children()
        return [child for child in children if "worker" in child.cmdline()]

    eventually(lambda: len(found()) == 1)
    return found()[0]


def eventually(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_neither_outlives_the_other_when_it_is_told_to_stop(
    tmp_path: Path, postgres: PostgresForTests
) -> None:
    with serving(tmp_path, postgres) as bot:
        worker = the_worker(bot)
        assert bot.stop() == 0, bot.said()
        assert not worker.is_running()
        assert "worker_died" not in bot.said()


def test_a_worker_whose_server_was_killed_ends_by_itself(tmp_path: Path, postgres: PostgresForTests) -> None:
    with serving(tmp_path, postgres) as bot:
        worker = the_worker(bot)
        bot.popen.kill()
        worker.wait(PATIENCE)


def test_a_worker_that_dies_is_started_again_while_the_server_goes_on(
    tmp_path: Path, postgres: PostgresForTests
) -> None:
    with serving(tmp_path, postgres) as bot:
        first = the_worker(bot)
        first.kill()
        first.wait(PATIENCE)
        assert ask(f"{bot.url}/readyz")[0] == 200
        assert the_worker(bot).pid != first.pid
        assert "worker_died" in bot.said()
        assert bot.stop() == 0


def test_what_the_worker_counts_is_among_the_servers_figures(
    tmp_path: Path, postgres: PostgresForTests
) -> None:
    with serving(tmp_path, postgres) as bot:
        the_worker(bot)
        # The server itself has nothing to ask GitHub for.
        eventually(lambda: "mentorbot_github_requests_total{" in ask(f"{bot.url}/metrics")[1])
        figures = ask(f"{bot.url}/metrics")[1]
        assert "mentorbot_jobs_waiting 0.0" in figures
        assert "process_resident_memory_bytes" in figures
        assert "Jobs that wait to be done" in figures
        assert bot.stop() == 0


async def test_a_worker_that_dies_again_and_again_is_given_up() -> None:
    process = WorkerProcess([sys.executable, "-c", "raise SystemExit(3)"], env={}, pauses=(0, 0))
    with pytest.raises(WorkerLost, match="3 times in a row, the last time with exit code 3"):
        await process.run()
    await process.stop()


async def test_a_worker_that_does_not_end_is_killed() -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(900)"
    process = WorkerProcess([sys.executable, "-c", stubborn], env={}, patience=0.1)
    running = asyncio.create_task(process.run())
    await until(lambda: process.pid is not None)
    child = psutil.Process(process.pid)
    running.cancel()
    await process.stop()
    assert not child.is_running()
