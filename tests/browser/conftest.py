"""A real Chromium that visits the sandbox and the bot, and notices every error on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright, expect

from tests.living import bot, github, settings, world
from tests.patience import PATIENCE

__all__ = ["bot", "github", "settings", "world"]

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without these Chromium talks to the world at its start, which our machines do not let it."""

Scheme = Literal["light", "dark"]

expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One Chromium at a time is enough for two cores."""
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture
def chromium() -> str:
    """Where Chromium is. Without one, CI fails, and others go without these tests."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("There is no Chromium: let CI install the package `chromium`.")
    if found is None:
        pytest.skip("There is no Chromium here: install the package `chromium` to run these tests.")
    return found


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A running Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield browser
        await browser.close()


@dataclass
class Visit:
    """Opens pages and keeps what goes wrong in them."""

    browser: Browser
    errors: list[str] = field(default_factory=list)

    async def open(self, url: str, *, width: int = 1280, height: int = 900, scheme: Scheme = "light") -> Page:
        """A page of that size in a window of its own, once all has come."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", self._stumble)
        await page.goto(url)
        await page.locator("h1").first.wait_for()
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.type}: {message.text}")

    def _stumble(self, error: Error) -> None:
        self.errors.append(f"exception: {error}")


@pytest.fixture
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """A visit; it must go without any error in the browser's console."""
    visit = Visit(browser)
    yield visit
    assert visit.errors == []
