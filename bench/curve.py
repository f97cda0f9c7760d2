"""How the bot's cost grows with its work: installations, repositories, waiting deliveries, the journal.

    python bench/curve.py [--seconds 5] [--rounds 2] [--only installations waiting …]

At each size: deliveries acknowledged a second by `serve --no-worker`, and worked off a second by one worker
that always has something to do. Waiting deliveries and the journal are filled by SQL. Prints a table, and one
JSON object last; `fell` names what fell by 20 % or more from the first size.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.backlog import Backlog, backlog_at, more_repositories
from bench.figures import median
from bench.generator import load
from bench.place import Place, place
from bench.processes import mentorbot, running
from bench.storage import fill_journal
from bench.working_off import Pace, paced, warm

SIZES = {
    "installations": (1, 10, 100),
    "waiting": (100, 10_000, 100_000),
    "journal": (100, 10_000, 1_000_000),
    "one_thread": (100, 1_000, 10_000),
    "repositories": (1, 100, 1_000),
}
ALLOWED = 0.2
_FEW = 200
_OF_CLOCK = 21.0
"""Seconds within which the clock ticks once, and looks at all repositories."""
_DELIVERIES_A_THREAD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was measured at one size."""

    size: int
    acknowledged: float
    worked_off: float
    cpu_ms: float


async def curve(axis: str, folder: Path, *, seconds: float, rounds: int) -> list[Point]:
    """One axis, from its smallest size to its largest."""
    points = []
    if axis == "installations":
        for size in SIZES[axis]:
            async with _place(folder / f"{axis}-{size}", installations=size) as at:
                points.append(await _point(at, size, seconds=seconds, rounds=rounds))
        return points
    async with _place(folder / axis) as at:
        for size in SIZES[axis]:
            points.append(await _point(at, size, grown=axis, before=points, seconds=seconds, rounds=rounds))
    return points


async def _point(
    at: Place, size: int, *, grown: str = "", before: Sequence[Point] = (), seconds: float, rounds: int
) -> Point:
    waiting = size if grown == "waiting" else _FEW
    if grown == "repositories":
        await more_repositories(at, size)
        seconds = max(seconds, _OF_CLOCK)
    # Where many wait, as many come as are worked off where few do; counting them would cost too much.
    pace = before[0].worked_off if grown == "waiting" and before else None
    acknowledged, done = [], []
    spread = max(1, waiting // 50 // _DELIVERIES_A_THREAD)
    most = waiting + size if grown == "one_thread" else waiting
    backlog = await backlog_at(at)
    await fill_journal(at, size if grown == "journal" else 0)
    for _ in range(rounds):
        await at.forget_waiting()
        if grown == "one_thread":
            await backlog.fill(size)
            await backlog.into_one_thread()
        await backlog.fill(waiting, spread=spread)
        await backlog.settle()
        acknowledged.append(await _acknowledged(at, min(seconds, 10)))
        await backlog.forget_others()
        await backlog.settle()
        done.append(await _worked_off(at, backlog, rate=pace, most=most, spread=spread, seconds=seconds))
    point = Point(
        size=size,
        acknowledged=round(median(acknowledged), 1),
        worked_off=round(median([it.per_second for it in done]), 1),
        cpu_ms=round(median([it.cpu for it in done]) * 1000, 3),
    )
    sys.stderr.write(f"{grown} {point}\n")
    return point


async def _acknowledged(at: Place, seconds: float) -> float:
    async with at.serving("--no-worker"):
        await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=2)
        answers = await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=seconds)
    return answers.per_second


async def _worked_off(
    at: Place, backlog: Backlog, *, rate: float | None, most: int, spread: int, seconds: float
) -> Pace:
    async with (
        backlog.fed(rate=rate, most=most, spread=spread),
        running(*mentorbot("worker"), env=at.env) as worker,
    ):
        await warm(at, workers=1)
        return await paced(at, [worker.pid], seconds=seconds)


@asynccontextmanager
async def _place(folder: Path, *, installations: int = 1) -> AsyncIterator[Place]:
    await asyncio.to_thread(folder.mkdir)
    async with place(folder, installations=installations) as at:
        yield at


def fell(points: Sequence[Point]) -> dict[str, float]:
    """What is lower at the largest size than at the smallest, as a share of it."""
    first, last = points[0], points[-1]
    return {
        "acknowledged": round(1 - last.acknowledged / first.acknowledged, 3),
        "worked_off": round(1 - last.worked_off / first.worked_off, 3),
    }


def table(found: dict[str, list[Point]]) -> str:
    """As Markdown."""
    lines = [
        "| what grows | to | acknowledged | worked off | processor time each | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for axis, points in found.items():
        for point in points:
            worst = max(fell([points[0], point]).values())
            verdict = "" if point is points[0] else "ok" if worst < ALLOWED else f"**falls by {worst:.0%}**"
            lines.append(
                f"| {axis} | {point.size:,} | {point.acknowledged:,.0f}/s | {point.worked_off:,.0f}/s "
                f"| {point.cpu_ms:.2f} ms | {verdict} |"
            )
    return "\n".join(lines) + "\n"


async def measure(axes: Sequence[str], *, seconds: float, rounds: int) -> dict[str, list[Point]]:
    """All curves."""
    with tempfile.TemporaryDirectory(prefix="mentorbot-curve-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - as root, PostgreSQL runs as somebody else
        return {axis: await curve(axis, folder, seconds=seconds, rounds=rounds) for axis in axes}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5, help="how long each measurement lasts")
    parser.add_argument("--rounds", type=int, default=2, help="of each the median counts")
    parser.add_argument("--only", nargs="+", choices=SIZES, default=list(SIZES), help="measure these curves")
    asked: Any = parser.parse_args()
    found = asyncio.run(measure(asked.only, seconds=asked.seconds, rounds=asked.rounds))
    print(table(found))
    told: dict[str, Any] = {axis: [asdict(point) for point in points] for axis, points in found.items()}
    falls = {axis: fell(points) for axis, points in found.items()}
    told["falls_by"] = falls
    told["fell"] = [
        f"{axis} {what}" for axis, each in falls.items() for what, by in each.items() if by >= ALLOWED
    ]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
