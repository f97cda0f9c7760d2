"""REST of people: accounts, collaborators and what they may do, organisations and teams."""

from __future__ import annotations

from mentorbot.sandbox import shapes_accounts as shapes
from mentorbot.sandbox.accounts import Account, Organization, Team
from mentorbot.sandbox.answers import Json, Listing, SandboxAnswer, not_found
from mentorbot.sandbox.repositories import Repository, Role
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


def _collaborators(call: Call) -> list[Account]:
    repository = call.repository
    return [
        account
        for account in call.world.accounts.values()
        if not isinstance(account, Organization) and repository.has_collaborator(account)
    ]


def collaborator(call: Call, repository: Repository, account: Account) -> Json:
    """Somebody with what they may do in a repository."""
    role = repository.role_of(account)
    return shapes.user(call.world, account) | {"permissions": permissions(role), "role_name": role}


@ROUTES.add("GET", "{o}/collaborators", needs="metadata:read")
def list_collaborators(call: Call) -> Listing:
    """Who works here."""
    return Listing(items=_collaborators(call), shape=lambda one: collaborator(call, call.repository, one))


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
    body: Json = {
        "permission": _LEGACY[role],
        "role_name": role,
        "user": collaborator(call, call.repository, call.account),
    }
    return SandboxAnswer(json=body)


@ROUTES.add("GET", "{o}/teams", needs="administration:read|metadata:read")
def list_repository_teams(call: Call) -> Listing:
    """Teams that were given a role here."""
    organization = call.repository.organization
    teams = [] if organization is None else [organization.teams[slug] for slug in call.repository.team_roles]
    return Listing(items=teams, shape=lambda one: shapes.team_in_api(call.world, one))


@ROUTES.add("GET", "/orgs/{org}/members", needs="members:read")
def list_members(call: Call) -> Listing:
    """An organisation's members."""
    members = [call.world.accounts[one] for one in call.organization.members]
    return Listing(items=members, shape=lambda one: shapes.user(call.world, one))


@ROUTES.add("GET", "/orgs/{org}/members/{username}", needs="members:read")
def check_member(call: Call) -> SandboxAnswer:
    """204 when somebody is a member, 404 when not."""
    if call.account.id not in call.organization.members:
        raise not_found()
    return SandboxAnswer(status=204)


@ROUTES.add("GET", "/orgs/{org}/teams", needs="members:read")
def list_teams(call: Call) -> Listing:
    """An organisation's teams."""
    return Listing(
        items=list(call.organization.teams.values()),
        shape=lambda one: shapes.team_in_api(call.world, one),
    )


def _team(call: Call) -> Team:
    found = call.organization.teams.get(call.params["team_slug"])
    if found is None:
        raise not_found()
    return found


@ROUTES.add("GET", "/orgs/{org}/teams/{team_slug}/members", needs="members:read")
def list_team_members(call: Call) -> Listing:
    """A team's members."""
    return Listing(items=list(_team(call).members.values()), shape=lambda one: shapes.user(call.world, one))


@ROUTES.add("GET", "/orgs/{org}/teams/{team_slug}/memberships/{username}", needs="members:read")
def get_team_membership(call: Call) -> SandboxAnswer:
    """Somebody's place in a team; 404 when they have none."""
    team = _team(call)
    if call.account.id not in team.members:
        raise not_found()
    url = f"{shapes.team(call.world, team)['url']}/memberships/{call.account.login}"
    return SandboxAnswer(json={"url": url, "role": "member", "state": "active"})
