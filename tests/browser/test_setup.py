"""From an empty folder to a bot that answers: `mentorbot setup` and the manifest flow, in a real browser."""

from __future__ import annotations

import asyncio
import re
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.browser.conftest import Scheme, Visit
from tests.browser.test_bot_pages import assert_fits
from tests.cli.served import Process, mentorbot, two_free_ports
from tests.patience import until
from tests.world import CONFIG, EVERYTHING_ON


@pytest.fixture
async def setting_up(github: SimulatedGitHub, tmp_path: Path) -> AsyncIterator[Process]:
    """`mentorbot setup` in an empty folder; GitHub has an organisation that wants a bot, and a newcomer."""
    github.acts.add_user("olga")
    github.acts.add_user("ada")
    github.acts.add_organization("octo", owners=("olga",))
    github.acts.create_repository(
        "octo/tea", files={"README.md": "# Tea\n", CONFIG: EVERYTHING_ON}, by="olga"
    )
    # A server on this machine is no sandbox: the bot goes by the real clock, and GitHub by the same.
    github.clock.set(datetime.now(UTC))
    port = two_free_ports()
    variables = {"GITHUB_API_URL": github.url, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with mentorbot(tmp_path, "setup", port=port, variables=variables) as process:
        await until(lambda: "token=" in process.said())
        yield process
        await asyncio.to_thread(process.stop)


def link(process: Process) -> str:
    return str(re.findall(r"http://\S+token=\S+", process.said())[-1])


async def test_from_an_empty_folder_to_the_answer_to_a_first_pull_request(
    github: SimulatedGitHub, setting_up: Process, tmp_path: Path, visit: Visit
) -> None:
    page = await visit.open(link(setting_up))
    assert "token" not in page.url
    await assert_fits(page)
    await page.get_by_label("Its name").fill("octo")
    await page.get_by_role("button", name="Create the App on GitHub").click()
    await page.get_by_role("button", name="Create GitHub App").click()
    await expect(page.locator("h1")).to_have_text("mentorbot-octo is there")
    await assert_fits(page)
    assert page.url.endswith("/setup/done")
    env = tmp_path / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    await expect(page.locator(".findings")).to_contain_text("installed nowhere yet")
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Install mentorbot-octo").click()
    installing = await opened.value
    await installing.get_by_role("button", name="Install").click()
    await expect(page.locator("#findings")).to_contain_text("All is well")
    await until(lambda: "✓ installation on octo" in setting_up.said())
    assert "✗" not in setting_up.said().partition("What the doctor says")[2]
    pull = github.acts.open_pull_request("octo/tea", by="ada", title="Warm the pot")
    await until(lambda: any(one.author.login == "mentorbot-octo[bot]" for one in pull.comments.values()))


async def test_the_keyboard_is_enough_and_every_field_has_its_label(
    setting_up: Process, visit: Visit
) -> None:
    page = await visit.open(link(setting_up))
    for field in await page.locator("input:not([type=hidden]), textarea").all():
        if await field.is_visible():
            assert await field.evaluate("field => field.labels.length") == 1
    await page.get_by_label("My own account's.").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("An organisation's.")).to_be_checked()
    await page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("Type the organisation's name")
    await expect(page.get_by_label("Its name")).to_have_attribute("aria-invalid", "true")
    visit.errors.clear()  # that the form was refused with 422


async def test_permissions_are_shown_as_they_follow_from_what_is_chosen(
    setting_up: Process, visit: Visit
) -> None:
    page = await visit.open(link(setting_up))
    statuses = page.get_by_role("row").filter(has_text="statuses: read")
    await expect(statuses).to_be_visible()
    for name in ("stalled", "mentoring"):
        await page.get_by_role("checkbox", name=name).uncheck()
    await expect(statuses).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_form_is_legible_by_day_and_by_night(
    setting_up: Process, visit: Visit, scheme: Scheme
) -> None:
    page = await visit.open(link(setting_up), width=390, scheme=scheme)
    await assert_legible(page)


async def assert_legible(page: Page) -> None:
    """Text stands out from what is behind it, by the 4.5 : 1 of WCAG's level AA."""
    assert await page.evaluate(_CONTRASTS_TOO_LOW) == []


_CONTRASTS_TOO_LOW = """() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const channel = (one) => (one /= 255) <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = parts(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const node of document.querySelectorAll("main *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    if (!own || !node.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.push(node.outerHTML.slice(0, 80));
  }
  return low;
}"""
