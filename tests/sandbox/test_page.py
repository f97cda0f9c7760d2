"""The page's server: what it shows, how it tells of changes, and whom it lets act."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.server import running_github
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Ear


async def world(session: aiohttp.ClientSession, github: SimulatedGitHub, after: int = 0) -> Any:
    async with session.get(f"{github.url}/_sandbox/world?after={after}") as answer:
        return await answer.json()


@pytest.mark.parametrize(
    "path", ["/", "/octo/hello", "/octo/hello/pulls", "/octo/hello/pull/1", "/octo/hello/blob/main/x"]
)
async def test_one_page_is_behind_every_address_of_a_repository(
    github: SimulatedGitHub, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(github.url + path) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in await answer.text()


async def test_the_front_page_tells_the_sandboxs_time_as_github_would(
    github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    github.clock.freeze()
    async with session.get(github.url) as answer:
        assert answer.headers["Date"] == github.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize("path", ["/octo/nothing", "/repos/octo/hello/nothing", "/nothing", "/octo/hello/"])
async def test_other_addresses_are_answered_as_before(
    github: SimulatedGitHub, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(github.url + path) as answer:
        expected = "text/html" if path == "/octo/hello/" else "application/json"
        assert answer.content_type == expected


async def test_everything_that_can_happen_can_be_shown(
    busy: Acts, github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{github.url}/_sandbox/threads/octo/hello/2?as=grace") as answer:
        thread = await answer.json()
    kinds = {item["kind"] for item in thread["items"]}
    assert kinds == {"comment", "event", "review"}
    did = {item["did"] for item in thread["items"]}
    assert {"changed the title to “Catch it well”", "asked Core for a review", "rewrote the branch"} <= did
    assert [check["status"] for check in thread["pull"]["checks"]] == ["success"]
    assert thread["may"]["merge"] is True


async def test_a_thread_that_is_not_there_is_404(
    github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{github.url}/_sandbox/threads/octo/hello/99") as answer:
        assert answer.status == 404


async def test_badges_say_who_somebody_is(
    acts: Acts, github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    pull = acts.open_pull_request("octo/hello", by="ada", title="Catch it")
    acts.comment(pull, by="grace", body="Nice")
    acts.comment(pull, by=github.app.bot, body="Hi")
    acts.comment(pull, by="newton", body="Hm")
    async with session.get(f"{github.url}/_sandbox/threads/octo/hello/1") as answer:
        items = (await answer.json())["items"]
    assert [item["badge"] for item in items if item["kind"] == "comment"] == [
        "First-time contributor",
        "Member",
        "Bot",
        "",
    ]


async def test_folded_comments_and_annotated_checks_are_shown_as_such(
    acts: Acts, github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    pull = acts.open_pull_request("octo/hello", by="ada", title="Catch it")
    acts.minimize(acts.comment(pull, by="grace", body="Old news"), "OUTDATED")
    run = acts.start_check("octo/hello", pull.head_sha, "style", app=github.app)
    annotation = {"path": "a.py", "start_line": 3, "message": "Too long", "title": "E501"}
    acts.change_check(run, {"conclusion": "failure", "title": "One"}, annotations=[annotation])
    async with session.get(f"{github.url}/_sandbox/threads/octo/hello/1") as answer:
        thread = await answer.json()
    assert thread["items"][-1]["folded"] == "OUTDATED"
    (check,) = thread["pull"]["checks"]
    assert check["annotations"] == [{"path": "a.py", "line": 3, "title": "E501", "text": "Too long"}]


async def test_the_log_says_what_people_did_and_what_became_of_it(
    acts: Acts, ear: Ear, github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    acts.open_issue("octo/hello", by="ada", title="It falls")
    await github.settled()
    (line,) = (await world(session, github))["log"]
    assert (line["who"], line["text"]) == ("ada", "opened issue #1 “It falls”")
    assert line["outcome"] == "issues.opened → 202"
    assert (await world(session, github, after=line["id"]))["log"] == []


async def test_a_change_is_told_to_open_pages(
    acts: Acts, github: SimulatedGitHub, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{github.url}/_sandbox/changes") as stream:
        await stream.content.readuntil(b"\n\n")
        await asyncio.sleep(0.2)  # what the visit itself causes has come
        acts.open_issue("octo/hello", by="ada", title="It falls")
        async with asyncio.timeout(10):
            while not (await stream.content.readline()).startswith(b"data: "):
                pass


async def test_open_pages_do_not_keep_the_server_from_ending() -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(10):
        async with running_github() as github:
            stream = await session.get(f"{github.url}/_sandbox/changes")
            await stream.content.readline()
        assert await stream.content.read() is not None
        stream.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param({"Content-Type": "text/plain"}, 403, id="a form of another site"),
        pytest.param({}, 404, id="our page, an unknown act"),
    ],
)
async def test_other_sites_cannot_act_in_their_visitors_sandbox(
    github: SimulatedGitHub, session: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    sent = {"Content-Type": "application/json"} | headers
    url = f"{github.url}/_sandbox/acts/nothing"
    async with session.post(url, data=b'{"by": "ada"}', headers=sent) as answer:
        assert answer.status == status


async def test_what_is_no_form_is_no_act(github: SimulatedGitHub, session: aiohttp.ClientSession) -> None:
    url = f"{github.url}/_sandbox/acts/comment"
    async with session.post(url, data=b"[", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 404
