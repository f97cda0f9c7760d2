"""A worker in a process of its own, for tests that kill it: see the end of this file.

Its GitHub is the file: a line per thing written. HOW is `die after writing`, `die before writing`, `die while
GitHub writes` (which takes it eight seconds more), `work`, or `patiently` (with the waits of a real engine).
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from mentorbot.core.actions import Action
from mentorbot.core.entities import Repository
from mentorbot.db.store import Store
from mentorbot.engine.retries import RETRY_DELAYS
from tests.engine.office import IMPATIENT, FakeApp, an_office
from tests.fakes import FakeWriter


class FileGitHub(FakeWriter):
    """Writes lines; a second attempt looks for its marker first, as the real writer does."""

    def __init__(self, file: Path, how: str) -> None:
        super().__init__()
        self._file = file
        self._how = how

    async def perform(
        self,
        action: Action,
        *,
        repository: Repository,
        key: str,
        attempt: int,
        made: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        if attempt > 1 and key in self._file.read_text().splitlines():
            return {"id": 1}
        if self._how == "die before writing":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._how == "die while GitHub writes":
            script = 'sleep 8; echo "$1" >> "$2"'
            subprocess.Popen(  # noqa: ASYNC220, S603 - it outlives us, as GitHub does
                ["/bin/sh", "-c", script, "-", key, str(self._file)],
                start_new_session=True,
                stdout=subprocess.DEVNULL,
            )
            os.kill(os.getpid(), signal.SIGKILL)
        with self._file.open("a") as file:
            file.write(f"{key}\n")
        if self._how == "die after writing":
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.sleep(0.002)
        return {"id": 1}


async def main(url: str, file: str, how: str) -> None:
    """Work until told to stop."""
    # To stderr: nobody reads on where "ready" was said, and a full pipe would stop the worker.
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    store = Store(url)
    await store.start()
    waits = RETRY_DELAYS if how == "patiently" else IMPATIENT
    office = an_office(store, app=FakeApp(pen=FileGitHub(Path(file), how)), waits=waits)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    await office.engine.run_worker(stop)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
