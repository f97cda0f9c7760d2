"""Which milestones somebody has reached, and which rungs of the ladder they meet, from what they did here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from mentorbot.features.mentoring.config import Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionCounts:
    """What somebody has done here so far. `helped` and `reviews_received` count people, not reviews."""

    issues: int = 0
    pull_requests: int = 0
    merged: int = 0
    reviews: int = 0
    reviews_received: int = 0
    helped: int = 0
    mentees: int = 0


_WANTED: Mapping[str, tuple[str, int]] = {
    "first issue confirmed": ("confirmed", 1),
    "first pull request": ("pull_requests", 1),
    "first review given": ("reviews", 1),
    "first review received": ("reviews_received", 1),
    "first merge": ("merged", 1),
    "third merge": ("merged", 3),
    "tenth merge": ("merged", 10),
    "first person helped": ("helped", 1),
    "first mentee": ("mentees", 1),
}


def reached(counts: ContributionCounts, *, confirmed: int = 0) -> tuple[str, ...]:
    """The milestones somebody has reached, in the order in which they are usually met."""
    have = asdict(counts) | {"confirmed": confirmed}
    return tuple(name for name, (what, count) in _WANTED.items() if have[what] >= count)


def next_milestone(counts: ContributionCounts) -> str:
    """What comes next on the way to a tenth merge; empty behind it."""
    have = set(reached(counts))
    way = ("first pull request", "first merge", "first review given", "third merge", "tenth merge")
    return next((name for name in way if name not in have), "")


def rungs_met(counts: ContributionCounts, ladder: Sequence[Rung]) -> tuple[Rung, ...]:
    """The rungs whose every criterion is met, lowest first."""
    return tuple(
        rung for rung in ladder if all(getattr(counts, name) >= count for name, count in rung.wants.items())
    )
