"""REST of the service itself: limits, its own addresses, and the search that must never be needed."""

from __future__ import annotations

import re

from mentorbot.sandbox import shapes_issues
from mentorbot.sandbox.answers import GitHubProblem, Json, Listing, SandboxAnswer
from mentorbot.sandbox.routes import Call, Routes

ROUTES = Routes()

_QUALIFIER = re.compile(r"(\w+):(\S+)")


@ROUTES.add("GET", "/rate_limit", needs="anyone")
def get_rate_limit(call: Call) -> SandboxAnswer:
    """What is left of each limit; asking costs nothing."""
    shapes = {
        name: call.limits.window(call.caller.key, name).shape() for name in ("core", "graphql", "search")
    }
    return SandboxAnswer(json={"resources": shapes, "rate": shapes["core"]})


@ROUTES.add("GET", "/meta", needs="anyone")
def get_meta(_: Call) -> SandboxAnswer:
    """Where GitHub's webhooks come from."""
    body: Json = {"verifiable_password_authentication": False, "hooks": ["127.0.0.1/32"]}
    return SandboxAnswer(json=body)


@ROUTES.add("GET", "/search/issues", needs="anyone")
def search_issues(call: Call) -> Listing:
    """Search by `author:`, `repo:` and `type:`; like GitHub's it refuses people with a private profile."""
    wanted = dict(_QUALIFIER.findall(call.query.get("q", "")))
    author = call.world.find_account(wanted.get("author", ""))
    if author is None or author.has_private_profile:
        message = "The listed users cannot be searched either because the users do not exist or you do not"
        message = f"{message} have permission to view the users."
        error = {"message": message, "resource": "Search", "field": "q", "code": "invalid"}
        raise GitHubProblem(422, "Validation Failed", errors=[error])
    found = [
        thread
        for repository in call.world.repositories.values()
        if call.caller.may_see(repository)
        and wanted.get("repo", repository.full_name) == repository.full_name
        for thread in repository.threads_by_author.get(author.id, ())
    ]
    if wanted.get("type") in {"pr", "issue"}:
        is_pull = wanted["type"] == "pr"
        found = [thread for thread in found if (thread.number in thread.repository.pull_requests) == is_pull]
    return Listing(
        items=found,
        shape=lambda one: shapes_issues.issue(call.world, one, in_api=True) | {"score": 1.0},
        under="items",
        more={"incomplete_results": False, "search_type": "lexical"},
    )
