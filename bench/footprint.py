"""Resident memory of web and worker: idle, with 5,000 open pull requests, and what default `serve` takes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import aiohttp
import psutil

from bench.figures import Figure
from bench.generator import load
from bench.many_pulls import REPOSITORY, populate
from bench.place import Place
from bench.processes import mentorbot, running
from bench.usage import Memory, family, memory_of

_PULLS = 5_000
_STARTING = 30.0
_READING = 240.0
_PAGES = 3
_LIMITS = {"web": 100, "worker": 120}


async def footprint(at: Place, *, seconds: float) -> list[Figure]:
    """What the processes take, in the order in which a bot grows."""
    await at.forget_deliveries()
    figures = []
    async with at.serving() as alone:
        await at.quiet()
        figures.append(_whole(family(alone.pid)))
    async with at.serving("--no-worker") as web, running(*mentorbot("worker"), env=at.env) as worker:
        processes = {"web": psutil.Process(web.pid), "worker": psutil.Process(worker.pid)}
        await _is_at_work(at)
        await at.quiet()
        figures += _figures("idle", "idle", processes)
        await _read_thousands(at)
        figures += _figures("many", f"with {_PULLS:,} open pull requests", processes)
        await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=seconds)
        figures += _figures("loaded", "just after full load", processes, promised=False)
    return figures


async def _is_at_work(at: Place) -> None:
    """Until a worker has loaded everything and asks for jobs."""
    async with asyncio.timeout(_STARTING):
        while not (await at.execute("SELECT count(*) FROM procrastinate_workers"))[0][0]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def _read_thousands(at: Place) -> None:
    """The bot comes to a big repository, reads its past, and somebody looks at its page."""
    now = datetime.now(UTC)
    with at.github.clock.at(now - timedelta(days=60)):
        populate(at.github, _PULLS, until=now)
    async with asyncio.timeout(_READING):
        while not await _is_read(at):  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.5)
    async with aiohttp.ClientSession() as session:
        for _ in range(_PAGES):
            async with session.get(f"{at.url}/{REPOSITORY}") as page:
                await page.read()
    await at.quiet()


async def _is_read(at: Place) -> bool:
    found = await at.execute(
        "SELECT (SELECT count(*) FROM timelines WHERE repository_id = id) FROM repositories "
        "WHERE full_name = %s AND seeding = 'finished'",
        REPOSITORY,
    )
    return bool(found and found[0][0] >= _PULLS)


def _figures(
    key: str, when: str, processes: Mapping[str, psutil.Process], *, promised: bool = True
) -> list[Figure]:
    return [
        _one(key, when, name, memory_of(process), promised=promised) for name, process in processes.items()
    ]


def _one(key: str, when: str, name: str, used: Memory, *, promised: bool) -> Figure:
    limit = _LIMITS[name]
    return Figure(
        key=f"memory_{name}_{key}",
        what=f"resident memory, {name}, {when}",
        measured=_in_words(used),
        goal=f"≤ {limit} MB" if promised else "",
        ok=used.rss <= limit if promised else None,
        values=used.as_json(),
    )


def _whole(processes: Sequence[psutil.Process]) -> Figure:
    """Default `serve`, of which only the sum over its processes says what a machine needs."""
    each = [memory_of(process) for process in processes]
    return Figure(
        key="memory_serve_idle",
        what="memory, default `serve` as a whole, idle",
        measured=f"{_in_words(sum(each[1:], each[0]))} in {len(each)} process{'es' if len(each) > 1 else ''}",
        values={**sum(each[1:], each[0]).as_json(), "each": [one.as_json() for one in each]},
    )


def _in_words(used: Memory) -> str:
    return f"{used.rss:.0f} MB (PSS {used.pss:.0f})"
