"""Holds webhook payloads against GitHub's schemas, and gives out its published examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from tests.contract.published import published


@cache
def _schemas() -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(published("webhook-schemas.json"))
    return document


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator(
        {"definitions": _schemas()["definitions"], "$ref": f"#/definitions/{name}"},
        format_checker=Draft7Validator.FORMAT_CHECKER,
    )


def problems_of_payload(event: str, payload: Mapping[str, Any]) -> list[str]:
    """How a payload differs from GitHub's schema of its event and action; empty when it does not."""
    names = (f"{event}${payload.get('action')}", f"{event}$event", f"{event}_event")
    known = [name for name in names if name in _schemas()["definitions"]]
    if not known:
        return [f"GitHub publishes no schema of {event} {payload.get('action')}"]
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _validator(known[0]).iter_errors(payload)
    ]


def examples() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All published example payloads, each with the name of its event."""
    for entry in json.loads(published("webhook-examples.json")):
        for example in entry["examples"]:
            yield entry["name"], example
