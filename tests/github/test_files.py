from __future__ import annotations

import base64
from typing import Any

import pytest

from mentorbot.config.configuration import CONFIG_PATH
from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.github.reader import RepositoryReader
from tests.github.conftest import Desk, as_repository
from tests.github.scripted import Say, ScriptedGitHub

CONTENTS = "/repos/acme/rockets/contents/a.txt"


def _file(content: bytes) -> Say:
    return Say(json={"type": "file", "encoding": "base64", "content": base64.encodebytes(content).decode()})


async def test_files_are_read_from_the_default_branch_or_a_commit(desk: Desk) -> None:
    acts = desk.github.acts
    before = acts.push("acme/rockets", by="grace", files={"docs/ä b.md": "Old\n"})
    acts.push("acme/rockets", by="grace", files={"docs/ä b.md": "New\n"})
    assert await desk.reader.file("docs/ä b.md") == "New\n"
    assert await desk.reader.file_at("docs/ä b.md", before.sha) == "Old\n"
    assert await desk.reader.file("docs/none.md") is None
    assert await desk.reader.file("docs") is None  # a folder


async def test_a_file_in_a_fork_is_read_by_its_commit(desk: Desk) -> None:
    pull = desk.github.acts.open_pull_request(
        "acme/rockets", by="ada", title="Start it", files={"engine.py": "go()\n"}
    )
    reader = desk.reader
    assert await reader.file_at("engine.py", pull.head_sha, repository_id=77) == "go()\n"
    assert await reader.file_at("engine.py", "main", repository_id=77) is None


@pytest.mark.parametrize("path", ["../secrets", "a/./b", "", "a//b", "/a"])
async def test_a_path_that_leads_astray_is_no_file(
    reader: RepositoryReader, scripted: ScriptedGitHub, path: str
) -> None:
    assert await reader.file(path) is None
    assert scripted.requests == []


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(_file(b"Hi\n"), "Hi\n", id="a file"),
        pytest.param(_file(b""), "", id="an empty one"),
        pytest.param(_file(b"\xef\xbb\xbfHi"), "Hi", id="with a byte order mark"),
        pytest.param(_file(b"\xffHi"), "\ufffdHi", id="not UTF-8"),
        pytest.param(Say(json=[{"type": "file"}]), None, id="a folder"),
        pytest.param(Say(json={"type": "submodule"}), None, id="a submodule"),
        pytest.param(Say(json={"type": "symlink", "target": "/x"}), None, id="a link that leads outside"),
        pytest.param(Say(status=409, json={"message": "Git Repository is empty."}), None, id="nothing yet"),
    ],
)
async def test_a_file_is_text_or_nothing(
    reader: RepositoryReader, scripted: ScriptedGitHub, answer: Say, text: str | None
) -> None:
    scripted.on("GET", CONTENTS, answer)
    assert await reader.file("a.txt") == text


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Say(json={"type": "file", "encoding": "none", "content": ""}), id="over a megabyte"),
        pytest.param(
            Say(status=403, json={"message": "Too big", "errors": [{"code": "too_large"}]}),
            id="over a hundred",
        ),
    ],
)
async def test_a_file_too_large_for_github_is_too_large_for_us(
    reader: RepositoryReader, scripted: ScriptedGitHub, answer: Say
) -> None:
    scripted.on("GET", CONTENTS, answer)
    text = await reader.file("a.txt")
    assert text is not None
    assert len(text.encode()) > 64 * 1024


async def test_a_file_that_cannot_be_read_is_not_an_absent_one(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", CONTENTS, Say(json={"type": "file", "encoding": "base64", "content": "ä"}))
    with pytest.raises(GitHubUnavailable):
        await reader.file("a.txt")
    scripted.on("GET", CONTENTS, Say(status=403, json={"message": "Resource not accessible by integration"}))
    with pytest.raises(AccessLost):
        await reader.file("a.txt")


async def test_config_comes_from_the_repository_and_its_owner(desk: Desk) -> None:
    acts = desk.github.acts
    acts.create_repository("acme/.github", files={CONFIG_PATH: "welcome: {}\n"}, by="grace")
    acts.push("acme/rockets", by="grace", files={CONFIG_PATH: "stalled: {}\n"})
    own, owners = await desk.reader.config_sources()
    assert (own.origin, own.full_name, own.text) == ("repository", "acme/rockets", "stalled: {}\n")
    assert (owners.origin, owners.full_name, owners.text) == ("owner", "acme/.github", "welcome: {}\n")
    assert own.path == owners.path == CONFIG_PATH


async def test_an_absent_config_has_no_text(desk: Desk) -> None:
    own, owners = await desk.reader.config_sources()
    assert own.text is None
    assert owners.text is None


async def test_an_owners_file_that_has_not_changed_costs_nothing_and_one_that_has_is_read(desk: Desk) -> None:
    acts = desk.github.acts
    acts.create_repository("acme/.github", files={CONFIG_PATH: "a: 1\n"}, by="grace")
    acts.create_repository("acme/tents", by="grace")
    tents = as_repository(desk.github.acts.where("acme/tents"))
    await desk.reader.config_sources()
    _, same = await desk.app.reader(desk.installation_id, tents).config_sources()
    assert same.text == "a: 1\n"
    assert ("rest", "304") in desk.counted.requests
    acts.push("acme/.github", by="grace", files={CONFIG_PATH: "a: 2\n"})
    assert (await desk.reader.config_sources())[1].text == "a: 2\n"


async def test_the_owners_repository_has_only_one_config(desk: Desk) -> None:
    found = desk.github.acts.create_repository("acme/.github", files={CONFIG_PATH: "a: 1\n"}, by="grace")
    own, owners = await desk.app.reader(desk.installation_id, as_repository(found)).config_sources()
    assert own.text == "a: 1\n"
    assert owners.text is None


async def test_an_owners_repository_without_the_app_has_no_config(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    refused: Any = Say(status=403, json={"message": "Resource not accessible by integration"})
    scripted.on("GET", f"/repos/acme/.github/contents/{CONFIG_PATH}", refused)
    assert (await reader.config_sources())[1].text is None
