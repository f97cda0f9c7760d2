"""People, organisations, teams, Apps, installations and deliveries as GitHub writes them in JSON."""

from __future__ import annotations

import json

from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.apps import App, Delivery, Installation
from mentorbot.sandbox.clock import stamp, stamp_or_none
from mentorbot.sandbox.model import Account, Organization, Team
from mentorbot.sandbox.world import World


def user(world: World, account: Account) -> Json:
    """The short form that stands wherever somebody is mentioned; of deleted accounts only @ghost is left."""
    if account.is_deleted:
        account = world.ghost
    url = f"{world.api_url}/users/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "avatar_url": f"{world.html_url}/avatars/{account.id}",
        "gravatar_id": "",
        "url": url,
        "html_url": html_url(world, account),
        "followers_url": f"{url}/followers",
        "following_url": f"{url}/following{{/other_user}}",
        "gists_url": f"{url}/gists{{/gist_id}}",
        "starred_url": f"{url}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{url}/subscriptions",
        "organizations_url": f"{url}/orgs",
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events{{/privacy}}",
        "received_events_url": f"{url}/received_events",
        "type": account.type,
        "site_admin": False,
    }


def html_url(world: World, account: Account) -> str:
    """Where people look at an account; bots live below `/apps`."""
    if account.type == "Bot":
        return f"{world.html_url}/apps/{account.login.removesuffix('[bot]')}"
    return f"{world.html_url}/{account.login}"


def user_or_none(world: World, account: Account | None) -> Json | None:
    return None if account is None else user(world, account)


def public_user(world: World, account: Account) -> Json:
    """The long form of `GET /users/{login}`."""
    return user(world, account) | {
        "user_view_type": "public",
        "name": account.name,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "twitter_username": None,
        "public_repos": sum(repository.owner is account for repository in world.repositories.values()),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": stamp(account.created_at),
        "updated_at": stamp(account.created_at),
    }


def organization(world: World, account: Organization) -> Json:
    """An organisation where a webhook names the one concerned."""
    url = f"{world.api_url}/orgs/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "url": url,
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events",
        "hooks_url": f"{url}/hooks",
        "issues_url": f"{url}/issues",
        "members_url": f"{url}/members{{/member}}",
        "public_members_url": f"{url}/public_members{{/member}}",
        "avatar_url": f"{world.html_url}/avatars/{account.id}",
        "description": None,
    }


def membership(world: World, group: Organization, member: Account) -> Json:
    url = f"{world.api_url}/orgs/{group.login}"
    return {
        "url": f"{url}/memberships/{member.login}",
        "state": "active",
        "role": group.members.get(member.id, "member"),
        "organization_url": url,
        "user": user(world, member),
    }


def team(world: World, team: Team) -> Json:
    """A team as webhooks write it."""
    url = f"{world.api_url}/organizations/{team.organization.id}/team/{team.id}"
    return {
        "name": team.name,
        "id": team.id,
        "node_id": team.node_id,
        "slug": team.slug,
        "description": None,
        "privacy": "closed",
        "url": url,
        "html_url": f"{world.html_url}/orgs/{team.organization.login}/teams/{team.slug}",
        "members_url": f"{url}/members{{/member}}",
        "repositories_url": f"{url}/repos",
        "permission": "pull",
    }


def team_in_api(world: World, one: Team) -> Json:
    return team(world, one) | {
        "type": "organization",
        "organization_id": one.organization.id,
        "parent": None,
    }


def app(world: World, app: App) -> Json:
    html = f"{world.html_url}/apps/{app.slug}"
    return {
        "id": app.id,
        "slug": app.slug,
        "node_id": app.node_id,
        "owner": user(world, app.owner),
        "name": app.name,
        "description": app.description,
        "external_url": app.external_url or html,
        "html_url": html,
        "created_at": stamp(app.created_at),
        "updated_at": stamp(app.created_at),
        "permissions": app.permissions,
        "events": list(app.events),
    }


def app_or_none(world: World, one: App | None) -> Json | None:
    return None if one is None else app(world, one)


def installation(world: World, installation: Installation) -> Json:
    url = f"{world.api_url}/app/installations/{installation.id}"
    return {
        "id": installation.id,
        "account": user(world, installation.account),
        "repository_selection": installation.repository_selection,
        "access_tokens_url": f"{url}/access_tokens",
        "repositories_url": f"{world.api_url}/installation/repositories",
        "html_url": f"{world.html_url}/settings/installations/{installation.id}",
        "app_id": installation.app.id,
        "app_slug": installation.app.slug,
        "target_id": installation.account.id,
        "target_type": "Organization" if installation.account.type == "Organization" else "User",
        "permissions": installation.permissions,
        "events": list(installation.events),
        "created_at": stamp(installation.created_at),
        "updated_at": stamp(installation.updated_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": user_or_none(world, installation.suspended_by),
        "suspended_at": stamp_or_none(installation.suspended_at),
    }


def delivery_item(delivery: Delivery) -> Json:
    """A delivery as the list of them has it."""
    return {
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": delivery.delivered_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "redelivery": delivery.is_redelivery,
        "duration": round(delivery.duration, 2),
        "status": delivery.status,
        "status_code": delivery.status_code,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": delivery.installation_id,
        "repository_id": delivery.repository_id,
        "throttled_at": None,
    }


def delivery(one: Delivery) -> Json:
    """A delivery with what was sent and answered."""
    return delivery_item(one) | {
        "url": "",
        "request": {"headers": dict(one.headers), "payload": json.loads(one.body)},
        "response": {"headers": dict(one.response_headers), "payload": one.response_body},
    }
