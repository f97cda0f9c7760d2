from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing, RequestDropped
from mentorbot.github.http_client import HttpClient, HttpRequest
from tests.github.conftest import Counted, Hands
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


async def test_a_slow_answer_is_given_up(scripted: ScriptedGitHub, session: aiohttp.ClientSession) -> None:
    async def think(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.2)
        return await scripted.answer(request)

    scripted.intercept = think
    counted = Counted()
    hasty = aiohttp.ClientTimeout(total=0.05)
    http = HttpClient(session, base_urls=(scripted.url,), observe=counted, timeout=hasty)
    request = HttpRequest(method="GET", url=f"{scripted.url}/x", headers={}, body=b"", api="rest")
    with pytest.raises(RequestDropped, match="No answer to GET /x"):
        await http.send(request, authorization=None)
    assert counted.requests == [("rest", "dropped")]


async def test_an_issue_that_moved_to_another_repository_is_not_followed(
    client: Client, scripted: ScriptedGitHub
) -> None:
    moved = Say(status=301, json={}, headers={"location": "{url}/repositories/99/issues/3"})
    scripted.on("GET", f"{HERE}/issues/3", moved)
    with pytest.raises(Missing):
        await client.read(f"{HERE}/issues/3")
    assert scripted.asked("/repositories/99/issues/3") == []


async def test_a_token_is_never_sent_to_another_host(client: Client, scripted: ScriptedGitHub) -> None:
    moved = Say(status=302, json={}, headers={"location": "http://localhost:1/steal"})
    scripted.on("GET", HERE, moved)
    with pytest.raises(Impossible, match="another host"):
        await client.read(HERE)
    next_page = {"link": '<http://localhost:1/steal>; rel="next"'}
    scripted.on("GET", f"{HERE}/issues", Say(json=[], headers=next_page))
    with pytest.raises(Impossible, match="another host"):
        await client.pages(f"{HERE}/issues")


async def test_redirects_in_circles_end(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("POST", HERE, Say(status=307, json={}, headers={"location": "{url}" + HERE}))
    with pytest.raises(GitHubUnavailable, match="in circles"):
        await client.write("POST", HERE)
    assert len(scripted.asked(HERE)) == 4


async def test_every_request_names_the_version_of_the_api(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on("GET", HERE, Say(json={"id": 1}))
    await client.read(HERE)
    assert scripted.asked(HERE)[0].headers["x-github-api-version"] == "2022-11-28"


async def test_an_answer_without_end_is_not_taken_in(
    scripted: ScriptedGitHub, session: aiohttp.ClientSession
) -> None:
    scripted.on("GET", "/x", Say(text=" " * 1001))
    http = HttpClient(session, base_urls=(scripted.url,), observe=Counted(), max_response_bytes=1000)
    request = HttpRequest(method="GET", url=f"{scripted.url}/x", headers={}, body=b"", api="rest")
    with pytest.raises(Impossible, match="more than 1000 bytes"):
        await http.send(request, authorization=None)


async def test_gidgethub_can_pause(client: Client, hands: Hands) -> None:
    await client.sleep(3)
    assert hands.pauses == [3]
