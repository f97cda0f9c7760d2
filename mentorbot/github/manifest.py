"""Writes the App manifest (`app.yaml`): what the features' cards add up to, in the form GitHub wants.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.github.webhook_subscriptions import subscribed_events

_NAME = "mentorbot"
REPOSITORY = "https://github.com/mentorbot/mentorbot"
"""Where the project itself is."""
_HEADER = "# Generated from the features' cards: run `mentorbot manifest --write` after changing one.\n"
"""Every App hears these; GitHub refuses manifests that subscribe to them."""

_READ = "read"
_ALWAYS_GRANTED: Mapping[str, str] = {
    "contents": _READ,  # mentorbot.yml
    "issues": _READ,
    "metadata": _READ,
    "pull_requests": _READ,
}
_PERMISSION_OF_WEBHOOK: Mapping[str, str] = {
    "check_run": "checks",
    "check_suite": "checks",
    "status": "statuses",
    "workflow_run": "actions",
    "member": "members",
    "organization": "members",
    "team": "members",
}
_ORDER = {_READ: 0, "write": 1}


def permissions_needed(catalog: FeatureCatalog) -> dict[str, str]:
    """What the App must be granted: what the cards ask for, and what it takes to hear what they listen to."""
    granted: dict[str, str] = dict(_ALWAYS_GRANTED)
    for_webhooks = {
        _PERMISSION_OF_WEBHOOK[event]: _READ
        for event in subscribed_events(catalog.features)
        if event in _PERMISSION_OF_WEBHOOK
    }
    for wanted in (for_webhooks, catalog.permissions()):
        for name, access in wanted.items():
            if _ORDER[access] >= _ORDER.get(granted.get(name, ""), -1):
                granted[name] = access
    return dict(sorted(granted.items()))


def manifest(catalog: FeatureCatalog, *, public_url: str) -> dict[str, Any]:
    """The manifest as JSON. `public_url` is where people and GitHub reach the bot."""
    address = public_url.rstrip("/")
    return {
        "name": _NAME,
        "url": address or REPOSITORY,
        "description": "Helps newcomers become contributors, and spares maintainers the bookkeeping.",
        "hook_attributes": {"url": f"{address}/github/webhook", "active": True},
        "callback_urls": [f"{address}/login/callback"],
        "public": True,
        "default_permissions": permissions_needed(catalog),
        "default_events": list(subscribed_events(catalog.features)),
    }


def manifest_yaml(catalog: FeatureCatalog, *, public_url: str = "https://mentorbot.example.org") -> str:
    """The manifest as the text of `app.yaml`; the same cards give the same text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # ruamel declares it as None
    yaml.width = 100
    text = StringIO()
    yaml.dump(manifest(catalog, public_url=public_url), text)
    return _HEADER + text.getvalue()
