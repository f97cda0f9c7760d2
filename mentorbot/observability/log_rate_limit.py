"""Keeps a fault that repeats itself from filling the log: after some lines a minute the rest are counted."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any, cast

import structlog

from mentorbot.observability.exception_redaction import redacted_exception

MOST_A_MINUTE = 20
MINUTE = 60.0
_MOST_KINDS = 1_000  # of lines that are counted at once

Kind = tuple[str, str, str]
"""A line's logger, its words, and where its exception came from."""

log = structlog.get_logger("log")


@dataclass(slots=True)
class _Count:
    since: float
    lines: int = 0


class RepeatFilter(logging.Filter):
    """Lets a warning or an error of one kind through so often in a minute, its traceback once."""

    def __init__(self, *, most: int = MOST_A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._counts: dict[Kind, _Count] = {}
        self._lock = RLock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written. What was left out of earlier ones is told first."""
        if record.levelno < logging.WARNING or record.name == "log":
            return True
        error = error_of(record.msg if isinstance(record.msg, Mapping) else {"_record": record})
        kind = (record.name, _words_of(record), _source_of(error))
        with self._lock:
            over = self._finished()
            count = self._counts.setdefault(kind, _Count(self._clock()))
            count.lines += 1
            lines = count.lines
        for (logger, words, _), times in over:
            log.warning("Lines left out, like one that was written", line=words, of=logger, times=times)
        if lines == self._most + 1:
            log.warning(
                "A line repeats itself; more of it are counted for a minute", line=kind[1], of=kind[0]
            )
        if error is not None and lines > 1:
            _without_traceback(record, error)
        return lines <= self._most

    def _finished(self) -> list[tuple[Kind, int]]:
        """Forget what a minute has passed for; returns what was left out of it."""
        now = self._clock()
        too_many = len(self._counts) >= _MOST_KINDS
        old = [kind for kind, count in self._counts.items() if too_many or now - count.since >= MINUTE]
        counts = [(kind, self._counts.pop(kind).lines - self._most) for kind in old]
        return [(kind, times) for kind, times in counts if times > 0]


def error_of(line: Mapping[str, Any]) -> BaseException | None:
    """The exception a line speaks of: `exc_info` is True, an exception, or what `sys.exc_info()` returns."""
    said = line.get("exc_info")
    if isinstance(said, BaseException):
        return said
    if said is True:
        return sys.exc_info()[1]
    if isinstance(said, tuple):
        return cast("BaseException | None", said[1])
    record: Any = line.get("_record")
    return record.exc_info[1] if record is not None and record.exc_info else None


def _words_of(record: logging.LogRecord) -> str:
    """What every line of its kind says: ours are constants, and libraries' templates are, too."""
    said = record.msg.get("event", "") if isinstance(record.msg, Mapping) else record.msg
    return str(said).partition("\n")[0][:200]


def _source_of(error: BaseException | None) -> str:
    if error is None:
        return ""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return type(error).__qualname__ + place


def _without_traceback(record: logging.LogRecord, error: BaseException) -> None:
    record.exc_info, record.exc_text = None, None
    if isinstance(record.msg, Mapping):
        said = {name: value for name, value in record.msg.items() if name != "exc_info"}
        record.msg = {**said, "error": redacted_exception(error), "repeated": True}
