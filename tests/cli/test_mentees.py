from __future__ import annotations

import json

import pytest

from tests.cli.commanded import command
from tests.cli.conftest import Beside
from tests.world import World


async def a_pair(world: World) -> None:
    world.people("ada", "grace")
    world.project(config="mentoring: {mentors: [grace]}")
    issue = world.acts.open_issue("octo/tea", by="ada", title="Where do I start?", body="/mentor me")
    await world.settled()
    world.acts.comment(issue, by="grace", body="/mentor accept")
    pull = world.acts.open_pull_request("octo/tea", by="ada", title="Heat the kettle")
    await world.settled()
    world.acts.request_review(pull, "grace", by="ada")
    await world.settled()


def test_a_mentors_mentees_are_told_with_what_waits(beside: Beside) -> None:
    beside.do(a_pair)
    told = command("mentees", "@grace")
    assert told.code == 0
    assert "octo/tea  ada: active" in told.out
    assert "needs: review" in told.out
    assert "#2 Heat the kettle: move of the reviewers since" in told.out
    (one,) = json.loads(command("mentees", "grace", "--json").out)
    assert one["mentee"] == "ada"
    assert one["pull_requests"][0]["waits_for_mentor"] is True
    assert "first pull request" in one["milestones"]


def test_somebody_without_mentees_and_somebody_unknown(beside: Beside) -> None:
    beside.do(a_pair)
    assert "ada has no mentees" in command("mentees", "ada").out
    unknown = command("mentees", "nobody-i-know")
    assert (unknown.code, unknown.out) == (1, "Nobody called nobody-i-know is known.\n")


@pytest.mark.usefixtures("beside")
def test_a_login_is_needed() -> None:
    assert command("mentees").code == 2
