"""Where the bot may work: installations and repositories that come, go and get other names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.people import Person
from mentorbot.db.store import Store
from tests.builders import NOW, a_person, a_repository
from tests.engine.office import a_pull_by, an_office
from tests.github import hooks

ACME = Person(2, "acme")
ACCOUNT = {"id": 2, "login": "acme", "type": "Organization"}


def an_installation(action: str, *, repositories: Sequence[int] = (1,), **more: Any) -> dict[str, Any]:
    short = [
        {"id": id_, "name": f"r{id_}", "full_name": f"acme/r{id_}", "private": False} for id_ in repositories
    ]
    return {
        "action": action,
        "installation": {"id": 5, "account": ACCOUNT, "updated_at": "2026-03-02T09:00:00Z"},
        "repositories": short,
        "sender": hooks.GRACE,
        **more,
    }


async def test_an_installation_brings_its_repositories_and_their_past_is_read(store: Store) -> None:
    office = an_office(store)

    await office.hear("installation", an_installation("created", repositories=(1, 7)))
    await office.work()

    status = await office.engine.status()
    assert [place.repository.full_name for place in status.repositories] == ["acme/r1", "acme/r7"]
    assert {place.seeding for place in status.repositories} == {"finished"}
    assert [installation.account for installation in status.installations] == [ACME]


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(an_installation("deleted"), id="uninstalled"),
        pytest.param(an_installation("suspend"), id="suspended"),
        pytest.param(
            an_installation(
                "removed",
                repositories_removed=[{"id": 1, "name": "r1", "full_name": "acme/r1", "private": False}],
                repositories_added=[],
            ),
            id="taken out",
        ),
        pytest.param(hooks.an_account_hook(action="deleted"), id="repository deleted"),
    ],
)
async def test_where_the_bot_may_no_longer_work_it_does_not(store: Store, payload: dict[str, Any]) -> None:
    office = an_office(store)
    await office.hear("installation", an_installation("created"))
    await office.work()
    event = "repository" if "installation" in payload and "repository" in payload else "installation"
    if payload["action"] == "removed":
        event = "installation_repositories"

    office.wait(timedelta(seconds=1))
    await office.hear(event, payload)
    await office.work()

    assert (await office.engine.status()).repositories == []


async def test_an_unsuspended_installation_works_again(store: Store) -> None:
    office = an_office(store)
    for action in ("created", "suspend", "unsuspend"):
        await office.hear("installation", an_installation(action))
        await office.work()
        office.wait(timedelta(seconds=1))

    assert len((await office.engine.status()).repositories) == 1


async def test_a_repository_keeps_its_memory_through_a_renaming(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    office.wait(timedelta(seconds=1))
    renamed = {**hooks.REPOSITORY, "full_name": "acme/boosters"}
    await office.hear("repository", hooks.an_account_hook(action="renamed", repository=renamed))
    await office.work()

    assert [entry.because for entry in await office.engine.journal_of("ACME/boosters", 4)] == [
        "@ada opened a pull request"
    ]
    assert await office.engine.workplace("acme/rockets") is None


async def test_an_owner_with_a_new_name_takes_the_repositories_along(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    account = {**ACCOUNT, "login": "acme-inc"}
    await office.hear(
        "installation_target",
        {"action": "renamed", "account": account, "installation": {"id": 5}, "target_type": "Organization"},
    )
    await office.work()

    assert await office.engine.workplace("acme-inc/rockets") is not None


async def test_installations_nobody_told_us_of_are_found_and_lost_ones_left(store: Store) -> None:
    office = an_office(store)
    await store.repositories.put(6, [a_repository(id=66, full_name="gone/away")], as_of=NOW)
    await store.repositories.put_installation(6, a_person("gone"), state="active", as_of=NOW)

    office.wait(timedelta(hours=1))
    await office.engine.catch_up()

    status = await office.engine.status()
    assert [place.repository.full_name for place in status.repositories] == ["acme/rockets"]
    assert [installation.id for installation in status.installations] == [5]
