from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mentorbot.core.errors import AccessLost, GitHubUnavailable, LimitReached
from mentorbot.domain.timeline import ActKind, PullRequestTimeline, Verdict
from mentorbot.github.payloads import parse_webhook
from mentorbot.github.reader import RepositoryReader
from tests.github.conftest import START, Desk, as_person
from tests.github.scripted import Say, ScriptedGitHub


def lively_pull_request(desk: Desk) -> int:
    """A pull request to which everything happens, a minute apart."""
    acts, clock = desk.github.acts, desk.github.clock

    def later() -> None:
        clock.move(timedelta(minutes=1))

    for login in ("linus", "margaret"):
        acts.add_collaborator("acme/rockets", login, by="grace")
    pull = acts.open_pull_request(
        "acme/rockets", by="ada", title="WIP: start it", files={"engine.py": "go()\n"}, draft=True
    )
    steps: list[Any] = [
        lambda: acts.edit(pull, by="ada", title="Start it"),
        lambda: acts.mark_ready(pull, by="ada"),
        lambda: acts.label(pull, "engine", by="grace"),
        lambda: acts.unlabel(pull, "engine", by="grace"),
        lambda: acts.request_review(pull, "linus", by="grace"),
        lambda: acts.request_review(pull, "margaret", by="grace"),
        lambda: acts.remove_review_request(pull, "margaret", by="grace"),
        lambda: acts.assign(pull, "grace", by="grace"),
        lambda: acts.unassign(pull, "grace", by="grace"),
        lambda: acts.comment(pull, by="linus", body="Nice!"),
        lambda: acts.review(
            pull,
            by="linus",
            verdict="request_changes",
            body="Almost.",
            comments=({"path": "engine.py", "line": 1, "body": "Why?"},),  # type: ignore[arg-type]
        ),
        lambda: acts.reply_to_review_comment(pull.review_comments[0], by="ada", body="Because."),
        lambda: acts.resolve_thread(pull.review_comments[0], by="ada"),
        lambda: acts.push_to(pull, files={"engine.py": "go(1)\n"}),
        lambda: acts.dismiss_review(next(iter(pull.reviews.values())), by="grace"),
        lambda: acts.approve(pull, by="linus", body="Good."),
        lambda: acts.complete_check("acme/rockets", pull.head_sha, "build", conclusion="failure"),
        lambda: acts.close(pull, by="ada"),
        lambda: acts.reopen(pull, by="ada"),
    ]
    for step in steps:
        later()
        step()
    later()
    return pull.number


async def test_a_pull_requests_past_is_told_whole(desk: Desk) -> None:
    number = lively_pull_request(desk)
    before = desk.counted.of("graphql")
    timeline = await desk.reader.timeline(number)
    assert desk.counted.of("graphql") == before + 1
    assert timeline is not None
    ada = as_person(desk.github.acts.who("ada"))
    assert (timeline.author, timeline.opened_title, timeline.opened_as_draft) == (ada, "WIP: start it", True)
    assert (timeline.title, timeline.is_draft, timeline.is_open) == ("Start it", False, True)
    pull = desk.github.world.repositories[desk.repository.id].pull_requests[number]
    assert timeline.current_head == pull.head_sha
    assert timeline.labels == frozenset()
    by_kind = {act.kind: act for act in timeline.acts}
    assert set(by_kind) >= {
        ActKind.RETITLED,
        ActKind.MARKED_READY,
        ActKind.LABELED,
        ActKind.UNLABELED,
        ActKind.REVIEW_REQUESTED,
        ActKind.REVIEW_REQUEST_REMOVED,
        ActKind.ASSIGNED,
        ActKind.UNASSIGNED,
        ActKind.COMMENTED,
        ActKind.REVIEWED,
        ActKind.LINE_COMMENTED,
        ActKind.THREAD_RESOLVED,
        ActKind.PUSHED,
        ActKind.REVIEW_DISMISSED,
        ActKind.CHECKS_CONCLUDED,
        ActKind.CLOSED,
        ActKind.REOPENED,
    }
    reviews = [act.verdict for act in timeline.acts if act.kind is ActKind.REVIEWED]
    assert reviews[0] is Verdict.CHANGES_REQUESTED  # though it was dismissed since
    assert reviews[-1] is Verdict.APPROVED
    assert by_kind[ActKind.CHECKS_CONCLUDED].outcome == "failure"


async def test_webhooks_and_graphql_tell_the_same_acts_under_the_same_ids(desk: Desk) -> None:
    desk.github.deliver_to("http://127.0.0.1:9/hooks")
    number = lively_pull_request(desk)
    asked = await desk.reader.timeline(number)
    assert asked is not None
    heard: PullRequestTimeline | None = None
    for delivery in desk.github.webhooks.log.values():
        parsed = parse_webhook(delivery.event, json.loads(delivery.body))
        if heard is None and delivery.event == "pull_request":
            heard = parsed.opened
        if heard is not None:
            heard = heard.with_acts(act for about, act in parsed.acts if about == number)
            heard = heard.with_acts(act for _, act in parsed.acts_on_heads)
    assert heard is not None
    only_asked = {"mergeability seen", "checks concluded"}  # by hooks each check tells for itself
    ids = {act.id: act.kind for act in asked.acts if act.kind.value not in only_asked}
    told = {act.id: act.kind for act in heard.acts if act.kind.value not in only_asked}
    assert set(ids) <= set(told)
    extra = {kind for id_, kind in told.items() if id_ not in ids}
    assert extra <= {ActKind.COMMENT_EDITED, ActKind.WORKFLOW_STARTED}
    # Newcomers are NONE in webhooks, FIRST_TIME_CONTRIBUTOR in the API.
    same = {"acts": (), "association": ""}
    assert replace(heard, **same) == replace(asked, **same)  # type: ignore[arg-type]


async def test_a_merge_is_told_with_its_commit(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.push_to(pull, files={"a.py": "2\n"}, force=True)
    acts.merge(pull, by="grace")
    timeline = await desk.reader.timeline(pull.number)
    assert timeline is not None
    assert timeline.is_merged
    assert not timeline.is_open
    assert ActKind.FORCE_PUSHED in {act.kind for act in timeline.acts}
    assert await desk.reader.timeline(99) is None


async def test_a_first_timers_run_that_waits_is_seen(desk: Desk) -> None:
    acts = desk.github.acts
    pull = acts.open_pull_request("acme/rockets", by="ada", title="Start it", files={"a.py": "1\n"})
    acts.run_workflow(pull, waits=True)
    timeline = await desk.reader.timeline(pull.number)
    assert timeline is not None
    assert ActKind.WORKFLOW_WAITING in {act.kind for act in timeline.acts}


async def test_five_hundred_open_pull_requests_take_five_questions_and_a_few_for_the_long_ones(
    desk: Desk,
) -> None:
    acts = desk.github.acts
    with acts.quietly():
        for number in range(250):
            pull = acts.open_pull_request("acme/rockets", by="ada", title=f"{number}", branch=f"b{number}")
            if number % 50 == 0:
                for word in range(130):
                    acts.comment(pull, by="linus", body=f"{word}")
    found = [timeline async for timeline in desk.reader.open_pull_requests()]
    assert len({timeline.number for timeline in found}) == 250
    assert sum(len(timeline.acts) > 130 for timeline in found) == 5
    assert desk.counted.of("graphql") == 3 + 1


async def test_a_question_too_big_for_github_is_asked_in_smaller_pieces(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    trouble = Say(status=502, json={})
    scripted.on("POST", "/graphql", *[trouble] * 6, Say(json={"data": _page([_pull(1), _pull(2)])}))
    assert [one.number async for one in reader.open_pull_requests()] == [1, 2]
    sizes = [one.body["variables"]["size"] for one in scripted.asked("/graphql")]
    assert sizes == [100] * 3 + [50] * 3 + [25]


async def test_a_github_that_fails_at_any_size_is_given_up(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("POST", "/graphql", Say(status=502, json={}))
    with pytest.raises(GitHubUnavailable):
        _ = [one async for one in reader.open_pull_requests()]
    assert scripted.asked("/graphql")[-1].body["variables"]["size"] == 10


async def test_a_limit_is_no_reason_to_ask_for_less(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    scripted.on("POST", "/graphql", Say(status=429, json={"message": "slow down"}))
    with pytest.raises(LimitReached):
        _ = [one async for one in reader.open_pull_requests()]
    assert len(scripted.asked("/graphql")) == 1


_OVER = {"hasNextPage": False, "endCursor": None}


def _pull(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "createdAt": "2026-03-01T08:00:00Z",
        "title": "Start it",
        "author": None,
        "headRepositoryOwner": None,
        "timelineItems": {"pageInfo": _OVER, "nodes": []},
        "reviewThreads": {"pageInfo": _OVER, "nodes": []},
        "commits": {"nodes": []},
        **changes,
    }


def _page(pulls: list[dict[str, Any]], *, after: str | None = None) -> dict[str, Any]:
    info = {"hasNextPage": after is not None, "endCursor": after}
    return {"repository": {"databaseId": 1, "pullRequests": {"pageInfo": info, "nodes": pulls}}}


async def test_a_pull_request_that_vanished_while_being_read_ends_where_we_got(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    more = {"pageInfo": {"hasNextPage": True, "endCursor": "c1"}, "nodes": []}
    long = {"repository": {"databaseId": 1, "pullRequest": _pull(1, reviewThreads=more)}}
    gone = {"repository": {"databaseId": 1, "p0": None}}
    scripted.on("POST", "/graphql", Say(json={"data": long}), Say(json={"data": gone}))
    timeline = await reader.timeline(1)
    assert timeline is not None
    assert (timeline.number, timeline.head, timeline.acts) == (1, "", ())
    variables = scripted.asked("/graphql")[1].body["variables"]
    assert variables["wantsThreads0"]
    assert not variables["wantsItems0"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param({"repository": None}, "is gone", id="gone"),
        pytest.param({"repository": {"databaseId": 99}}, "another repository now", id="another one"),
    ],
)
async def test_a_name_that_is_no_longer_ours_is_lost_access(
    reader: RepositoryReader, scripted: ScriptedGitHub, data: Any, why: str
) -> None:
    scripted.on("POST", "/graphql", Say(json={"data": data}))
    with pytest.raises(AccessLost, match=why):
        await reader.timeline(1)


def _commit(sha: str, day: int) -> dict[str, Any]:
    at = f"2026-02-{day:02}T08:00:00Z"
    return {"__typename": "PullRequestCommit", "pushed": {"oid": sha, "committedDate": at, "message": sha}}


@pytest.mark.parametrize(
    ("head", "commits", "first_head"),
    [
        pytest.param("b", [_commit("a", 1), _commit("b", 2)], "b", id="all there from the beginning"),
        pytest.param("c", [_commit("a", 1), _commit("b", 2)], "b", id="one of which only the head tells"),
        pytest.param("c", [], "c", id="all replaced since"),
        pytest.param("", [], "", id="a head that is gone"),
    ],
)
async def test_the_head_is_the_last_commit_however_old_it_is(
    reader: RepositoryReader, scripted: ScriptedGitHub, head: str, commits: list[Any], first_head: str
) -> None:
    items = {"pageInfo": _OVER, "nodes": commits}
    pull = _pull(1, headRefOid=head or None, timelineItems=items)
    scripted.on("POST", "/graphql", Say(json={"data": {"repository": {"pullRequest": pull}}}))
    timeline = await reader.timeline(1)
    assert timeline is not None
    assert (timeline.current_head, timeline.head_sha) == (head, first_head)


async def test_a_head_dated_before_an_earlier_push_is_still_the_head(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    older, newer = _commit("old", 1), _commit("new", 2)
    older["pushed"]["committedDate"] = "2026-03-01T09:00:00Z"
    newer["pushed"]["committedDate"] = "2026-03-01T10:00:00Z"
    items = {"pageInfo": _OVER, "nodes": [newer, older]}
    pull = _pull(1, headRefOid="old", timelineItems=items)
    scripted.on("POST", "/graphql", Say(json={"data": {"repository": {"pullRequest": pull}}}))
    timeline = await reader.timeline(1)
    assert timeline is not None
    assert timeline.current_head == "old"
    assert [act.body for act in timeline.acts] == ["new", "old"]


async def test_an_unexpected_shape_is_no_answer(reader: RepositoryReader, scripted: ScriptedGitHub) -> None:
    scripted.on("POST", "/graphql", Say(json={"data": _page([{"number": 1}])}))
    with pytest.raises(GitHubUnavailable, match=r"createdAt is missing"):
        _ = [one async for one in reader.open_pull_requests()]


async def test_the_past_is_read_back_to_a_day_whatever_has_become_of_it(desk: Desk) -> None:
    acts, clock = desk.github.acts, desk.github.clock
    old = acts.open_pull_request("acme/rockets", by="ada", title="Long ago")
    acts.close(old, by="grace")
    clock.move(timedelta(days=30))
    merged = acts.open_pull_request("acme/rockets", by="ada", title="Merged")
    acts.merge(merged, by="grace")
    still_open = acts.open_pull_request("acme/rockets", by="linus", title="Open")

    since = START + timedelta(days=20)
    found = [one async for one in desk.reader.past_pull_requests(since)]
    assert {one.number: one.is_open for one in found} == {merged.number: False, still_open.number: True}
    everything = [one.number async for one in desk.reader.past_pull_requests(START - timedelta(days=1))]
    assert sorted(everything) == [old.number, merged.number, still_open.number]
