from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core import events
from mentorbot.core.people import Person
from mentorbot.github.payloads import parse_webhook
from mentorbot.github.webhook_event import AnyEvent
from tests.github import hooks
from tests.github.hooks import Json, only


def _installation(**more: Any) -> Json:
    installation = {"id": 5, "account": hooks.ACME, "updated_at": "2026-03-02T08:00:00Z"}
    return {"installation": installation, "sender": hooks.GRACE, **more}


_SHORT = {"id": 1, "name": "rockets", "full_name": "acme/rockets", "private": True}


def _told(name: str, payload: Json) -> list[AnyEvent]:
    return list(parse_webhook(name, payload, delivery="d").events)


def test_a_new_installation_brings_its_repositories() -> None:
    changed, added = _told("installation", _installation(action="created", repositories=[_SHORT]))
    assert isinstance(changed, events.InstallationChanged)
    assert (changed.change, changed.account.login) == ("created", "acme")
    assert isinstance(added, events.RepositoriesAdded)
    assert added.repositories[0].owner.login == "acme"
    assert added.repositories[0].private


def test_a_deleted_installation_takes_all_repositories() -> None:
    _, removed = _told("installation", _installation(action="deleted", repositories=[_SHORT]))
    assert isinstance(removed, events.RepositoriesRemoved)
    assert removed.repositories == ()


@pytest.mark.parametrize(
    ("action", "change"),
    [("suspend", "suspended"), ("unsuspend", "unsuspended"), ("new_permissions_accepted",) * 2],
)
def test_an_installation_changes(action: str, change: str) -> None:
    (changed,) = _told("installation", _installation(action=action))
    assert isinstance(changed, events.InstallationChanged)
    assert changed.change == change


def test_repositories_come_and_go() -> None:
    other = {**_SHORT, "id": 2, "full_name": "acme/tents"}
    hook = _installation(action="added", repositories_added=[_SHORT], repositories_removed=[other])
    added, removed = _told("installation_repositories", hook)
    assert isinstance(added, events.RepositoriesAdded)
    assert isinstance(removed, events.RepositoriesRemoved)
    assert [repository.id for repository in removed.repositories] == [2]
    hook = _installation(action="removed", repositories_added=[], repositories_removed=[])
    assert _told("installation_repositories", hook) == []  # an empty list would read as all of them


def test_an_enterprise_has_no_login_and_is_an_account_all_the_same() -> None:
    hook = _installation(action="suspend")
    hook["installation"]["account"] = {"id": 9, "slug": "big", "name": "Big"}
    (changed,) = _told("installation", hook)
    assert isinstance(changed, events.InstallationChanged)
    assert changed.account.login == "big"


@pytest.mark.parametrize(
    ("changes", "previous"),
    [
        pytest.param({"repository": {"name": {"from": "rocket"}}}, "acme/rocket", id="renamed"),
        pytest.param({"owner": {"from": {"user": {"login": "ada"}}}}, "ada/rockets", id="from a person"),
        pytest.param({"owner": {"from": {"organization": {"login": "old"}}}}, "old/rockets", id="from one"),
        pytest.param({"owner": {"from": {}}}, None, id="from nobody"),
        pytest.param({"owner": {}}, None, id="from nowhere"),
        pytest.param({"repository": {}}, None, id="renamed from nothing"),
        pytest.param({"description": {"from": "x"}}, None, id="something else"),
        pytest.param(None, None, id="nothing said"),
    ],
)
def test_a_repository_tells_what_it_was_called(changes: Json | None, previous: str | None) -> None:
    event = only("repository", hooks.an_account_hook(action="renamed", changes=changes))
    assert (event.change, event.previous_full_name) == ("renamed", previous)


def test_a_new_login_is_learned() -> None:
    event = only("installation_target", hooks.an_account_hook(action="renamed", account=hooks.ACME))
    assert event == events.LoginChanged(person=Person(2, "acme"))
