"""Maps GitHub's error answers, of REST and of GraphQL, to the exceptions of `core.errors`.

https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible

_FINE = frozenset({200, 201, 202, 203, 204, 206, 304})
_FOR_GOOD = frozenset({400, 405, 406, 409, 411, 412, 413, 414, 415, 422})
_ABOUT_THE_TARGET = ("is locked", "locked conversation", "blocked", "too_large", "too large")


class RequestDropped(GitHubUnavailable):
    """The line dropped, GitHub answered with an error of its own (5xx), or with something unreadable."""


class NotGitHub(RequestDropped):
    """Something answered that isn't GitHub's API: a proxy in between, a login page, a wrong address."""


class Missing(Impossible):
    """What was asked for does not exist (any more), or may not be seen: GitHub answers 404 to both."""


class NotAllowed(AccessLost):
    """The App lacks a permission for this one thing; other things may work. `said` are GitHub's own words."""

    def __init__(self, why: str, *, said: str = "") -> None:
        super().__init__(why)
        self.said = said or why


class SignOnNeeded(NotAllowed):
    """The owner's single sign-on has not let this token in yet; `url` is where its owner lets it."""

    def __init__(self, why: str, *, url: str) -> None:
        super().__init__(why)
        self.url = url


def sign_on_needed(headers: Mapping[str, str], body: bytes) -> SignOnNeeded | None:
    """The refusal of a token that single sign-on knows nothing of; None for any other answer.

    https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#authorizing-a-personal-access-token-for-saml-single-sign-on
    """
    said = headers.get("x-github-sso", "")
    if not said.startswith("required"):
        return None
    _, _, url = said.partition("url=")
    return SignOnNeeded(f"GitHub answered 403: {error_message(body)}", url=url.strip())


def error_of(status: int, body: bytes) -> Exception | None:
    """What an answer of REST means, as the exception to raise; None for good ones.

    Rate limits are told apart before.
    """
    if status in _FINE:
        return None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RequestDropped(f"GitHub answered {status}.")
    message = error_message(body)
    if message is None:  # a proxy in between, perhaps: nothing that GitHub itself decided
        return NotGitHub(f"Something answered {status} in place of GitHub.")
    return _client_error(status, f"GitHub answered {status}: {message}")


def _client_error(status: int, why: str) -> Exception:
    if status == HTTPStatus.FORBIDDEN:
        return _forbidden(why)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Missing(why, status=status)
    if status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
        return AccessLost(why)
    return Impossible(why, status=status) if status in _FOR_GOOD else GitHubUnavailable(why)


def error_message(body: bytes) -> str | None:
    """GitHub's own words about what is wrong; None where the body is not GitHub's."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    errors = found.get("errors")
    details = [_detail(error) for error in errors] if isinstance(errors, list) else []
    return "; ".join(filter(None, [str(found.get("message") or "no reason given"), *details]))


def graphql_error(response: Mapping[str, Any]) -> Exception:
    """What a GraphQL answer with errors means, as the exception to raise.

    GitHub documents that there may be errors, not of which types: these are known from its answers.
    https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
    """
    errors = _graphql_errors(response)
    types = {_error_type(error) for error in errors}
    why = f"GitHub answered: {graphql_error_message(response)}"
    if types & {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        return NotAllowed(why)
    if "NOT_FOUND" in types:
        return Missing(why, status=404)
    if types & {"UNPROCESSABLE", "BAD_USER_INPUT", "undefinedField", "argumentLiteralsIncompatible"}:
        return Impossible(why, status=422)
    return GitHubUnavailable(why)


def graphql_error_message(response: Mapping[str, Any]) -> str:
    return "; ".join(str(error.get("message")) for error in _graphql_errors(response)) or "no reason given"


def refused_fields(response: Mapping[str, Any]) -> frozenset[str]:
    """The names of the fields that are null in a partial answer because we may not see them."""
    paths = [error.get("path") for error in _graphql_errors(response) if _error_type(error) == "FORBIDDEN"]
    return frozenset(
        next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        for path in paths
        if isinstance(path, list)
    )


def is_partial(response: Mapping[str, Any]) -> bool:
    """True where GraphQL answered, but for what is gone or what we may not see: that is null in `data`."""
    types = {_error_type(error) for error in _graphql_errors(response)}
    return isinstance(response.get("data"), dict) and types <= {"NOT_FOUND", "FORBIDDEN"}


def _graphql_errors(response: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [error for error in response.get("errors") or () if isinstance(error, dict)]


def _error_type(error: Mapping[str, Any]) -> str:
    """What an error is of: its type; a question that the schema does not allow has a code instead."""
    details = error.get("extensions")
    code = details.get("code") if isinstance(details, dict) else None
    return str(error.get("type") or code or "")


def _detail(error: Any) -> str:
    if isinstance(error, dict):
        parts = (error.get("message"), error.get("field"), error.get("code"))
        return " ".join(str(part) for part in parts if part)
    return str(error)


def _forbidden(why: str) -> Exception:
    lowered = why.lower()
    if any(words in lowered for words in _ABOUT_THE_TARGET):
        return Impossible(why, status=403)
    if "suspended" in lowered or "archived" in lowered:
        return AccessLost(why)
    return NotAllowed(f"{why}. The App may lack a permission; `mentorbot doctor` compares them.", said=why)
