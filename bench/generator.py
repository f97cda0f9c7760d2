"""Sends deliveries from a process of its own: wrk where it is installed, else `bench/load.py`."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.processes import ROOT
from bench.signed import presigned

_CONNECTIONS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a load generator saw. `refused` is whatever was no 2xx."""

    sent: int
    refused: int
    per_second: float
    p50_ms: float
    p99_ms: float
    max_ms: float

    def as_json(self) -> dict[str, Any]:
        """For the figures."""
        return asdict(self)


def name() -> str:
    """Which generator there is."""
    return "wrk" if shutil.which("wrk") else "bench/load.py"


async def load(
    url: str, *, secret: str, payloads: Path, seconds: float, rate: float = 0, connections: int = _CONNECTIONS
) -> Answers:
    """Send for so long, as fast as the connections allow or `rate` a second."""
    send = _by_wrk if shutil.which("wrk") else load_by_us
    return await send(
        url, secret=secret, payloads=payloads, seconds=seconds, rate=rate, connections=connections
    )


async def load_by_us(
    url: str, *, secret: str, payloads: Path, seconds: float, rate: float = 0, connections: int = _CONNECTIONS
) -> Answers:
    """With `bench/load.py`, which counts a late start as waiting."""
    return await _told_by(
        sys.executable,
        str(ROOT / "bench" / "load.py"),
        *("--url", url, "--secret", secret, "--payloads", str(payloads), "--seconds", str(seconds)),
        *("--rate", str(rate), "--connections", str(connections)),
    )


async def _by_wrk(
    url: str, *, secret: str, payloads: Path, seconds: float, rate: float, connections: int
) -> Answers:
    lines = await asyncio.to_thread(payloads.read_text, encoding="utf-8")
    file = payloads.with_suffix(".requests")
    await asyncio.to_thread(_write, file, presigned(lines, url=url, secret=secret))
    return await _told_by(
        *(
            "wrk",
            "--threads",
            "1",
            "--connections",
            str(connections),
            "--duration",
            f"{max(1, round(seconds))}s",
        ),
        *("--timeout", "10s", "--script", str(ROOT / "bench" / "wrk.lua"), url),
        *("--", str(file), uuid.uuid4().hex[:12], str(rate)),
    )


def _write(file: Path, requests: list[tuple[bytes, bytes]]) -> None:
    file.write_bytes(
        b"".join(b"%d %d\n%b%b\n" % (len(before), len(after), before, after) for before, after in requests)
    )


async def _told_by(*command: str) -> Answers:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Answers(**json.loads(told.decode().splitlines()[-1]))
