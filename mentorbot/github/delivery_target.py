"""Where a delivery belongs: the few fields of a payload that are read before GitHub hears its 202."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import msgspec

_TOO_LARGE = 2**63


class UnreadablePayload(ValueError):  # noqa: N818 - says what is the case, as callers read it
    """A body that is no JSON object; the text says what it is instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTarget:
    """Where a delivery belongs, as far as its payload tells; what is not as expected is None."""

    installation_id: int | None
    repository_id: int | None
    number: int | None
    action: str | None


def read_target(body: bytes) -> DeliveryTarget:
    """Read where a payload belongs; of the rest only whether it is JSON.

    Raises UnreadablePayload where the body is no JSON object.
    """
    try:
        body.decode()  # the decoder looks at no byte of what it skips
        return _target(_DECODER.decode(body))
    except (msgspec.MsgspecError, UnicodeDecodeError):  # not as GitHub writes it, or no JSON at all
        return _target(_fields_of(_decoded(body)))
    except RecursionError as error:
        raise UnreadablePayload("The body is nested too deeply.") from error


class _Object(msgspec.Struct):
    id: int | None = None
    number: int | None = None


class _Check(msgspec.Struct):
    pull_requests: list[_Object] | None = None


class _Fields(msgspec.Struct):
    action: str | None = None
    installation: _Object | None = None
    repository: _Object | None = None
    pull_request: _Object | None = None
    issue: _Object | None = None
    check_suite: _Check | None = None
    check_run: _Check | None = None
    workflow_run: _Check | None = None


_DECODER = msgspec.json.Decoder(_Fields)


def _target(fields: _Fields) -> DeliveryTarget:
    check = fields.check_suite or fields.check_run or fields.workflow_run
    checked = (check.pull_requests if check else None) or []
    threads = (fields.pull_request, fields.issue, checked[0] if len(checked) == 1 else None)
    numbers = (_natural(thread.number) for thread in threads if thread is not None)
    return DeliveryTarget(
        installation_id=_natural(fields.installation.id) if fields.installation else None,
        repository_id=_natural(fields.repository.id) if fields.repository else None,
        number=next((number for number in numbers if number is not None), None),
        action=fields.action,
    )


def _natural(number: int | None) -> int | None:
    return number if number is not None and 0 <= number < _TOO_LARGE else None


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body)
    except ValueError as error:  # UnicodeDecodeError is one, too
        raise UnreadablePayload("The body is not JSON.") from error
    except RecursionError as error:
        raise UnreadablePayload("The body is nested too deeply.") from error
    if not isinstance(payload, dict):
        raise UnreadablePayload("The body is JSON, but not an object.")
    return payload


def _fields_of(payload: dict[str, Any]) -> _Fields:
    """The fields of a payload that may hold anything."""
    action = payload.get("action")
    return _Fields(
        action=action if isinstance(action, str) else None,
        installation=_object(payload.get("installation")),
        repository=_object(payload.get("repository")),
        pull_request=_object(payload.get("pull_request")),
        issue=_object(payload.get("issue")),
        check_suite=_check(payload.get("check_suite")),
        check_run=_check(payload.get("check_run")),
        workflow_run=_check(payload.get("workflow_run")),
    )


def _object(found: Any) -> _Object | None:
    if not isinstance(found, dict):
        return None
    id_, number = found.get("id"), found.get("number")
    return _Object(id=id_ if type(id_) is int else None, number=number if type(number) is int else None)


def _check(found: Any) -> _Check | None:
    if not isinstance(found, dict):
        return None
    pulls = found.get("pull_requests")
    return _Check([_object(pull) or _Object() for pull in pulls] if isinstance(pulls, list) else None)
