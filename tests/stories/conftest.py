"""Stories happen in a world: a small GitHub and the whole bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.declared import undeclared
from tests.living import bot, github, settings
from tests.living import world as bare_world
from tests.world import World

__all__ = ["bare_world", "bot", "github", "settings", "world"]


@pytest.fixture
async def world(bare_world: World) -> AsyncIterator[World]:
    """Both together; at the end of each story, everybody it left a trace of can be found and forgotten."""
    yield bare_world
    accounts = bare_world.github.world.accounts.values()
    people = {one.id: one.login for one in accounts if one.type == "User"}
    assert await undeclared(bare_world.bot.store, people) == []
