"""Measures the whole bot on this machine, beside handlers that store nothing.

    python bench/run.py [--seconds 6] [--rounds 3] [--only NAME …] [--write]

Web server, each worker, PostgreSQL and the load are processes of their own; the simulated GitHub runs in
this one. Prints a table, and one JSON object last. `--write` keeps the table in `bench/README.md` and the
object in `bench/figures.json`, from which `docs/scale.md` is computed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.acknowledging import full_load, steady
from bench.figures import Figure, as_json, table, write
from bench.footprint import footprint
from bench.place import Place, place
from bench.starting import starting
from bench.storage import storage
from bench.visible_effects import visible_effects
from bench.working_off import working_off

Measured = tuple[list[Figure], list[str]]
Part = Callable[[Place, float, int, Path], Awaitable[Measured]]


async def _full(at: Place, seconds: float, rounds: int, _: Path) -> Measured:
    return await full_load(at, seconds=seconds, rounds=rounds)


async def _steady(at: Place, seconds: float, rounds: int, _: Path) -> Measured:
    return await steady(at, seconds=seconds, rounds=rounds), []


async def _work(at: Place, seconds: float, rounds: int, _: Path) -> Measured:
    return await working_off(at, seconds=seconds, rounds=rounds), []


async def _effects(at: Place, _: float, __: int, ___: Path) -> Measured:
    return await visible_effects(at), []


async def _memory(at: Place, seconds: float, _: int, __: Path) -> Measured:
    return await footprint(at, seconds=seconds), []


async def _storage(at: Place, _: float, __: int, ___: Path) -> Measured:
    return await storage(at), []


async def _start(_: Place, __: float, rounds: int, folder: Path) -> Measured:
    return await starting(folder, rounds=rounds), []


PARTS: dict[str, Part] = {
    "full": _full,
    "steady": _steady,
    "work": _work,
    "effects": _effects,
    "memory": _memory,
    "start": _start,
    "storage": _storage,
}
"""In the order of the table."""


async def measure(parts: Sequence[str], *, seconds: float, rounds: int) -> Measured:
    """The figures of these parts, in the order of the table."""
    figures: list[Figure] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mentorbot-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - as root, PostgreSQL runs as somebody else
        async with place(_sub(folder, "place")) as at:
            for part in parts:
                started = time.monotonic()
                found, told = await PARTS[part](at, seconds, rounds, _sub(folder, part))
                figures += found
                notes += told
                sys.stderr.write(f"{part}: {time.monotonic() - started:.0f} s\n")
    return figures, notes


def _sub(folder: Path, name: str) -> Path:
    sub = folder / name
    sub.mkdir()
    return sub


def main() -> None:
    """Measure, print, and with `--write` keep what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=6, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="of each the median counts")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="measure these parts")
    parser.add_argument("--write", action="store_true", help="keep it in bench/README.md and figures.json")
    asked: Any = parser.parse_args()
    figures, notes = asyncio.run(measure(asked.only, seconds=asked.seconds, rounds=asked.rounds))
    print(table(figures, notes))
    told = as_json(figures, notes)
    if asked.write:
        write(table(figures, notes), told)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
