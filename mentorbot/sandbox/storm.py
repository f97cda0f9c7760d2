"""Weather in which a share of all that passes between GitHub and its Apps goes wrong, the same for a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorbot.sandbox.faults import Fault, HookFault, RequestFault

EVERYTHING: tuple[Fault, ...] = (
    "status",
    "status_after",
    "drop_before",
    "drop_after",
    "slow",
    "broken_body",
    "stale",
    "primary_limit",
    "secondary_limit",
    "revoked_token",
)
_LAGS = re.compile(r"GET .*/(comments|issues|check-runs)")
_STATUSES = (500, 502, 503)


@dataclass(slots=True, kw_only=True)
class Storm:
    """Strikes `of_requests` of all requests, with each of `kinds` alike, and webhooks likewise.

    `seconds` is how long slow answers, limits and stale listings last: from the first to the second figure.
    """

    seed: int
    of_requests: float = 0.0
    kinds: Sequence[Fault] = EVERYTHING
    seconds: tuple[float, float] = (1.0, 8.0)
    doubled: float = 0.0
    overtaken: float = 0.0
    lost: float = 0.0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - weather, no secret

    def for_request(self, method: str, path: str) -> RequestFault | None:
        """What strikes this request, if anything does."""
        from mentorbot.sandbox.faults import RequestFault  # noqa: PLC0415 - they hold a storm

        if self._chance.random() >= self.of_requests:
            return None
        lags = _LAGS.fullmatch(f"{method} {path}") is not None
        kind = self._chance.choice([one for one in self.kinds if lags or one != "stale"])
        return RequestFault(
            kind=kind,
            status=self._chance.choice(_STATUSES),
            seconds=self._chance.uniform(*self.seconds),
        )

    def for_delivery(self) -> HookFault | None:
        """What strikes this webhook, if anything does."""
        lot = self._chance.random()
        shares: tuple[tuple[HookFault, float], ...] = (
            ("twice", self.doubled), ("overtaken", self.overtaken), ("lost", self.lost),
        )  # fmt: skip
        for kind, share in shares:
            if lot < share:
                return kind
            lot -= share
        return None
