"""What can be told of a delivery at a glance, as it comes in; `payloads` reads it when its turn comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTarget:
    """Where a delivery belongs, as far as its payload tells."""

    installation_id: int | None
    repository_id: int | None
    number: int | None
    action: str | None


def target_of(payload: Mapping[str, Any]) -> DeliveryTarget:
    """Where a delivery belongs. Cheap; never raises: what is not as expected is None."""
    checked = (
        _inner(payload, "check_suite") or _inner(payload, "check_run") or _inner(payload, "workflow_run")
    )
    pulls = checked.get("pull_requests")
    only = pulls[0] if isinstance(pulls, list) and len(pulls) == 1 else None
    numbers = (
        _number(_inner(payload, "pull_request"), "number"),
        _number(_inner(payload, "issue"), "number"),
        _number(only if isinstance(only, Mapping) else {}, "number"),
    )
    action = payload.get("action") if isinstance(payload, Mapping) else None
    return DeliveryTarget(
        installation_id=_number(_inner(payload, "installation"), "id"),
        repository_id=_number(_inner(payload, "repository"), "id"),
        number=next((number for number in numbers if number is not None), None),
        action=action if isinstance(action, str) else None,
    )


def _inner(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = payload.get(key) if isinstance(payload, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _number(found: Mapping[str, Any], key: str) -> int | None:
    number = found.get(key)
    return (
        number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63 else None
    )
