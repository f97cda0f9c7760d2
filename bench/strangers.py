"""How long GitHub waits for its 202 while strangers do what they can to keep the bot busy.

    python bench/strangers.py [--seconds 15]

Somebody proposes hostile config files, holds hundreds of connections open with nothing or half a head on
them, uploads unsigned bodies at ten megabytes a second each, and sends others a byte at a time. Meanwhile
signed deliveries come, thirty a second, from a process of their own. One program hears, decides and acts.
Prints one JSON line.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

if __package__ in {None, ""}:  # run as a file: the packages are beside its folder
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from bench.generator import Answers, load_by_us
from bench.place import place
from bench.signed import as_lines
from mentorbot.sandbox.model import Repository
from mentorbot.sandbox.simulated_github import SimulatedGitHub

RATE = 30
CONNECTIONS = 8
HALF_OPEN = 400
UPLOADS = 12
SLOW = 100
MOST_SECONDS = 58.0
_FILE = 64_000
_PAUSE = 65_536 / 10_000_000
_FORGED = "sha256=" + "0" * 64
_CONFIG = "welcome:\n  issue: default\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacked:
    """The bot, its GitHub, and where it listens."""

    github: SimulatedGitHub
    repository: Repository
    port: int
    web: psutil.Process
    payloads: Path


@asynccontextmanager
async def attacked(folder: Path) -> AsyncIterator[Attacked]:
    """Everything in one program, as `make run` starts it."""
    async with place(folder, config=_CONFIG) as at, at.serving() as web:
        # One as GitHub delivered it: small, and always on the same issue.
        comment = next(
            json.loads(one.body) for one in at.github.webhooks.log.values() if one.event == "issue_comment"
        )
        payloads = folder / "comment.jsonl"
        payloads.write_text(as_lines("issue_comment", [comment]), encoding="utf-8")
        yield Attacked(
            github=at.github,
            repository=at.repository,
            port=int(at.env["PORT"]),
            web=psutil.Process(web.pid),
            payloads=payloads,
        )


async def proposes_configs(at: Attacked) -> None:
    """One hostile config file after the other."""
    files = (
        "welcome:\n" + "".join(f"  k{number}: 1\n" for number in range(6_000)),
        "mentoring: {mentors: [" + "{lgin: a}," * 6_000 + "]}",
        "a: &x " + "y" * 30_000 + "\nwelcome: [" + "*x," * 10_000 + "]",
        "[" * _FILE,
        "a: [" + "b," * 31_000 + "]",
    )
    for number in range(10_000):
        at.github.acts.open_pull_request(
            at.repository,
            by="ada",
            title="Our mentorbot.yml",
            files={".github/mentorbot.yml": files[number % len(files)][:_FILE]},
            branch=f"config-{number}",
        )
        await asyncio.sleep(1.0)


async def holds_connections(at: Attacked) -> None:
    """Half-open connections, as many as there are files for, and again when they are closed."""
    lines: list[asyncio.StreamWriter] = []
    while True:
        for sent in (b"", b"POST /github/webhook HTTP/1.1\r\nHost: x\r\nX-Slow: "):
            _, writer = await asyncio.open_connection("127.0.0.1", at.port)
            writer.write(sent)
            lines.append(writer)
        while len(lines) > HALF_OPEN:
            lines.pop(random.randrange(len(lines))).close()  # noqa: S311 - no secret
        await asyncio.sleep(0.01)


def _head(length: int) -> bytes:
    return (
        "POST /github/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"X-GitHub-Event: push\r\nX-GitHub-Delivery: d-1\r\nX-Hub-Signature-256: {_FORGED}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


async def uploads(at: Attacked) -> None:
    """Bodies of the largest size that is taken, with the form of a signature."""
    piece = b"x" * 65_536
    while True:
        with contextlib.suppress(ConnectionError):
            _, writer = await asyncio.open_connection("127.0.0.1", at.port)
            try:
                writer.write(_head(25 * 1024 * 1024))
                for _ in range(400):
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(_PAUSE)
            finally:
                writer.close()
        await asyncio.sleep(0.05)


async def sends_slowly(at: Attacked) -> None:
    """A body a byte at a time."""
    while True:
        with contextlib.suppress(ConnectionError):
            _, writer = await asyncio.open_connection("127.0.0.1", at.port)
            try:
                writer.write(_head(1_000))
                for _ in range(20):
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.5)
            finally:
                writer.close()


_STRANGERS: tuple[tuple[Callable[[Attacked], Awaitable[None]], int], ...] = (
    (proposes_configs, 1),
    (holds_connections, 1),
    (uploads, UPLOADS),
    (sends_slowly, SLOW),
)


async def deliveries(at: Attacked, *, seconds: float) -> Answers:
    """What a process that sends signed deliveries measures."""
    return await load_by_us(
        f"http://127.0.0.1:{at.port}/github/webhook",
        secret=at.github.app.webhook_secret,
        payloads=at.payloads,
        rate=RATE,
        seconds=seconds,
        connections=CONNECTIONS,
    )


async def measure(seconds: float) -> dict[str, float]:
    """Deliveries without and with strangers."""
    with tempfile.TemporaryDirectory(prefix="mentorbot-strangers-") as folder:
        Path(folder).chmod(0o755)  # noqa: ASYNC240 - as root, PostgreSQL runs as somebody else
        async with attacked(Path(folder)) as at, asyncio.timeout(MOST_SECONDS):
            quiet = await deliveries(at, seconds=3)
            before = at.web.memory_info().rss
            strangers = [
                asyncio.create_task(_for_ever(stranger, at))
                for stranger, times in _STRANGERS
                for _ in range(times)
            ]
            await asyncio.sleep(1)
            busy = await deliveries(at, seconds=seconds)
            after = at.web.memory_info().rss
            for stranger in strangers:
                stranger.cancel()
            await asyncio.gather(*strangers, return_exceptions=True)
    return {
        "deliveries": busy.sent,
        "refused": busy.refused,
        "quiet_p99_ms": quiet.p99_ms,
        "quiet_longest_ms": quiet.max_ms,
        "p50_ms": busy.p50_ms,
        "p99_ms": busy.p99_ms,
        "longest_ms": busy.max_ms,
        "more_memory_mb": round((after - before) / 1e6, 1),
    }


async def _for_ever(stranger: Callable[[Attacked], Awaitable[None]], at: Attacked) -> None:
    while True:
        with contextlib.suppress(OSError):
            await stranger(at)


def main() -> None:
    """Measure, and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    print(json.dumps(asyncio.run(measure(parser.parse_args().seconds))))


if __name__ == "__main__":
    main()
