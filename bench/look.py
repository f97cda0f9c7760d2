"""What `mentorbot look` costs for thousands of open pull requests: requests, seconds, memory.

    python bench/look.py [--pulls 5000] [--largest-page 100] [--independent] [--json]

A GitHub with so many open pull requests runs in a process of its own: the sandbox, or with `--independent`
one that has nothing of it and answers by GitHub's own schema from saved histories (`tests/history`). The
command runs as a person runs it, in a process whose memory is watched; then again, which is to ask nothing.
Where `--largest-page` is less than 100, bigger pages are answered with 502. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MOST_MB = 300
ROOT = Path(__file__).resolve().parent.parent
_HISTORIES = ROOT.parent / "shared" / "history"
_STRETCH = ROOT / "tests" / "history" / "secp256k1-1765-1850.jsonl.gz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pulls", type=int, default=5_000, help="how many open pull requests there are")
    parser.add_argument("--largest-page", type=int, default=100, help="the biggest page that is answered")
    parser.add_argument("--independent", action="store_true", help="not the sandbox, but saved histories")
    parser.add_argument("--json", action="store_true", help="print nothing but the JSON object")
    options = parser.parse_args(arguments)
    result = measured(options.pulls, options.largest_page, independent=options.independent)
    if not options.json:
        first, again = result["first"], result["again"]
        print(
            f"{result['open']:,} open pull requests: {first['requests']} requests, {first['seconds']} s, "
            f"{first['peak_mb']} MB; once more: {again['requests']} requests, {again['seconds']} s."
        )
    print(json.dumps(result))
    most = (120 if options.largest_page >= 100 else 400) * max(options.pulls, 100) / 5_000
    kept = result["first"]["requests"] <= max(most, 30) and result["again"]["requests"] == 0
    is_small = max(result[one]["peak_mb"] for one in ("first", "again")) < MOST_MB
    return 0 if kept and is_small and result["first"]["not_read"] == 0 else 1


def measured(pulls: int, largest: int, *, independent: bool) -> dict[str, Any]:
    """The figures of the first look and of one that finds all answers there."""
    here, there = multiprocessing.Pipe()
    be_github = _be_archived if independent else _be_sandbox
    process = multiprocessing.get_context("spawn").Process(
        target=be_github, args=(there, pulls, largest), daemon=True
    )
    process.start()
    told = here.recv()
    try:
        with tempfile.TemporaryDirectory() as cache:
            environment = os.environ | {
                "GITHUB_API_URL": told["url"],
                "GITHUB_TOKEN": told["token"],
                "XDG_CACHE_HOME": cache,
                "PYTHONPATH": str(ROOT),
            }
            first, again = (_run(told["repository"], environment) for _ in range(2))
            on_disk = sum(one.stat().st_size for one in Path(cache).rglob("*") if one.is_file())
    finally:
        here.send("stop")
        process.join(10)
    return {
        "open": first.pop("open"),
        "independent": independent,
        "largest_page": largest,
        "first": first,
        "again": {key: value for key, value in again.items() if key != "open"},
        "on_disk_mb": round(on_disk / 2**20, 1),
    }


def _run(repository: str, environment: dict[str, str]) -> dict[str, Any]:
    began = time.monotonic()
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, __file__, "--child", repository],
        env=environment,
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds = time.monotonic() - began
    said, peak = ended.stdout.decode().rsplit("\n", 2)[:2]
    found = json.loads(said)
    work = found["open"]
    return {
        "open": work["pull_requests"],
        "requests": found["requests"],
        "not_read": work["pull_requests_not_read"],
        "seconds": round(seconds, 1),
        "peak_mb": round(int(peak) / 1024, 1),
        "turns": {one["turn"]: one["count"] for one in work["turns"]},
    }


def _be_the_command(repository: str) -> None:
    """Run the command, and say how much memory it took at most: Linux counts in KiB."""
    from mentorbot.cli import main as mentorbot  # noqa: PLC0415 - only the child

    try:
        mentorbot(["look", repository, "--json"])
    except SystemExit as ended:
        if ended.code:
            raise
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _be_sandbox(control: Connection, pulls: int, largest: int) -> None:
    asyncio.run(_sandbox(control, pulls, largest))


async def _sandbox(control: Connection, pulls: int, largest: int) -> None:
    from bench.many_pulls import REPOSITORY, populate  # noqa: PLC0415 - only that process
    from mentorbot.sandbox.server import running_github  # noqa: PLC0415

    if largest < 100:
        raise SystemExit("The sandbox answers any page: ask for small ones with --independent.")
    async with running_github() as github:
        populate(github, pulls, until=datetime.now(UTC))
        reader = github.acts.add_user("reader")
        token = github.tokens.for_user(reader)
        control.send({"url": github.url, "token": token, "repository": REPOSITORY})
        await asyncio.to_thread(control.recv)


def _be_archived(control: Connection, pulls: int, largest: int) -> None:
    asyncio.run(_archived(control, pulls, largest))


async def _archived(control: Connection, pulls: int, largest: int) -> None:
    from tests.history.archived_github import (  # noqa: PLC0415 - only that process
        REPOSITORY,
        archived_github,
        saved_pulls,
    )

    paths = sorted(_HISTORIES.glob("*.jsonl.gz")) or [_STRETCH]
    found: list[Any] = []
    while len(found) < pulls:
        found = saved_pulls(paths, times=1 if not found else -(-pulls // len(found)))
    async with archived_github(found[:pulls], largest_page=largest) as there:
        control.send({"url": there.url, "token": "ghp_any", "repository": REPOSITORY})
        await asyncio.to_thread(control.recv)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _be_the_command(sys.argv[2])
        raise SystemExit(0)
    raise SystemExit(main())
