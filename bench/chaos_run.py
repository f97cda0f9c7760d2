"""One run of a load through the whole bot: quietly, or with its processes dying and its GitHub failing."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from bench.chaos_load import Load
from bench.deployment import Deployment, Member, deployment
from bench.processes import ROOT
from bench.recorded_acts import Stage
from bench.seen import Effect, effects_on
from bench.settling import Watch, rows, settled
from mentorbot.db.schema import migrate
from mentorbot.sandbox.server import GitHub, running_github
from mentorbot.sandbox.storm import Storm

_TASKS = ("seed", "reconcile", "sweep", "act", "decide")
_DOING = "SELECT 1 FROM procrastinate_jobs WHERE status = 'doing' AND task_name = %(task)s LIMIT 1"
_A_ROUND_IS_DUE = "UPDATE rounds SET due_at = due_at - interval '7 days'"
_PLACES_WITH_ROUNDS = "SELECT repository_id FROM rounds GROUP BY repository_id"
_ROUNDS_MISSED = "SELECT 1 FROM rounds WHERE due_at < now() - interval '6 days'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaos:
    """How bad it gets. Things happen for about `seconds`; then we wait for the bot with some `patience`."""

    seed: int
    kills: int
    shape: str = "split"
    of_requests: float = 0.13
    doubled: float = 0.13
    overtaken: float = 0.06
    lost: float = 0.02
    seconds: float = 170.0
    patience: float = 170.0
    calm_in_the_end: bool = False

    def storm(self) -> Storm:
        """The weather of the wild run."""
        return Storm(
            seed=self.seed,
            of_requests=self.of_requests,
            doubled=self.doubled,
            overtaken=self.overtaken,
            lost=self.lost,
        )


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a load and what came of it."""

    github: GitHub
    stages: Sequence[Stage]
    database_url: str
    watch: Watch
    bot: Deployment
    kills: Counter[str] = field(default_factory=Counter)
    fell: list[str] = field(default_factory=list)
    effects: Counter[Effect] = field(default_factory=Counter)
    left: Sequence[str] = ()
    acts: int = 0

    @property
    def faults(self) -> int:
        """Requests that something went wrong with."""
        return sum(bool(request.fault) for request in self.github.requests)

    @property
    def deliveries(self) -> int:
        """Different webhooks."""
        return len({one.guid for one in self.github.webhooks.log.values()})

    @property
    def attempts(self) -> int:
        """Webhooks, those sent once more included."""
        return len(self.github.webhooks.log)

    @property
    def failed(self) -> int:
        """Attempts to deliver that did not arrive."""
        return sum(one.status_code != 202 for one in self.github.webhooks.log.values())


async def played(load: Load, *, chaos: Chaos, wild: bool, server: str, folder: Path, deadline: float) -> Run:
    """Let the load happen once, quietly or not, and wait until the bot is done with it."""
    _emptied(folder)
    url = await _fresh_database(server, f"{'wild' if wild else 'quiet'}_{os.getpid()}")
    async with running_github() as github:
        stages, doings = load.on(github)
        bot = deployment(chaos.shape, env=_environment(github, url, folder), folder=folder)
        run = Run(
            github=github,
            stages=stages,
            database_url=url,
            watch=Watch(github, url),
            bot=bot,
            acts=len(doings),
        )
        try:
            await bot.start()
            github.deliver_to(bot.urls[0])
            if wild:
                github.faults.storm = chaos.storm()
            async with _meanwhile(run.watch.run(), *([_days_pass(url)] if wild else [])):
                await _happen(run, doings, chaos, wild=wild)
                run.left = await settled(github, url, within=_left_of(deadline, chaos))
                await _a_day_passes(run)
                run.left = await settled(github, url, within=_left_of(deadline, chaos))
                await run.watch.look()
                run.watch.give_up()
        finally:
            await bot.stop()
        run.effects = effects_on(stages)
        return run


def _left_of(deadline: float, chaos: Chaos) -> float:
    return min(chaos.patience, max(deadline - time.monotonic(), 5))


async def _happen(run: Run, doings: Sequence[Callable[[], object]], chaos: Chaos, *, wild: bool) -> None:
    """Let things happen, and processes die meanwhile: neither comes to its end long before the other."""
    pause = (chaos.seconds if wild else chaos.seconds / 3) / len(doings)
    urls = run.bot.urls
    wanted = chaos.kills * len(run.bot.members) if wild else 0

    async def enough_kills(number: int) -> bool:
        return run.kills.total() >= wanted * number / len(doings) - 1

    async def happen() -> None:
        for number, doing in enumerate(doings):
            run.github.deliver_to(urls[number % len(urls)])
            doing()
            # Few people notice that a bot is away, and GitHub doesn't wait for it.
            await asyncio.sleep(pause if all(web.is_ready for web in run.bot.webs) else 8 * pause)
            await _until(partial(enough_kills, number), within=120, every=pause)
        await run.github.settled()

    killers = [
        _kill_again_and_again(run, member, random.Random(f"{chaos.seed} {member.name}"), chaos)  # noqa: S311
        for member in run.bot.members
        if wild
    ]
    await asyncio.gather(happen(), *killers)
    if wild:
        await _come_to_rest(run, chaos)


async def _come_to_rest(run: Run, chaos: Chaos) -> None:
    """Whatever got lost on the way is found by the next worker that starts, or an hour later."""
    for member in run.bot.webs:
        await member.ready()
    await run.github.settled()
    if run.github.faults.storm is not None:
        run.github.faults.storm.lost = 0.0
    if chaos.calm_in_the_end:
        run.github.faults.storm = None
    for member in run.bot.workers:
        await _kill(run, member)
        await member.start()
        await member.ready()


async def _kill_again_and_again(run: Run, member: Member, chance: random.Random, chaos: Chaos) -> None:
    for _ in range(chaos.kills):
        await _a_bad_moment(run, member, chance, mean=0.6 * chaos.seconds / chaos.kills)
        await _kill(run, member)
        await asyncio.sleep(chance.uniform(0, 0.5))
        await member.start()


async def _a_bad_moment(run: Run, member: Member, chance: random.Random, *, mean: float) -> None:
    """While it starts, in the midst of a certain kind of work, or at any time."""
    lot = chance.random()
    if lot < 0.25:
        await asyncio.sleep(chance.uniform(0.1, 3.0))
        return
    await member.ready()
    if lot < 0.6:
        doing = partial(rows, run.database_url, _DOING, task=chance.choice(_TASKS))
        await _until(doing, within=chance.uniform(0.5, 2 * mean), every=0.02)
        await asyncio.sleep(chance.uniform(0, 0.15))
    else:
        await asyncio.sleep(chance.uniform(0.1, 2 * mean))


async def _kill(run: Run, member: Member) -> None:
    if not member.is_running:
        run.fell.append(f"{member.name}-{member.starts:03d}")
    ready = member.is_ready
    await member.kill()
    run.watch.kills.append(datetime.now(UTC))
    run.kills[member.name] += 1
    say(f"kill {run.kills.total()}: {member.name}{'' if ready else ', while it started'}")


async def _days_pass(url: str) -> None:
    """Let rounds be due again and again."""
    while True:
        await asyncio.sleep(15)
        await _tell(url, _A_ROUND_IS_DUE)


async def _a_day_passes(run: Run) -> None:
    """Let all rounds be due, and the clock see it: it ticks as a worker starts."""

    async def known() -> bool:
        return len(await rows(run.database_url, _PLACES_WITH_ROUNDS)) >= len(run.stages)

    async def seen() -> bool:
        return not await rows(run.database_url, _ROUNDS_MISSED)

    await run.bot.restart_workers()
    await _until(known, within=50, every=0.1)
    await _tell(run.database_url, _A_ROUND_IS_DUE)
    await run.bot.restart_workers()
    await _until(seen, within=50, every=0.1)


@asynccontextmanager
async def _meanwhile(*work: Awaitable[None]) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


async def _fresh_database(server: str, name: str) -> str:
    await _tell(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await _tell(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    await migrate(url)
    return url


async def _tell(url: str, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(statement.encode())


def _environment(github: GitHub, database_url: str, folder: Path) -> dict[str, str]:
    return {
        "GITHUB_APP_ID": str(github.app.id),
        "GITHUB_PRIVATE_KEY": github.app.private_key,
        "GITHUB_WEBHOOK_SECRET": github.app.webhook_secret,
        "GITHUB_API_URL": github.url,
        "DATABASE_URL": database_url,
        "MENTORBOT_DATA": str(folder),
        "HOST": "127.0.0.1",
        "LOG_LEVEL": "INFO",
        "LOG_FORMAT": "json",
        "PYTHONPATH": str(ROOT),
    }


async def _until(condition: Callable[[], Awaitable[object]], *, within: float, every: float) -> None:
    """Wait until something is so, or for so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if await condition():
            return
        await asyncio.sleep(every)


def say(text: str) -> None:
    """Tell whoever watches."""
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")
    sys.stderr.flush()
