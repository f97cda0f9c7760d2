"""Starts programs for a measurement, waits until they answer, and reads what they use."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 90.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(*command: str, env: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A program of ours during the block; ended with SIGTERM, as a platform would."""
    log = Path(env["MENTORBOT_DATA"]) / f"{time.time_ns()}.log"
    with log.open("wb") as told:
        process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **env}, stdout=told, stderr=told, cwd=ROOT
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), _PATIENCE)


def mentorbot(*words: str) -> tuple[str, ...]:
    """The command line of this checkout."""
    return (sys.executable, "-m", "mentorbot", *words)


async def answered(url: str, *, status: int = 200, by: asyncio.subprocess.Process | None = None) -> float:
    """Seconds until `url` answers so. Raises TimeoutError; RuntimeError where `by` has ended."""
    started = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        while time.perf_counter() - started < _PATIENCE:
            try:
                async with session.get(url) as answer:
                    if answer.status == status:
                        return time.perf_counter() - started
            except aiohttp.ClientError:
                pass  # it does not listen yet
            if by is not None and by.returncode is not None:
                raise RuntimeError(f"What was to answer at {url} ended with {by.returncode}: see its log.")
            await asyncio.sleep(0.01)
    raise TimeoutError(f"{url} did not answer {status} within {_PATIENCE:.0f} s")
