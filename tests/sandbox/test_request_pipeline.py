"""Whatever is asked: permissions, pages, ETags, limits, moved repositories, faults, recorded requests."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.faults import Fault, HookFault
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.sandbox.receiving import Caller, Ear

O = "/repos/octo/hello"  # noqa: E741 — short, as it stands in nearly every line


def renew(api: Caller) -> None:
    """A new token: the old one ended."""
    installation = api.github.acts.installation_on("octo")
    api.authorization = f"token {api.github.tokens.for_installation(installation).token}"


@pytest.mark.parametrize(
    ("permissions", "method", "path", "status"),
    [
        pytest.param({}, "GET", f"{O}/issues", 403, id="reading issues takes issues"),
        pytest.param({"issues": "read"}, "GET", f"{O}/issues/1", 200, id="reading an issue"),
        pytest.param(
            {"pull_requests": "read"}, "GET", f"{O}/issues/1", 403, id="an issue is no pull request"
        ),
        pytest.param({"pull_requests": "read"}, "GET", f"{O}/issues/2", 200, id="a pull request as issue"),
        pytest.param({"issues": "read"}, "POST", f"{O}/issues/1/comments", 403, id="reading is not writing"),
        pytest.param(
            {"issues": "write"}, "POST", f"{O}/issues/2/comments", 201, id="comment on a pull request"
        ),
        pytest.param(
            {"pull_requests": "write"}, "POST", f"{O}/issues/1/comments", 403, id="comment on an issue"
        ),
        pytest.param({"issues": "write"}, "GET", f"{O}/pulls/2", 403, id="issues don't open pulls"),
        pytest.param({}, "GET", f"{O}/contents/README.md", 403, id="contents"),
        pytest.param({}, "GET", O, 200, id="metadata is always there"),
        pytest.param({"members": "read"}, "GET", "/orgs/octo/teams/core/members", 200, id="members"),
        pytest.param({}, "GET", "/orgs/octo/teams/core/members", 403, id="no members"),
    ],
)
async def test_permissions_of_the_installation_are_checked(
    acts: Acts, api: Caller, permissions: dict[str, str], method: str, path: str, status: int
) -> None:
    acts.open_issue("octo/hello", by="ada", title="Hi")
    acts.open_pull_request("octo/hello", by="ada", title="Hi")
    acts.add_team("octo", "Core", by="grace")
    installation = acts.installation_on("octo")
    installation.permissions.clear()
    installation.permissions.update(permissions)
    found = await api(method, path, {"body": "Hi"} if method == "POST" else None)
    assert found.status == status
    if status == 403:
        assert found.body["message"] == "Resource not accessible by integration"
        assert "x-accepted-github-permissions" in found.headers


async def test_what_the_installation_does_not_cover_is_not_there(acts: Acts, api: Caller) -> None:
    acts.create_repository("grace/own", private=True)
    acts.create_repository("octo/other", by="grace")
    assert (await api("GET", "/repos/grace/own")).status == 404
    acts.remove_repositories("octo", ["octo/other"])
    assert (await api("GET", "/repos/octo/other")).status == 404
    names = [one["name"] for one in (await api("GET", "/installation/repositories")).body["repositories"]]
    assert names == ["hello"]


async def test_nobody_in_particular_reads_what_is_public(acts: Acts, anonymous: Caller) -> None:
    acts.create_repository("octo/secret", private=True, by="grace")
    assert (await anonymous("GET", O)).status == 200
    assert (await anonymous("GET", "/repos/octo/secret")).status == 404
    assert (await anonymous("POST", f"{O}/issues", {"title": "t"})).status == 401
    assert (await anonymous("POST", "/graphql", {"query": "{__typename}"})).status == 401


async def test_a_wrong_token_is_refused(api: Caller) -> None:
    api.authorization = "token ghs_wrong"
    assert (await api("GET", O)).status == 401


async def test_lists_come_in_pages_with_links(github: SimulatedGitHub, acts: Acts, api: Caller) -> None:
    for number in range(65):
        acts.open_issue("octo/hello", by="ada", title=str(number))
    first = await api("GET", f"{O}/issues?direction=asc")
    assert len(first.body) == 30
    assert f'<{github.url}{O}/issues?direction=asc&page=2>; rel="next"' in first.headers["Link"]
    assert 'page=3>; rel="last"' in first.headers["Link"]
    assert 'rel="prev"' not in first.headers["Link"]
    last = await api("GET", f"{O}/issues?direction=asc&page=3")
    assert [one["title"] for one in last.body] == [str(number) for number in range(60, 65)]
    assert 'rel="next"' not in last.headers["Link"]
    assert 'page=2>; rel="prev"' in last.headers["Link"]
    whole = await api("GET", f"{O}/issues?per_page=500")
    assert len(whole.body) == 65
    assert "Link" not in whole.headers
    assert (await api("GET", f"{O}/issues?page=x")).status == 422


async def test_what_did_not_change_is_304_and_free(api: Caller, acts: Acts) -> None:
    first = await api("GET", O)
    again = await api("GET", O, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, "")
    assert again.headers["x-ratelimit-used"] == first.headers["x-ratelimit-used"] == "1"
    acts.open_issue("octo/hello", by="ada", title="Hi")
    assert (await api("GET", O, headers={"If-None-Match": first.headers["ETag"]})).status == 200


async def test_every_answer_says_what_is_left(api: Caller, github: SimulatedGitHub) -> None:
    found = await api("GET", O)
    assert found.headers["x-ratelimit-limit"] == "5000"
    assert found.headers["x-ratelimit-remaining"] == "4999"
    assert found.headers["x-ratelimit-resource"] == "core"
    reset = datetime.fromtimestamp(int(found.headers["x-ratelimit-reset"]), UTC)
    assert timedelta(minutes=59) < reset - github.clock.now() <= timedelta(hours=1)


async def test_the_primary_limit_holds_until_its_reset(github: SimulatedGitHub, api: Caller) -> None:
    github.limits.core_limit = 2
    assert [(await api("GET", O)).status for _ in range(3)] == [200, 200, 403]
    refused = await api("GET", O)
    assert refused.headers["x-ratelimit-remaining"] == "0"
    github.clock.move(timedelta(hours=1))
    renew(api)
    assert (await api("GET", O)).status == 200


async def test_making_content_too_fast_is_refused_when_that_is_counted(
    github: SimulatedGitHub, api: Caller
) -> None:
    github.limits.counts_content = True
    github.limits.per_minute, github.limits.per_hour = 2, 3
    await api("POST", f"{O}/issues", {"title": "t"})
    path = f"{O}/issues/1/comments"
    assert [(await api("POST", path, {"body": "b"})).status for _ in range(2)] == [201, 403]
    refused = await api("POST", path, {"body": "b"})
    assert refused.headers["retry-after"] == "60"
    assert "secondary rate limit" in refused.body["message"]
    github.clock.move(timedelta(minutes=1))
    assert [(await api("POST", path, {"body": "b"})).status for _ in range(2)] == [201, 403]
    github.clock.move(timedelta(hours=1))
    renew(api)
    assert (await api("POST", path, {"body": "b"})).status == 201


async def test_a_renamed_repository_is_found_under_its_old_name(
    acts: Acts, api: Caller, github: SimulatedGitHub
) -> None:
    acts.open_issue("octo/hello", by="ada", title="Hi")
    repository = acts.rename_repository("octo/hello", "goodbye", by="grace")
    moved = await api("GET", f"{O}/issues/1?x=y", follows=False)
    assert moved.status == 301
    assert moved.headers["Location"] == f"{github.url}/repositories/{repository.id}/issues/1?x=y"
    assert (await api("GET", f"{O}/issues/1")).body["title"] == "Hi"
    assert (await api("GET", f"/repositories/{repository.id}")).body["full_name"] == "octo/goodbye"
    assert (await api("POST", f"{O}/issues/1/comments", {"body": "b"}, follows=False)).status == 307
    assert (await api("POST", f"{O}/issues/1/comments", {"body": "b"})).status == 201


async def test_a_deleted_repository_is_gone_and_an_archived_one_is_read_only(acts: Acts, api: Caller) -> None:
    acts.archive_repository("octo/hello", by="grace")
    assert (await api("POST", f"{O}/issues", {"title": "t"})).status == 403
    assert (await api("GET", O)).body["archived"] is True
    acts.delete_repository("octo/hello", by="grace")
    assert (await api("GET", O)).status == 404


async def test_bodies_that_are_no_json_are_refused(github: SimulatedGitHub, api: Caller) -> None:
    headers = {"Authorization": api.authorization or ""}
    async with api.session.post(f"{github.url}{O}/issues", data="{", headers=headers) as answer:
        assert answer.status == 400
    async with api.session.post(f"{github.url}{O}/issues", data="3", headers=headers) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_faults_give_an_error_as_often_as_ordered(
    github: SimulatedGitHub, api: Caller, status: int
) -> None:
    github.faults.add("status", method="GET", path="/repos/.*/issues", times=2, status=status)
    assert [(await api("GET", f"{O}/issues")).status for _ in range(3)] == [status, status, 200]
    assert (await api("GET", O)).status == 200


@pytest.mark.parametrize(
    ("kind", "made"),
    [pytest.param("drop_before", 0, id="before acting"), pytest.param("drop_after", 1, id="after acting")],
)
async def test_lines_are_dropped(
    github: SimulatedGitHub, acts: Acts, api: Caller, kind: Fault, made: int
) -> None:
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    github.faults.add(kind, method="POST")
    with pytest.raises(aiohttp.ClientError):
        await api("POST", f"{O}/issues/1/comments", {"body": "b"})
    assert len(issue.comments) == made
    assert github.requests[-1].status == 0


async def test_broken_bodies_and_slow_answers(github: SimulatedGitHub, api: Caller) -> None:
    github.faults.add("broken_body")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|Invalid"):
        await api("GET", O)
    github.faults.add("slow", seconds=0.05)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api("GET", O), 0.01)
    assert (await api("GET", O)).status == 200


async def test_github_finishes_what_it_began_though_nobody_waits(
    github: SimulatedGitHub, acts: Acts, api: Caller
) -> None:
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    github.faults.add("slow", seconds=0.2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(api("POST", f"{O}/issues/1/comments", {"body": "b"}), 0.05)
    assert not issue.comments
    async with asyncio.timeout(5):
        while not issue.comments:  # noqa: ASYNC110 - GitHub tells nobody
            await asyncio.sleep(0.02)
    assert github.requests[-1].fault == "slow"


async def test_an_error_may_hide_that_it_was_done(github: SimulatedGitHub, acts: Acts, api: Caller) -> None:
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    github.faults.add("status_after", status=502)
    assert (await api("POST", f"{O}/issues/1/comments", {"body": "b"})).status == 502
    assert len(issue.comments) == 1


async def test_listings_may_lag_behind(github: SimulatedGitHub, acts: Acts, api: Caller) -> None:
    issue = acts.open_issue("octo/hello", by="ada", title="Hi")
    acts.comment(issue, by="ada", body="Early")
    github.clock.move(timedelta(seconds=30))
    acts.comment(issue, by="ada", body="Late")
    github.faults.add("stale", seconds=10)
    seen = [[one["body"] for one in (await api("GET", f"{O}/issues/1/comments")).body] for _ in range(2)]
    assert seen == [["Early"], ["Early", "Late"]]


async def test_tokens_can_be_revoked(github: SimulatedGitHub, api: Caller) -> None:
    github.faults.add("revoked_token")
    assert [(await api("GET", O)).status for _ in range(2)] == [401, 401]
    renew(api)
    assert (await api("GET", O)).status == 200


async def test_a_clock_that_jumps_may_spare_tokens_under_way(github: SimulatedGitHub, api: Caller) -> None:
    github.tokens.grace = timedelta(days=5)
    github.clock.move(timedelta(days=4))
    assert (await api("GET", O)).status == 200
    github.clock.move(timedelta(days=2))
    assert (await api("GET", O)).status == 401


async def test_limits_can_be_ordered(github: SimulatedGitHub, api: Caller) -> None:
    github.faults.add("secondary_limit", seconds=30)
    refused = await api("GET", O)
    assert (refused.status, refused.headers["retry-after"]) == (403, "30")
    github.faults.add("primary_limit", seconds=90)
    assert (await api("GET", O)).headers["x-ratelimit-remaining"] == "0"
    assert (await api("GET", O)).status == 403
    assert (await api.graphql("{__typename}"))["data"] == {"__typename": "Query"}
    github.clock.move(timedelta(seconds=91))
    assert (await api("GET", O)).status == 200
    github.faults.add("primary_limit", path="/graphql")
    assert (await api.graphql("{__typename}"))["errors"][0]["type"] == "RATE_LIMITED"


async def test_webhooks_are_lost_doubled_and_reordered_on_order(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    outcomes: dict[HookFault, list[str]] = {
        "lost": ["2", "3"],
        "twice": ["1", "2", "3", "1"],
        "reordered": ["2", "1", "3"],
    }
    for kind, expected in outcomes.items():
        ear.forget()
        github.faults.add_to_deliveries(kind, event="issues")
        for title in ("1", "2", "3"):
            acts.open_issue("octo/hello", by="ada", title=title)
        await github.settled()
        assert [one.payload["issue"]["title"] for one in ear.heard] == expected, kind
    statuses = [one.status for one in github.webhooks.log.values()]
    assert statuses.count("failed to connect to host") == 1


async def test_a_reordered_webhook_without_successor_comes_all_the_same(
    github: SimulatedGitHub, acts: Acts, ear: Ear
) -> None:
    github.faults.add_to_deliveries("reordered")
    acts.open_issue("octo/hello", by="ada", title="1")
    await github.settled()
    assert ear.names == ["issues.opened"]


async def test_every_request_is_recorded(github: SimulatedGitHub, acts: Acts, api: Caller) -> None:
    await api("GET", f"/api/v3{O}/issues?state=all")
    await api.graphql("{__typename}")
    first, second = github.requests[-2:]
    assert (first.method, first.path, first.query, first.status) == ("GET", f"{O}/issues", "state=all", 200)
    assert first.installation_id == acts.installation_on("octo").id
    assert second.graphql == "{__typename}"


async def test_answers_go_by_the_clock_of_the_sandbox(
    github: SimulatedGitHub, acts: Acts, api: Caller
) -> None:
    github.clock.freeze(datetime(2027, 2, 9, 8, 0, tzinfo=UTC))
    acts.open_issue("octo/hello", by="ada", title="Hi")
    renew(api)
    found = await api("GET", f"{O}/issues/1")
    assert found.headers["Date"] == "Tue, 09 Feb 2027 08:00:00 GMT"
    assert found.body["created_at"] == "2027-02-09T08:00:00Z"
