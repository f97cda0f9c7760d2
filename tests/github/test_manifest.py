from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pytest
from ruamel.yaml import YAML

from mentorbot.config.section import Section
from mentorbot.core.events import ChecksFinished, CommandGiven, RepositoriesAdded
from mentorbot.core.plan import leave_alone
from mentorbot.feature_api.authorization import Who
from mentorbot.feature_api.feature import Command, Every, Feature, On, Trigger
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.features import load
from mentorbot.github.manifest import (
    OPTIONAL_PERMISSIONS,
    REASONS,
    ManifestRequest,
    manifest,
    manifest_yaml,
    permissions_needed,
)
from mentorbot.github.webhook_subscriptions import ALWAYS_SUBSCRIBED, subscribed_events


async def _ask(*_: Any) -> None:
    return None


def _decide(*_: Any) -> Any:
    return leave_alone("nothing")


def _feature(
    *triggers: Trigger[Any],
    events: tuple[str, ...] = (),
    permissions: Mapping[str, Literal["read", "write"]] | None = None,
) -> Feature[Any]:
    return Feature(
        name="x",
        summary="X.",
        config=Section,
        triggers=triggers,
        events=events,
        permissions=permissions or {},
    )


_COMMAND: Trigger[Any] = Command("x", help="x", who=Who.ANYONE, ask=_ask, decide=_decide)


@pytest.mark.parametrize(
    ("feature", "more"),
    [
        pytest.param(_feature(), set(), id="nothing of its own"),
        pytest.param(
            _feature(On(ChecksFinished, ask=_ask, decide=_decide)),
            {"check_suite", "status", "workflow_run"},
            id="checks",
        ),
        pytest.param(_feature(_COMMAND), set(), id="a command"),
        pytest.param(_feature(Every("hour", each=_ask, decide=_decide)), set(), id="a schedule"),  # type: ignore[arg-type]
        pytest.param(_feature(events=("star",)), {"star"}, id="named on the card"),
    ],
)
def test_the_app_hears_what_its_features_listen_to(feature: Feature[Any], more: set[str]) -> None:
    assert set(subscribed_events([feature])) == set(ALWAYS_SUBSCRIBED) | more


def test_installation_hooks_come_without_asking() -> None:
    assert RepositoriesAdded.__name__ == "RepositoriesAdded"
    heard = subscribed_events([_feature(events=("installation", "installation_repositories"))])
    assert not any(name.startswith("installation") for name in heard)


def test_hearing_of_checks_takes_permission_to_read_them() -> None:
    catalog = FeatureCatalog(
        (_feature(On(ChecksFinished, ask=_ask, decide=_decide), permissions={"checks": "write"}),)
    )
    granted = permissions_needed(catalog)
    assert granted["checks"] == "write"
    assert granted["statuses"] == granted["actions"] == "read"
    assert granted["contents"] == granted["metadata"] == "read"


def test_reading_takes_no_writing_away() -> None:
    catalog = FeatureCatalog((_feature(permissions={"issues": "write"}),))
    assert permissions_needed(catalog)["issues"] == "write"
    catalog = FeatureCatalog((_feature(permissions={"issues": "read"}),))
    assert permissions_needed(catalog)["issues"] == "read"


def test_the_manifest_is_what_github_wants_and_always_the_same() -> None:
    catalog = FeatureCatalog((_feature(_COMMAND, permissions={"issues": "write"}),))
    text = manifest_yaml(catalog, public_url="https://bot.acme.org/")
    assert text == manifest_yaml(catalog, public_url="https://bot.acme.org")
    assert text.startswith("# Generated")
    read = YAML(typ="safe").load(text)
    assert read["public"] is False
    assert read["hook_attributes"] == {"url": "https://bot.acme.org/github/webhook", "active": True}
    assert read["url"] == "https://bot.acme.org"
    assert list(read) == [
        "name",
        "url",
        "description",
        "hook_attributes",
        "callback_urls",
        "public",
        "default_permissions",
        "default_events",
    ]
    assert CommandGiven.__name__ not in text


_NEVER = {
    "administration",
    "email_addresses",
    "emails",
    "secrets",
    "workflows",
    "organization_administration",
}


def test_the_app_never_asks_for_more_than_it_takes() -> None:
    everything = ManifestRequest(with_teams=True)
    for asked in (
        manifest(FeatureCatalog(load()), everything)["default_permissions"],
        YAML(typ="safe").load(manifest_yaml(FeatureCatalog(load())))["default_permissions"],
    ):
        assert not _NEVER & set(asked)
        for name in ("contents", "actions", "members", "metadata", "statuses"):
            assert asked.get(name, "read") == "read", name
        assert set(asked.values()) <= {"read", "write"}


def test_every_permission_has_its_reason_in_words() -> None:
    wanted = {*permissions_needed(FeatureCatalog(load())), *OPTIONAL_PERMISSIONS}
    assert set(REASONS) == wanted


def test_teams_are_read_only_where_that_is_chosen() -> None:
    catalog = FeatureCatalog((_feature(permissions={"members": "read"}),))
    assert "members" not in permissions_needed(catalog)
    assert "members" not in manifest(catalog, ManifestRequest())["default_permissions"]
    assert manifest(catalog, ManifestRequest(with_teams=True))["default_permissions"]["members"] == "read"


def test_with_a_permission_go_the_events_that_need_it() -> None:
    catalog = FeatureCatalog((_feature(On(ChecksFinished, ask=_ask, decide=_decide)),))
    asked = manifest(catalog, ManifestRequest(leave_out=("actions", "status")))
    assert not {"workflow_run", "status"} & set(asked["default_events"])
    assert "check_suite" in asked["default_events"]
    assert "actions" not in asked["default_permissions"]
