"""What a REST route is: its path, what it needs to be allowed, and the call it is given to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.answers import (
    GitHubProblem,
    Json,
    Listing,
    SandboxAnswer,
    existing,
    invalid,
    not_found,
)
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.auth import Caller, Tokens
from mentorbot.sandbox.limits import CallerLimits
from mentorbot.sandbox.model import (
    Account,
    Comment,
    Issue,
    Organization,
    PullRequest,
    Repository,
    ReviewComment,
)
from mentorbot.sandbox.webhooks import Webhooks
from mentorbot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    world: World
    acts: Acts
    webhooks: Webhooks
    tokens: Tokens
    limits: CallerLimits
    caller: Caller
    method: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Json

    @property
    def actor(self) -> Account:
        """Whose name stands below what this request does: the App's bot, or the person who signed in."""
        if self.caller.token is not None:
            return self.app.bot
        if self.caller.user is not None:
            return self.caller.user
        raise GitHubProblem(401, "Requires authentication")

    @property
    def app(self) -> App:
        """The App that asks, itself or through an installation; the first one where nobody does."""
        return self.caller.app or self.world.app

    @property
    def repository(self) -> Repository:
        """The repository the path speaks of; 404 when the caller may not see it."""
        if "repository_id" in self.params:
            found = self.world.repositories.get(self.number("repository_id"))
        else:
            found = self.world.find_repository(f"{self.params['owner']}/{self.params['repo']}")
        if found is None or found.is_deleted or not self.caller.may_see(found):
            raise not_found()
        return found

    def number(self, name: str) -> int:
        """A number in the path; 404 when it is none."""
        if not self.params[name].isdecimal():
            raise not_found()
        return int(self.params[name])

    @property
    def thread(self) -> Issue:
        return existing(self.repository.threads.get(self.number("issue_number")))

    @property
    def pull(self) -> PullRequest:
        return existing(self.repository.pull_requests.get(self.number("pull_number")))

    @property
    def comment(self) -> Comment:
        return existing(self.repository.comments.get(self.number("comment_id")))

    @property
    def review_comment(self) -> ReviewComment:
        return existing(self.repository.review_comments.get(self.number("comment_id")))

    @property
    def account(self) -> Account:
        return existing(self.world.find_account(self.params["username"]))

    @property
    def organization(self) -> Organization:
        found = self.world.find_account(self.params["org"])
        if not isinstance(found, Organization):
            raise not_found()
        return found

    def text(self, name: str, resource: str) -> str:
        """A text the body must have; 422 when it has not."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value.strip():
            raise invalid(resource, name, code="missing_field")
        return value

    def sorted(self, items: list[Any]) -> list[Any]:
        """By when they were made, newest first unless the query's `direction` says otherwise."""
        if self.query.get("sort", "created") != "created":
            raise invalid("Query", "sort")
        backwards = self.query.get("direction", "desc") == "desc"
        return sorted(items, key=lambda item: (item.created_at, item.id), reverse=backwards)


Handler = Callable[[Call], SandboxAnswer | Listing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route. `needs` is who or what it takes: see `Routes`."""

    method: str
    path: str
    needs: str
    handler: Handler


@dataclass(slots=True)
class Routes:
    """The routes of one topic.

    `needs` is `app` (a JWT), `user` (somebody signed in), `installation`, `somebody` (any of these),
    `anyone`, or a permission of an installation with its level (`contents:read`); several joined by `|`
    are alternatives; `thread:write` is `issues:write`, or for what belongs to a pull request also
    `pull_requests:write`.
    """

    found: list[Route] = field(default_factory=list)

    def add(self, method: str, path: str, *, needs: str) -> Callable[[Handler], Handler]:
        """Let the decorated function answer `method` on `path`; `{o}` stands for `/repos/{owner}/{repo}`."""

        def keep(handler: Handler) -> Handler:
            for prefix in ("/repos/{owner}/{repo}", "/repositories/{repository_id}"):
                full = path.replace("{o}", prefix)
                self.found.append(Route(method=method, path=full, needs=needs, handler=handler))
                if "{o}" not in path:
                    break
            return handler

        return keep


def check_permission(call: Call, needs: str) -> None:
    """Problem 401, 403 or 404 unless the caller may do what a route does."""
    kind = call.caller.kind
    if needs == "somebody" and kind == "anonymous":
        raise GitHubProblem(401, "This endpoint requires you to be authenticated.")
    if needs in {"anyone", "somebody"}:
        return
    if needs in {"app", "user", "installation"}:
        if kind != needs:
            raise GitHubProblem(401 if needs == "app" else 403, _NEEDS[needs])
        return
    if kind == "app":
        raise GitHubProblem(403, "Resource not accessible by integration")
    alternatives = needs.split("|")
    if needs.startswith("thread:"):
        level = needs.removeprefix("thread:")
        alternatives = [f"issues:{level}"]
        if not _is_plain_issue(call):
            alternatives.append(f"pull_requests:{level}")
    if not any(call.caller.may(*one.split(":")) for one in alternatives):
        accepted = "; ".join(one.replace(":", "=") for one in alternatives)
        headers = {"x-accepted-github-permissions": accepted}
        if kind == "anonymous":
            raise GitHubProblem(401, "Requires authentication")
        raise GitHubProblem(403, "Resource not accessible by integration", headers=headers)


_NEEDS = {
    "app": "A JSON web token could not be decoded",
    "user": "You must authenticate as a user to access this resource",
    "installation": "You must authenticate with an installation access token in order to list repositories",
}


def _is_plain_issue(call: Call) -> bool:
    if "issue_number" in call.params:
        return not isinstance(call.thread, PullRequest)
    if "comment_id" in call.params and "/issues/comments/" in call.path:
        return not isinstance(call.comment.thread, PullRequest)
    return False
