"""The worker beside a web server, in a process of its own: so neither waits for its turn behind the other."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress

import structlog

from mentorbot.feature_api.command_line import CannotGoOn

UNTIL_STDIN_ENDS = "--until-stdin-ends"
"""Tells `mentorbot worker` that it is such a process: it ends with the one that holds the other end."""

_PATIENCE = 6.6  # seconds for giving back what is under way; it takes 6.5 at most where the store answers
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before each start after a death
_WELL = 60.0  # seconds of life after which earlier deaths don't count any more
_NICENESS = 5  # whoever waits for a 202 goes first

log = structlog.get_logger("worker_process")


class WorkerLost(CannotGoOn):
    """The worker dies again and again: the whole is to end, for a supervisor to see."""


class WorkerProcess:
    """A worker that is started again when it dies, after each of `pauses` in turn; then no more."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        pauses: Sequence[float] = _PAUSES,
        patience: float = _PATIENCE,
    ) -> None:
        self._command = command
        self._env = env
        self._pauses = pauses
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the present process; None before the first one."""
        return None if self._process is None else self._process.pid

    async def run(self) -> None:
        """Keep a worker running until cancelled. Raises WorkerLost."""
        pauses = iter(self._pauses)
        while True:
            began = time.monotonic()
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._env,
                stdin=PIPE,
                stdout=DEVNULL,
            )
            code = await self._process.wait()
            if time.monotonic() - began > _WELL:
                pauses = iter(self._pauses)
            pause = next(pauses, None)
            if pause is None:
                raise WorkerLost(
                    f"The worker ended {len(self._pauses) + 1} times in a row, the last time with exit code "
                    f"{code}; why is said above. What was acknowledged is kept."
                )
            log.error("worker_died", exit_code=code, again_in=pause)
            await asyncio.sleep(pause)

    async def stop(self) -> None:
        """Have it finish what is under way, or give it back; then it is gone."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self._patience)
        except TimeoutError:
            log.warning("The worker did not end in time; what it had begun is given back by others")
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@asynccontextmanager
async def worker_process(database_url: str) -> AsyncIterator[asyncio.Task[None]]:
    """A worker on this database during the block; the task fails where it can't be kept alive."""
    process = WorkerProcess(
        [sys.executable, "-m", "mentorbot", "worker", UNTIL_STDIN_ENDS],
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            # It is to find the very same modules, and nothing that lies in the present folder.
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONSAFEPATH": "1",
        },
    )
    running = asyncio.create_task(process.run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.wait([running])
        await process.stop()


@contextmanager
def figures_of_all_processes() -> Iterator[None]:
    """Have this process and those that it starts count together; begins before any figure is made.

    https://prometheus.github.io/client_python/multiprocess/
    """
    with tempfile.TemporaryDirectory(prefix="mentorbot-figures-", ignore_cleanup_errors=True) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        try:
            yield
        finally:
            del os.environ["PROMETHEUS_MULTIPROC_DIR"]


def step_back() -> None:
    """Leave the processor to the web server where both want it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
