"""Kills the bot again and again while GitHub fails: nothing may be lost, doubled or wrong.

    python bench/chaos.py [--archive FILE] [--seed N] [--kills 20] [--shape split|alone|pairs]

Stretches of a recorded history happen on the simulated GitHub twice: once while all is well, and once while
every process of the bot is killed at random moments and many of GitHub's answers and webhooks go wrong. What
the bot did has to be the same. Processes and PostgreSQL run as in production; their logs stay in `bench/out`.
Standard output is one line: a JSON object with the figures. Exits with 1 where something was lost, doubled,
wrong, or is left undone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.chaos_load import load_of
from bench.chaos_report import figures, heard_out_of_order, left_unsaid, report
from bench.chaos_run import played
from bench.processes import ROOT
from bench.seen import compared
from bench.troubles import TROUBLES, Chaos, say
from mentorbot.db.embedded import EmbeddedPostgres

OUT = ROOT / "bench" / "out"
ARCHIVES = (
    ROOT.parent / "shared" / "history" / "secp256k1.jsonl.gz",
    ROOT / "tests" / "history" / "secp256k1-1765-1850.jsonl.gz",
)


async def play(
    archive: Path, chaos: Chaos, *, stretches: int, threads: int, minutes: float, out: Path = OUT / "chaos"
) -> dict[str, Any]:
    """Run quietly, run wildly, compare; the figures."""
    started = time.monotonic()
    deadline = started + minutes * 60
    load = load_of(archive, stretches=stretches, threads=threads)
    with tempfile.TemporaryDirectory(prefix="mentorbot-chaos-") as data:
        embedded = _postgres(Path(data))
        server = await asyncio.to_thread(embedded.start)
        try:
            quiet = await played(
                load, chaos=chaos, wild=False, server=server, folder=out / "quiet", deadline=deadline
            )
            say(f"the quiet run: {quiet.deliveries} deliveries, {quiet.effects.total()} effects")
            wild = await played(
                load, chaos=chaos, wild=True, server=server, folder=out / "wild", deadline=deadline
            )
            difference = compared(
                quiet.effects,
                wild.effects,
                out_of_order=await heard_out_of_order(wild),
                unsaid=await left_unsaid(quiet) | await left_unsaid(wild),
            )
            told = await report(quiet, wild, difference)
        finally:
            await asyncio.to_thread(embedded.stop)
    (out / "report.txt").write_text(told + "\n", encoding="utf-8")
    if told:
        sys.stderr.write(f"{told[:6000]}\n(the whole of it, and all logs: {out})\n")
    return figures(quiet, wild, difference, chaos, time.monotonic() - started)


def _postgres(folder: Path) -> EmbeddedPostgres:
    """A PostgreSQL in a folder that its account can reach."""
    folder.chmod(0o755)
    return EmbeddedPostgres(folder / "postgres", may_create_databases=True)


async def _to_its_end(work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Do it; told to stop, end all processes first."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def main() -> int:
    """The command line. 0: all came, once; 1: something was lost, doubled, wrong or left; 2: unusable."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, help="a saved history (.jsonl.gz)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=20, help="how often each process is killed, at least")
    parser.add_argument("--shape", choices=("split", "alone", "pairs"), default="split")
    parser.add_argument(
        "--trouble",
        action="append",
        choices=TROUBLES,
        help="kill processes (unless told otherwise); let a worker hang for a minute; replace one process "
        "after the other; have one installation limited. More than one may be given",
    )
    parser.add_argument("--stretches", type=int, default=4, help="repositories, each its own installation")
    parser.add_argument("--threads", type=int, default=16, help="issues and pull requests in each of them")
    parser.add_argument("--seconds", type=float, default=170, help="how long things happen in the wild run")
    parser.add_argument(
        "--patience", type=float, default=130, help="seconds in which something has to change"
    )
    parser.add_argument("--minutes", type=float, default=9.5, help="it ends after so many at the latest")
    asked = parser.parse_args()
    archive = asked.archive or next((one for one in ARCHIVES if one.is_file()), ARCHIVES[-1])
    chaos = Chaos(
        seed=asked.seed,
        kills=asked.kills,
        troubles=asked.trouble or ("kill",),
        shape=asked.shape,
        seconds=asked.seconds,
        patience=asked.patience,
    )
    say(f"seed {chaos.seed}: the same weather again with --seed {chaos.seed}")
    try:
        found = asyncio.run(
            _to_its_end(
                play(archive, chaos, stretches=asked.stretches, threads=asked.threads, minutes=asked.minutes)
            )
        )
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    print(json.dumps(found))
    return 1 if any(found[name] for name in ("lost", "doubled", "wrong", "left")) else 0


if __name__ == "__main__":
    raise SystemExit(main())
