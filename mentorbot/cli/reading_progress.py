"""Shows how a reading goes on, with an honest remaining time: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections import deque
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mentorbot.core.translator import english_plural
from mentorbot.github.questions import ReadingPlan

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LOOKED_BACK = 20
"""Requests: how fast GitHub answers now tells more than how fast it did."""

_A_LINE_EVERY = 10.0
_MINUTE, _HOUR = 60, 3600


class Pace:
    """How long a request takes now; waiting for a limit is no part of it."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, float]] = deque(maxlen=_LOOKED_BACK)
        self._waited = 0.0

    def note(self, requests: int, at: float) -> None:
        """So many were sent by then."""
        if not self._seen or requests > self._seen[-1][0]:
            self._seen.append((requests, at - self._waited))

    def wait(self, seconds: float) -> None:
        self._waited += seconds

    def left(self, requests: int) -> timedelta | None:
        """How long so many more will take; None as long as nothing can be said."""
        if len(self._seen) < 2 or requests < 0:  # noqa: PLR2004 - two moments make a span
            return None
        (first, began), (last, ended) = self._seen[0], self._seen[-1]
        return timedelta(seconds=(ended - began) / (last - first) * requests)


class ReadingProgress(AbstractContextManager["ReadingProgress"]):
    """Hears a reading and tells it on standard error."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._shown: Progress | None = None
        self._bar: TaskID | None = None
        self._said_at = 0.0
        self._said: tuple[str, int] | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._shown = _bars()
            self._shown.start()
            self._bar = self._shown.add_task("Asking GitHub", total=None, rest="")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown is not None:
            self._shown.stop()

    def planned(self, plan: ReadingPlan) -> None:
        if plan.kept and plan.kept_since is not None:
            since = f"{plan.kept_since.astimezone():%Y-%m-%d %H:%M}"
            self._line(f"What GitHub has answered since {since} is used again; --fresh asks anew.")
        self._line(f"Reading {plan.what}: {_cost(plan)}.")
        if plan.points_left is not None and plan.points > plan.points_left and plan.resets_at is not None:
            self._line(
                f"That is more than the {plan.points_left:,} points which this token has left until "
                f"{_clock(plan.resets_at)}. What is read by then is kept, and reported."
            )

    def reached(self, what: str, done: int, total: int, *, requests: int, left: int) -> None:
        if total <= 0:
            return
        now = time.monotonic()
        self._pace.note(requests, now)
        remaining = self._pace.left(left)
        rest = f"about {_span(remaining)} left" if remaining is not None else ""
        if self._shown is not None and self._bar is not None:
            self._shown.update(self._bar, description=what, completed=done, total=max(total, 1), rest=rest)
            return
        is_over = done >= total and self._said != (what, total)
        if now - self._said_at >= _A_LINE_EVERY or is_over:
            self._said_at, self._said = now, (what, done)
            self._line(f"  {done:,} of {total:,} {what}" + (f", {rest}" if rest else ""))

    def waiting(self, until: datetime, why: str) -> None:
        seconds = max((until - datetime.now(until.tzinfo)).total_seconds(), 0.0)
        self._pace.wait(seconds)
        self._line(
            f"{why} Waiting for {_span(timedelta(seconds=seconds))}, until {_clock(until)}; "
            "Ctrl-C reports what is there."
        )

    def _line(self, text: str) -> None:
        if self._shown is not None:
            self._shown.console.print(text, markup=False, highlight=False)
            return
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _bars() -> Progress:
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rest]}", markup=False),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _cost(plan: ReadingPlan) -> str:
    requests = english_plural("{count} request", "{count} requests", plan.requests)
    cost = f"about {requests} and " + english_plural("{count} point", "{count} points", plan.points)
    if plan.points_left is not None:
        cost += f" of the {plan.points_left:,} left"
    small = f"{plan.most_if_small:,} where pages have to be small"
    return f"{cost} (at most {plan.most:,}, {small})"


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    if seconds < _MINUTE:
        return f"{max(round(seconds), 1)} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{seconds / _HOUR:.1f} h"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
