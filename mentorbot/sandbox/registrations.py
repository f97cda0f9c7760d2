"""Judges App manifests as GitHub does, and makes Apps of those that are in order.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mentorbot.sandbox.acts.acting import RefusedError
from mentorbot.sandbox.apps import UNASKED_EVENTS, App, new_key
from mentorbot.sandbox.model import Account, Organization
from mentorbot.sandbox.world import World

LONGEST_NAME = 34
_LONGEST_MANIFEST = 100_000

_EVENTS: Mapping[str, tuple[str, ...]] = {
    "check_run": ("checks",),
    "check_suite": ("checks",),
    "commit_comment": ("contents",),
    "create": ("contents",),
    "delete": ("contents",),
    "deployment": ("deployments",),
    "deployment_status": ("deployments",),
    "discussion": ("discussions",),
    "discussion_comment": ("discussions",),
    "fork": ("contents",),
    "issue_comment": ("issues", "pull_requests"),
    "issues": ("issues",),
    "label": ("issues", "pull_requests"),
    "member": ("members",),
    "membership": ("members",),
    "merge_group": ("merge_queues",),
    "milestone": ("issues", "pull_requests"),
    "organization": ("members",),
    "public": ("metadata",),
    "pull_request": ("pull_requests",),
    "pull_request_review": ("pull_requests",),
    "pull_request_review_comment": ("pull_requests",),
    "pull_request_review_thread": ("pull_requests",),
    "push": ("contents",),
    "release": ("contents",),
    "repository": ("metadata",),
    "star": ("metadata",),
    "status": ("statuses",),
    "team": ("members",),
    "team_add": ("members",),
    "watch": ("metadata",),
    "workflow_job": ("actions",),
    "workflow_run": ("actions",),
}
"""The events an App may subscribe to, each with the permissions of which it takes one.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

_PERMISSIONS = frozenset(
    {
        "administration",
        "email_addresses",
        "environments",
        "metadata",
        "organization_administration",
        "packages",
        "pages",
        "secrets",
        "single_file",
        "workflows",
        *(name for names in _EVENTS.values() for name in names),
    }
)
_LEVELS = ("read", "write", "admin")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")
_KEYS = frozenset(
    {
        "callback_urls",
        "default_events",
        "default_permissions",
        "description",
        "hook_attributes",
        "name",
        "public",
        "redirect_url",
        "request_oauth_on_install",
        "setup_on_update",
        "setup_url",
        "url",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What somebody wants to register; `hook_url` None is an App without a webhook."""

    name: str
    url: str
    redirect_url: str
    description: str | None = None
    hook_url: str | None = None
    setup_url: str | None = None
    is_public: bool = False
    permissions: Mapping[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()


def read_manifest(text: str, *, unknown_here: frozenset[str] = frozenset()) -> Manifest:
    """What a manifest says; `unknown_here` are events and permissions that an older server doesn't know.

    RefusedError, with everything that is wrong, where GitHub would not take it.
    """
    if len(text) > _LONGEST_MANIFEST:
        raise RefusedError("The manifest is too long.")
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise RefusedError("The manifest is no JSON object.")
    if problems := list(_problems(found, unknown_here)):
        raise RefusedError(" ".join(problems))
    return Manifest(
        name=found.get("name", ""),
        url=found["url"],
        redirect_url=found["redirect_url"],
        description=found.get("description"),
        hook_url=(found.get("hook_attributes") or {}).get("url"),
        setup_url=found.get("setup_url"),
        is_public=found.get("public", False),
        permissions=found.get("default_permissions", {}),
        events=tuple(found.get("default_events", ())),
    )


def register(world: World, manifest: Manifest, *, name: str, owner: Account, by: Account) -> App:
    """A new App of that owner's. RefusedError where the name is taken or nobody's to give."""
    if not may_register(owner, by):
        raise RefusedError(f"{by.login} is no owner of {owner.login}.")
    name = name.strip()
    if len(name) > LONGEST_NAME:
        raise RefusedError(f"Name is too long (maximum is {LONGEST_NAME} characters)")
    if not _NAME.fullmatch(name):
        raise RefusedError("Name can't be blank, and has letters, digits, spaces, dots and hyphens only")
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    taken = world.find_account(slug)
    if world.app_called(slug) is not None or (taken is not None and taken is not owner):
        raise RefusedError("Name is already taken")
    app = world.add_app(slug=slug, name=name, owner=owner)
    app.client_id = f"Iv23sandbox{app.id}"
    app.key = new_key()
    app.permissions = {"metadata": "read", **manifest.permissions}
    app.events = manifest.events
    app.description, app.external_url = manifest.description, manifest.url
    app.hook_url, app.hook_id = manifest.hook_url, app.id
    app.setup_url, app.is_public = manifest.setup_url, manifest.is_public
    if app.hook_url is None or not world.gives_webhook_secrets:
        app.webhook_secret = ""
    return app


def may_register(owner: Account, by: Account) -> bool:
    """Whether somebody may make Apps there: in their own account, or as an organisation's owner."""
    if isinstance(owner, Organization):
        return owner.members.get(by.id) == "admin"
    return owner is by


def may_install(app: App, account: Account, by: Account) -> bool:
    """Whether somebody may install an App on an account: a private one only where it belongs."""
    return may_register(account, by) and (app.is_public or app.owner is account)


def _problems(found: Mapping[str, Any], unknown_here: frozenset[str]) -> Iterator[str]:
    if unknown := sorted(found.keys() - _KEYS):
        yield f'Error "{unknown[0]}" is not a key of a manifest.'
    yield from _problems_of_addresses(found)
    granted, events = found.get("default_permissions", {}), found.get("default_events", ())
    for name, level in granted.items():
        if name not in _PERMISSIONS - unknown_here or level not in _LEVELS:
            yield f"Default permission records resource is not included in the list: {name}"
    known = _EVENTS.keys() - unknown_here - UNASKED_EVENTS
    if unsupported := [one for one in events if one not in known]:
        yield f"Default events unsupported: {' and '.join(unsupported)}"
    have = {"metadata", *granted}
    if without := [one for one in events if not have & set(_EVENTS.get(one, ()))]:
        yield f"Default events are not supported by permissions: {' and '.join(without)}"


def _problems_of_addresses(found: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "redirect_url"):
        if key not in found:
            yield f'Error "{key}" wasn\'t supplied.'
        elif not _is_address(found[key]):
            yield f"{key} must be a valid URL."
    if "setup_url" in found and not _is_address(found["setup_url"]):
        yield "setup_url must be a valid URL."
    if not all(_is_address(one) for one in found.get("callback_urls", ())):
        yield "callback_urls must be valid URLs."
    if "hook_attributes" in found:
        hook = found["hook_attributes"]
        if not isinstance(hook, dict) or not _is_address(hook.get("url")):
            yield 'Error "url" wasn\'t supplied.'
        elif hook.keys() - {"url", "active"}:
            yield "hook_attributes has only url and active."


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
