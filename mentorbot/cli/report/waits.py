"""How long people wait here for a first answer, those still waiting counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mentorbot.cli.report.words import counted, duration, percent
from mentorbot.domain.response_time import FEWEST, Estimate, Wait, estimate, sight, still_waiting

STEPS = (
    ("a day", timedelta(days=1)),
    ("3 days", timedelta(days=3)),
    ("a week", timedelta(weeks=1)),
    ("2 weeks", timedelta(weeks=2)),
    ("a month", timedelta(days=30)),
    ("3 months", timedelta(days=91)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep:
    """The share that had no answer yet after some time; None where too few have waited that long."""

    after: str
    waiting: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Waits for a first answer: of how many, how many of them without one, and how it goes on."""

    pull_requests: int
    unanswered: int
    estimate: Estimate | None
    steps: tuple[WaitStep, ...]

    @property
    def sentence(self) -> str:
        if self.estimate is None:
            return (
                f"How long a first answer takes can't be said: {counted(self.pull_requests, 'pull request')} "
                f"were looked at, and it takes {FEWEST} to say anything."
            )
        base = (
            f"judged by {counted(self.pull_requests, 'pull request')}, those without an answer included: "
            f"{percent(self.unanswered, self.pull_requests)}"
        )
        half, most = self.estimate.half_within, self.estimate.most_within
        if half is None:
            beyond = self.estimate.half_beyond
            return f"More than half still had no first answer after {duration(beyond)} ({base})."
        if most is None:
            return (
                f"Half had a first answer within {duration(half)}; when four of five have one can't be said "
                f"yet ({base})."
            )
        return (
            f"Half had a first answer within {duration(half)}, four of five within {duration(most)} ({base})."
        )


def waits_of(waits: Sequence[Wait]) -> Waits:
    found = estimate(waits)
    return Waits(
        pull_requests=len(waits),
        unanswered=sum(wait.answered_at is None for wait in waits),
        estimate=found,
        steps=_steps(waits) if found is not None else (),
    )


def _steps(waits: Sequence[Wait]) -> tuple[WaitStep, ...]:
    curve, seen = still_waiting(waits), sight(waits)
    ends = [lasted for lasted, _ in curve]

    def share(after: timedelta) -> float | None:
        if after > seen:
            return None
        place = bisect_right(ends, after)
        return curve[place - 1][1] if place else 1.0

    return tuple(WaitStep(after=name, waiting=share(after)) for name, after in STEPS)
