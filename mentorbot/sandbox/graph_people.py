"""GraphQL of accounts, organisations and teams, and where questions begin."""

from __future__ import annotations

from typing import Any

from mentorbot.sandbox import shapes_accounts
from mentorbot.sandbox.accounts import Account, Organization, Team
from mentorbot.sandbox.graph_fields import (
    FieldContext,
    GraphConnection,
    GraphProblem,
    alias,
    connect,
    constant,
    field,
    home_of,
)
from mentorbot.sandbox.repositories import Repository

_ACCOUNTS = "User Bot Mannequin Organization"

alias(_ACCOUNTS, "id", "node_id")
alias(_ACCOUNTS, "databaseId", "id")
alias(_ACCOUNTS, "updatedAt", "created_at")
constant("User", "email", "")  # nobody shows theirs
constant("Mannequin Organization", "email", None)
constant("Organization Team", "description", None)
constant("UserStatus", "emoji", None)
alias("UserStatus", "indicatesLimitedAvailability", "is_busy")
alias("UserStatus", "message", "status_message")
alias("UserStatus", "updatedAt", "created_at")
alias("Team", "id", "node_id")
alias("Team", "databaseId", "id")
alias("Team", "createdAt", "organization.created_at")
alias("Team", "updatedAt", "organization.created_at")


@field("Bot", "login")
def _bot_login(account: Account, _: FieldContext) -> str:
    """GraphQL leaves out the `[bot]` that REST writes."""
    return account.login.removesuffix("[bot]")


@field(_ACCOUNTS, "avatarUrl")
def _avatar_url(account: Account, asking: FieldContext, size: int | None = None) -> str:
    return f"{asking.world.html_url}/avatars/{account.id}" + (f"?s={size}" if size else "")


@field(_ACCOUNTS, "url")
def _account_url(account: Account, asking: FieldContext) -> str:
    return shapes_accounts.html_url(asking.world, account)


@field("User", "isViewer")
def _is_viewer(account: Account, asking: FieldContext) -> bool:
    return account is _viewer(None, asking)


@field("User", "status")
def _status(account: Account, _: FieldContext) -> Account | None:
    """A status is held by the account itself; there is none when nothing was set."""
    return account if account.is_busy or account.status_message else None


@field("UserStatus", "id")
def _status_id(account: Account, _: FieldContext) -> str:
    return f"US_{account.node_id}"


@field("UserStatus", "user")
def _status_user(account: Account, _: FieldContext) -> Account:
    return account


@field("Organization", "membersWithRole")
def _members_with_role(group: Organization, asking: FieldContext, **page: Any) -> GraphConnection:
    asking.need("members:read")
    return connect([asking.world.accounts[one] for one in group.members], **page)


@field("Organization", "team")
def _team(group: Organization, asking: FieldContext, slug: str) -> Team | None:
    asking.need("members:read")
    return group.teams.get(slug)


@field("Organization", "teams")
def _teams(group: Organization, asking: FieldContext, **page: Any) -> GraphConnection:
    asking.need("members:read")
    return connect(list(group.teams.values()), **page)


@field("Team", "combinedSlug")
def _combined_slug(team: Team, _: FieldContext) -> str:
    return f"{team.organization.login}/{team.slug}"


@field("Team", "url")
def _team_url(team: Team, asking: FieldContext) -> str:
    return str(shapes_accounts.team(asking.world, team)["html_url"])


@field("Team", "members")
def _team_members(team: Team, asking: FieldContext, **page: Any) -> GraphConnection:
    asking.need("members:read")
    return connect(list(team.members.values()), **page)


@field("Query", "viewer")
def _viewer(_: object, asking: FieldContext) -> Account:
    """Who asks: the person who signed in, or the App's bot."""
    return asking.caller.user or asking.world.app.bot


@field("Query", "user")
def _user(_: object, asking: FieldContext, login: str) -> Account:
    found = asking.world.find_account(login)
    if found is None or found.type != "User":
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a User with the login of '{login}'.")
    return found


@field("Query", "organization")
def _organization(_: object, asking: FieldContext, login: str) -> Organization:
    found = asking.world.find_account(login)
    if not isinstance(found, Organization):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'.")
    return found


@field("Query", "repository")
def _repository(_: object, asking: FieldContext, **named: Any) -> Repository:
    """A repository; unless `followRenames` is false also one that had this name before."""
    full_name = f"{named['owner']}/{named['name']}"
    found = asking.world.find_repository(full_name)
    is_renamed = found is not None and found.full_name.lower() != full_name.lower()
    if (
        found is None
        or not asking.caller.may_see(found)
        or (is_renamed and not named.get("followRenames", True))
    ):
        message = f"Could not resolve to a Repository with the name '{full_name}'."
        raise GraphProblem("NOT_FOUND", message)
    return found


@field("Query", "rateLimit")
def _rate_limit(_: object, asking: FieldContext, **__: Any) -> dict[str, Any]:
    """What is left, this question counted in."""
    window = asking.limits.window(asking.caller.key, "graphql")
    return {
        "cost": asking.cost,
        "limit": window.limit,
        "nodeCount": asking.node_count,
        "remaining": max(0, window.limit - window.used),
        "resetAt": window.reset,
        "used": window.used,
    }


@field("Query", "node")
def _node(_: object, asking: FieldContext, **named: Any) -> object:
    return find_node(asking, named["id"])


@field("Query", "nodes")
def _nodes(_: object, asking: FieldContext, ids: list[str]) -> list[object]:
    return [_node_or_problem(asking, one) for one in ids]


def _node_or_problem(asking: FieldContext, node_id: str) -> object:
    """What is not there is null among the others, with an error of its own."""
    try:
        return find_node(asking, node_id)
    except GraphProblem as problem:
        return problem


def find_node(asking: FieldContext, node_id: str) -> object:
    """Anything by its id; GraphProblem NOT_FOUND when it is not there for who asks."""
    found = asking.world.nodes.get(node_id)
    home = home_of(found)
    if found is None or (home is not None and not (asking.caller.may_see(home) and not home.is_deleted)):
        raise GraphProblem("NOT_FOUND", f"Could not resolve to a node with the global id of '{node_id}'")
    return found
