"""The running PostgreSQL of a data folder: whether it lives, what it says of itself, and its end by force."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mentorbot.db import safe_files

_PID, _MEMORY = 0, 6  # lines of postmaster.pid
_PROCESSES = Path("/proc")
_SHARED_MEMORY = Path("/proc/sysvipc/shm")


class Postmaster:
    """What `postmaster.pid` and the system tell of the PostgreSQL that works on `data`, heard in `sockets`.

    The file is written by the account `owner`: nothing in it is taken for granted.
    """

    def __init__(self, data: Path, sockets: Path, owner: int) -> None:
        self._data = data
        self._sockets = sockets
        self._owner = owner

    @property
    def pid(self) -> int | None:
        """The number of the process that works on the data; None where there is none."""
        pid = self._number(_PID)
        return pid if pid is not None and pid > 1 and self._works_here(pid) else None

    def descendants(self) -> list[int]:
        pid = self.pid
        return [] if pid is None else [child for child, parent in _parents() if parent == pid]

    def clear_away(self) -> None:
        """Remove the marks of a dead one whose number another process has now, or one that nobody buried.

        PostgreSQL would refuse to start beside them. While anybody still works on the data they stay.
        """
        if self.pid is None and not self._is_memory_used():
            for mark in (self._data / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*.lock")):
                with suppress(OSError):
                    mark.unlink()

    def _works_here(self, pid: int) -> bool:
        if not _PROCESSES.joinpath("self").exists():
            return _exists(pid)
        # A number may have come to belong to somebody else, and one that ended unburied has no words left.
        with suppress(OSError):
            words = (_PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")
            return os.fsencode(self._data) in words
        return False

    def _is_memory_used(self) -> bool:
        """True while processes of an earlier PostgreSQL still hold the memory that it shared with them."""
        words = self._line(_MEMORY).split()
        with suppress(OSError, IndexError):
            rows = [row.split() for row in _SHARED_MEMORY.read_text(encoding="ascii").splitlines()[1:]]
            return any(row[1] == words[1] and row[6] != "0" for row in rows)
        return False

    def _number(self, line: int) -> int | None:
        with suppress(ValueError):
            return int(self._line(line))
        return None

    def _line(self, number: int) -> str:
        with suppress(OSError, IndexError):
            return safe_files.read(self._data / "postmaster.pid", owner=self._owner).splitlines()[number]
        return ""


def _parents() -> Iterator[tuple[int, int]]:
    """Every process with the one that started it."""
    for folder in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            yield int(folder.name), int(after_name.split()[1])


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
