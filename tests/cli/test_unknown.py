"""With GraphQL answering 502, nobody is told that nothing waits."""

from __future__ import annotations

import json

from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World


async def a_project_whose_github_fails(world: World) -> None:
    world.github.faults.add("status", path="/graphql", times=1_000_000)
    world.project(config="stalled: {reviewers: {after: 1 day}}\n", installed=False)
    world.people("ada")
    with world.acts.quietly():
        world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    world.acts.install("octo", by="olga")
    await world.settled()


async def who_asks_why(world: World) -> str:
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Warm the cup", branch="cup")
    world.acts.comment(pull, by="ada", body="/mentorbot why")
    await world.settled()
    return "\n".join(world.said_in(pull))


def test_a_sweep_that_could_not_read_says_unknown_and_is_exit_1(beside: Beside) -> None:
    beside.do(a_project_whose_github_fails)
    for words in (["sweep", "octo/tea", "--no-wait"], ["sweep", "--dry-run"]):
        ended = command(*words)
        assert ended.code == 1
        assert "octo/tea  stalled: unknown." in ended.out
        assert "who reviewed and answered in the past" in ended.out
        assert "502" in ended.out
        assert "Nothing waits for reviewers" not in ended.out
    assert all(one["unknown"] for one in json.loads(command("sweep", "--dry-run", "--json").out))


def test_doctor_explain_and_why_tell_it_too(beside: Beside) -> None:
    beside.do(a_project_whose_github_fails)
    ended = command("doctor")
    assert ended.code == 1
    assert (
        "✗ knowledge of octo/tea: Its past is not read yet (reading its reviews: 1 page read)." in ended.out
    )
    ended = command("explain", "octo/tea#1")
    assert ended.code == 1
    assert "What it does not know of octo/tea: Its past is not read yet" in ended.out
    assert command("explain", "octo/tea#1", "--json").code == 1
    said = beside.do(who_asks_why)
    assert "Its past is not read yet" in said
    assert "nothing has happened" not in said
