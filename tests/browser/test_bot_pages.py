"""The bot's own pages, in a real browser: how it is doing, and why it acted."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Scheme, Visit
from tests.world import World


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_the_bots_pages_fit_and_lead_from_one_to_the_next(
    world: World, visit: Visit, width: int, scheme: Scheme
) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    page = await visit.open(world.bot.url, width=width, scheme=scheme)
    for step in ("octo/tea", "#1"):
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        await page.get_by_role("link", name=step, exact=True).first.click()
        await page.locator("h1").first.wait_for()
    await expect(page.locator(".journal .acted")).to_contain_text("first issue by @ada")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


async def test_a_page_leads_to_the_thread_on_github(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    page = await visit.open(f"{world.bot.url}/octo/tea/1")
    await page.get_by_role("link", name="See it on GitHub").click()
    await expect(page.locator("h1")).to_contain_text("Heat the kettle")
