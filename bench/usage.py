"""What processes use of memory and processor time: those of the bot, PostgreSQL, and the whole machine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

from bench.place import Place


@dataclass(frozen=True, slots=True)
class Memory:
    """MB. `pss` counts what several processes share once, divided among them."""

    rss: float
    pss: float

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.rss + other.rss, self.pss + other.pss)

    def as_json(self) -> dict[str, float]:
        """For the figures."""
        return {"rss_mb": round(self.rss, 1), "pss_mb": round(self.pss, 1)}


def memory_of(process: psutil.Process) -> Memory:
    """What a process uses, without its children."""
    used = process.memory_full_info()
    return Memory(used.rss / 1e6, used.pss / 1e6)


def family(pid: int) -> list[psutil.Process]:
    """A process and its descendants, itself first."""
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


@dataclass(frozen=True, slots=True)
class CpuTime:
    """Seconds of processor time, since some moment."""

    bot: float
    postgres: float
    busy: float
    """Of all processors together, whatever ran on them."""

    def __sub__(self, earlier: CpuTime) -> CpuTime:
        return CpuTime(self.bot - earlier.bot, self.postgres - earlier.postgres, self.busy - earlier.busy)


async def cpu_time(at: Place, pids: Sequence[int]) -> CpuTime:
    """What these processes of the bot with their children, PostgreSQL and the machine have used so far."""
    postgres = await _postmaster(at)
    machine = psutil.cpu_times()
    return CpuTime(
        bot=sum(_used(process) for pid in pids for process in family(pid)),
        # Of backends that ended, the postmaster knows.
        postgres=sum(map(_used, family(postgres.pid)))
        + postgres.cpu_times().children_user
        + postgres.cpu_times().children_system,
        busy=sum(machine) - machine.idle - getattr(machine, "iowait", 0.0) - getattr(machine, "guest", 0.0),
    )


def _used(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


async def _postmaster(at: Place) -> psutil.Process:
    async with at.connected() as connection:
        parent = psutil.Process(connection.info.backend_pid).parent()
    if parent is None:
        raise RuntimeError("PostgreSQL runs on another machine: measure with one that runs here.")
    return parent
