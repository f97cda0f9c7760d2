"""Says which deliveries of a history may be under way at the same time, so that a replay takes minutes.

Real deliveries are seconds or days apart; in a replay the next one is sent as soon as nothing under way has
to come to its end before. The bot's clock shows the time of the newest one for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bench.deliveries_of import ToldThen

AT_ONCE = 300
"""Deliveries at most under way together."""

FURTHEST_AHEAD = timedelta(days=5)
"""Between the oldest and the newest of them at most."""


@dataclass(slots=True)
class Window:
    """The deliveries under way. None of them builds on another's outcome.

    A step is something a person does that may be their first of the kind; only first ones decide anything. As
    long as one is under way time stands still, so that what is written because of it is written at its time.
    """

    _under_way: dict[str, ToldThen] = field(default_factory=dict)
    _done_before: set[tuple[int, str]] = field(default_factory=set)
    _busy: dict[int, int] = field(default_factory=dict)
    _firsts: set[str] = field(default_factory=set)

    @property
    def under_way(self) -> Iterable[str]:
        """Their ids."""
        return self._under_way.keys()

    def takes(self, told: ToldThen) -> bool:
        """False where this one has to wait: for the clock, or as its author does something else just now."""
        if not self._under_way:
            return True
        if self._firsts or len(self._under_way) >= AT_ONCE:
            return False
        oldest = next(iter(self._under_way.values()))
        if told.at - oldest.at > FURTHEST_AHEAD or told.id in self._under_way:
            return False
        return not (told.step and self._is_first(told) and told.step[0] in self._busy)

    def add(self, told: ToldThen) -> None:
        """It is sent."""
        self._under_way[told.id] = told
        if told.step is not None and self._is_first(told):
            self._firsts.add(told.id)
        for who in _doers(told):
            self._busy[who] = self._busy.get(who, 0) + 1

    def done(self, id_: str) -> None:
        """It was worked off."""
        told = self._under_way.pop(id_)
        self._firsts.discard(id_)
        if told.step is not None:
            self._done_before.add(told.step)
        for who in _doers(told):
            self._busy[who] -= 1
            if not self._busy[who]:
                del self._busy[who]

    def _is_first(self, told: ToldThen) -> bool:
        return told.step not in self._done_before


def _doers(told: ToldThen) -> set[int]:
    doers = (told.step[0] if told.step else None, told.reviewer)
    return {who for who in doers if who is not None}
