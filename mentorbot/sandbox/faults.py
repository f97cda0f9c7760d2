"""What can go wrong between GitHub and its Apps, on order: what, where and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal[
    "status",
    "drop_before",
    "drop_after",
    "slow",
    "broken_body",
    "primary_limit",
    "secondary_limit",
    "lagging",
]
HookFault = Literal["lost", "twice", "reordered"]


@dataclass(slots=True, kw_only=True)
class RequestFault:
    """Something that goes wrong with the next `times` requests that match.

    `drop_before` drops the line before acting, `drop_after` acts and then drops it, `slow` waits `seconds`
    first, and acts even if nobody waits any more, `broken_body` answers 200 with half a JSON, the limits
    answer as GitHub's (for `seconds`), `lagging` lists nothing that was made within the last `seconds`.
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
    successor.
    """

    kind: HookFault
    event: str = ".*"
    times: int = 1


@dataclass(slots=True)
class Faults:
    """The faults still to come, first ordered first."""

    requests: list[RequestFault] = field(default_factory=list)
    deliveries: list[DeliveryFault] = field(default_factory=list)

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
        """Let all be well."""
        self.requests.clear()
        self.deliveries.clear()

    def for_request(self, method: str, path: str) -> RequestFault | None:
        """The fault that strikes this request, if one does; it is used up by one."""
        for fault in self.requests:
            if re.fullmatch(fault.method, method) and re.fullmatch(fault.path, path):
                fault.times -= 1
                if fault.times <= 0:
                    self.requests.remove(fault)
                return fault
        return None

    def for_delivery(self, event: str) -> HookFault | None:
        """The fault that strikes this webhook, if one does; it is used up by one."""
        for fault in self.deliveries:
            if re.fullmatch(fault.event, event):
                fault.times -= 1
                if fault.times <= 0:
                    self.deliveries.remove(fault)
                return fault.kind
        return None
