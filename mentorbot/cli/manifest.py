"""The App manifest: what GitHub has to grant and to tell us, derived from what features declare.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML

from mentorbot.core.events import CommandGiven
from mentorbot.core.feature import Command, On
from mentorbot.core.handbook import Handbook
from mentorbot.github.payloads import ALWAYS_HEARD, HEARD_AS

_NEEDED_FOR = {
    "check_suite": "checks",
    "check_run": "checks",
    "issues": "issues",
    "issue_comment": "issues",
    "pull_request": "pull_requests",
    "pull_request_review": "pull_requests",
    "pull_request_review_comment": "pull_requests",
    "pull_request_review_thread": "pull_requests",
    "push": "contents",
    "status": "statuses",
    "workflow_run": "actions",
    "member": "members",
    "membership": "members",
    "team": "members",
}
"""The permission (read) without which GitHub refuses a subscription: its page on payloads tells."""

_UNASKED = {"installation", "installation_repositories", "installation_target"}
"""Every App gets these; GitHub refuses a manifest that names them."""

_HEAD = """\
# The GitHub App's manifest, generated from the feature cards by `mentorbot manifest --write`: edit those.
# Replace https://mentorbot.example.com by your server's address; docs/install.md says how to use this file.
"""


def events_of(handbook: Handbook) -> list[str]:
    """The webhook events to subscribe to: what is always heard, and what some feature listens to."""
    heard = set(ALWAYS_HEARD) | set(handbook.events())
    for feature in handbook.features:
        for trigger in feature.triggers:
            if isinstance(trigger, On):
                heard.update(
                    name
                    for event, names in HEARD_AS.items()
                    if issubclass(event, trigger.event)
                    for name in names
                )
            if isinstance(trigger, Command):
                heard.update(HEARD_AS[CommandGiven])
    return sorted(heard - _UNASKED)


def permissions_of(handbook: Handbook) -> dict[str, str]:
    """What to grant: what features declare, and what the subscriptions need."""
    granted: dict[str, str] = {"metadata": "read", "contents": "read"}
    granted.update({_NEEDED_FOR[event]: "read" for event in events_of(handbook) if event in _NEEDED_FOR})
    for name, access in handbook.permissions().items():
        if granted.get(name) != "write":
            granted[name] = access
    return dict(sorted(granted.items()))


def manifest_of(handbook: Handbook) -> dict[str, Any]:
    """The manifest as GitHub takes it."""
    return {
        "name": "Mentorbot",
        "url": "https://mentorbot.example.com",
        "description": "Helps newcomers become contributors, and says why it did or didn't act.",
        "public": False,
        "hook_attributes": {"url": "https://mentorbot.example.com/github/webhook", "active": True},
        "callback_urls": ["https://mentorbot.example.com/login/done"],
        "default_events": events_of(handbook),
        "default_permissions": permissions_of(handbook),
    }


def manifest_text(handbook: Handbook) -> str:
    """The manifest as `app.yaml` holds it."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 110
    out = io.StringIO()
    yaml.dump(manifest_of(handbook), out)
    return _HEAD + out.getvalue()
