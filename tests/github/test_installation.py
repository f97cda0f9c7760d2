from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.people import Permission, Person
from mentorbot.github.app import GitHubApp
from mentorbot.github.client import Client
from mentorbot.github.installation import InstallationContext
from mentorbot.github.reader import RepositoryReader
from tests.github import hooks
from tests.github.conftest import Desk, Hands, as_person
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("read", Permission.READ),
        ("triage", Permission.TRIAGE),
        ("write", Permission.WRITE),
        ("maintain", Permission.MAINTAIN),
        ("admin", Permission.ADMIN),
    ],
)
async def test_a_permission_is_the_real_one(desk: Desk, role: Any, permission: Permission) -> None:
    desk.github.acts.set_role("acme/rockets", "ada", role, by="grace")
    ada = as_person(desk.github.world.accounts[desk.github.acts.who("ada").id])
    assert await desk.reader.permission(ada) is permission


async def test_a_permission_is_remembered_for_ten_minutes_over_all_readers(desk: Desk) -> None:
    ada = as_person(desk.github.acts.who("ada"))
    await desk.reader.permission(ada)
    asked = desk.counted.of("rest")
    desk.github.acts.set_role("acme/rockets", "ada", "write", by="grace")
    assert await desk.reader.permission(ada) is Permission.READ
    assert desk.counted.of("rest") == asked
    desk.github.clock.move(timedelta(minutes=10, seconds=1))
    assert await desk.reader.permission(ada) is Permission.WRITE


async def test_a_login_is_remembered_for_ten_minutes(desk: Desk) -> None:
    ada = as_person(desk.github.acts.who("ada"))
    installation = desk.app._installation(desk.installation_id)
    await installation.login_of(ada)
    desk.github.acts.rename_user("ada", "lovelace")
    assert await installation.login_of(ada) == "ada"
    desk.github.clock.move(timedelta(minutes=10, seconds=1))
    assert await installation.login_of(ada) == "lovelace"


async def test_of_many_people_the_oldest_are_asked_about_again(
    scripted: ScriptedGitHub, client: Client
) -> None:
    people = [Person(id=id_, login=f"p{id_}") for id_ in (1, 2, 3)]
    for person in people:
        scripted.on("GET", f"/user/{person.id}", Say(json={"id": person.id, "login": person.login}))
    installation = InstallationContext(id=5, client=client, clock=Hands(), cache_size=2)
    for person in (*people, people[2], people[1], people[0]):
        assert await installation.login_of(person) == person.login
    assert [len(scripted.asked(f"/user/{person.id}")) for person in people] == [2, 1, 1]


async def test_a_login_taken_over_by_somebody_else_gives_no_rights(desk: Desk) -> None:
    acts = desk.github.acts
    ada = as_person(acts.who("ada"))
    acts.rename_user("ada", "lovelace")
    acts.rename_user("linus", "ada")
    acts.set_role("acme/rockets", "ada", "admin", by="grace")
    acts.set_role("acme/rockets", "lovelace", "triage", by="grace")
    assert await desk.reader.permission(ada) is Permission.TRIAGE


async def test_somebody_unknown_to_github_may_do_nothing(desk: Desk) -> None:
    assert await desk.reader.permission(Person(id=999_999, login="nobody")) is Permission.NONE


@pytest.mark.parametrize(
    ("answer", "permission"),
    [
        pytest.param(
            {"role_name": "release-crew", "user": {"id": 11, "permissions": {"push": True, "pull": True}}},
            Permission.WRITE,
            id="an organisation's own role",
        ),
        pytest.param(
            {"role_name": "nothing", "user": {"id": 11, "permissions": {}}},
            Permission.NONE,
            id="a role for nothing",
        ),
        pytest.param({"permission": "admin", "user": {"id": 11}}, Permission.ADMIN, id="an older Enterprise"),
        pytest.param({"permission": "odd", "user": {"id": 11}}, Permission.NONE, id="an unknown word"),
    ],
)
async def test_a_permission_is_understood(
    reader: RepositoryReader, scripted: ScriptedGitHub, answer: Any, permission: Permission
) -> None:
    scripted.on("GET", f"{HERE}/collaborators/ada/permission", Say(json=answer))
    assert await reader.permission(Person(11, "ada")) is permission


async def test_a_permission_of_nobody_is_none(reader: RepositoryReader, scripted: ScriptedGitHub) -> None:
    scripted.on(
        "GET", f"{HERE}/collaborators/ada/permission", Say(json={"permission": "admin", "user": None})
    )
    assert await reader.permission(Person(11, "ada")) is Permission.NONE


async def test_memories_end_with_the_apps_clock(
    scripted_app: GitHubApp, scripted: ScriptedGitHub, hands: Hands
) -> None:
    scripted.on("GET", "/user/11", Say(json=hooks.ADA), Say(json={**hooks.ADA, "login": "lovelace"}))
    installation = scripted_app._installation(5)
    assert await installation.login_of(Person(11, "x")) == "ada"
    assert await installation.login_of(Person(11, "x")) == "ada"
    hands.move(minutes=11)
    assert await installation.login_of(Person(11, "x")) == "lovelace"
