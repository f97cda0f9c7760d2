from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.core.people import Person
from mentorbot.db.jobs import Backlog, OldestJobs
from mentorbot.db.repositories import InstalledRepository
from mentorbot.engine.engine import Engine
from mentorbot.engine.status import Status
from mentorbot.feature_api.feature_catalog import FeatureCatalog
from mentorbot.web.formatting import position
from mentorbot.web.overview import EngineOverview
from tests.living import bot, github, settings, world
from tests.world import CONFIG, World

__all__ = ["bot", "github", "settings", "world"]


@pytest.fixture
def overview(world: World) -> EngineOverview:
    return EngineOverview(world.bot.engine, world.bot.catalog, counted_every=0)


class Counting(Engine):
    """An engine of which nothing is asked but how it is doing, and where it works; it takes its time."""

    def __init__(self) -> None:
        self.asked = self.at_once = self.most_at_once = 0
        self.go_on = asyncio.Event()

    async def status(self) -> Status:
        async with self._one_more():
            return Status(
                installations=(), repositories=(), parked_deliveries=(), parked_effects=(),
                backlog=Backlog(waiting=0, later=0, running=0), oldest=OldestJobs(None, None),
                last_delivery_at=None,
            )  # fmt: skip

    async def workplace(self, full_name: str) -> InstalledRepository | None:
        async with self._one_more():
            return None

    @asynccontextmanager
    async def _one_more(self) -> AsyncIterator[None]:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.go_on.wait()
        yield
        self.at_once -= 1


async def test_however_many_come_to_the_first_page_the_store_is_asked_once() -> None:
    engine = Counting()
    overview = EngineOverview(engine, FeatureCatalog(()))
    visits = [asyncio.create_task(overview.status()) for _ in range(200)]
    await asyncio.sleep(0)
    engine.go_on.set()
    assert len(await asyncio.gather(*visits)) == 200
    await overview.status()
    assert engine.asked == 1


async def test_however_many_come_to_other_pages_most_of_the_store_is_left_to_the_work() -> None:
    engine = Counting()
    overview = EngineOverview(engine, FeatureCatalog(()))
    visits = [asyncio.create_task(overview.repository_named(f"octo/{n}")) for n in range(200)]
    await asyncio.sleep(0)
    engine.go_on.set()
    await asyncio.gather(*visits)
    assert (engine.asked, engine.most_at_once) == (200, 3)


async def test_the_status_counts_all_and_names_the_public(overview: EngineOverview, world: World) -> None:
    world.project("octo/tea", installed=False)
    world.project("octo/secret", private=True)
    world.github.webhooks.send("issues", {"action": "opened", "repository": {"id": 1}})
    await world.settled()
    status = await overview.status()
    assert (len(status.installations), len(status.repositories)) == (1, 2)
    assert (status.backlog.waiting, status.parked) == (0, 1)
    assert status.last_delivery_at is not None
    assert status.public_repositories == ["octo/tea"]
    assert status.public_backfills == []


async def test_the_status_says_how_far_a_repository_s_past_was_read(
    overview: EngineOverview, world: World
) -> None:
    repository = world.project()
    await world.settled()
    repositories = world.bot.store.repositories
    for stage, pages, said in (
        ("waiting", 0, "about to begin"),
        ("threads", 1, "reading its threads: 1 page read"),
    ):
        async with world.bot.store.transaction() as connection:
            await repositories.progress(connection, repository.id, stage=stage, cursor=None, pages=pages)
        assert (await overview.status()).public_backfills == [("octo/tea", said)]


async def test_a_repository_is_found_in_any_case_with_what_is_on_and_wrong(
    overview: EngineOverview, world: World
) -> None:
    world.project(config="welcome:\n  issue: default\n  masage: default\nfirst_merge:\n")
    await world.settled()
    found = await overview.repository("Octo/TEA")
    assert found is not None
    assert (found.repository.full_name, found.has_config) == ("octo/tea", True)
    assert "first_merge" in found.features_on
    assert "welcome" not in found.features_on
    (problem,) = found.problems
    assert position(problem) == "line 3, column 3"


async def test_problems_in_the_owner_s_file_are_said_to_be_there(
    overview: EngineOverview, world: World
) -> None:
    world.project("octo/tea", config=None)
    world.project("octo/.github", config="welcom:\n")
    await world.settled()
    world.acts.edit_file("octo/.github", CONFIG, "welcom:\n# again\n", by="olga")
    world.acts.open_issue("octo/tea", by="olga", title="Look again")
    await world.settled()
    found = await overview.repository("octo/tea")
    assert found is not None
    assert [position(problem) for problem in found.problems] == [
        "the owner's .github repository, line 1, column 1"
    ]


async def test_a_repository_without_a_config_has_nothing_on(overview: EngineOverview, world: World) -> None:
    world.project("octo/secret", private=True, config=None)
    await world.settled()
    found = await overview.repository("octo/secret")
    assert found is not None
    assert (found.repository.private, found.has_config, list(found.features_on)) == (True, False, [])


async def test_where_the_bot_may_not_work_there_is_nothing_to_see(
    overview: EngineOverview, world: World
) -> None:
    world.project()
    await world.settled()
    world.acts.uninstall("octo", by="olga")
    await world.settled()
    assert await overview.repository("octo/tea") is None
    assert await overview.repository("octo/none") is None


async def test_the_journal_is_of_one_thread_or_of_all(overview: EngineOverview, world: World) -> None:
    world.project()
    world.people("ada", "grace")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    world.acts.open_issue("octo/tea", by="grace", title="So is the cup")
    await world.settled()
    of_all = [entry.because for entry in await overview.journal("octo/tea", None, limit=9)]
    assert {"first issue by @ada", "first issue by @grace"} <= set(of_all)
    assert [entry.because for entry in await overview.journal("octo/tea", 1, limit=9)] == [
        "first issue by @ada"
    ]


async def test_whose_app_it_is_is_asked_once_an_hour_and_known_from_then_on(
    overview: EngineOverview, world: World
) -> None:
    assert await overview.owner() == await world.bot.engine.owner()
    asked = len(world.requests())
    first = await overview.owner()
    assert first is not None
    assert first.login == world.github.app.owner.login
    assert len(world.requests()) == asked


async def test_where_github_does_not_answer_nobody_is_named_and_visitors_do_not_ask_it_again_and_again() -> (
    None
):
    class Unanswered(Counting):
        async def owner(self) -> Person | None:
            self.asked += 1
            raise GitHubUnavailable("GitHub answered 502.")

    engine = Unanswered()
    overview = EngineOverview(engine, FeatureCatalog(()))
    for _ in range(20):
        assert await overview.owner() is None
    assert engine.asked == 1
