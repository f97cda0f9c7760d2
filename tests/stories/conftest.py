"""Stories happen in a world: a small GitHub and the whole bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.declared import undeclared
from tests.living import bot, github, settings
from tests.living import world as bare_world
from tests.spoken import spoken
from tests.what_it_says import outdated, unlisted
from tests.world import World

__all__ = ["bare_world", "bot", "github", "settings", "world"]


@pytest.fixture
async def world(bare_world: World, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Both together.

    At the end of each story, everybody it left a trace of can be found and forgotten, and all that was
    said is on the page for maintainers and is meant for its readers.
    """
    yield bare_world
    bot, github = bare_world.bot, bare_world.github
    people = {one.id: one.login for one in github.world.accounts.values() if one.type == "User"}
    assert await undeclared(bot.store, people) == []
    said = await spoken(bot, github)
    assert outdated(said, bot.catalog, story=request.node.nodeid) == []
    assert unlisted(said, bot.catalog) == []
    assert [(one.flaws, one.body) for one in said if one.flaws] == []
