"""How long effects wait where something is not clear, or goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryDelays:
    """The waits of one engine; tests have less patience.

    A write of which nobody knows whether GitHub did it may still be under way there: `before_looking` is
    counted from its beginning. Once it was repeated, `before_looking_again` passes before the last look for
    twins. What keeps failing holds its neighbours up no longer than `in_lane`.
    """

    before_looking: timedelta = timedelta(seconds=15)
    before_looking_again: timedelta = timedelta(seconds=20)
    in_lane: timedelta = timedelta(seconds=30)


RETRY_DELAYS = RetryDelays()
