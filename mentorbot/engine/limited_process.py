"""Runs a function in a process of its own that has little time, little memory and none of our secrets.

Whatever strangers make it choke on, its end costs nobody anything. The process is
`python -m mentorbot.engine.limited_process`.
"""

from __future__ import annotations

import asyncio
import os
import pickle  # what is pickled are our own types, between two processes of ours
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

R = TypeVar("R")

CPU_SECONDS = 5
MOST_MEMORY = 512 * 1024 * 1024
SLOWEST = 60.0
_NO_MEMORY = 3
_SPENT = frozenset({-signal.SIGKILL, _NO_MEMORY, -getattr(signal, "SIGXCPU", signal.SIGKILL)})


class OutOfResources(Exception):  # noqa: N818 - says what is the case
    """It took more time or memory than there is for it."""


async def run_limited(
    function: Callable[..., R], *arguments: Any, cpu_seconds: int = CPU_SECONDS, **more: Any
) -> R:
    """What a process of its own makes of it. Raises OutOfResources, or TimeoutError on a busy machine."""
    task = pickle.dumps((cpu_seconds, function, arguments, more))
    async with asyncio.timeout(SLOWEST):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            __name__,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a traceback might quote people
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,
        )
        try:
            answer, _ = await process.communicate(task)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode in _SPENT:
        raise OutOfResources
    if process.returncode:
        raise RuntimeError(f"the process that ran {function.__name__} ended with {process.returncode}")
    result: R = pickle.loads(answer)  # noqa: S301 - see the import
    return result


def answer(task: BinaryIO, result: BinaryIO, *, limit: Callable[[int], None]) -> int:
    """Do one task; returns the exit code. `limit` is called, with seconds, when everything is imported."""
    seconds, function, arguments, more = pickle.load(task)  # noqa: S301 - see the import
    limit(seconds)
    try:
        pickle.dump(function(*arguments, **more), result)
    except MemoryError:
        return _NO_MEMORY
    return 0


def _limit_this_process(seconds: int) -> None:  # pragma: no cover - would limit the tests, too
    if sys.platform == "win32":  # where the wall clock has to do
        return
    import resource  # noqa: PLC0415 - not there

    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime) + seconds,
        resource.RLIMIT_DATA: MOST_MEMORY,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    sys.exit(answer(sys.stdin.buffer, sys.stdout.buffer, limit=_limit_this_process))
