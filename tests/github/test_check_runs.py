from __future__ import annotations

from dataclasses import replace

import pytest

from mentorbot.core.actions import (
    Annotation,
    PublishCheckRun,
)
from mentorbot.core.errors import GitHubUnavailable
from mentorbot.sandbox.model import PullRequest
from tests.github.conftest import Desk


def _check_run(sha: str, *, annotations: int = 0) -> PublishCheckRun:
    return PublishCheckRun(
        key="config",
        number=1,
        head_sha=sha,
        name="mentorbot.yml",
        conclusion="failure",
        title="Two mistakes",
        summary="Here they are.",
        annotations=tuple(
            Annotation(
                path="a.yml", line=line, column=3 if line % 2 else None, message="No.", title="x" * 300
            )
            for line in range(1, annotations + 1)
        ),
    )


@pytest.mark.parametrize("count", [0, 1, 50, 51, 120])
async def test_a_check_run_has_all_its_annotations(desk: Desk, pull: PullRequest, count: int) -> None:
    made = await desk.do(_check_run(pull.head_sha, annotations=count))
    run = desk.github.world.check_runs[made["id"]]
    assert (run.name, run.conclusion, run.head_sha) == ("mentorbot.yml", "failure", pull.head_sha)
    assert len(run.annotations) == count


async def test_a_check_run_of_an_interrupted_attempt_is_completed(desk: Desk, pull: PullRequest) -> None:
    desk.github.faults.add("status", method="PATCH")
    with pytest.raises(GitHubUnavailable):
        await desk.do(_check_run(pull.head_sha, annotations=120))
    made = await desk.do(_check_run(pull.head_sha, annotations=120), attempt=2)
    (run,) = desk.github.world.check_runs.values()
    assert made["id"] == run.id
    assert len(run.annotations) == 120


async def test_a_check_run_that_was_never_made_is_made_by_the_second_attempt(
    desk: Desk, pull: PullRequest
) -> None:
    desk.github.acts.complete_check("acme/rockets", pull.head_sha, "mentorbot.yml")
    await desk.do(_check_run(pull.head_sha), attempt=2)
    assert len(desk.github.world.check_runs) == 2


async def test_of_two_check_runs_the_one_that_people_see_is_gone_on_with(
    desk: Desk, pull: PullRequest
) -> None:
    first = await desk.do(_check_run(pull.head_sha))
    second = await desk.do(_check_run(pull.head_sha))
    kept, removed = await desk.keep_one(_check_run(pull.head_sha), made=first)
    assert (kept["id"], removed) == (second["id"], 0)
    assert await desk.keep_one(replace(_check_run(pull.head_sha), name="other"), made=first) == (first, 0)


async def test_a_check_run_of_another_app_is_not_taken_for_ours(desk: Desk, pull: PullRequest) -> None:
    forged = desk.github.acts.complete_check("acme/rockets", pull.head_sha, "mentorbot.yml")
    forged.external_id = f"welcome/{desk.repository.id}/config"
    made = await desk.do(_check_run(pull.head_sha), attempt=2)
    assert made["id"] != forged.id
