"""Reads config files beside the event loop: strangers write them, and nobody else may wait for that.

What is short and flat is read at once. Everything else is read by a process of its own, which has little
time, little memory and none of our secrets, and whose end costs nobody anything:
`python -m mentorbot.engine.config_process`.
"""

from __future__ import annotations

import asyncio
import os
import pickle  # what is pickled are our own types, between two processes of ours
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from mentorbot.config.configuration import Configuration, Source, proposed_configuration, read_configuration
from mentorbot.config.section import Section

SHORT = 2048
"""Characters that are read at once. `bench/strangers.py` measures the worst that fits into them."""

_FLAT = 40  # opening brackets: what ruamel.yaml does with each grows with the number of those that are open
CPU_SECONDS = 5
MOST_MEMORY = 512 * 1024 * 1024
SLOWEST = 60.0
_NO_MEMORY = 3
_SPENT = frozenset({-signal.SIGKILL, _NO_MEMORY, -getattr(signal, "SIGXCPU", signal.SIGKILL)})

TOO_COMPLICATED = (
    f"It takes more than {CPU_SECONDS} seconds to understand, or too much memory. "
    "Make it shorter and simpler: lists with thousands of entries are the likely reason."
)


class TooComplicated(Exception):  # noqa: N818 - says what is the case
    """Reading took more time or memory than there is for it."""


class ConfigProcess:
    """Reads config files, those that might take long one at a time.

    Anybody may propose files, as many as they like: what is in force is read meanwhile.
    """

    def __init__(self, *, cpu_seconds: int = CPU_SECONDS) -> None:
        self._cpu_seconds = cpu_seconds
        self._one_at_a_time = asyncio.Semaphore()
        self._one_proposal_at_a_time = asyncio.Semaphore()

    async def read(
        self,
        sources: Sequence[Source],
        *,
        sections: Mapping[str, type[Section]],
        last_good: Mapping[str, Any],
    ) -> Configuration:
        """See `read_configuration`. A file that takes too long is told as one that can't be read."""
        long = {source.origin for source in sources if not _is_quick(source.text)}
        known: dict[str, Any] = {"sections": sections, "last_good": last_good}
        if not long:
            return read_configuration(sources, **known)
        try:
            async with self._one_at_a_time:
                return await self._elsewhere(read_configuration, sources, **known)
        except TooComplicated:
            refused = [
                replace(source, refusal=TOO_COMPLICATED) if source.origin in long else source
                for source in sources
            ]
            return read_configuration(refused, **known)

    async def propose(self, text: str | None, current: Configuration) -> Configuration:
        """See `proposed_configuration`."""
        if _is_quick(text):
            return proposed_configuration(text, current)
        try:
            async with self._one_proposal_at_a_time:
                return await self._elsewhere(proposed_configuration, text, current)
        except TooComplicated:
            return proposed_configuration(text, current, refusal=TOO_COMPLICATED)

    async def _elsewhere(
        self, read: Callable[..., Configuration], *arguments: Any, **more: Any
    ) -> Configuration:
        """What a process of its own makes of it. Raises TooComplicated, or TimeoutError on a busy machine."""
        task = pickle.dumps((self._cpu_seconds, read, arguments, more))
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
            raise TooComplicated
        if process.returncode:
            raise RuntimeError(f"the process that reads config files ended with {process.returncode}")
        configuration: Configuration = pickle.loads(answer)  # noqa: S301 - see the import
        return configuration


def _is_quick(text: str | None) -> bool:
    return text is None or (len(text) <= SHORT and text.count("[") + text.count("{") <= _FLAT)


def answer(task: BinaryIO, result: BinaryIO, *, limit: Callable[[int], None]) -> int:
    """Do one task; returns the exit code. `limit` is called, with seconds, when everything is imported."""
    seconds, read, arguments, more = pickle.load(task)  # noqa: S301 - see the import
    limit(seconds)
    try:
        pickle.dump(read(*arguments, **more), result)
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
