"""Says which deliveries of a history may be under way at the same time, so that a replay takes minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bench.deliveries_of import ToldThen

AT_ONCE = 150
"""Deliveries at most under way together."""

FURTHEST_AHEAD = timedelta(days=5)
"""Between the first and the last of them at most: the bot's clock shows the last one's time for all."""


@dataclass(slots=True)
class _Lot:
    """Deliveries that may be under way together, since none of them builds on another's outcome.

    Real deliveries are seconds or days apart; here a whole lot arrives in one moment: that of its last one.
    `before` are the steps that people took in earlier lots: a further one of the same kind decides nothing. A
    first one ends its lot, so that whatever is written because of it is written at its own time.
    """

    before: set[tuple[int, str]]
    deliveries: list[ToldThen] = field(default_factory=list)
    _busy: set[int] = field(default_factory=set)

    def takes(self, told: ToldThen) -> bool:
        """False where this one has to wait: for the clock, or as its author did something else just now."""
        if not self.deliveries:
            return True
        if self._is_first(self.deliveries[-1]):
            return False
        if len(self.deliveries) >= AT_ONCE or told.at - self.deliveries[0].at > FURTHEST_AHEAD:
            return False
        return not (told.step and self._is_first(told) and told.step[0] in self._busy)

    def _is_first(self, told: ToldThen) -> bool:
        return told.step is not None and told.step not in self.before

    def add(self, told: ToldThen) -> None:
        """Take it in."""
        self.deliveries.append(told)
        doers = (told.step[0] if told.step else None, told.reviewer)
        self._busy.update(who for who in doers if who is not None)


def lots_of(deliveries: Iterable[ToldThen]) -> Iterator[Sequence[ToldThen]]:
    """The deliveries in their order, in lots of those that may be under way together."""
    before: set[tuple[int, str]] = set()
    lot = _Lot(before)
    for told in deliveries:
        if not lot.takes(told):
            yield lot.deliveries
            before.update(one.step for one in lot.deliveries if one.step)
            lot = _Lot(before)
        lot.add(told)
    if lot.deliveries:
        yield lot.deliveries
