"""How long people wait for a first answer, honestly: those who still wait count, as long as they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Wait:
    """A pull request's wait for its first human answer by somebody else.

    `answered_at` is None while there was none; then the wait lasted at least until `until`
    (closing time, or now).
    """

    opened_at: datetime
    answered_at: datetime | None
    until: datetime

    @property
    def lasted(self) -> timedelta:
        return max((self.answered_at or self.until) - self.opened_at, timedelta(0))


FEWEST = 10
"""From fewer pull requests than this nothing honest can be said."""

_ROUNDING = 1e-9  # a product of fractions that is one half on paper may miss it by a hair


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How long a first answer takes, judged by `pull_requests` waits.

    Half of all are answered within `half_within`, four of five within `most_within`. None where that is not
    so, and also where it is not known, as too few have waited long enough yet. Without a `half_within`, more
    than half still waited after `half_beyond`: nothing is known of what came later.
    """

    pull_requests: int
    half_within: timedelta | None
    most_within: timedelta | None
    half_beyond: timedelta | None = None


def estimate(waits: Iterable[Wait]) -> Estimate | None:
    """How long a first answer takes, those still waiting included; None with fewer than `FEWEST` waits."""
    waits = list(waits)
    if len(waits) < FEWEST:
        return None
    seen = sight(waits)
    curve = [(lasted, share) for lasted, share in still_waiting(waits) if lasted <= seen]
    half_within = _first_at_most(0.5, curve)
    some_wait = sorted(wait.lasted for wait in waits)[-FEWEST // 2]
    return Estimate(
        pull_requests=len(waits),
        half_within=half_within,
        most_within=_first_at_most(0.2, curve),
        half_beyond=min(some_wait, seen) if half_within is None else None,
    )


def still_waiting(waits: Iterable[Wait]) -> tuple[tuple[timedelta, float], ...]:
    """The share that still waits after each wait at which somebody was answered, shortest first.

    This is the product-limit estimate (Kaplan and Meier 1958, https://doi.org/10.2307/2281868): somebody
    unanswered after three days counts among the waiting for three days, then no longer. Leaving them out
    would promise too much.
    """
    known = sorted(((wait.lasted, wait.answered_at is not None) for wait in waits), key=lambda one: one[0])
    share = 1.0
    curve: list[tuple[timedelta, float]] = []
    at_risk = len(known)
    for lasted, same in groupby(known, key=lambda one: one[0]):
        ends = [answered for _, answered in same]
        if any(ends):
            share *= 1 - sum(ends) / at_risk
            curve.append((lasted, share))
        at_risk -= len(ends)
    return tuple(curve)


def sight(waits: Sequence[Wait]) -> timedelta:
    """Up to how long a wait it is known of `FEWEST` of them whether they were answered by then.

    The curve goes on with whoever is left, however few: of a hundred that were opened today, the one that is
    answered last would tell that all of them get an answer.
    """
    unanswered = sorted(wait.lasted for wait in waits if wait.answered_at is None)
    may_be_lost = len(waits) - FEWEST
    return unanswered[may_be_lost] if may_be_lost < len(unanswered) else timedelta.max


def _first_at_most(share: float, curve: Iterable[tuple[timedelta, float]]) -> timedelta | None:
    return next((lasted for lasted, waiting in curve if waiting <= share + _ROUNDING), None)
