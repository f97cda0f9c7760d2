"""One run of a load through the whole bot: quietly, or with its processes dying and its GitHub failing."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from bench.chaos_load import Load
from bench.deployment import deployment
from bench.processes import ROOT
from bench.seen import effects_on
from bench.settling import Watch, rows, settled
from bench.troubles import Chaos, Run, kill, make_trouble, until
from mentorbot.db.schema import migrate
from mentorbot.feature_api.feature import Every
from mentorbot.features import load
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub

_FOR_THE_END = 120.0  # seconds of a run's time, for everything to be worked off
_A_ROUND_IS_DUE = "UPDATE rounds SET due_at = due_at - interval '7 days'"
_ROUNDS_KNOWN = "SELECT repository_id FROM rounds"
_ROUNDS_MISSED = "SELECT 1 FROM rounds WHERE due_at < now() - interval '6 days'"


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
            trouble_until=deadline - _FOR_THE_END,
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
                run.left = await settled(github, url, patience=chaos.patience, deadline=deadline)
                await _a_day_passes(run)
                run.left = await settled(github, url, patience=chaos.patience, deadline=deadline)
                await run.watch.look()
                run.watch.give_up()
        finally:
            await bot.stop()
        run.effects = effects_on(stages)
        return run


async def _happen(run: Run, doings: Sequence[Callable[[], object]], chaos: Chaos, *, wild: bool) -> None:
    """Let things happen, and processes die meanwhile: neither comes to its end long before the other."""
    pause = (chaos.seconds if wild else chaos.seconds / 3) / len(doings)
    urls = run.bot.urls
    kills = wild and "kill" in chaos.troubles
    wanted = chaos.kills * len(run.bot.members) if kills else 0

    async def enough_kills(number: int) -> bool:
        return time.monotonic() > run.trouble_until or run.kills.total() >= wanted * number / len(doings) - 1

    async def happen() -> None:
        for number, doing in enumerate(doings):
            run.github.deliver_to(urls[number % len(urls)])
            doing()
            # Few people notice that a bot is away, and GitHub doesn't wait for it.
            await asyncio.sleep(pause if all(web.is_ready for web in run.bot.webs) else 8 * pause)
            await until(partial(enough_kills, number), within=120, every=pause)
        await run.github.settled()

    await asyncio.gather(happen(), *([make_trouble(run, chaos)] if wild else []))
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
        if "kill" in chaos.troubles:
            await kill(run, member)
        else:
            await member.stop()
        await member.start()
        await member.ready()


async def _days_pass(url: str) -> None:
    """Let rounds be due again and again."""
    while True:
        await asyncio.sleep(15)
        await _tell(url, _A_ROUND_IS_DUE)


async def _a_day_passes(run: Run) -> None:
    """Let all rounds be due, and the clock see it: it ticks as a worker starts."""
    # The recorded acts' config has every feature on.
    rounds = sum(isinstance(trigger, Every) for feature in load() for trigger in feature.triggers)

    async def known() -> bool:
        # The clock gets to know one after the other; which of them it misses must not be a matter of luck.
        return len(await rows(run.database_url, _ROUNDS_KNOWN)) >= len(run.stages) * rounds

    async def seen() -> bool:
        return not await rows(run.database_url, _ROUNDS_MISSED)

    await run.bot.restart_workers()
    await until(known, within=50, every=0.1)
    await _tell(run.database_url, _A_ROUND_IS_DUE)
    await run.bot.restart_workers()
    await until(seen, within=50, every=0.1)


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


def _environment(github: SimulatedGitHub, database_url: str, folder: Path) -> dict[str, str]:
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
