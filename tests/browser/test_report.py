"""The report's page in a real Chromium: for axe, on a phone and wide, in the light and in the dark."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import pytest
from playwright.async_api import Browser

from mentorbot.cli.report import page_of, report_of
from tests.browser.conftest import Scheme, Visit
from tests.cli.report.projects import a_saved_past, survey_at_the_end


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    past = a_saved_past()
    file: Path = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(page_of(report_of(survey_at_the_end(past), past)), encoding="utf-8")
    return file.as_uri()


def axe_script() -> str:
    """What axe-core is; without its package CI fails, and others go without this test."""
    if not os.environ.get("CI"):
        pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, address: str, width: int, scheme: Scheme
) -> None:
    axe = axe_script()
    visit = Visit(browser)
    page = await visit.open(address, width=width, scheme=scheme)
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await page.evaluate(axe)
    found = await page.evaluate(
        "axe.run().then(all => all.violations.map(one => [one.id, one.nodes.length]))"
    )
    assert found == []
    assert visit.errors == []
