"""How many deliveries one worker and two work off, and what that costs in processor time."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bench.backlog import Backlog, backlog_at
from bench.figures import Figure, median
from bench.place import Place
from bench.processes import mentorbot, running
from bench.storage import written
from bench.usage import cpu_time

_WARM = 300
"""Deliveries a worker has worked off before anything counts: by then it has all it keeps in memory."""

_ENOUGH = 900
"""Deliveries a second that are made ready for each worker."""

_FULL = 0.95
_PATIENCE = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What so many workers did: deliveries a second, and seconds of processor time for each of them."""

    per_second: float
    worker_cpu: float
    postgres_cpu: float
    cores_busy: float
    wal_bytes: float

    @property
    def cpu(self) -> float:
        """Of both."""
        return self.worker_cpu + self.postgres_cpu


async def working_off(at: Place, *, seconds: float, rounds: int) -> list[Figure]:
    """One worker, two workers, and what the second one adds."""
    alone, both = [], []
    backlog = await backlog_at(at, originals=200)
    for _ in range(rounds):
        alone.append(await pace(at, backlog, workers=1, seconds=seconds))
        both.append(await pace(at, backlog, workers=2, seconds=seconds))
    one, two = median([it.per_second for it in alone]), median([it.per_second for it in both])
    ratio = median([b.per_second / a.per_second for a, b in zip(alone, both, strict=True)])
    rise = median([b.cpu / a.cpu for a, b in zip(alone, both, strict=True)]) - 1
    full = median([it.cores_busy for it in both]) >= _FULL * (os.cpu_count() or 1)
    return [
        Figure(
            key="worked_off_by_one",
            what="worked off by one worker, nothing to write",
            measured=f"{one:,.0f}/s ({_cost(alone)})",
            goal="≥ 400/s",
            ok=one >= 400,
            values={"per_second": round(one, 1), **_values(alone)},
        ),
        Figure(
            key="worked_off_by_two",
            what="by two workers",
            measured=f"{two:,.0f}/s, {ratio:.2f} × ({_cost(both)}: {rise:+.0%})",
            goal="≥ 1.7 ×; with the cores full, processor time a delivery rises < 15 %",
            ok=rise < 0.15 if full else ratio >= 1.7,
            values={
                "per_second": round(two, 1),
                "ratio": round(ratio, 2),
                "cpu_rise": round(rise, 3),
                "cores_full": full,
                **_values(both),
            },
        ),
    ]


async def pace(at: Place, backlog: Backlog, *, workers: int, seconds: float) -> Pace:
    """What so many workers do with deliveries that wait already, once each of them is warm."""
    await at.forget_deliveries()
    await backlog.fill(int(workers * _ENOUGH * (seconds + 3)))
    async with AsyncExitStack() as stack:
        started = [
            await stack.enter_async_context(running(*mentorbot("worker"), env=at.env)) for _ in range(workers)
        ]
        await warm(at, workers=workers)
        return await paced(at, [worker.pid for worker in started], seconds=seconds)


async def paced(at: Place, pids: list[int], *, seconds: float) -> Pace:
    """What workers do within so many seconds. Raises RuntimeError where they had too little to do."""
    cpu, wal, done, began = (
        await cpu_time(at, pids),
        await written(at),
        await at.worked_off(),
        time.perf_counter(),
    )
    await asyncio.sleep(seconds)
    took, done = time.perf_counter() - began, await at.worked_off() - done
    used, wal = await cpu_time(at, pids) - cpu, await written(at) - wal
    if not done or not await at.waiting():
        raise RuntimeError("The workers had nothing to do: raise _ENOUGH in bench/working_off.py.")
    return Pace(
        per_second=done / took,
        worker_cpu=used.bot / done,
        postgres_cpu=used.postgres / done,
        cores_busy=used.busy / took,
        wal_bytes=wal / done,
    )


async def warm(at: Place, *, workers: int) -> None:
    """Wait until all workers are at it."""
    async with asyncio.timeout(_PATIENCE):
        while await _working(at) < workers:  # noqa: ASYNC110 - other processes' work
            await asyncio.sleep(0.1)
        enough = await at.worked_off() + _WARM * workers
        while await at.worked_off() < enough:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.1)


async def _working(at: Place) -> int:
    [(workers,)] = await at.execute(
        "SELECT count(DISTINCT worker_id) FROM procrastinate_jobs WHERE status = 'doing'"
    )
    return int(workers)


def _cost(paces: list[Pace]) -> str:
    worker, postgres = median([it.worker_cpu for it in paces]), median([it.postgres_cpu for it in paces])
    busy = median([it.cores_busy for it in paces])
    return (
        f"worker {worker * 1000:.2f} ms and PostgreSQL {postgres * 1000:.2f} ms of processor time each, "
        f"{busy:.1f} cores busy"
    )


def _values(paces: list[Pace]) -> dict[str, float]:
    return {
        "worker_cpu_ms": round(median([it.worker_cpu for it in paces]) * 1000, 3),
        "postgres_cpu_ms": round(median([it.postgres_cpu for it in paces]) * 1000, 3),
        "cores_busy": round(median([it.cores_busy for it in paces]), 2),
        "wal_bytes": round(median([it.wal_bytes for it in paces])),
    }
