"""The bot's own pages, in a real browser: how it is doing, and why it acted."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import Scheme, Visit
from tests.world import EVERYTHING_ON, World


async def test_the_bots_pages_fit_and_lead_from_one_to_the_next(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    page = await visit.open(world.bot.url)
    await assert_fits(page)
    for link in ("octo/tea", "#1"):
        await page.get_by_role("link", name=link, exact=True).first.click()
        await page.locator("h1", has_text="octo/tea").wait_for()
        await assert_fits(page)
    await expect(page.locator(".journal .acted")).to_contain_text("first issue by @ada")
    await page.get_by_role("link", name="What is this?").click()
    await page.locator("h1", has_text="What is this bot that wrote to me?").wait_for()
    await assert_fits(page)


async def test_a_page_in_shadow_fits_and_unfolds_what_was_not_said(world: World, visit: Visit) -> None:
    world.project(config=f"mode: shadow\n{EVERYTHING_ON}")
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()
    page = await visit.open(f"{world.bot.url}/octo/tea")
    await expect(page.locator(".shadow")).to_contain_text("Shadow mode: nothing is written here.")
    text = page.locator(".shadowed pre").first
    await expect(text).to_be_hidden()
    await page.get_by_text("The text", exact=True).first.click()
    await expect(text).to_contain_text("Thank you for your first issue.")
    await assert_fits(page)


async def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways, by day and by night, on a telephone and on a desk."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


async def test_a_page_leads_to_the_thread_on_github(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    page = await visit.open(f"{world.bot.url}/octo/tea/1")
    await page.get_by_role("link", name="See it on GitHub").click()
    await expect(page.locator("h1")).to_contain_text("Heat the kettle")
