"""A second opinion on whose turn it is: a logistic regression over `features`, read from a small JSON file.

The rules say whose turn it is; this says how likely it is the author's, and so whether to speak of it
unasked. `bench/train_turns.py` makes the weights from labelled moments of several projects and chooses the
thresholds by leaving one project out at a time; what came out stands in `docs/whose-turn.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from pydantic import TypeAdapter

_FILE = "second_opinion.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """Weights by the names of features, and from which probability on the author's turn is how sure.

    `reviewers` is the probability below which it is the reviewers' turn beyond doubt. `trained_on` says on
    how many moments of which project, for people who read the file.
    """

    intercept: float
    weights: Mapping[str, float]
    fairly_sure: float
    sure: float
    reviewers: float
    trained_on: Mapping[str, int]

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is that the author has to move, 0 to 1."""
        score = self.intercept + sum(
            weight * features.get(name, 0.0) for name, weight in self.weights.items()
        )
        return 1 / (1 + exp(-score))


@cache
def second_opinion() -> SecondOpinion:
    """The opinion that comes with this version."""
    text = files(__package__ or "").joinpath(_FILE).read_text(encoding="utf-8")
    return TypeAdapter(SecondOpinion).validate_json(text)
