"""How a repository's configuration is read, kept and read again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.config.configuration import Source
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.people import Person
from mentorbot.db.store import Store
from tests.builders import NOW, a_repository
from tests.engine.office import FakeApp, FakeReader, Office, a_pull_by, an_office
from tests.engine.test_decide import due_now
from tests.github import hooks

ACME = Person(2, "acme")
ACCOUNT = {"id": 2, "login": "acme", "type": "Organization"}


def a_push(
    *, paths: Sequence[str], branch: str = "main", name: str = "rockets", id_: int = 1
) -> dict[str, Any]:
    repository = {**hooks.REPOSITORY, "id": id_, "full_name": f"acme/{name}"}
    commit = {"id": "c" * 40, "message": "…", "added": list(paths), "modified": [], "removed": []}
    return hooks.an_account_hook(
        repository=repository,
        ref=f"refs/heads/{branch}",
        before="a" * 40,
        after="b" * 40,
        commits=[{**commit, "timestamp": "2026-03-02T09:30:00Z"}],
        head_commit={**commit, "timestamp": "2026-03-02T09:30:00Z"},
    )


async def asked_for_config(office: Office) -> int:
    return office.app.here.asked.count("config")


async def test_the_config_is_read_once_and_kept_for_later_events(store: Store) -> None:
    office = an_office(store)
    for number in range(3, 6):
        await office.hear("pull_request", a_pull_by("ada", number=number))
        await office.work()

    assert await asked_for_config(office) == 1


@pytest.mark.parametrize(
    ("push", "asks"),
    [
        pytest.param(a_push(paths=[".github/mentorbot.yml"]), 2, id="the file on the default branch"),
        pytest.param(a_push(paths=["README.md"]), 1, id="another file"),
        pytest.param(a_push(paths=[".github/mentorbot.yml"], branch="draft"), 1, id="another branch"),
        pytest.param(a_push(paths=[], branch="main"), 2, id="a push that does not say"),
        pytest.param(
            a_push(paths=[".github/mentorbot.yml"], name=".github", id_=9), 2, id="the owner's file"
        ),
    ],
)
async def test_a_push_that_touches_the_config_has_it_read_again(
    store: Store, push: dict[str, Any], asks: int
) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    before = await asked_for_config(office)
    assert before == 1

    office.app.here.config = "calendar:\n"
    await office.hear("push", push)
    await office.work()
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    assert await asked_for_config(office) == asks
    assert (office.said == ["Hello @ada"]) == (asks == 2)


async def test_the_last_good_section_goes_on_when_the_file_breaks(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    office.app.here.config = "greeter: [what is this?\n"
    await office.hear("push", a_push(paths=[".github/mentorbot.yml"]))
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    assert office.said == ["Hello @ada", "Hello @grace"]
    assert (await office.engine.configuration("acme/rockets")).problems


GREETS = {".github/boring-cyborg.yml": "firstPRWelcomeComment: Hello there\n"}


async def other_bots(office: Office) -> list[str] | None:
    known = await office.engine.known_configuration("acme/rockets")
    assert known is not None
    return None if known.other_bots is None else [bot.name for bot in known.other_bots]


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        (".github/stale.yml", 2),
        (".github/boring-cyborg.yml", 2),
        ("triagebot.toml", 2),
        (".github/workflows/greetings.yml", 2),
        (".github/workflows/old/greetings.yml", 1),
        ("docs/stale.yml", 1),
    ],
)
async def test_a_push_that_touches_other_bots_files_has_them_read_again(
    store: Store, path: str, asks: int
) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert await other_bots(office) == []

    office.app.here.other_bots = GREETS
    await office.hear("push", a_push(paths=[path]))
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()

    assert office.app.here.asked.count("other bots") == asks
    assert await other_bots(office) == (["boring-cyborg"] if asks == 2 else [])


@pytest.mark.parametrize("error", [Impossible("403", status=403), AccessLost("no permission"), None])
async def test_where_github_does_not_tell_of_other_bots_all_goes_on(
    store: Store, error: Exception | None
) -> None:
    office = an_office(store)
    office.app.here.other_bots, office.app.here.other_bots_down = None, error
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert office.said == ["Hello @ada"]
    assert await other_bots(office) is None


async def test_while_github_fails_the_bots_known_before_are_taken_to_be_there(store: Store) -> None:
    office = an_office(store)
    office.app.here.other_bots = GREETS
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()

    office.app.here.other_bots_down = GitHubUnavailable("down")
    await office.hear("push", a_push(paths=[".github/workflows/greetings.yml"]))
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()
    assert office.said == ["Hello @ada", "Hello @grace"]
    assert await other_bots(office) == ["boring-cyborg"]


async def test_while_github_never_told_of_other_bots_all_goes_on_and_it_is_asked_again(store: Store) -> None:
    office = an_office(store)
    office.app.here.other_bots_down = GitHubUnavailable("GraphQL is down")
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert office.said == ["Hello @ada"]
    assert await other_bots(office) is None

    office.app.here.other_bots, office.app.here.other_bots_down = GREETS, None
    office.wait(timedelta(hours=7))
    await office.engine.tick()
    await due_now(store)
    await office.work()
    assert await other_bots(office) == ["boring-cyborg"]


async def test_without_a_config_nobody_asks_for_other_bots(store: Store) -> None:
    office = an_office(store)
    office.app.here.config = None
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert "other bots" not in office.app.here.asked


async def test_another_process_knows_the_bots_from_the_store(store: Store) -> None:
    office = an_office(store)
    office.app.here.other_bots = GREETS
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert await other_bots(an_office(store)) == ["boring-cyborg"]


async def test_two_who_need_the_config_at_once_ask_for_it_once(store: Store) -> None:
    office = an_office(store)
    configurations = office.engine._components.configurations
    repository = a_repository(owner=ACME)
    await store.repositories.put(5, [repository], as_of=NOW)

    first, second = await asyncio.gather(configurations.of(repository, 5), configurations.of(repository, 5))

    assert first.exists
    assert second.exists
    assert await asked_for_config(office) == 1


async def test_while_github_does_not_give_the_config_the_delivery_waits(store: Store) -> None:
    office = an_office(store)
    office.app.here.down = GitHubUnavailable("down")
    delivery = await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    assert (await office.state_of(delivery))[0] == "received"

    office.app.here.down = None
    await due_now(store)
    await office.work()

    assert office.said == ["Hello @ada"]


async def test_config_files_are_looked_at_again_after_six_hours_without_any_event(store: Store) -> None:
    office = an_office(store)
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    office.wait(timedelta(hours=7))

    await office.engine.tick()
    await due_now(store)
    await office.work()

    assert await asked_for_config(office) == 2


@dataclass
class SlowReader(FakeReader):
    """Answers with what stood in the file when it was asked, once it is let."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    let: asyncio.Event = field(default_factory=asyncio.Event)

    async def config_sources(self) -> tuple[Source, Source]:
        found = await super().config_sources()
        self.begun.set()
        await self.let.wait()
        return found


async def test_a_push_that_comes_while_the_config_is_read_has_it_read_again(store: Store) -> None:
    """What was read may be what stood there before: of all things, `mode: shadow` must not get lost."""
    here = SlowReader(config="mode: live\ngreeter:\n")
    office = an_office(store, app=FakeApp(here=here))
    here.let.set()
    await office.hear("pull_request", a_pull_by("ada"))
    await office.work()
    here.let.clear()
    here.begun.clear()
    configurations = office.engine._components.configurations
    reading = asyncio.create_task(configurations.refresh(a_repository(owner=ACME), 5))
    await here.begun.wait()
    here.config = "mode: shadow\ngreeter:\n"
    await store.configs.mark_stale(repository_id=1)  # as the push does that tells of it
    here.let.set()
    assert not (await reading).is_shadow
    await office.hear("pull_request", a_pull_by("grace", number=5))
    await office.work()
    assert office.said == ["Hello @ada"]
