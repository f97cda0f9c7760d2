"""What can go wrong between GitHub and its Apps: on order, or as a storm in which a share of all does."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

Fault = Literal[
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
]
HookFault = Literal["lost", "twice", "reordered", "overtaken"]


@dataclass(slots=True, kw_only=True)
class RequestFault:
    """Something that goes wrong with the next `times` requests that match.

    `drop_before` drops the line before acting, `drop_after` acts and then drops it, `status_after` acts and
    then answers `status`, `slow` acts after `seconds`, whether or not somebody still waits for the answer,
    `broken_body` answers 200 with half a JSON, `stale` leaves out of a listing what was made in the last
    `seconds`, the limits answer as GitHub's (for `seconds`), `revoked_token` makes the caller's token
    worthless.
    """

    kind: Fault
    method: str = ".*"
    path: str = ".*"
    times: int = 1
    status: int = 502
    seconds: float = 1.0


@dataclass(slots=True, kw_only=True)
class DeliveryFault:
    """Something that goes wrong with the next `times` webhooks whose event matches.

    `lost` is logged as failed without a request, `twice` is delivered two times, `reordered` comes after its
    successor, `overtaken` after the next ones of other issues and pull requests.
    """

    kind: HookFault
    event: str = ".*"
    times: int = 1


EVERYTHING: tuple[Fault, ...] = get_args(Fault)
_LAGS = re.compile(r"GET .*/(comments|issues|check-runs)")
_STATUSES = (500, 502, 503)


@dataclass(slots=True, kw_only=True)
class Storm:
    """Weather in which a share of all that passes goes wrong, the same for a seed.

    Strikes `of_requests` of all requests, with each of `kinds` alike, and webhooks likewise. `seconds` is how
    long slow answers, limits and stale listings last: from the first to the second figure.
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


@dataclass(slots=True)
class Faults:
    """The faults still to come, first ordered first; where none was ordered, a `storm` may strike."""

    requests: list[RequestFault] = field(default_factory=list)
    deliveries: list[DeliveryFault] = field(default_factory=list)
    storm: Storm | None = None

    def add(
        self,
        kind: Fault,
        *,
        method: str = ".*",
        path: str = ".*",
        times: int = 1,
        status: int = 502,
        seconds: float = 1.0,
    ) -> None:
        """Order a fault for requests; `method` and `path` are regular expressions for the whole of each."""
        fault = RequestFault(kind=kind, method=method, path=path, times=times, status=status, seconds=seconds)
        self.requests.append(fault)

    def add_to_deliveries(self, kind: HookFault, *, event: str = ".*", times: int = 1) -> None:
        """Order a fault for webhooks; `event` is a regular expression for the event's whole name."""
        self.deliveries.append(DeliveryFault(kind=kind, event=event, times=times))

    def clear(self) -> None:
        self.requests.clear()
        self.deliveries.clear()
        self.storm = None

    def for_request(self, method: str, path: str) -> RequestFault | None:
        """The fault that strikes this request, if one does; it is used up by one."""
        for fault in self.requests:
            if re.fullmatch(fault.method, method) and re.fullmatch(fault.path, path):
                fault.times -= 1
                if fault.times <= 0:
                    self.requests.remove(fault)
                return fault
        return None if self.storm is None else self.storm.for_request(method, path)

    def for_delivery(self, event: str) -> HookFault | None:
        """The fault that strikes this webhook, if one does; it is used up by one."""
        for fault in self.deliveries:
            if re.fullmatch(fault.event, event):
                fault.times -= 1
                if fault.times <= 0:
                    self.deliveries.remove(fault)
                return fault.kind
        return None if self.storm is None else self.storm.for_delivery()
