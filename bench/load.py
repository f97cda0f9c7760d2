"""Sends signed deliveries as fast as asked, from a process of its own, and says how long each answer took.

    python bench/load.py --url http://127.0.0.1:8080/github/webhook --secret S --payloads FILE --rate 300

`--rate 0` sends as fast as `--connections` open connections allow. FILE holds one `{"event", "payload"}` a
line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlsplit

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.signed import presigned

_ACCEPTED = b" 2"  # 202; others say 200


class Requests:
    """Endless HTTP requests: real bodies in turn, each with a delivery id of its own, signed beforehand."""

    def __init__(self, *, url: str, secret: str, payloads: Path) -> None:
        address = urlsplit(url)
        self.host, self.port = address.hostname or "127.0.0.1", address.port or 80
        self._ready = presigned(payloads.read_text(encoding="utf-8"), url=url, secret=secret)
        run = uuid.uuid4().hex[:12]
        self._ids = (f"{run}-{number:08d}" for number in count())

    def __iter__(self) -> Iterator[bytes]:
        for before, after in cycle(self._ready):
            yield before + next(self._ids).encode() + after


class Load:
    """Open connections that take turns; `seconds` is each answer's time, `refused` counts what was no 202."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._next = iter(requests)
        self.seconds: list[float] = []
        self.refused = 0

    async def as_fast_as_possible(self, *, connections: int, seconds: float) -> None:
        """Keep every connection busy."""
        until = time.perf_counter() + seconds

        async def busy() -> None:
            line = await self._line()
            while time.perf_counter() < until:
                await self._send(*line, due=time.perf_counter())

        await asyncio.gather(*(busy() for _ in range(connections)))

    async def at_a_rate(self, *, rate: float, connections: int, seconds: float) -> None:
        """Send at even intervals. A late start counts as waiting: nothing is left out of the latencies."""
        free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        for _ in range(connections):
            free.put_nowait(await self._line())
        started, tasks = time.perf_counter(), set()

        async def one(due: float) -> None:
            line = await free.get()
            try:
                await self._send(*line, due=due)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.refused += 1
                line = await self._line()
            free.put_nowait(line)

        for number in range(int(rate * seconds)):
            due = started + number / rate
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            tasks.add(asyncio.create_task(one(due)))
        await asyncio.gather(*tasks)

    async def _line(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._requests.host, self._requests.port)

    async def _send(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, due: float) -> None:
        writer.write(next(self._next))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        if length:
            await reader.readexactly(length)
        self.seconds.append(time.perf_counter() - due)
        self.refused += _ACCEPTED not in head[8:10]


def main() -> None:
    """Send, and print one JSON object: sent, refused, per_second, p50_ms, p99_ms, max_ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--payloads", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=64)
    asked = parser.parse_args()
    load = Load(Requests(url=asked.url, secret=asked.secret, payloads=asked.payloads))
    started = time.perf_counter()
    if asked.rate:
        work = load.at_a_rate(rate=asked.rate, connections=asked.connections, seconds=asked.seconds)
    else:
        work = load.as_fast_as_possible(connections=asked.connections, seconds=asked.seconds)
    asyncio.run(work)
    hundredths = statistics.quantiles(load.seconds, n=100)
    print(
        json.dumps(
            {
                "sent": len(load.seconds),
                "refused": load.refused,
                "per_second": round(len(load.seconds) / (time.perf_counter() - started)),
                "p50_ms": round(hundredths[49] * 1000, 1),
                "p99_ms": round(hundredths[98] * 1000, 1),
                "max_ms": round(max(load.seconds) * 1000, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
