"""Apps, installations and deliveries as GitHub writes them in JSON."""

from __future__ import annotations

import json

from mentorbot.sandbox import shapes_accounts as accounts
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.apps import App, Delivery, Installation
from mentorbot.sandbox.clock import stamp, stamp_or_none
from mentorbot.sandbox.world import World


def app(world: World, app: App) -> Json:
    """An App."""
    html = f"{world.html_url}/apps/{app.slug}"
    return {
        "id": app.id,
        "slug": app.slug,
        "node_id": app.node_id,
        "owner": accounts.user(world, app.owner),
        "name": app.name,
        "description": None,
        "external_url": html,
        "html_url": html,
        "created_at": stamp(app.created_at),
        "updated_at": stamp(app.created_at),
        "permissions": app.permissions,
        "events": list(app.events),
    }


def app_or_none(world: World, one: App | None) -> Json | None:
    """The same where no App was involved."""
    return None if one is None else app(world, one)


def installation(world: World, installation: Installation) -> Json:
    """An installation."""
    url = f"{world.api_url}/app/installations/{installation.id}"
    return {
        "id": installation.id,
        "account": accounts.user(world, installation.account),
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
        "suspended_by": accounts.user_or_none(world, installation.suspended_by),
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
