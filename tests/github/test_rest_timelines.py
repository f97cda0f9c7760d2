"""Where GraphQL does not answer, REST tells the same of a pull request, under the same ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mentorbot.core.errors import AccessLost, GitHubUnavailable
from mentorbot.domain.timeline import Act, ActKind
from mentorbot.github.reader import RepositoryReader
from mentorbot.sandbox.model import PullRequest
from tests.contract.openapi import description
from tests.github.conftest import Desk
from tests.github.scripted import Say, ScriptedGitHub
from tests.github.test_graphql_timelines import lively_pull_request

_ONLY_GRAPHQL = {ActKind.THREAD_RESOLVED}


def _comparable(act: Act) -> Act:
    # GraphQL tells of edits only, REST of every change; and a check's suites end when its last run does.
    return replace(act, edited_at=None, url="" if act.kind is ActKind.PUSHED else act.url)


async def test_rest_tells_what_graphql_tells_under_the_same_ids(desk: Desk) -> None:
    number = lively_pull_request(desk)
    asked, over_rest = await desk.reader.timeline(number), await desk.reader.timeline_over_rest(number)
    assert asked is not None
    assert over_rest is not None
    assert replace(over_rest, acts=()) == replace(asked, acts=())
    expected = {act.id: _comparable(act) for act in asked.acts if act.kind not in _ONLY_GRAPHQL}
    assert {act.id: _comparable(act) for act in over_rest.acts} == expected


async def test_every_answer_that_is_read_is_as_github_describes_it(desk: Desk) -> None:
    number = lively_pull_request(desk)
    await desk.reader.timeline_over_rest(number)
    asked = [one for one in desk.github.requests if one.method == "GET" and f"/{number}" in one.path]
    assert asked
    for request in asked:
        assert description().operation("GET", request.path) is not None


async def test_a_merge_and_a_force_push_are_told_over_rest_too(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.request_review(pull, "grace", by="ada")
    acts.push_to(pull, files={"a.py": "2\n"}, force=True)
    acts.convert_to_draft(pull, by="ada")
    acts.mark_ready(pull, by="ada")
    acts.merge(pull, by="grace")
    told = await desk.reader.timeline_over_rest(pull.number)
    assert told is not None
    assert told.is_merged
    assert {ActKind.FORCE_PUSHED, ActKind.DRAFTED, ActKind.MARKED_READY} <= {act.kind for act in told.acts}
    assert await desk.reader.timeline_over_rest(99) is None


async def test_a_run_that_waits_for_approval_is_seen_over_rest(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.run_workflow(pull, waits=True)
    told = await desk.reader.timeline_over_rest(pull.number)
    assert told is not None
    assert ActKind.WORKFLOW_WAITING in {act.kind for act in told.acts}


async def test_open_pull_requests_are_listed_without_graphql(desk: Desk) -> None:
    acts = desk.github.acts
    pulls = [acts.open_pull_request("acme/rockets", by="ada", title=str(n), branch=f"b{n}") for n in range(3)]
    acts.close(pulls[1], by="ada")
    assert await desk.reader.open_numbers() == [pulls[0].number, pulls[2].number]


async def test_where_graphql_fails_the_last_look_before_acting_is_over_rest(
    desk: Desk, pull: PullRequest
) -> None:
    desk.github.acts.comment(pull, by="linus", body="Nice!")
    desk.github.faults.add("status", path="/graphql", times=100)
    told = await desk.reader.timeline(pull.number)
    assert told is not None
    assert [act.body for act in told.acts if act.kind is ActKind.COMMENTED] == ["Nice!"]


async def test_where_a_conversation_may_be_over_rest_is_not_enough(desk: Desk, pull: PullRequest) -> None:
    line: Any = {"path": "engine.py", "line": 1, "body": "Why?"}
    desk.github.acts.review(pull, by="linus", comments=(line,))
    desk.github.faults.add("status", path="/graphql", times=100)
    with pytest.raises(GitHubUnavailable, match="502"):
        await desk.reader.timeline(pull.number)


def _script(scripted: ScriptedGitHub, *, items: list[Any], checks: Say, **pull: Any) -> None:
    home = "/repos/acme/rockets"
    found = {
        "number": 4,
        "created_at": "2026-03-01T08:00:00Z",
        "head": {"sha": "c1", "ref": "go", "repo": None},
        "base": {"ref": "main", "repo": {"id": 1}},
        **pull,
    }
    scripted.on("GET", f"{home}/pulls/4", Say(json=found))
    scripted.on("GET", f"{home}/issues/4/timeline", Say(json=items))
    scripted.on("GET", f"{home}/pulls/4/comments", Say(json=[]))
    scripted.on("GET", f"{home}/commits/c1/check-suites", checks)
    scripted.on("GET", f"{home}/commits/c1/status", Say(json={"statuses": []}))


_FORBIDDEN = Say(status=403, json={"message": "Resource not accessible by integration"})


async def test_what_is_gone_or_not_ours_to_see_is_left_out(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    at = {"created_at": "2026-03-01T09:00:00Z"}
    items = [
        {"event": "committed", "sha": "c0", "message": "undated"},
        {"event": "subscribed", **at},
        {"event": "review_dismissed", "actor": None, **at},
        {"event": "commented", "id": 9, "user": None, "body": "Hm.", **at},
    ]
    _script(scripted, items=items, checks=_FORBIDDEN, user=None)
    told = await reader.timeline_over_rest(4)
    assert told is not None
    assert (told.author, told.head, told.current_head) == (None, "", "c1")
    assert {act.kind for act in told.acts} == {ActKind.REVIEW_DISMISSED, ActKind.COMMENTED}


@pytest.mark.parametrize(
    ("conclusions", "outcome"),
    [
        pytest.param(["success", "failure"], ["failure"], id="one failed"),
        pytest.param(["success", None], [], id="one goes on"),
        pytest.param(["success", "neutral"], ["success"], id="all well"),
        pytest.param([], [], id="none"),
    ],
)
async def test_checks_are_told_together(
    reader: RepositoryReader, scripted: ScriptedGitHub, conclusions: list[str | None], outcome: list[str]
) -> None:
    suites = [
        {"conclusion": one, "updated_at": "2026-03-01T10:00:00Z", "latest_check_runs_count": 1}
        for one in conclusions
    ]
    unused = {"conclusion": None, "updated_at": "2026-03-01T10:00:00Z", "latest_check_runs_count": 0}
    _script(scripted, items=[], checks=Say(json={"total_count": 3, "check_suites": [*suites, unused]}))
    told = await reader.timeline_over_rest(4)
    assert told is not None
    assert [act.outcome for act in told.acts] == outcome


async def test_a_name_that_is_another_repository_s_by_now_is_lost_access(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    _script(scripted, items=[], checks=_FORBIDDEN, base={"ref": "main", "repo": {"id": 99}})
    with pytest.raises(AccessLost, match="another repository now"):
        await reader.timeline_over_rest(4)


async def test_an_unexpected_shape_over_rest_is_no_answer(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    _script(scripted, items=[{"event": "closed"}], checks=_FORBIDDEN)
    with pytest.raises(GitHubUnavailable, match="createdAt"):
        await reader.timeline_over_rest(4)
