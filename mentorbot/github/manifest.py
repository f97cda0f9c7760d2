"""Writes the App manifest (`app.yaml`): what the features' cards add up to, in the form GitHub wants.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.github.webhook_subscriptions import subscribed_events

NAME = "mentorbot"
REPOSITORY = "https://github.com/mentorbot/mentorbot"
"""Where the project itself is."""
_DESCRIPTION = "Helps newcomers become contributors, and spares maintainers the bookkeeping."
_HEADER = """\
# Generated from the features' cards: run `mentorbot manifest --write` after changing one.
# Optional: `members: read` under default_permissions. Without it names like `team:triage` mean nobody.
"""

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

OPTIONAL_PERMISSIONS: Mapping[str, str] = {"members": _READ}
"""What the bot does without where it is not granted, and says what is off then."""

REASONS: Mapping[str, str] = {
    "actions": "Tells whether workflow runs of newcomers wait for a maintainer's approval.",
    "checks": "Reads which checks failed, and shows mistakes in mentorbot.yml as a check on a pull request.",
    "contents": "Reads mentorbot.yml, who committed before, and who knows which files. Never writes any.",
    "issues": "Writes comments, reactions and labels; GitHub counts those on pull requests as issues, too.",
    "members": "Reads who is in a team, so that mentorbot.yml can name teams such as `team:triage`.",
    "metadata": "GitHub grants it to every App: names of repositories, and who may do what there.",
    "pull_requests": "Reads pull requests and reviews, comments on them, and asks people for reviews.",
    "statuses": "Reads whether the commits of a pull request passed what reports by commit status.",
}
"""What each permission is for, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRequest:
    """What somebody wants of a new App. `leave_out` names permissions and events that GitHub won't hear of.

    `public_url` is where people and GitHub reach the bot; `hook_url` is where webhooks go: None for none.
    `redirect_url` is where GitHub sends the browser back to, with a code for the credentials.
    """

    name: str = NAME
    public_url: str = ""
    hook_url: str | None = None
    redirect_url: str = ""
    login_urls: tuple[str, ...] = ()
    public: bool = False
    with_teams: bool = False
    leave_out: Collection[str] = ()


def permissions_needed(catalog: FeatureCatalog) -> dict[str, str]:
    """What the App must be granted: what the cards ask for, and what it takes to hear what they listen to.

    What is optional is not among it.
    """
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
    return {name: granted[name] for name in sorted(granted) if name not in OPTIONAL_PERMISSIONS}


def manifest(catalog: FeatureCatalog, request: ManifestRequest) -> dict[str, Any]:
    """The manifest as JSON, for an App that works for the features of this catalog."""
    wanted = {**permissions_needed(catalog), **(OPTIONAL_PERMISSIONS if request.with_teams else {})}
    permissions = {name: wanted[name] for name in sorted(wanted) if name not in request.leave_out}
    events = [
        event
        for event in subscribed_events(catalog.features)
        if event not in request.leave_out
        and _PERMISSION_OF_WEBHOOK.get(event, "metadata") in {"metadata", *permissions}
    ]
    found: dict[str, Any] = {
        "name": request.name,
        "url": request.public_url or REPOSITORY,
        "description": _DESCRIPTION,
    }
    # GitHub takes no address that it can't reach, not even for a webhook that is off.
    if request.hook_url is not None:
        found["hook_attributes"] = {"url": request.hook_url, "active": True}
    if request.redirect_url:
        found["redirect_url"] = request.redirect_url
    if request.login_urls:
        found["callback_urls"] = list(request.login_urls)
    return found | {
        "public": request.public,
        "default_permissions": permissions,
        "default_events": events,
    }


def manifest_yaml(catalog: FeatureCatalog, *, public_url: str = "https://mentorbot.example.org") -> str:
    """The manifest as the text of `app.yaml`; the same cards give the same text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # ruamel declares it as None
    yaml.width = 100
    text, public_url = StringIO(), public_url.rstrip("/")
    request = ManifestRequest(
        public_url=public_url,
        hook_url=f"{public_url}/github/webhook",
        login_urls=(f"{public_url}/login/callback",),
    )
    yaml.dump(manifest(catalog, request), text)
    return _HEADER + text.getvalue()
