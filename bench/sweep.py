"""What a sweep of thousands of open pull requests costs: time, memory, requests; cold and warm.

    python bench/sweep.py [--pulls 5000] [--json]

A small GitHub with so many open pull requests runs in a process of its own; the bot reads their past (cold),
and then looks at all of them as on every morning (warm). Beside it stands what actions/stale would need for
the same: it lists 100 items a request and asks at least once for each item. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pydantic import SecretStr

from bench.many_pulls import REPOSITORY, populate
from mentorbot.db.repositories import InstalledRepository
from mentorbot.engine.completeness import OPEN
from mentorbot.engine.components import Components
from mentorbot.engine.decide import Decision
from mentorbot.engine.observer import Unobserved
from mentorbot.observability.logs import set_up_logging
from mentorbot.sandbox.server import running_github
from mentorbot.settings import Settings
from mentorbot.wiring import Bot, opened_bot

START = datetime(2026, 2, 9, 8, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took. `requests` leave out the minting of tokens."""

    seconds: float
    requests: int
    graphql: int
    peak_mb: float

    def as_json(self) -> dict[str, Any]:
        """For the figures."""
        return {
            "seconds": round(self.seconds, 1),
            "requests": self.requests,
            "graphql_requests": self.graphql,
            "peak_mb": round(self.peak_mb, 1),
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where the promise (60 requests cold, none warm) is broken.

    So does a sweep that decided nothing: it costs nothing, but is none.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pulls", type=int, default=5_000, help="how many open pull requests there are")
    parser.add_argument("--json", action="store_true", help="print nothing but the JSON object")
    options = parser.parse_args(arguments)
    set_up_logging(level="WARNING", shape="text", report_crash=None)
    result = asyncio.run(measured(options.pulls, quiet=options.json))
    if not options.json:
        _print_table(result, options.pulls)
    print(json.dumps(result))
    promised = math.ceil(60 * max(options.pulls, 100) / 5_000)
    is_kept = result["cold"]["requests"] <= promised and result["warm"]["requests"] == 0
    has_decided = result["warm"]["decided"] and result["morning_with_many_due"]["acting"]
    return 0 if is_kept and has_decided else 1


async def measured(pulls: int, *, quiet: bool) -> dict[str, Any]:
    """The figures of a cold reconciliation, a warm sweep, and a morning on which many are due."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_be_github, args=(there, pulls), daemon=True
    )
    process.start()
    told = await asyncio.to_thread(here.recv)
    _say(f"A GitHub with {pulls:,} open pull requests runs.", quiet=quiet)
    try:
        async with _bot(told) as (bot, components, workplace):
            cold = await _cost(here, components.backfill.read_page(workplace.repository.id))
            _say("The past is read.", quiet=quiet)
            await bot.app.me()  # a running bot asks once an hour who it is
            calm: list[Decision] = []
            early = await _cost(here, _sweep(components, workplace, into=calm))
            here.send("later")
            await asyncio.to_thread(here.recv)
            _CLOCK[0] += timedelta(days=21)
            await bot.app.me()
            busy: list[Decision] = []
            due = await _cost(here, _sweep(components, workplace, into=busy))
            open_ones = len(await bot.store.timelines.open_numbers(workplace.repository.id))
    finally:
        here.send("stop")
        process.join(10)
    return {
        "pull_requests": open_ones,
        "cold": cold.as_json(),
        "warm": {**early.as_json(), **_told(calm)},
        "morning_with_many_due": {**due.as_json(), **_told(busy)},
        "stale": {"requests": math.ceil(pulls / 100) + pulls, "how": "1 per 100 to list, 1 per item to look"},
    }


def _told(decisions: Sequence[Decision]) -> dict[str, int]:
    """How many decisions there were, but for those that nothing could be told, and how many of them act."""
    return {
        "decided": sum(decision.number is not None and not decision.plan.unknown for decision in decisions),
        "acting": sum(decision.plan.acts for decision in decisions),
    }


_CLOCK = [START]


@asynccontextmanager
async def _bot(told: dict[str, Any]) -> AsyncIterator[tuple[Bot, Components, InstalledRepository]]:
    """The bot on an empty store, with the repository and its people known, and no pull request read."""
    with tempfile.TemporaryDirectory() as data:
        Path(data).chmod(0o755)  # noqa: ASYNC240 - as root, PostgreSQL runs as somebody else
        async with opened_bot(_settings(told, Path(data)), clock=lambda: _CLOCK[0], own=True) as bot:
            components = Components(
                store=bot.store, app=bot.app, catalog=bot.catalog, clock=lambda: _CLOCK[0], public_url="",
                observer=Unobserved(),
            )  # fmt: skip
            await components.catch_up.installations()
            workplace = await bot.engine.workplace(REPOSITORY)
            if workplace is None:
                raise RuntimeError("The App is not installed in the repository: the sandbox is broken.")
            # As in any repository the bot works in: the files' names of people come with threads.
            await components.configurations.of(workplace.repository, workplace.installation_id)
            while workplace.seeding != OPEN:
                await components.backfill.read_page(workplace.repository.id)
                workplace = await bot.engine.workplace(REPOSITORY) or workplace
            yield bot, components, workplace


async def _sweep(components: Components, workplace: InstalledRepository, *, into: list[Decision]) -> None:
    configuration = await components.configurations.of(workplace.repository, workplace.installation_id)
    for name, trigger in components.sweeper.schedules(configuration):
        if name.startswith("stalled") and trigger.fresh is not None:
            into += await components.sweeper.sweep(workplace, name)


async def _cost(github: Connection, work: Any) -> Cost:
    github.send("count")
    before = await asyncio.to_thread(github.recv)
    started = time.perf_counter()
    await work
    seconds = time.perf_counter() - started
    github.send("count")
    after = await asyncio.to_thread(github.recv)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(seconds, after[0] - before[0], after[1] - before[1], peak)


def _settings(told: dict[str, Any], data: Path) -> Settings:
    known = {name: one.get_default() for name, one in Settings.model_fields.items() if not one.is_required()}
    return Settings.model_construct(
        **known
        | {
            "github_app_id": told["id"],
            "github_private_key": SecretStr(told["key"]),
            "github_webhook_secret": SecretStr(told["secret"]),
            "github_api_url": told["url"],
            "github_server_url": told["url"],
            "mentorbot_data": data,
        }
    )


def _be_github(parent: Connection, pulls: int) -> None:
    asyncio.run(_live(parent, pulls))


async def _live(parent: Connection, pulls: int) -> None:
    """A small GitHub, until told to stop; it says how many requests it got when asked."""
    async with running_github(start=START - timedelta(days=60)) as github:
        populate(github, pulls, until=START)
        github.clock.freeze(START)
        app = github.app
        parent.send({"url": github.url, "id": app.id, "key": app.private_key, "secret": app.webhook_secret})
        while (order := await asyncio.to_thread(parent.recv)) != "stop":
            if order == "later":
                github.clock.move(timedelta(days=21))
            asked = [one for one in github.requests if not one.path.endswith("/access_tokens")]
            parent.send((len(asked), sum(one.graphql is not None for one in asked)))


def _print_table(result: dict[str, Any], pulls: int) -> None:
    print(f"Sweep of {pulls:,} open pull requests.\n")
    print("| what | seconds | requests | of them GraphQL | peak memory |")
    print("| --- | --- | --- | --- | --- |")
    names = {
        "cold": "cold: the whole past is read",
        "warm": "warm: a morning on which nobody is due",
        "morning_with_many_due": "warm: three weeks later, everybody is due",
    }
    for key, name in names.items():
        row = result[key]
        figures = (row["seconds"], row["requests"], row["graphql_requests"], f"{row['peak_mb']} MB")
        print(f"| {name} | {' | '.join(map(str, figures))} |")
    print(f"| actions/stale, each time (computed) | – | ≥ {result['stale']['requests']:,} | – | – |")
    print(f"\nOn that last morning {result['morning_with_many_due']['acting']} get labels or a nudge.\n")


def _say(text: str, *, quiet: bool) -> None:
    if not quiet:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
