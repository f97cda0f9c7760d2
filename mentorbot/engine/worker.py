"""Does jobs until told to stop, and beside them what is to be done every so often."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from psycopg_pool import PoolTimeout

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.db.jobs import ANSWERS, EFFECTS, QUEUE, Jobs
from mentorbot.db.procrastinate_overrides import PromptWorker
from mentorbot.engine.crashed_workers import DEAD_AFTER, HEARTBEAT, RESCUE_EVERY, rescue_jobs

CONCURRENCY = 80
"""Deliveries under way together are read and written together: many make lots that are worth their trips."""

QUEUE_CONCURRENCY = {ANSWERS: 16, EFFECTS: 16}
"""Answers have their own room beside that of other effects, and both beside what `CONCURRENCY` is for."""

_GRACE = 5.0  # of the ten seconds that stopping may take
_HELPERS_GRACE = 0.5  # seconds to finish a question to the store; what waits for GitHub is cancelled
_RETRY_PERIODIC_TASK = (5.0, 15.0, 60.0)  # seconds after the first failure in a row, the second, later ones
_PAUSES = (0.5, 1, 2, 5, 10)  # seconds before looking for a database that was lost
_LONG = 60.0  # seconds of work after which the pauses begin anew

log = structlog.get_logger("engine.worker")

PeriodicTask = tuple[str, float, Callable[[], Awaitable[Any]]]
"""Something done again and again beside the jobs: its name, seconds between, and what."""


async def run_worker(
    jobs: Jobs,
    stop: asyncio.Event,
    *,
    periodic_tasks: list[PeriodicTask],
    concurrency: int = CONCURRENCY,
) -> None:
    """Do jobs until `stop` is set, whatever becomes of the database meanwhile.

    Within six seconds of being told to stop, jobs under way are finished or given back.
    """
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # it would write three lines a job
    rescue: PeriodicTask = ("rescue", RESCUE_EVERY, lambda: rescue_jobs(jobs))
    helpers = [asyncio.create_task(_run_periodically(*each, stop)) for each in (rescue, *periodic_tasks)]
    try:
        pauses = iter(_PAUSES)
        while True:
            began = time.monotonic()
            await _work(jobs, stop, concurrency)
            if stop.is_set():
                return
            if time.monotonic() - began > _LONG:
                pauses = iter(_PAUSES)
            pause = next(pauses, _PAUSES[-1])
            log.error("worker_lost_the_database", again_in=pause)
            await stopped_within(stop, pause)
    finally:
        await _end(helpers)


async def _work(jobs: Jobs, stop: asyncio.Event, concurrency: int) -> None:
    """Do jobs until `stop` is set, or until the database is lost."""
    worker = PromptWorker(
        jobs.app,
        room={QUEUE: concurrency, **QUEUE_CONCURRENCY},
        fetch_job_polling_interval=1.0,
        shutdown_graceful_timeout=_GRACE,
        listen_notify=True,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=DEAD_AFTER * 4,
    )
    watcher = asyncio.create_task(_stop_when(stop, worker))
    try:
        await worker.run()  # type: ignore[no-untyped-call]  # procrastinate leaves it untyped
    except (ConnectorException, psycopg.Error, PoolTimeout, OSError):
        log.warning("worker_interrupted", exc_info=True)
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def stopped_within(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _stop_when(stop: asyncio.Event, worker: PromptWorker) -> None:
    await stop.wait()
    worker.stop()  # type: ignore[no-untyped-call]  # the same


async def _end(helpers: Sequence[asyncio.Task[None]]) -> None:
    """Wait until those are done that were told to stop; those that hang are cancelled."""
    try:
        await asyncio.wait(helpers, timeout=_HELPERS_GRACE)
    finally:
        for helper in helpers:
            helper.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)


async def _run_periodically(
    name: str, seconds: float, work: Callable[[], Awaitable[Any]], stop: asyncio.Event
) -> None:
    """Do something every so often, until told to stop. What goes wrong is told, and tried again soon."""
    retries = iter(_RETRY_PERIODIC_TASK)
    while not stop.is_set():
        try:
            await work()
        except Exception as error:  # the worker goes on without it, and somebody hears of it
            if isinstance(error, GitHubUnavailable):
                log.warning("periodic_task_postponed", task=name, why=error.why)
            else:
                log.exception("periodic_task_failed", task=name)
            await stopped_within(stop, min(seconds, next(retries, _RETRY_PERIODIC_TASK[-1])))
        else:
            retries = iter(_RETRY_PERIODIC_TASK)
            await stopped_within(stop, seconds)
