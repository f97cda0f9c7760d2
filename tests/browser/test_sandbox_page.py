"""People act in the sandbox's page, and see the bot answer without reloading."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from playwright.async_api import Page, expect

from mentorbot.sandbox.playing import Playing
from tests.browser.conftest import Visit
from tests.world import EVERYTHING_ON, World

FROM_THE_BOT = ".comment.from-bot"


async def act_as(page: Page, login: str) -> None:
    await page.get_by_label("Acting as").select_option(login)


async def test_a_newcomer_opens_a_pull_request_and_is_welcomed(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea")
    await act_as(page, "ada")
    await page.get_by_role("link", name="Pull requests").click()
    await page.get_by_role("link", name="New pull request").click()
    await page.get_by_label("Title").fill("Warm the pot first")
    await page.get_by_label("What does it change, and why?").fill("Cold pots make **sad** tea.")
    await page.get_by_role("button", name="Open pull request").click()
    greeting = page.locator(FROM_THE_BOT)
    await expect(greeting).to_contain_text("Thank you for your first pull request")
    assert page.url.endswith("/octo/tea/pull/1")
    await expect(page.locator(".comment").first.locator("strong", has_text="sad")).to_be_visible()
    await expect(page.locator(".comment").first).to_contain_text("First-time contributor")
    log = page.locator("#log")
    await expect(log).to_contain_text("opened pull request #1 “Warm the pot first”")
    await expect(log).to_contain_text("Mentorbot commented")
    await expect(log.locator(".acted")).to_contain_text("first pull request by @ada")


async def test_a_pull_request_goes_all_the_way_and_its_merge_is_celebrated(
    world: World, visit: Visit
) -> None:
    world.project()
    world.people("ada")
    world.acts.open_pull_request(
        "octo/tea", by="ada", title="Warm the pot", files={"tea.py": "pot = 1\n"}, draft=True
    )
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea/pull/1")
    await act_as(page, "ada")
    await page.get_by_role("button", name="Ready for review").click()
    await expect(page.locator(".facts .state")).to_have_text("Open")
    await expect(page.get_by_role("button", name="Merge", exact=True)).to_have_count(0)
    await act_as(page, "olga")
    await page.get_by_text("Review the changes").click()
    await page.get_by_label("What do you think?").fill("One thing below.")
    await page.get_by_label("A comment on that line (if you like)").fill("Why *one* pot?")
    await page.get_by_role("button", name="Ask for changes").click()
    await expect(page.locator(".review.changes_requested")).to_contain_text("Why one pot?")
    await act_as(page, "ada")
    await page.get_by_text("Push a commit").click()
    await page.locator(".file").get_by_label("File").fill("tea.py")
    await page.get_by_label("New content").fill("pots = 2\n")
    await page.get_by_role("button", name="Push", exact=True).click()
    await expect(page.locator(".event.commit")).to_have_count(2)
    await act_as(page, "olga")
    await page.get_by_role("button", name="Merge", exact=True).click()
    await expect(page.locator(".facts .state")).to_have_text("Merged")
    await expect(page.locator(FROM_THE_BOT).last).to_contain_text("is merged")


async def test_a_command_is_picked_given_and_answered(world: World, visit: Visit) -> None:
    world.project()
    world.acts.open_issue("octo/tea", by="olga", title="Which tea?")
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea/issues/1")
    await page.get_by_role("button", name="/mentorbot help").click()
    await page.get_by_role("button", name="Comment", exact=True).click()
    await expect(page.locator(FROM_THE_BOT)).to_contain_text("/mentorbot why")
    await expect(page.get_by_label("React with +1, given by mentorbot[bot]")).to_be_visible()
    await expect(page.get_by_label("Comment as olga")).to_have_value("")


async def test_a_maintainer_edits_the_config_in_place_and_others_propose(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea/config")
    await act_as(page, "olga")
    text = page.get_by_label(".github/mentorbot.yml")
    await expect(text).to_have_value(EVERYTHING_ON)
    await text.fill("welcome:\n  issue: default\n")
    await page.get_by_role("button", name="Commit to main").click()
    await expect(page.locator("#said")).to_have_text("Committed to main.")
    await act_as(page, "ada")
    await expect(page.get_by_role("button", name="Commit to main")).to_be_disabled()
    await text.fill("welcom:\n  issue: default\n")
    await page.get_by_role("button", name="Propose as pull request").click()
    await page.wait_for_url("**/octo/tea/pull/1")
    check = page.locator(".checks .failure")
    await expect(check).to_contain_text("One problem to fix")
    await expect(check.locator(".annotations")).to_contain_text(".github/mentorbot.yml:1")


async def test_what_is_being_typed_survives_what_others_do(world: World, visit: Visit) -> None:
    world.project()
    issue = world.acts.open_issue("octo/tea", by="olga", title="Which tea?")
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea/issues/1")
    box = page.get_by_label("Comment as olga")
    await box.fill("I would like")
    world.acts.comment(issue, by="olga", body="Green?")
    await expect(page.locator(".comment").last).to_contain_text("Green?")
    await box.press_sequentially(" some oolong")
    await expect(box).to_have_value("I would like some oolong")


async def test_somebody_new_comes_in_and_time_passes(world: World, visit: Visit) -> None:
    world.project()
    page = await visit.open(f"{world.github.url}/octo/tea")
    await page.get_by_label("Acting as").select_option("somebody new …")
    await page.get_by_label("Login").fill("mary")
    await page.get_by_role("button", name="Come in").click()
    await expect(page.locator("#by option:checked")).to_have_text("mary · new here")
    await expect(page.get_by_role("button", name="Remove it")).to_have_count(0)
    before = world.github.clock.now()
    await page.get_by_role("button", name="+1 week").click()
    await expect(page.locator("#now")).to_contain_text("16 Feb 2026")
    assert (world.github.clock.now() - before).days == 7


async def test_a_refusal_is_told_where_it_happened(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="Which tea?")
    page = await visit.open(f"{world.github.url}/octo/tea/new-issue")
    await page.evaluate("document.querySelector('main form').noValidate = true")
    await page.get_by_role("button", name="Open issue").click()
    await expect(page.locator("#said")).to_have_text("Please fill in: title.")
    # The browser itself logs that the server said 422.
    assert [error for error in visit.errors if "422" not in error] == []
    visit.errors.clear()


async def test_every_view_fits_and_names_its_controls(world: World, visit: Visit) -> None:
    world.project()
    world.people("ada")
    long = "Averylongwordwithoutanyspaces" * 4
    files = {f"{long}.py": f"{long * 3}\n"}
    body = f"`{long}`\n\n    {long * 3}"
    pull = world.acts.open_pull_request("octo/tea", by="ada", title=long, body=body, files=files)
    world.acts.review(pull, by="olga", body=long, comments=[(f"{long}.py", 1, long)])
    world.acts.complete_check("octo/tea", pull.head_sha, name=long, conclusion="failure")
    world.acts.open_issue("octo/tea", by="ada", title="Which tea?", labels=("good first issue",))
    await world.settled()
    page = await visit.open(world.github.url)
    for path in ("", "/pulls", "/config", "/new-issue", "/new-pull-request", "/pull/1", "/issues/2"):
        await page.goto(f"{world.github.url}/octo/tea{path}")
        await page.locator("main h1").wait_for()
        await page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert await page.evaluate(_NAMELESS) == [], path
        for width in (360, 768, 1280):
            await page.set_viewport_size({"width": width, "height": 900})
            too_wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, (path, width)


_NAMELESS = """
[...document.querySelectorAll('button, input, select, textarea, a[href], summary')]
  .filter((one) => !one.textContent.trim() && !one.labels?.length && !one.getAttribute('aria-label'))
  .map((one) => one.outerHTML)
"""


async def test_the_page_is_dark_where_its_reader_likes_it_dark(world: World, visit: Visit) -> None:
    world.project()
    page = await visit.open(world.github.url, scheme="light")
    by_day = await page.evaluate(_LIGHTNESS)
    await page.emulate_media(color_scheme="dark")
    by_night = await page.evaluate(_LIGHTNESS)
    assert by_day["paper"] > 200
    assert by_day["ink"] < 60
    assert by_night["paper"] < 60
    assert by_night["ink"] > 200


_LIGHTNESS = """
(() => {
  const of = (color) => Math.max(...color.match(/\\d+/g).slice(0, 3).map(Number));
  const style = getComputedStyle(document.body);
  return {paper: of(style.backgroundColor), ink: of(style.color)};
})()
"""


async def test_who_opens_the_page_finds_stories_and_things_to_try(world: World, visit: Visit) -> None:
    begun: list[str] = []
    world.github.host = replace(world.github.host, begin_story=begun.append)
    world.project()
    await world.settled()
    page = await visit.open(world.github.url, width=390)
    for words in ("Watch a story", "Or do something yourself", "Or look around"):
        await expect(page.get_by_role("heading", name=words)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.evaluate(_NAMELESS) == []
    month = page.locator(".stories li", has_text="A month of a project")
    await month.get_by_role("button", name="Play").click()
    await expect(page.get_by_role("dialog")).to_contain_text("what is here now will be gone")
    await page.get_by_role("button", name="Begin", exact=True).click()
    await expect(page.locator("#said")).to_have_text("Setting the scene …")
    assert begun == ["month"]
    async with page.expect_navigation():
        world.github.id = "another world"


async def test_with_one_click_a_newcomer_is_there_and_welcomed(world: World, visit: Visit) -> None:
    world.project()
    await world.settled()
    page = await visit.open(world.github.url)
    await page.get_by_role("button", name="Somebody new opens a pull request").click()
    await expect(page.locator(FROM_THE_BOT)).to_contain_text("Thank you for your first pull request")
    await expect(page.locator("#by option:checked")).to_contain_text("mary")
    await page.get_by_role("button", name="A maintainer merges it").click()
    await expect(page.locator(FROM_THE_BOT).last).to_contain_text("is merged")


async def test_all_commands_of_the_bot_are_offered_and_what_is_to_be_filled_in_is_marked(
    world: World, visit: Visit
) -> None:
    world.project()
    world.acts.open_pull_request("octo/tea", by="olga", title="Warm the pot")
    await world.settled()
    page = await visit.open(f"{world.github.url}/octo/tea/pull/1")
    commands = world.bot.catalog.commands()
    await page.get_by_text(f"All {len(commands)} commands").click()
    await expect(page.locator(".commands li")).to_have_count(len(commands))
    await page.locator(".commands").get_by_role("button", name="/snooze <duration>").click()
    await page.keyboard.type("2 weeks")
    await expect(page.get_by_label("Comment as olga")).to_have_value("/snooze 2 weeks")


async def test_a_story_tells_on_every_page_how_far_it_is_and_can_be_stopped(
    world: World, visit: Visit
) -> None:
    world.project()
    since = world.github.clock.now() - timedelta(days=8)
    world.github.playing = Playing(story="month", days=26, since=since, told="Week 2 Tue: a reminder")
    page = await visit.open(f"{world.github.url}/octo/tea", width=390, scheme="dark")
    bar = page.locator("#story")
    await expect(bar).to_contain_text("A month of a project")
    await expect(bar).to_contain_text("Day 9 of 26 · playing")
    await expect(bar).to_contain_text("Week 2 Tue: a reminder")
    await bar.get_by_role("button", name="Pause").click()
    await expect(bar).to_contain_text("paused")
    assert world.github.playing.state == "paused"
    await bar.get_by_role("button", name="Go on").click()
    await expect(bar).to_contain_text("playing")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
