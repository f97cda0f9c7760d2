"""Says what an unwelcome answer of GitHub means, in the words of `core.errors`.

https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.github.failures import Missing, NotAllowed, RequestDropped
from mentorbot.github.http_client import HttpResponse

_FINE = frozenset({200, 201, 202, 203, 204, 206, 304})
_FOR_GOOD = frozenset({400, 405, 406, 409, 411, 412, 413, 414, 415, 422})
_ABOUT_THE_TARGET = ("is locked", "locked conversation", "blocked", "too_large", "too large")


def refusal(answer: HttpResponse) -> Exception | None:
    """Why an answer is none, as the exception to raise; None for good ones. Limits are told apart before."""
    if answer.status in _FINE:
        return None
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RequestDropped(f"GitHub answered {answer.status}.")
    said = spoken(answer)
    if said is None:  # a proxy in between, perhaps: nothing that GitHub itself decided
        return RequestDropped(f"Something answered {answer.status} in place of GitHub.")
    return _refused(answer.status, f"GitHub answered {answer.status}: {said}")


def _refused(status: int, told: str) -> Exception:
    if status == HTTPStatus.FORBIDDEN:
        return _forbidden(told)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Missing(told, status=status)
    if status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
        return AccessLost(told)
    return Impossible(told, status=status) if status in _FOR_GOOD else GitHubUnavailable(told)


def spoken(answer: HttpResponse) -> str | None:
    """GitHub's own words about what is wrong; None where the body is not GitHub's."""
    try:
        found = json.loads(answer.body)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    details = [_detail(error) for error in found.get("errors") or ()] if _is_list(found.get("errors")) else []
    return "; ".join(filter(None, [str(found.get("message") or "no reason given"), *details]))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _detail(error: Any) -> str:
    if isinstance(error, dict):
        parts = (error.get("message"), error.get("field"), error.get("code"))
        return " ".join(str(part) for part in parts if part)
    return str(error)


def _forbidden(told: str) -> Exception:
    lowered = told.lower()
    if any(words in lowered for words in _ABOUT_THE_TARGET):
        return Impossible(told, status=403)
    if "suspended" in lowered or "archived" in lowered:
        return AccessLost(told)
    return NotAllowed(f"{told}. The App may lack a permission; `mentorbot doctor` compares them.")
