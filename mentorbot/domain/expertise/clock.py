"""How far apart the hours of two people are, by where they say they live: nobody's hours are watched."""

from __future__ import annotations

_DAY = 24.0


def hours_apart(one: float, other: float) -> float:
    """How far apart two hours are on the clock: 0 to 12."""
    apart = abs(one - other) % _DAY
    return min(apart, _DAY - apart)
