"""How well answers to "whose turn is it?", and the nudges that follow from them, fit what readers said."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import mul

from bench.labelled import Moment
from bench.peers import AUTHOR

_SEED = 11
_RESAMPLES = 2_000
_LEFT_OUT = 0.025  # at each end, so that 95 % lie between

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule was right, and how far its "author" can be trusted; None if it never said it."""

    accuracy: float
    author_precision: float | None
    author_recall: float | None


@dataclass(frozen=True, slots=True)
class NudgeScore:
    """How many nudges a side would get, how many of them in its turn, and how many turns those cover.

    `precision` is None without nudges, `coverage` where it never was that side's turn.
    """

    n: int
    right: int
    precision: float | None
    coverage: float | None


def score(moments: Sequence[Moment], said: Sequence[str]) -> Score:
    """How these answers compare with what the readers said."""
    pairs = [(moment.expected, answer) for moment, answer in zip(moments, said, strict=True)]
    said_author = [expected for expected, answer in pairs if answer == AUTHOR]
    were_author = [answer for expected, answer in pairs if expected == AUTHOR]
    return Score(
        accuracy=sum(expected == answer for expected, answer in pairs) / len(pairs),
        author_precision=_share(said_author.count(AUTHOR), len(said_author)),
        author_recall=_share(were_author.count(AUTHOR), len(were_author)),
    )


def score_nudges(moments: Sequence[Moment], nudged: Sequence[Collection[str]], side: str) -> NudgeScore:
    """How the nudges of a side compare with whose turn it was; `nudged` are the sides, moment by moment."""
    n, right, turns = _counts(moments, nudged, side)
    return NudgeScore(n=n, right=right, precision=_share(right, n), coverage=_share(right, turns))


class Resamples:
    """The same moments drawn again and again, by pull request: how far figures depend on which were labelled.

    Moments of one pull request stay together, as its people and habits are the same. The draws are always
    the same.
    """

    def __init__(self, moments: Sequence[Moment]) -> None:
        self._moments = moments
        self._places: dict[tuple[str, int], list[int]] = {}
        for place, moment in enumerate(moments):
            self._places.setdefault((moment.project, moment.past.number), []).append(place)
        self._draws = list(_draws(len(self._places)))

    def intervals(
        self, nudged: Sequence[Collection[str]], side: str
    ) -> tuple[Interval | None, Interval | None]:
        """Between what 95 % of precisions and coverages lie; None where there is none."""
        counts = [
            _counts([self._moments[i] for i in places], [nudged[i] for i in places], side)
            for places in self._places.values()
        ]
        n, right, turns = ([count[i] for count in counts] for i in range(3))
        return self._interval(right, n), self._interval(right, turns)

    def _interval(self, part: Sequence[int], whole: Sequence[int]) -> Interval | None:
        shares = (_share(_drawn(draw, part), _drawn(draw, whole)) for draw in self._draws)
        known = sorted(share for share in shares if share is not None)
        if not sum(whole):
            return None
        end = int(len(known) * _LEFT_OUT)
        return known[end], known[-1 - end]


def _counts(moments: Sequence[Moment], nudged: Sequence[Collection[str]], side: str) -> tuple[int, int, int]:
    """Nudges of a side, right ones among them, and its turns."""
    are_turns = [moment.expected == side for moment in moments]
    are_nudged = [side in sides for sides in nudged]
    return sum(are_nudged), sum(map(mul, are_turns, are_nudged)), sum(are_turns)


def _draws(size: int) -> Iterator[list[int]]:
    """How often each of so many was drawn, with each draw."""
    chance = random.Random(_SEED)  # noqa: S311 - the same draws each time are what is wanted
    for _ in range(_RESAMPLES):
        times = [0] * size
        for place in chance.choices(range(size), k=size):
            times[place] += 1
        yield times


def _drawn(draw: Sequence[int], counts: Sequence[int]) -> int:
    return sum(map(mul, draw, counts))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
