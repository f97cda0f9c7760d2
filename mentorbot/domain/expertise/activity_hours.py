"""At which hours people are about, judged by when they did something: nobody is asked where they live."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

_FEWEST = 5
_LATEST = 50
_DAY = 24.0
_SCATTERED = 0.25  # a mean of moments all around the clock says nothing


def usual_hour(moments: Sequence[datetime]) -> float | None:
    """The middle of somebody's day, in hours UTC; None where there is too little to tell.

    The mean of directions on a clock's face (https://en.wikipedia.org/wiki/Circular_mean): a quarter past
    eleven and a quarter to one are around midnight, not around noon.
    """
    if len(moments) < _FEWEST:
        return None
    angles = [2 * math.pi * _hour(moment) / _DAY for moment in moments[-_LATEST:]]
    x = math.fsum(math.cos(angle) for angle in angles) / len(angles)
    y = math.fsum(math.sin(angle) for angle in angles) / len(angles)
    if math.hypot(x, y) < _SCATTERED:
        return None
    return math.atan2(y, x) * _DAY / (2 * math.pi) % _DAY


def hours_apart(one: float, other: float) -> float:
    """How far apart two hours are on the clock: 0 to 12."""
    apart = abs(one - other) % _DAY
    return min(apart, _DAY - apart)


def _hour(moment: datetime) -> float:
    return moment.hour + moment.minute / 60
