"""The bot as people run it, in processes of its own that may die at any moment and are started again."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import ROOT, free_port, mentorbot

_PATIENCE = 120.0
_AGAIN = 0.05
_WITHIN = 256 * 1024  # bytes: a process logs what it does before the database has answered


@dataclass(slots=True, kw_only=True)
class Member:
    """One process of the deployment, started again whenever it ended; its output stays in `folder`."""

    name: str
    words: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    port: int | None = None
    starts: int = 0
    _process: asyncio.subprocess.Process | None = None

    @property
    def _log(self) -> Path:
        return self.folder / f"{self.name}-{self.starts:03d}.log"

    @property
    def pid(self) -> int:
        """Of the present process."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """False where it ended by itself."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, without waiting until it is ready."""
        self.starts += 1
        with self._log.open("wb") as told:
            self._process = await asyncio.create_subprocess_exec(
                *mentorbot(*self.words), env={**os.environ, **self.env}, stdout=told, stderr=told, cwd=ROOT
            )

    async def kill(self) -> None:
        """Let it die without a chance to say goodbye."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> float:
        """End it as a platform does; how long that took."""
        started = time.monotonic()
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._process.wait(), _PATIENCE)
        return time.monotonic() - started

    def pause(self) -> None:
        """Let it hang."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    @property
    def is_ready(self) -> bool:
        """Whether it said so."""
        with self._log.open("rb") as log:
            return b"is ready" in log.read(_WITHIN)

    async def ready(self) -> None:
        """Wait until it says that it is ready, or ended. Raises TimeoutError."""
        deadline = time.monotonic() + _PATIENCE
        while self.is_running and not self.is_ready:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} was not ready within {_PATIENCE:.0f} s: see {self._log}")
            await asyncio.sleep(_AGAIN)


@dataclass(slots=True)
class Deployment:
    """All processes of a bot."""

    members: Sequence[Member]
    _next: int = field(default=0)

    @property
    def webs(self) -> Sequence[Member]:
        """Those that listen for webhooks."""
        return [member for member in self.members if member.port is not None]

    @property
    def workers(self) -> Sequence[Member]:
        """Those that work."""
        return [member for member in self.members if member.port is None] or self.webs

    @property
    def urls(self) -> Sequence[str]:
        """Where webhooks may go: a load balancer would choose one that answers."""
        return [f"http://127.0.0.1:{member.port}/github/webhook" for member in self.webs]

    async def start(self) -> None:
        """Start all, and wait until they are ready."""
        for member in self.members:
            await member.start()
        for member in self.members:
            await member.ready()

    async def restart_workers(self) -> None:
        """Replace each worker by a new one, as an update does."""
        for member in self.workers:
            await member.stop()
            await member.start()
            await member.ready()

    async def stop(self) -> None:
        """End all; who does not end is killed."""
        for member in self.members:
            with suppress(ProcessLookupError, AssertionError):
                member.resume()
            with suppress(TimeoutError):
                await member.stop()
            await member.kill()


def deployment(shape: str, *, env: Mapping[str, str], folder: Path) -> Deployment:
    """`split`: a web server and a worker; `alone`: both in one process; `pairs`: two of each."""
    members = []
    if shape == "alone":
        members.append(_member("serve", ("serve",), env, folder, port=free_port()))
    else:
        for number in range(2 if shape == "pairs" else 1):
            more = str(number + 1) if shape == "pairs" else ""
            members.append(_member(f"web{more}", ("serve", "--no-worker"), env, folder, port=free_port()))
            members.append(_member(f"worker{more}", ("worker",), env, folder))
    return Deployment(members)


def _member(
    name: str, words: Sequence[str], env: Mapping[str, str], folder: Path, *, port: int | None = None
) -> Member:
    own = {**env, "PORT": str(port)} if port is not None else dict(env)
    return Member(name=name, words=words, env=own, folder=folder, port=port)
