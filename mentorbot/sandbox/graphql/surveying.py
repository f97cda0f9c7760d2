"""What the GraphQL API answers to whoever looks at a whole repository: its issues, and the limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mentorbot.sandbox.clock import stamp
from mentorbot.sandbox.graphql.fields import (
    FieldContext,
    GraphConnection,
    GraphProblem,
    alias,
    connect,
    field,
)
from mentorbot.sandbox.graphql.resolvers import in_order
from mentorbot.sandbox.model import Account, Issue, PullRequest, Repository

_QUALIFIER = re.compile(r"(repo|is|updated|created):(?:>=)?(\S+)")


alias("Repository", "nameWithOwner", "full_name")


@field("Query", "rateLimit")
def _rate_limit(_: object, asking: FieldContext) -> dict[str, Any]:
    window = asking.limits.window(asking.caller.key, "graphql")
    left = max(0, window.limit - window.used)
    return {"limit": window.limit, "remaining": left, "resetAt": stamp(window.reset)}


@field("Query", "search")
def _search(_: object, asking: FieldContext, *, query: str, **__: Any) -> dict[str, Any]:
    """How many issues or pull requests of one repository there are since a day."""
    said = dict(_QUALIFIER.findall(query))
    moments = {what: datetime.fromisoformat(said[what]) for what in ("updated", "created") if what in said}
    repository = asking.world.find_repository(said.get("repo", ""))
    if repository is None or not asking.caller.may_see(repository):
        return {"issueCount": 0}
    found = [
        one
        for one in repository.threads.values()
        if isinstance(one, PullRequest) == (said.get("is") == "pr")
        and all(getattr(one, f"{what}_at").date() >= at.date() for what, at in moments.items())
    ]
    return {"issueCount": len(found)}


@field("Repository", "issueOrPullRequest")
def _issue_or_pull_request(repository: Repository, asking: FieldContext, number: int) -> Issue:
    asking.need("issues:read|pull_requests:read")
    if number not in repository.threads:
        raise GraphProblem(
            "NOT_FOUND", f"Could not resolve to an issue or pull request with the number of {number}."
        )
    return repository.threads[number]


@field("Repository", "issues")
def _issues(
    repository: Repository,
    asking: FieldContext,
    *,
    states: list[str] | None = None,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 — GitHub's name
    **page: Any,
) -> GraphConnection:
    asking.need("issues:read")
    found = [
        one
        for one in repository.threads.values()
        if not isinstance(one, PullRequest) and (states is None or one.state.upper() in states)
    ]
    return connect(in_order(found, orderBy), **page)


@field("Issue PullRequest", "closed")
def _closed(thread: Issue, _: FieldContext) -> bool:
    return thread.state == "closed"


@field("PullRequest", "mergedBy")
def _merged_by(pull: PullRequest, _: FieldContext) -> Account | None:
    by = pull.merged_by
    return None if by is None or by.is_deleted else by
