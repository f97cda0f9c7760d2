"""How far a count of turns can be trusted: the range that measured accuracy leaves around it.

Six projects were labelled by people, moment by moment, and each was judged by rules that the other five
had taught (docs/whose-turn.md, "How sure it is"). As often as it was right there, it is hoped to be right
here; the range is from the worst to the best of the six, and as wide as chance makes a small number besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from mentorbot.domain.turns import Holder

MEASURED: dict[Holder, tuple[tuple[int, int], ...]] = {
    Holder.AUTHOR: ((14, 14), (33, 33), (10, 11), (13, 14), (17, 22), (11, 13)),
    Holder.REVIEWERS: ((134, 141), (71, 76), (113, 116), (83, 88), (80, 85), (49, 53)),
}
"""Of each project (secp256k1, core-gui, tls13-spec, bips, mls-protocol, draft-ietf-tls-esni): how often it
was right when it said that it was this side's turn, and how often it said so."""

_OTHER = {Holder.AUTHOR: Holder.REVIEWERS, Holder.REVIEWERS: Holder.AUTHOR}
_TWO_SIDES = 1.96  # of 100 draws, 95 are within so many standard deviations


@dataclass(frozen=True, slots=True)
class Share:
    """How often something is right: in all projects together, in the worst and in the best of them."""

    mean: float
    worst: float
    best: float

    @classmethod
    def of(cls, measured: Sequence[tuple[int, int]]) -> Share:
        shares = [right / said for right, said in measured]
        right, said = (sum(column) for column in zip(*measured, strict=True))
        return cls(right / said, min(shares), max(shares))


RIGHT = {side: Share.of(measured) for side, measured in MEASURED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRange:
    """About how many there are, between which bounds; rounded as far as it makes sense to say."""

    told: int
    about: int
    low: int
    high: int


def estimate(side: Holder, told: dict[Holder, int]) -> CountRange:
    """How many are really this side's turn, where it is told of so many that it is this or the other's."""
    own, other = told.get(side, 0), told.get(_OTHER[side], 0)
    right, mistaken = RIGHT[side], RIGHT[_OTHER[side]]
    about = own * right.mean + other * (1 - mistaken.mean)
    spread = own * right.mean * (1 - right.mean) + other * mistaken.mean * (1 - mistaken.mean)
    by_chance = _TWO_SIDES * sqrt(spread)
    low = own * right.worst + other * (1 - mistaken.best)
    high = own * right.best + other * (1 - mistaken.worst)
    step = _step(own + other)
    return CountRange(
        told=own,
        about=round(about / step) * step,
        low=max(floor((about - _both(about - low, by_chance)) / step), 0) * step,
        high=min(ceil((about + _both(high - about, by_chance)) / step) * step, own + other),
    )


def _both(one: float, other: float) -> float:
    return sqrt(one * one + other * other)


def _step(number: int) -> int:
    """To what counts of that size are rounded: nobody believes 2,147."""
    return 100 if number >= 1_000 else 10 if number >= 200 else 1  # noqa: PLR2004 - sizes
