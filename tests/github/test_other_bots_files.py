"""The files by which other bots are set up, as GitHub tells them in one answer."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.core.errors import GitHubUnavailable
from mentorbot.github.client import Client
from mentorbot.github.other_bots_files import LARGEST_FILE, LARGEST_TOGETHER, MOST_FILES, other_bots_files
from tests.github.conftest import Desk
from tests.github.scripted import Say, ScriptedGitHub


def _client(desk: Desk) -> Client:
    return desk.app._installation(desk.installation_id).client


async def test_one_question_reads_all_of_them(desk: Desk) -> None:
    files = {
        ".github/stale.yml": "daysUntilStale: 60\n",
        "triagebot.toml": "[assign]\n",
        ".github/workflows/greet.yml": "on: issues\n",
        ".github/workflows/stale.yaml": "on: schedule\n",
        ".github/workflows/README.md": "Nothing\n",
        ".github/workflows/old/greet.yml": "on: issues\n",
        "stale.yml": "daysUntilStale: 60\n",
    }
    desk.github.acts.push("acme/rockets", by="grace", files=files)
    before = desk.counted.of("graphql")
    found = await other_bots_files(_client(desk), "acme/rockets")
    assert desk.counted.of("graphql") - before == 1
    assert found == {path: files[path] for path in list(files)[:4]}


async def test_a_repository_without_any_has_none(desk: Desk) -> None:
    assert await other_bots_files(_client(desk), "acme/rockets") == {}


async def test_it_can_t_be_told_where_we_may_not_read_files(client: Client, scripted: ScriptedGitHub) -> None:
    said = {"databaseId": 1, "head": None, "workflows": None}
    forbidden = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}
    scripted.on("POST", "/graphql", Say(json={"data": {"repository": said}, "errors": [forbidden]}))
    assert await other_bots_files(client, "acme/rockets") is None


async def test_it_can_t_be_told_of_what_is_not_there(client: Client, scripted: ScriptedGitHub) -> None:
    gone = {"type": "NOT_FOUND", "message": "Could not resolve to a Repository"}
    scripted.on("POST", "/graphql", Say(json={"data": {"repository": None}, "errors": [gone]}))
    assert await other_bots_files(client, "acme/rockets") is None


def _answer(**files: Any) -> Say:
    entries = [{"name": name, "object": blob} for name, blob in files.items()]
    repository = {"databaseId": 1, "head": {"oid": "a"}, "workflows": {"entries": entries}}
    return Say(json={"data": {"repository": repository}})


def _blob(text: str | None, **more: Any) -> dict[str, Any]:
    return {"byteSize": len(text or ""), "isTruncated": False, "text": text, **more}


@pytest.mark.parametrize(
    "blob",
    [
        pytest.param(_blob(None), id="no text"),
        pytest.param(_blob("a", isTruncated=True), id="cut off"),
        pytest.param(_blob("a" * (LARGEST_FILE + 1)), id="too large"),
        pytest.param({}, id="a folder"),
        pytest.param(None, id="a submodule"),
    ],
)
async def test_what_can_t_be_made_sense_of_is_left_out(
    client: Client, scripted: ScriptedGitHub, blob: dict[str, Any] | None
) -> None:
    scripted.on("POST", "/graphql", _answer(**{"a.yml": blob, "b.yml": _blob("on: issues")}))
    assert await other_bots_files(client, "acme/rockets") == {".github/workflows/b.yml": "on: issues"}


async def test_number_and_size_are_bounded(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on(
        "POST", "/graphql", _answer(**{f"{place}.yml": _blob("a") for place in range(MOST_FILES + 5)})
    )
    assert len(await other_bots_files(client, "acme/rockets") or ()) == MOST_FILES
    scripted.on(
        "POST", "/graphql", _answer(**{f"{place}.yml": _blob("a" * LARGEST_FILE) for place in range(100)})
    )
    found = await other_bots_files(client, "acme/rockets") or {}
    assert sum(map(len, found.values())) == LARGEST_TOGETHER


async def test_an_answer_that_makes_no_sense_is_none(client: Client, scripted: ScriptedGitHub) -> None:
    scripted.on(
        "POST",
        "/graphql",
        Say(json={"data": {"repository": {"head": {}, "workflows": {"entries": [{"name": 7}]}}}}),
    )
    with pytest.raises(GitHubUnavailable):
        await other_bots_files(client, "acme/rockets")
