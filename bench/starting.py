"""How long until a fresh `mentorbot serve` is ready, on an embedded store: the first time, and later."""

from __future__ import annotations

import time
from pathlib import Path

from bench.figures import Figure, median
from bench.place import app_settings
from bench.processes import answered, free_port, mentorbot, running
from mentorbot.sandbox.server import running_github


async def starting(folder: Path, *, rounds: int) -> list[Figure]:
    """Once on an empty folder, then as often as there are rounds."""
    times = []
    async with running_github() as github:
        for _ in range(1 + rounds):
            env = {**app_settings(github, folder), "PORT": str(free_port())}
            env["DATABASE_URL"] = ""
            started = time.perf_counter()
            async with running(*mentorbot("serve"), env=env) as process:
                await answered(f"http://127.0.0.1:{env['PORT']}/readyz", by=process)
                times.append(time.perf_counter() - started)
    first, later = times[0], median(times[1:])
    return [
        Figure(
            key="start",
            what="start to ready, embedded store, second start",
            measured=f"{later:.2f} s (first time {first:.1f} s)",
            goal="< 1.2 s",
            ok=later < 1.2,
            values={"first_s": round(first, 2), "later_s": round(later, 2)},
        )
    ]
