"""What the sandbox answers with: plain answers, lists that come in pages, and GitHub-shaped problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
Json = dict[str, Any]

DOCUMENTATION = "https://docs.github.com/rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAnswer:
    """One answer; `json` None means no body, `text` stands for bodies that are not JSON."""

    status: int = 200
    json: Any = None
    text: str | None = None
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Many things, of which one page is shown; `under` is the key they stand below beside a `total_count`."""

    items: Sequence[Any]
    shape: Callable[[Any], Any]
    under: str | None = None
    more: Json = field(default_factory=dict)


class GitHubProblem(Exception):  # noqa: N818 — GitHub calls its error bodies problems of a request, not errors of its own
    """A request that GitHub would refuse."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: Sequence[Json | str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = list(errors)
        self.headers = headers or {}

    def body(self) -> Json:
        """The JSON GitHub answers with."""
        shape: Json = {"message": self.message}
        if self.errors:
            shape["errors"] = self.errors
        return shape | {"documentation_url": DOCUMENTATION, "status": str(self.status)}


def not_found() -> GitHubProblem:
    """404: it is not there, or not for this caller."""
    return GitHubProblem(404, "Not Found")


def existing(found: T | None) -> T:
    """What was looked for; 404 when there is none."""
    if found is None:
        raise not_found()
    return found


def invalid(resource: str, field: str, *, code: str = "invalid", message: str | None = None) -> GitHubProblem:
    """422: a field is missing or wrong."""
    error: Json = {"resource": resource, "field": field, "code": code}
    if message is not None:
        error["message"] = message
    return GitHubProblem(422, "Validation Failed", errors=[error])


def secondary_limit(seconds: float) -> GitHubProblem:
    """403 of the secondary limits: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api."""
    return GitHubProblem(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        headers={"retry-after": str(int(seconds))},
    )
