from __future__ import annotations

from typing import Any

import pytest

from mentorbot.github.reader import RepositoryReader
from tests.github import hooks
from tests.github.conftest import Desk
from tests.github.scripted import Say, ScriptedGitHub

HERE = "/repos/acme/rockets"


async def test_a_merge_by_a_bot_is_recognized(desk: Desk) -> None:
    acts = desk.github.acts
    acts.add_user("merge-bot", kind="Bot")
    acts.add_collaborator("acme/rockets", "merge-bot", by="grace")
    merged = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.merge_by_bot(merged, by="merge-bot")
    closed = acts.open_pull_request("acme/rockets", by="ada", title="Stop it", files={"b.py": "1\n"})
    acts.close(closed, by="grace")
    open_one = acts.open_pull_request("acme/rockets", by="ada", title="Try it", files={"c.py": "1\n"})
    other = acts.push("acme/rockets", by="grace", files={"d.py": "1\n"}, message="Do it otherwise")
    superseded = acts.open_pull_request("acme/rockets", by="ada", title="Do it", files={"e.py": "1\n"})
    acts.close(superseded, by="grace", commit_sha=other.sha)
    assert await desk.reader.was_merged_by_commit(merged.number)
    assert not await desk.reader.was_merged_by_commit(closed.number)
    assert not await desk.reader.was_merged_by_commit(open_one.number)
    assert not await desk.reader.was_merged_by_commit(superseded.number)
    assert not await desk.reader.was_merged_by_commit(99)


_CLOSED = hooks.a_pull(state="closed", closed_at="2026-03-02T09:00:00Z")
_CLOSING = {
    "event": "closed",
    "commit_id": "c" * 40,
    "created_at": "2026-03-02T09:00:00Z",
    "actor": hooks.ROBOT,
}


@pytest.mark.parametrize(
    ("message", "author", "actor", "expected"),
    [
        pytest.param("Start it (#4)", None, hooks.ROBOT, True, id="a bot that names it"),
        pytest.param(
            "Start it\n\nhttps://github.com/acme/rockets/pull/4", None, hooks.ROBOT, True, id="by link"
        ),
        pytest.param("Fixes #4", None, hooks.ROBOT, False, id="a bot that fixes something else with it"),
        pytest.param("Start it (#44)", None, hooks.ROBOT, False, id="a bot that names another"),
        pytest.param("Start it (#4)", hooks.GRACE, hooks.GRACE, False, id="somebody else's commit"),
        pytest.param("Start it", hooks.ADA, hooks.GRACE, True, id="its author's commit"),
    ],
)
async def test_a_closing_commit_is_a_merge_if_it_is_theirs_or_a_bot_says_so(
    reader: RepositoryReader,
    scripted: ScriptedGitHub,
    message: str,
    author: Any,
    actor: Any,
    *,
    expected: bool,
) -> None:
    commit = {"sha": "c" * 40, "author": author, "commit": {"message": message}}
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    scripted.on("GET", f"{HERE}/issues/4/events", Say(json=[{**_CLOSING, "actor": actor}]))
    scripted.on("GET", f"{HERE}/commits", Say(json=[commit]))
    assert await reader.was_merged_by_commit(4) is expected


@pytest.mark.parametrize(
    ("events", "commits"),
    [
        pytest.param([_CLOSING], Say(json=[]), id="not on the base branch"),
        pytest.param([_CLOSING], Say(status=404, json={"message": "Not Found"}), id="no such branch"),
        pytest.param([_CLOSING, {"event": "reopened"}], Say(json=[]), id="reopened"),
        pytest.param([{"event": "labeled"}], Say(json=[]), id="no closing"),
    ],
)
async def test_other_closings_are_no_merges(
    reader: RepositoryReader, scripted: ScriptedGitHub, events: Any, commits: Say
) -> None:
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    scripted.on("GET", f"{HERE}/issues/4/events", Say(json=events))
    scripted.on("GET", f"{HERE}/commits", commits)
    assert not await reader.was_merged_by_commit(4)


@pytest.mark.parametrize(
    ("message", "author", "actor", "expected"),
    [
        pytest.param("Start it (#4)\n\nWell.", hooks.ADA, hooks.ROBOT, True, id="their own, closed by a bot"),
        pytest.param("Start it (#4)", hooks.ADA, hooks.GRACE, False, id="closed by a person"),
        pytest.param("Start it (#4)", hooks.GRACE, hooks.ROBOT, False, id="somebody else's commit"),
        pytest.param("Do it otherwise, not as in (#4) (#5)", hooks.ADA, hooks.ROBOT, False, id="another one"),
    ],
)
async def test_a_bot_that_pushes_and_then_closes_has_merged_what_its_author_wrote(
    reader: RepositoryReader,
    scripted: ScriptedGitHub,
    message: str,
    author: Any,
    actor: Any,
    *,
    expected: bool,
) -> None:
    commit = {"sha": "d" * 40, "author": author, "commit": {"message": message}}
    closing = {"event": "closed", "created_at": "2026-03-02T09:00:00Z", "actor": actor, "commit_id": None}
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    scripted.on("GET", f"{HERE}/issues/4/events", Say(json=[closing]))
    scripted.on("GET", f"{HERE}/commits", Say(json=[commit]))
    assert await reader.was_merged_by_commit(4) is expected


async def test_where_no_events_are_told_nothing_was_merged(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("GET", f"{HERE}/pulls/4", Say(json=_CLOSED))
    assert not await reader.was_merged_by_commit(4)
