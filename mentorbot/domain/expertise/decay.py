"""A count in which the old weighs less than the new, and which can be asked about any moment of its past."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta

_DAY = timedelta(days=1).total_seconds()


class DecayingCount:
    """Counts things as they happen; each one's weight halves every `half_life`.

    Every total is kept together with its moment, so a question about the past never sees what came later, and
    adding is as cheap as asking. Things must be added in order of time.
    """

    __slots__ = ("_half_life", "_moments", "_totals")

    def __init__(self, half_life: timedelta) -> None:
        self._half_life = half_life.total_seconds() / _DAY
        self._moments: list[float] = []
        self._totals: list[float] = []

    def add(self, at: datetime) -> None:
        """One more, at that moment. Raises ValueError when the moment lies before the last one added."""
        moment = _days(at)
        if self._moments and moment < self._moments[-1]:
            raise ValueError("A decaying count is told things in order of time: sort them before adding.")
        self._totals.append(self._faded(len(self._totals), moment) + 1.0)
        self._moments.append(moment)

    def amount(self, before: datetime) -> float:
        """How much of what happened strictly before that moment still weighs at that moment."""
        moment = _days(before)
        return self._faded(bisect_left(self._moments, moment), moment)

    def count(self, before: datetime) -> int:
        """How many happened strictly before that moment, old or new."""
        return bisect_left(self._moments, _days(before))

    def last(self, before: datetime) -> datetime | None:
        """When the last one before that moment happened; None when there was none."""
        seen = bisect_left(self._moments, _days(before))
        return datetime.fromtimestamp(self._moments[seen - 1] * _DAY, UTC) if seen else None

    def _faded(self, seen: int, moment: float) -> float:
        if not seen:
            return 0.0
        age = moment - self._moments[seen - 1]
        return float(self._totals[seen - 1] * 0.5 ** (age / self._half_life))


def _days(moment: datetime) -> float:
    return moment.timestamp() / _DAY
