"""What may happen to a bot while it works: each a coroutine that makes trouble for a while."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from bench.deployment import Deployment, Member
from bench.recorded_acts import Stage
from bench.seen import Effect
from bench.settling import Watch, rows
from mentorbot.sandbox.faults import Storm
from mentorbot.sandbox.simulated_github import SimulatedGitHub

TROUBLES = ("kill", "hang", "roll", "limit")
HANGS_FOR = 60.0
LIMITED_FOR = 40.0
_TASKS = ("seed", "reconcile", "sweep", "act", "decide")
_DOING = "SELECT 1 FROM procrastinate_jobs WHERE status = 'doing' AND task_name = %(task)s LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaos:
    """How bad it gets. Things happen for about `seconds`; then we wait for the bot with some `patience`."""

    seed: int
    kills: int
    troubles: Sequence[str] = ("kill",)
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

    github: SimulatedGitHub
    stages: Sequence[Stage]
    database_url: str
    watch: Watch
    bot: Deployment
    trouble_until: float
    kills: Counter[str] = field(default_factory=Counter)
    fell: list[str] = field(default_factory=list)
    effects: Counter[Effect] = field(default_factory=Counter)
    left: Sequence[str] = ()
    acts: int = 0
    slowest_stop: float = 0.0
    limited: int | None = None
    limited_span: tuple[datetime, datetime] | None = None

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

    def others_waited(self, span: tuple[datetime, datetime] | None, limited: int | None) -> float:
        """How long the slowest twentieth of what was heard in this span took, but for one installation's."""
        took = sorted(
            one.seconds
            for one in self.watch.took
            if one.installation != limited and (span is None or span[0] <= one.heard <= span[1])
        )
        return took[int(0.95 * len(took))] if took else 0.0

    @property
    def failed(self) -> int:
        """Attempts to deliver that did not arrive."""
        return sum(one.status_code != 202 for one in self.github.webhooks.log.values())


async def make_trouble(run: Run, chaos: Chaos) -> None:
    """Everything that was ordered, at once."""
    work: list[Awaitable[None]] = []
    if "kill" in chaos.troubles:
        work += [
            kill_again_and_again(run, member, random.Random(f"{chaos.seed} {member.name}"), chaos)  # noqa: S311
            for member in run.bot.members
        ]
    if "hang" in chaos.troubles:
        work.append(_hang(run, run.bot.workers[0], chaos))
    if "roll" in chaos.troubles:
        work.append(_roll(run, chaos))
    if "limit" in chaos.troubles:
        work.append(_limit_one(run, chaos))
    await asyncio.gather(*work)


async def _hang(run: Run, member: Member, chaos: Chaos) -> None:
    """One worker stands still for a minute, in the midst of its work, and goes on as if nothing had been."""
    await until(partial(rows, run.database_url, _DOING, task="act"), within=chaos.seconds / 3, every=0.02)
    member.pause()
    say(f"{member.name} hangs")
    await asyncio.sleep(HANGS_FOR)
    member.resume()
    run.watch.kills.append(datetime.now(UTC))
    say(f"{member.name} goes on")


async def _roll(run: Run, chaos: Chaos) -> None:
    """One process after the other is replaced, as in an update."""
    for _ in range(2):
        for member in run.bot.members:
            await asyncio.sleep(chaos.seconds / (3 * len(run.bot.members)))
            took = await member.stop()
            run.slowest_stop = max(run.slowest_stop, took)
            await member.start()
            await member.ready()
            say(f"{member.name} was replaced; it ended within {took:.1f} s")


async def _limit_one(run: Run, chaos: Chaos) -> None:
    """The first installation has nothing left of its limits for a while; the others go on."""
    await asyncio.sleep(chaos.seconds / 4)
    installation = run.github.world.installation_for(run.stages[0].repository)
    assert installation is not None
    for resource in ("core", "graphql"):
        run.github.limits.exhaust(f"installation {installation.id}", resource, seconds=LIMITED_FOR)
    run.limited, began = installation.id, datetime.now(UTC)
    say(f"installation {installation.id} is limited")
    await asyncio.sleep(LIMITED_FOR)
    run.limited_span = (began, datetime.now(UTC))


async def kill_again_and_again(run: Run, member: Member, chance: random.Random, chaos: Chaos) -> None:
    """Let a process die as often as ordered, at bad moments, and start it again each time."""
    for _ in range(chaos.kills):
        if time.monotonic() > run.trouble_until:
            return
        await _a_bad_moment(run, member, chance, mean=0.6 * chaos.seconds / chaos.kills)
        await kill(run, member)
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
        await until(doing, within=chance.uniform(0.5, 2 * mean), every=0.02)
        await asyncio.sleep(chance.uniform(0, 0.15))
    else:
        await asyncio.sleep(chance.uniform(0.1, 2 * mean))


async def kill(run: Run, member: Member) -> None:
    """Let a process die, and note when."""
    if not member.is_running:
        run.fell.append(f"{member.name}-{member.starts:03d}")
    ready = member.is_ready
    await member.kill()
    run.watch.kills.append(datetime.now(UTC))
    run.kills[member.name] += 1
    say(f"kill {run.kills.total()}: {member.name}{'' if ready else ', while it started'}")


async def until(condition: Callable[[], Awaitable[object]], *, within: float, every: float) -> None:
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
