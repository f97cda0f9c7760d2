"""A store that was lost comes back: the same answers, and nothing said twice, not even what came after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from mentorbot.db.backup import back_up, keys_of, read_keys
from mentorbot.db.restore import restore
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.settings import Settings
from mentorbot.wiring import running_bot
from tests.living import settings_for
from tests.world import World


@asynccontextmanager
async def _project(github: SimulatedGitHub, settings: Settings) -> AsyncIterator[World]:
    """The bot at work in a project of its own, with two people who are new there."""
    async with _bot(github, settings) as world:
        world.project()
        world.people("ada", "bob")
        yield world


@asynccontextmanager
async def _bot(github: SimulatedGitHub, settings: Settings) -> AsyncIterator[World]:
    async with running_bot(settings, clock=github.clock.precise) as bot:
        github.deliver_to(f"{bot.url}/github/webhook")
        yield World(github, bot)


async def _saved(world: World, database_url: str, file: Path) -> None:
    now = world.github.clock.precise()
    await asyncio.to_thread(back_up, database_url, file, release="1", now=now)


async def test_a_restored_store_gives_the_same_answers_and_repeats_nothing(
    github: SimulatedGitHub, database_url: str, tmp_path: Path
) -> None:
    settings, file = settings_for(github, database_url), tmp_path / "saved"
    async with _project(github, settings) as world:
        kettle = world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
        await world.settled()
        why = await world.why(kettle)
        await _saved(world, database_url, file)
        cup = world.acts.open_issue("octo/tea", by="bob", title="The cup is, too")
        await world.settled()
        assert (len(world.said_in(kettle)), len(world.said_in(cup))) == (1, 1)

    with psycopg.connect(database_url) as connection:
        connection.execute("DROP TABLE effects, journal CASCADE")
        connection.execute("UPDATE people SET login = 'damaged'")
    await restore(database_url, file, read_keys(keys_of(file)), replace=True)

    async with _bot(github, settings) as world:
        assert await world.why(kettle) == why
        for delivery in list(github.webhooks.log.values()):
            github.webhooks.redeliver(delivery)
        await world.settled()
        assert (len(world.said_in(kettle)), len(world.said_in(cup))) == (1, 1)
        assert await world.why(cup) != []


async def test_what_was_delivered_since_the_backup_is_fetched_and_nothing_of_it_done_twice(
    github: SimulatedGitHub, database_url: str, tmp_path: Path
) -> None:
    settings, file = settings_for(github, database_url), tmp_path / "saved"
    async with _project(github, settings) as world:
        await world.settled()
        await _saved(world, database_url, file)
        cup = world.acts.open_issue("octo/tea", by="ada", title="The cup is cold")
        asked = world.acts.comment(cup, by="bob", body="/mentorbot mute")
        await world.settled()
        told = world.said_in(cup)
    await restore(database_url, file, read_keys(keys_of(file)), replace=True)

    async with _bot(github, settings) as world:
        await world.bot.engine.catch_up()
        await world.settled()
        assert await world.why(cup) != []
        assert world.said_in(cup) == told
        assert len(world.reactions_to(asked)) == 1
        so_far = len(github.requests)
        await world.bot.engine.catch_up()
        assert not [one for one in world.requests(so_far) if one.path.startswith("/app/hook/deliveries/")]
