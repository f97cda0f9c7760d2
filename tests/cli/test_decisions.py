from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mentorbot.sandbox.model import Account
from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import EVERYTHING_ON, World


async def an_issue_by_ada(world: World) -> None:
    world.project()
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()


async def an_issue_by_ada_while_grace_is_there(world: World) -> Account:
    """While the past isn't read yet, GitHub is asked about people, and refuses those it doesn't know."""
    await an_issue_by_ada(world)
    return world.acts.add_user("grace")


async def a_repository(world: World) -> None:
    world.project()
    await world.settled()


async def a_repository_whose_past_is_read(world: World) -> None:
    await a_repository(world)
    await world.later(timedelta(minutes=1))


def test_explain_tells_what_was_done_and_why(beside: Beside) -> None:
    beside.do(an_issue_by_ada)
    ended = command("explain", "octo/tea#1")
    assert ended.code == 0
    assert "welcome acted: first issue by @ada" in ended.out
    (entry,) = [one for one in json.loads(command("explain", "octo/tea#1", "--json").out) if one["acted"]]
    assert (entry["feature"], entry["number"]) == ("welcome", 1)


def test_explain_says_so_where_there_is_nothing_to_tell(beside: Beside) -> None:
    beside.do(a_repository_whose_past_is_read)
    ended = command("explain", "octo/tea#99")
    assert ended.code == 2
    assert "has not heard of octo/tea#99. Is the number right?" in ended.err
    ended = command("explain", "octo/none#1")
    assert ended.code == 2
    assert "has never worked in octo/none" in ended.err
    assert "App installed there?" in ended.err


@pytest.mark.parametrize("words", [["explain", "octo/tea"], ["explain", "#7"], ["sweep", "tea"]])
def test_what_names_nothing_is_exit_2(words: list[str]) -> None:
    assert command(*words).code == 2


def test_a_sweep_tells_its_decisions(beside: Beside) -> None:
    beside.do(a_repository)
    for words in (["sweep", "octo/tea", "--dry-run"], ["sweep"], ["sweep", "octo/tea", "--no-wait"]):
        ended = command(*words)
        assert ended.code == 0, ended
        assert "decisions" in ended.out
    assert isinstance(json.loads(command("sweep", "--dry-run", "--json").out), list)


async def a_repository_with_reminders(world: World) -> None:
    world.project(config="stalled: {}\n")
    world.people("ada")
    await world.settled()
    world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    await world.later(timedelta(hours=1))


def test_a_dry_run_tells_in_sentences_what_the_coming_days_bring(beside: Beside) -> None:
    beside.do(a_repository_with_reminders)
    ended = command("sweep", "--dry-run")
    assert "octo/tea#1  stalled: there is nothing to do. Quiet for 0 of 7 business days; " in ended.out
    assert ended.out.endswith("octo/tea  stalled, on the coming days:\n  No reminder is due.\n")
    assert "on the coming days" not in command("sweep", "--no-wait").out
    assert isinstance(json.loads(command("sweep", "--dry-run", "--json").out), list)


async def a_repository_in_shadow(world: World) -> None:
    world.project(config=f"mode: shadow\n{EVERYTHING_ON}")
    world.people("ada")
    world.acts.open_issue("octo/tea", by="ada", title="The kettle is cold")
    await world.settled()


def test_a_sweep_and_explain_say_that_it_is_in_shadow(beside: Beside) -> None:
    beside.do(a_repository_in_shadow)
    told = "octo/tea is in shadow mode: nothing of this is written there. Its page tells it."
    assert told in command("sweep", "octo/tea", "--dry-run").out
    assert told in command("sweep").out
    assert "welcome would have said it: first issue by @ada" in command("explain", "octo/tea#1").out
    (entry,) = [
        one
        for one in json.loads(command("explain", "octo/tea#1", "--json").out)
        if one["outcome"] == "shadowed"
    ]
    assert not entry["acted"]


def test_a_sweep_of_an_unknown_repository_is_exit_2(beside: Beside) -> None:
    ended = command("sweep", "octo/none")
    assert ended.code == 2
    assert "octo/none" in ended.err


def test_recorded_deliveries_are_replayed_without_doing_anything(beside: Beside, tmp_path: Path) -> None:
    grace = beside.do(an_issue_by_ada_while_grace_is_there)
    deliveries = beside.world.github.webhooks.log.values()
    (delivery,) = [one for one in deliveries if one.event == "issues"]
    payload = json.loads(delivery.body)
    payload["issue"]["user"] |= {"id": grace.id, "login": "grace"}
    payload["sender"] = payload["issue"]["user"]
    payload["issue"]["number"] = 2
    file = tmp_path / "recorded.jsonl"
    headers = {**delivery.headers, "X-GitHub-Delivery": "another"}
    file.write_text(json.dumps({"headers": headers, "payload": payload}) + "\n\n")
    before = len(beside.world.writes())
    ended = command("replay", str(file))
    assert ended.code == 0
    assert "octo/tea#2  welcome: the bot would write a comment" in ended.out
    assert "First issue by @grace.\n" in ended.out
    assert len(beside.world.writes()) == before
    said = json.loads(command("replay", str(file), "--json").out)
    assert [one["because"] for one in said if one["actions"]] == ["first issue by @grace"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("hello", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param('{"headers": {}, "payload": {}}', id="no headers"),
        pytest.param(
            '{"headers": {"X-GitHub-Event": "a", "X-GitHub-Delivery": "b"}, "payload": 7}', id="no object"
        ),
    ],
)
def test_a_line_that_is_no_delivery_is_named(line: str, beside: Beside, tmp_path: Path) -> None:
    file = tmp_path / "recorded.jsonl"
    file.write_text(f"\n{line}\n")
    ended = command("replay", str(file))
    assert ended.code == 2
    assert "Line 2" in ended.err


@pytest.mark.parametrize("words", [["sweep"], ["doctor"]])
def test_what_needs_github_says_what_to_set(words: list[str]) -> None:
    ended = command(*words)
    assert ended.code == 2
    assert "GITHUB_APP_ID" in ended.err


def test_a_missing_file_is_exit_2(beside: Beside) -> None:
    assert command("replay", "nowhere.jsonl").code == 2
