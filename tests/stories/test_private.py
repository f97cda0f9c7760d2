"""A private repository: served like any other, and its pages are for those whom GitHub lets read it."""

from __future__ import annotations

from aiohttp import ClientSession, CookieJar
from yarl import URL

from tests.world import World


async def test_whoever_may_read_a_private_repository_is_answered_and_not_greeted_as_new(world: World) -> None:
    world.project("octo/secret", private=True)
    world.people("ada")
    world.acts.add_collaborator("octo/secret", "ada", by="olga", role="read")
    issue = world.acts.open_issue("octo/secret", by="ada", title="May I?")
    world.acts.comment(issue, by="ada", body="/mentorbot help")
    await world.settled()
    (answer,) = world.said_in(issue)
    assert "/mentorbot why" in answer
    assert any("belongs to the project" in because for because in await world.why(issue))


async def test_its_pages_are_for_those_whom_github_lets_read_it(world: World) -> None:
    world.project("octo/secret", private=True)
    world.people("ada", "mallory")
    world.acts.add_collaborator("octo/secret", "ada", by="olga", role="read")
    world.acts.open_issue("octo/secret", by="ada", title="May I?")
    await world.settled()
    assert [await seen_by(world, login) for login in (None, "mallory", "ada")] == [404, 404, 200]


async def seen_by(world: World, login: str | None) -> int:
    """Whether somebody sees the page of the first issue, after logging in with GitHub (None: without)."""
    page = f"{world.bot.url}/octo/secret/1"
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        if login is not None:
            async with browser.get(f"{world.bot.url}/login?to=/octo/secret/1", allow_redirects=False) as sent:
                door = URL(sent.headers["Location"], encoded=True)
            async with browser.get(door.update_query(login=login)) as back:
                assert str(back.url) == page, await back.text()
        async with browser.get(page) as answer:
            return answer.status
