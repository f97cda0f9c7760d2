"""Takes the pictures of README and the docs, so that they can be renewed by one command: `make pictures`.

Without it each picture is taken all the same, so that its scene cannot rot, and thrown away.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from mentorbot.sandbox.story import play
from tests.browser.conftest import Visit
from tests.world import World

IMAGES = Path(__file__).parent.parent.parent / "docs/images"
WRITE = "PICTURES"
"""The environment variable with which pictures are kept."""

WIDTH = 1200
_PNG_SIZE = slice(16, 24)  # width and height: https://www.w3.org/TR/png/#11IHDR


async def keep(page: Page, name: str) -> None:
    """Take the picture; where it is to be written, write it. It is as large as the one that is there."""
    taken = await page.screenshot(animations="disabled")
    path = IMAGES / name
    if os.environ.get(WRITE):
        path.write_bytes(taken)
    assert path.exists(), "run `make pictures`, and look at what it wrote"
    assert taken[_PNG_SIZE] == path.read_bytes()[_PNG_SIZE]


@pytest.fixture
async def week(world: World) -> World:
    """A newcomer's first week, as the sandbox tells it."""
    await play("newcomer", world.github, pause=0, say=lambda _: None)
    await world.settled()
    return world


async def test_the_pictures_of_readme_and_docs_show_what_is_there(week: World, visit: Visit) -> None:
    page = await visit.open(f"{week.github.url}/kettle/teapot/pull/17", width=WIDTH, height=812)
    await expect(page.locator(".comment.from-bot").first).to_contain_text("Thank you for your first pull")
    await keep(page, "conversation.png")

    page = await visit.open(f"{week.bot.url}/kettle/teapot/17", width=WIDTH, height=560)
    await expect(page.locator(".journal")).to_contain_text("first pull request by @ada")
    await keep(page, "journal.png")
