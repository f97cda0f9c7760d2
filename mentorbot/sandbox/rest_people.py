"""REST of people: accounts, collaborators and what they may do, organisations and teams."""

from __future__ import annotations

from mentorbot.sandbox import shapes_accounts as shapes
from mentorbot.sandbox.answers import Listing, SandboxAnswer, not_found
from mentorbot.sandbox.model import Role
from mentorbot.sandbox.routes import Call, Routes
from mentorbot.sandbox.shapes_repositories import permissions

ROUTES = Routes()

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
    """Somebody, by login."""
    return SandboxAnswer(json=shapes.public_user(call.world, call.account))


@ROUTES.add("GET", "/user/{account_id}", needs="anyone")
def get_user_by_id(call: Call) -> SandboxAnswer:
    """Somebody, by numeric id."""
    found = call.world.accounts.get(call.number("account_id"))
    if found is None:
        raise not_found()
    return SandboxAnswer(json=shapes.public_user(call.world, found))


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
    user = shapes.user(call.world, call.account) | {"permissions": permissions(role), "role_name": role}
    return SandboxAnswer(json={"permission": _LEGACY[role], "role_name": role, "user": user})


@ROUTES.add("GET", "/orgs/{org}/teams/{team_slug}/members", needs="members:read")
def list_team_members(call: Call) -> Listing:
    """A team's members."""
    team = call.organization.teams.get(call.params["team_slug"])
    if team is None:
        raise not_found()
    return Listing(items=list(team.members.values()), shape=lambda one: shapes.user(call.world, one))
