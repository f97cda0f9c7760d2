"""REST of repositories, their files and commits, and of the people around them."""

from __future__ import annotations

from mentorbot.sandbox import git
from mentorbot.sandbox.answers import GitHubProblem, Listing, SandboxAnswer, existing, invalid, not_found
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.model import Commit, Role
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes import accounts as shapes_accounts
from mentorbot.sandbox.shapes import commits as shapes_commits
from mentorbot.sandbox.shapes import repositories as shapes

ROUTES = Routes()


@ROUTES.add("GET", "{o}", needs="metadata:read")
def get_repository(call: Call) -> SandboxAnswer:
    return SandboxAnswer(json=shapes.full_repository(call.world, call.repository))


def _commit(call: Call, ref: str) -> Commit:
    sha = git.resolve(call.world, call.repository, ref)
    if sha is None:
        raise GitHubProblem(404, f"No commit found for the ref {ref}")
    return call.world.commits[sha]


@ROUTES.add("GET", "{o}/contents/{path:.*}", needs="contents:read")
def get_contents(call: Call) -> SandboxAnswer:
    """A file, or what is in a directory."""
    repository, path = call.repository, call.params["path"].strip("/")
    ref = call.query.get("ref", repository.default_branch)
    tree = _commit(call, ref).tree
    if path in tree:
        return SandboxAnswer(
            json=shapes_commits.file_with_content(call.world, repository, path, text=tree[path], ref=ref)
        )
    start = f"{path}/" if path else ""
    names = {name.removeprefix(start).partition("/")[0] for name in tree if name.startswith(start)}
    if not names:
        raise not_found()
    entries = [
        shapes_commits.file(call.world, repository, start + name, text=tree.get(start + name), ref=ref)
        for name in sorted(names)
    ]
    return SandboxAnswer(json=entries)


@ROUTES.add("GET", "{o}/commits", needs="contents:read")
def list_commits(call: Call) -> Listing:
    """Commits of a branch, newest first, perhaps only those of some time."""
    repository = call.repository
    start = _commit(call, call.query.get("sha", repository.default_branch))
    found = git.history(call.world, start.sha)
    try:
        since = read_stamp(call.query.get("since", "1970-01-01T00:00:00Z"))
        until = read_stamp(call.query.get("until", "9999-01-01T00:00:00Z"))
    except ValueError as error:
        raise invalid("Query", "since") from error
    found = [commit for commit in found if since <= commit.at <= until]
    return Listing(items=found, shape=lambda one: shapes_commits.commit(call.world, repository, one))


_LEGACY: dict[Role, str] = {
    "none": "none",
    "read": "read",
    "triage": "read",
    "write": "write",
    "maintain": "write",
    "admin": "admin",
}
"""What `permission` calls a role; `role_name` says it exactly."""


@ROUTES.add("GET", "/users/{username}", needs="anyone")
def get_user(call: Call) -> SandboxAnswer:
    return SandboxAnswer(json=shapes_accounts.public_user(call.world, call.account))


@ROUTES.add("GET", "/user/{account_id}", needs="anyone")
def get_user_by_id(call: Call) -> SandboxAnswer:
    found = existing(call.world.accounts.get(call.number("account_id")))
    return SandboxAnswer(json=shapes_accounts.public_user(call.world, found))


@ROUTES.add("GET", "{o}/collaborators/{username}", needs="metadata:read")
def check_collaborator(call: Call) -> SandboxAnswer:
    """204 when somebody is a collaborator, 404 when not."""
    if not call.repository.has_collaborator(call.account):
        raise not_found()
    return SandboxAnswer(status=204)


@ROUTES.add("GET", "{o}/collaborators/{username}/permission", needs="metadata:read")
def get_permission(call: Call) -> SandboxAnswer:
    """What anybody may do here, collaborator or not."""
    role = call.repository.role_of(call.account)
    user = shapes_accounts.user(call.world, call.account) | {
        "permissions": shapes.permissions(role),
        "role_name": role,
    }
    return SandboxAnswer(json={"permission": _LEGACY[role], "role_name": role, "user": user})


@ROUTES.add("GET", "/orgs/{org}/teams/{team_slug}/members", needs="members:read")
def list_team_members(call: Call) -> Listing:
    team = existing(call.organization.teams.get(call.params["team_slug"]))
    return Listing(items=list(team.members.values()), shape=lambda one: shapes_accounts.user(call.world, one))
