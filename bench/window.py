"""Says which deliveries of a history may be under way at the same time, so that a replay takes minutes.

Real deliveries are seconds or days apart; in a replay the next one is sent as soon as nothing under way has
to come to its end before. There is one clock for all of them: it stops where some would come too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.deliveries_of import ToldThen

AT_ONCE = 300
"""Deliveries at most under way together."""

FURTHEST_AHEAD = timedelta(days=5)
"""What is decided about a step depends on how long ago it was: so far at most the clock gets ahead of one."""


@dataclass(slots=True)
class Window:
    """The deliveries under way. None of them builds on another's outcome.

    A step is something a person does that may be their first of the kind; only first ones decide anything. As
    long as one is under way time stands still, so that what is written because of it is written at its time.
    What others do elsewhere is told meanwhile, though it is early: what came too late would be left alone.
    """

    _under_way: dict[str, ToldThen] = field(default_factory=dict)
    _steps: dict[str, ToldThen] = field(default_factory=dict)
    _first: ToldThen | None = None
    _done_before: set[tuple[int, str]] = field(default_factory=set)
    _busy: dict[int, int] = field(default_factory=dict)

    @property
    def under_way(self) -> Iterable[str]:
        """Their ids."""
        return self._under_way.keys()

    def takes(self, told: ToldThen) -> bool:
        """False where this one has to wait: for the clock, or as its author does something else just now."""
        if len(self._under_way) >= AT_ONCE or told.id in self._under_way:
            return False
        if told.step is not None and told.step not in self._done_before:
            is_on_time = self._first is None and self.time_with(told) == told.at
            return is_on_time and not _doers(told) & self._busy.keys()
        return self._first is None or not _touches(told, self._first)

    def time_with(self, told: ToldThen) -> datetime:
        """What the clock may show at most while this one is under way, too."""
        if self._first is not None:
            return self._first.at
        oldest = next(iter(self._steps.values()), told)
        return min(told.at, oldest.at + FURTHEST_AHEAD)

    def add(self, told: ToldThen) -> None:
        """It is sent."""
        self._under_way[told.id] = told
        if told.step is not None:
            self._steps[told.id] = told
            if told.step not in self._done_before:
                self._first = told
        for who in _doers(told):
            self._busy[who] = self._busy.get(who, 0) + 1

    def done(self, id_: str) -> None:
        """It was worked off."""
        told = self._under_way.pop(id_)
        if told is self._first:
            self._first = None
        if told.step is not None:
            del self._steps[id_]
            self._done_before.add(told.step)
        for who in _doers(told):
            self._busy[who] -= 1
            if not self._busy[who]:
                del self._busy[who]


def thread_of(told: ToldThen) -> int:
    """Its number; 0 for what is about none."""
    shown = told.payload.get("issue") or told.payload.get("pull_request") or {}
    return int(shown.get("number", 0))


def _touches(told: ToldThen, first: ToldThen) -> bool:
    """True where it is about the same thread or the same people."""
    return thread_of(told) == thread_of(first) or bool(_doers(told) & _doers(first))


def _doers(told: ToldThen) -> set[int]:
    doers = (told.step[0] if told.step else None, told.reviewer)
    return {who for who in doers if who is not None}
