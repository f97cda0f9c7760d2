"""The REST API answers as GitHub describes it: the caller holds every answer against OpenAPI."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.addresses import all_routes
from mentorbot.sandbox.server import GitHub
from tests.contract.openapi import description
from tests.sandbox.receiving import Caller

O = "/repos/octo/hello"  # noqa: E741 — short, as it stands in every line below


@pytest.fixture
async def busy(acts: Acts) -> Acts:
    """A repository in which everything happened once."""
    acts.open_issue("octo/hello", by="newton", title="It falls", labels=("bug",))
    pull = acts.open_pull_request(
        "octo/hello", by="ada", title="Catch it", body="Fixes #1, ask @grace", files={"src/b.py": "b = 2\n"}
    )
    acts.review(
        pull, by="grace", verdict="request_changes", body="Nearly", comments=[("src/b.py", 1, "Why?")]
    )
    acts.reply_to_review_comment(6_000_001, by="ada", body="Because")
    acts.comment(pull, by="newton", body="Hm")
    acts.add_team("octo", "Core", by="grace", members=("grace",))
    acts.give_team("octo/hello", "octo/core", "write", by="grace")
    acts.request_review(pull, ["grace", "octo/core"], by="ada")
    acts.remove_review_request(pull, "octo/core", by="ada")
    acts.dismiss_review(5_000_001, by="grace")
    acts.edit(pull, by="ada", title="Catch it well")
    acts.assign(pull, "grace", by="grace")
    acts.unassign(pull, "grace", by="grace")
    acts.set_milestone(pull, acts.create_milestone("octo/hello", "1.0", by="grace"), by="grace")
    acts.convert_to_draft(pull)
    acts.mark_ready(pull)
    acts.push_to(pull, files={"src/b.py": "b = 3\n"}, force=True)
    acts.lock(pull, by="grace")
    acts.lock(pull, by="grace", locked=False)
    acts.label(pull, "bug", by="grace")
    acts.unlabel(pull, "bug", by="grace")
    acts.react(pull, "heart", by="newton")
    acts.react(acts.world.comments[4_000_001], "+1", by="ada")
    acts.react(acts.world.review_comments[6_000_001], "eyes", by="ada")
    acts.complete_check("octo/hello", pull.head_sha)
    acts.set_commit_status("octo/hello", pull.head_sha, "success", by="grace")
    acts.run_workflow(pull, waits=True)
    return acts


@pytest.mark.parametrize(
    ("path", "count"),
    [
        pytest.param("/installation/repositories", None, id="repositories of the installation"),
        pytest.param(O, None, id="repository"),
        pytest.param(f"{O}/contents/README.md", None, id="file"),
        pytest.param(f"{O}/contents/src", 1, id="directory"),
        pytest.param(f"{O}/contents/", 2, id="root directory"),
        pytest.param(f"{O}/branches", 1, id="branches"),
        pytest.param(f"{O}/branches/main", None, id="branch"),
        pytest.param(f"{O}/git/ref/heads/main", None, id="ref"),
        pytest.param(f"{O}/commits", 1, id="commits"),
        pytest.param(f"{O}/commits?author=grace&path=src", 1, id="commits by author and path"),
        pytest.param(f"{O}/commits?author=nobody@example.com", 0, id="commits by address"),
        pytest.param(f"{O}/commits?since=2999-01-01T00:00:00Z", 0, id="commits since"),
        pytest.param(f"{O}/commits/main", None, id="commit"),
        pytest.param(f"{O}/commits/HEAD_OF_2/pulls", 1, id="pull requests of a commit"),
        pytest.param(f"{O}/commits/HEAD_OF_2/check-runs", None, id="check runs"),
        pytest.param(f"{O}/commits/HEAD_OF_2/check-suites", None, id="check suites"),
        pytest.param(f"{O}/commits/HEAD_OF_2/status", None, id="combined status"),
        pytest.param(f"{O}/commits/HEAD_OF_2/statuses", 1, id="statuses"),
        pytest.param(f"{O}/actions/runs", None, id="workflow runs"),
        pytest.param(f"{O}/check-runs/9300001", None, id="check run"),
        pytest.param(f"{O}/issues", 2, id="issues"),
        pytest.param(f"{O}/issues?labels=bug", 1, id="issues with a label"),
        pytest.param(
            f"{O}/issues?creator=ada&state=all&sort=updated&direction=asc", 1, id="issues by somebody"
        ),
        pytest.param(f"{O}/issues?assignee=none", 2, id="issues of nobody"),
        pytest.param(f"{O}/issues?since=2999-01-01T00:00:00Z", 0, id="issues since"),
        pytest.param(f"{O}/issues/1", None, id="issue"),
        pytest.param(f"{O}/issues/2", None, id="pull request as an issue"),
        pytest.param(f"{O}/issues/2/comments", 1, id="comments"),
        pytest.param(f"{O}/issues/comments", 1, id="all comments"),
        pytest.param(f"{O}/issues/comments?sort=updated&direction=desc", 1, id="all comments sorted"),
        pytest.param(f"{O}/issues/comments/4000001", None, id="comment"),
        pytest.param(f"{O}/issues/2/timeline?per_page=100", 20, id="timeline"),
        pytest.param(f"{O}/issues/2/events?per_page=100", 16, id="events"),
        pytest.param(f"{O}/issues/2/reactions", 1, id="reactions"),
        pytest.param(f"{O}/issues/2/reactions?content=laugh", 0, id="reactions of one kind"),
        pytest.param(f"{O}/issues/comments/4000001/reactions", 1, id="reactions to a comment"),
        pytest.param(f"{O}/pulls/comments/6000001/reactions", 1, id="reactions to a line"),
        pytest.param(f"{O}/issues/1/labels", 1, id="labels of an issue"),
        pytest.param(f"{O}/labels", 1, id="labels"),
        pytest.param(f"{O}/labels/Bug", None, id="label"),
        pytest.param(f"{O}/milestones", 1, id="milestones"),
        pytest.param(f"{O}/assignees", 1, id="assignees"),
        pytest.param(f"{O}/pulls", 1, id="pull requests"),
        pytest.param(f"{O}/pulls?state=closed&sort=updated", 0, id="closed pull requests"),
        pytest.param(f"{O}/pulls?head=ada:patch-2&base=main", 1, id="pull requests by head"),
        pytest.param(f"{O}/pulls/2", None, id="pull request"),
        pytest.param(f"{O}/pulls/2/files", 1, id="files"),
        pytest.param(f"{O}/pulls/2/commits", 1, id="commits of a pull request"),
        pytest.param(f"{O}/pulls/2/reviews", 2, id="reviews"),
        pytest.param(f"{O}/pulls/2/reviews/5000001", None, id="review"),
        pytest.param(f"{O}/pulls/2/reviews/5000001/comments", 1, id="comments of a review"),
        pytest.param(f"{O}/pulls/2/comments", 2, id="comments on lines"),
        pytest.param(f"{O}/pulls/comments", 2, id="all comments on lines"),
        pytest.param(f"{O}/pulls/comments/6000001", None, id="comment on a line"),
        pytest.param(f"{O}/pulls/2/requested_reviewers", None, id="requested reviewers"),
        pytest.param(f"{O}/collaborators", 1, id="collaborators"),
        pytest.param(f"{O}/collaborators/ada/permission", None, id="permission"),
        pytest.param(f"{O}/teams", 1, id="teams of a repository"),
        pytest.param("/orgs/octo/members", 1, id="members"),
        pytest.param("/orgs/octo/teams", 1, id="teams"),
        pytest.param("/orgs/octo/teams/core/members", 1, id="members of a team"),
        pytest.param("/orgs/octo/teams/core/memberships/grace", None, id="membership"),
        pytest.param("/users/ada", None, id="user"),
        pytest.param("/user/1005", None, id="user by id"),
        pytest.param("/rate_limit", None, id="rate limit"),
        pytest.param("/meta", None, id="meta"),
        pytest.param("/search/issues?q=author:ada+repo:octo/hello+type:pr", None, id="search"),
    ],
)
async def test_what_is_read_is_as_github_describes_it(
    busy: Acts, api: Caller, path: str, count: int | None
) -> None:
    path = path.replace("HEAD_OF_2", busy.pull("octo/hello#2").head_sha)
    found = await api("GET", path)
    assert found.status == 200
    if count is not None:
        assert len(found.body) == count


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param(
            "POST",
            f"{O}/issues",
            {"title": "New", "labels": ["bug"], "assignees": ["grace"]},
            201,
            id="issue",
        ),
        pytest.param(
            "PATCH",
            f"{O}/issues/1",
            {"title": "N", "body": "b", "state": "closed", "labels": ["x"], "assignees": [], "milestone": 1},
            200,
            id="change issue",
        ),
        pytest.param("PATCH", f"{O}/issues/1", {"state": "open", "milestone": None}, 200, id="reopen issue"),
        pytest.param("POST", f"{O}/issues/2/comments", {"body": "Hi"}, 201, id="comment"),
        pytest.param("PATCH", f"{O}/issues/comments/4000001", {"body": "Hi"}, 200, id="change comment"),
        pytest.param("DELETE", f"{O}/issues/comments/4000001", None, 204, id="delete comment"),
        pytest.param("POST", f"{O}/labels", {"name": "good first issue", "color": "00ff00"}, 201, id="label"),
        pytest.param("POST", f"{O}/labels", {"name": "BUG"}, 422, id="label of a name that is taken"),
        pytest.param("POST", f"{O}/issues/2/labels", {"labels": ["bug", "new"]}, 200, id="add labels"),
        pytest.param("POST", f"{O}/issues/2/labels", ["bug"], 200, id="add labels as a list"),
        pytest.param("PUT", f"{O}/issues/1/labels", {"labels": ["new"]}, 200, id="set labels"),
        pytest.param("DELETE", f"{O}/issues/1/labels/bug", None, 200, id="remove label"),
        pytest.param("DELETE", f"{O}/issues/1/labels/nope", None, 404, id="remove label that is not on"),
        pytest.param("DELETE", f"{O}/issues/1/labels", None, 204, id="remove all labels"),
        pytest.param("POST", f"{O}/issues/2/reactions", {"content": "eyes"}, 201, id="reaction"),
        pytest.param("POST", f"{O}/issues/2/reactions", {"content": "sad"}, 422, id="no such reaction"),
        pytest.param(
            "POST", f"{O}/issues/comments/4000001/reactions", {"content": "+1"}, 201, id="to a comment"
        ),
        pytest.param("POST", f"{O}/pulls/comments/6000001/reactions", {"content": "-1"}, 201, id="to a line"),
        pytest.param("DELETE", f"{O}/issues/2/reactions/7000001", None, 403, id="somebody else's reaction"),
        pytest.param("POST", f"{O}/issues/2/assignees", {"assignees": ["grace", "ada"]}, 201, id="assign"),
        pytest.param("DELETE", f"{O}/issues/2/assignees", {"assignees": ["grace"]}, 200, id="unassign"),
        pytest.param(
            "PATCH", f"{O}/pulls/2", {"title": "T", "state": "closed"}, 200, id="change pull request"
        ),
        pytest.param(
            "POST",
            f"{O}/pulls/2/reviews",
            {"event": "COMMENT", "body": "b", "comments": [{"path": "src/b.py", "line": 1, "body": "c"}]},
            200,
            id="review",
        ),
        pytest.param("POST", f"{O}/pulls/2/reviews", {"event": "COMMENT"}, 422, id="review without words"),
        pytest.param(
            "PUT", f"{O}/pulls/2/reviews/5000002/dismissals", {"message": "m"}, 422, id="dismiss a comment"
        ),
        pytest.param("POST", f"{O}/pulls/2/comments/6000001/replies", {"body": "r"}, 201, id="reply"),
        pytest.param(
            "PATCH", f"{O}/pulls/comments/6000001", {"body": "r"}, 200, id="change comment on a line"
        ),
        pytest.param(
            "POST", f"{O}/pulls/2/requested_reviewers", {"reviewers": ["grace"]}, 201, id="request review"
        ),
        pytest.param(
            "POST",
            f"{O}/pulls/2/requested_reviewers",
            {"reviewers": ["newton", "grace"]},
            422,
            id="request of a stranger",
        ),
        pytest.param(
            "POST", f"{O}/pulls/2/requested_reviewers", {"reviewers": ["grace"] * 16}, 422, id="of too many"
        ),
        pytest.param(
            "POST",
            f"{O}/pulls/2/requested_reviewers",
            {"team_reviewers": ["core"]},
            201,
            id="request of a team",
        ),
        pytest.param(
            "DELETE", f"{O}/pulls/2/requested_reviewers", {"reviewers": ["grace"]}, 200, id="take it back"
        ),
        pytest.param(
            "POST",
            f"{O}/check-runs",
            {
                "name": "config",
                "head_sha": "HEAD_OF_2",
                "status": "completed",
                "conclusion": "failure",
                "output": {
                    "title": "t",
                    "summary": "s",
                    "annotations": [
                        {
                            "path": "a",
                            "start_line": 1,
                            "end_line": 1,
                            "annotation_level": "failure",
                            "message": "m",
                        }
                    ],
                },
            },
            201,
            id="check run",
        ),
        pytest.param(
            "POST", f"{O}/check-runs", {"name": "x", "head_sha": "0" * 40}, 422, id="check of no commit"
        ),
        pytest.param(
            "PATCH", f"{O}/check-runs/9300001", {"status": "queued"}, 403, id="somebody else's check run"
        ),
        pytest.param("PUT", f"{O}/pulls/2/merge", {}, 403, id="merge without permission"),
        pytest.param("POST", f"{O}/issues", {"title": " "}, 422, id="issue without title"),
        pytest.param("GET", f"{O}/issues/99", None, 404, id="no such issue"),
        pytest.param("GET", f"{O}/issues/one", None, 404, id="no number"),
        pytest.param("GET", f"{O}/pulls/1", None, 404, id="an issue is no pull request"),
        pytest.param("GET", f"{O}/pulls/2/merge", None, 404, id="not merged"),
        pytest.param("GET", f"{O}/contents/nope", None, 404, id="no such file"),
        pytest.param("GET", f"{O}/contents/README.md?ref=nope", None, 404, id="no such branch"),
        pytest.param("GET", f"{O}/assignees/ada", None, 404, id="not assignable"),
        pytest.param("GET", f"{O}/assignees/grace", None, 204, id="assignable"),
        pytest.param("GET", f"{O}/collaborators/ada", None, 404, id="no collaborator"),
        pytest.param("GET", f"{O}/collaborators/grace", None, 204, id="collaborator"),
        pytest.param("GET", "/orgs/octo/members/ada", None, 404, id="no member"),
        pytest.param("GET", "/orgs/octo/members/grace", None, 204, id="member"),
        pytest.param("GET", "/users/nobody", None, 404, id="nobody"),
        pytest.param("GET", "/nothing/here", None, 404, id="no such address"),
    ],
)
async def test_what_is_written_or_refused_is_as_github_describes_it(
    busy: Acts, api: Caller, method: str, path: str, body: Any, status: int
) -> None:
    if isinstance(body, dict) and body.get("head_sha") == "HEAD_OF_2":
        body = body | {"head_sha": busy.pull("octo/hello#2").head_sha}
    found = await api(method, path, body)
    assert found.status == status
    if status >= 400:
        assert {"message", "documentation_url", "status"} <= found.body.keys()


def test_every_route_is_one_of_github() -> None:
    ours = {"/graphql", "/login/oauth/authorize", "/login/oauth/access_token"}
    published = {(one.method, one.path) for one in all_routes() if not one.path.startswith("/repositories/")}
    plain = [
        (method, path.replace(":.*", "").replace(":.+", "")) for method, path in published if path not in ours
    ]
    assert [one for one in plain if description().operation(*one) is None] == []


async def test_comments_by_the_bot_say_so(busy: Acts, api: Caller) -> None:
    found = await api("POST", f"{O}/issues/2/comments", {"body": "Welcome"})
    assert found.body["user"]["login"] == "mentorbot[bot]"
    assert found.body["user"]["type"] == "Bot"
    assert found.body["performed_via_github_app"]["slug"] == "mentorbot"


async def test_bodies_have_a_limit(busy: Acts, api: Caller) -> None:
    assert (await api("POST", f"{O}/issues/2/comments", {"body": "x" * 65_536})).status == 201
    assert (await api("POST", f"{O}/issues/2/comments", {"body": "x" * 65_537})).status == 422


async def test_a_reaction_given_twice_is_one(busy: Acts, api: Caller) -> None:
    first = await api("POST", f"{O}/issues/2/reactions", {"content": "eyes"})
    second = await api("POST", f"{O}/issues/2/reactions", {"content": "eyes"})
    assert (first.status, second.status, first.body["id"]) == (201, 200, second.body["id"])
    assert (await api("DELETE", f"{O}/issues/2/reactions/{first.body['id']}")).status == 204


async def test_one_stranger_fails_the_whole_request_for_reviews(busy: Acts, api: Caller) -> None:
    pull = busy.pull("octo/hello#2")
    busy.remove_review_request(pull, "grace", by="ada")
    found = await api("POST", f"{O}/pulls/2/requested_reviewers", {"reviewers": ["grace", "newton"]})
    assert found.status == 422
    assert pull.requested == {}


async def test_files_come_raw_when_asked_for_that(busy: Acts, api: Caller) -> None:
    raw = await api("GET", f"{O}/contents/README.md", headers={"Accept": "application/vnd.github.raw+json"})
    coded = await api("GET", f"{O}/contents/README.md?ref=main")
    assert raw.body == "# Hello\n"
    assert base64.b64decode(coded.body["content"]).decode() == "# Hello\n"


async def test_writing_a_file_is_a_commit_and_wants_the_file_it_replaces(
    github: GitHub, busy: Acts, api: Caller
) -> None:
    busy.installation_on("octo").permissions["contents"] = "write"
    content = {"message": "m", "content": base64.b64encode(b"new\n").decode()}
    assert (await api("PUT", f"{O}/contents/new.md", content)).status == 201
    assert (await api("PUT", f"{O}/contents/new.md", content)).status == 422
    assert (await api("PUT", f"{O}/contents/new.md", content | {"sha": "0" * 40})).status == 409
    sha = (await api("GET", f"{O}/contents/new.md")).body["sha"]
    assert (await api("PUT", f"{O}/contents/new.md", content | {"sha": sha})).status == 200
    assert (await api("PUT", f"{O}/contents/x", content | {"content": "%"})).status == 422
    assert (await api("GET", f"{O}/commits")).body[0]["author"]["login"] == "mentorbot[bot]"


async def test_merging_over_the_api(busy: Acts, api: Caller) -> None:
    busy.installation_on("octo").permissions["contents"] = "write"
    assert (await api("PUT", f"{O}/pulls/2/merge", {"sha": "0" * 40})).status == 409
    assert (await api("PUT", f"{O}/pulls/2/merge", {"merge_method": "squash"})).body["merged"] is True
    assert (await api("PUT", f"{O}/pulls/2/merge", {})).status == 405
    assert (await api("GET", f"{O}/pulls/2/merge")).status == 204
    assert (await api("GET", f"{O}/pulls/2")).body["merged_by"]["login"] == "mentorbot[bot]"
    assert busy.thread("octo/hello#1").state == "closed"


async def test_a_check_run_of_ours_can_be_changed(busy: Acts, api: Caller) -> None:
    sha = busy.pull("octo/hello#2").head_sha
    made = await api("POST", f"{O}/check-runs", {"name": "config", "head_sha": sha})
    assert made.body["status"] == "queued"
    output = {"title": "t", "summary": "s", "annotations": [_ANNOTATION]}
    path = f"{O}/check-runs/{made.body['id']}"
    done = await api("PATCH", path, {"conclusion": "success", "status": "completed", "output": output})
    assert (done.body["status"], done.body["output"]["annotations_count"]) == ("completed", 1)
    assert (await api("GET", f"{path}/annotations")).body[0]["message"] == "m"
    assert (await api("PATCH", path, {"output": output | {"annotations": [_ANNOTATION] * 51}})).status == 422
    assert (await api("PATCH", path, {"status": "completed"})).status == 422


_ANNOTATION = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}


async def test_the_search_refuses_people_with_a_private_profile(github: GitHub, api: Caller) -> None:
    github.acts.add_user("shy", has_private_profile=True)
    assert (await api("GET", "/search/issues?q=author:shy")).status == 422


async def test_the_api_calls_newcomers_by_another_name_than_webhooks_do(busy: Acts, api: Caller) -> None:
    assert (await api("GET", f"{O}/pulls/2")).body["author_association"] == "FIRST_TIME_CONTRIBUTOR"
    assert (await api("GET", f"{O}/issues/1")).body["author_association"] == "NONE"


async def test_a_deleted_account_is_a_ghost(busy: Acts, api: Caller) -> None:
    busy.delete_user("newton")
    found = (await api("GET", f"{O}/issues/1")).body
    assert (found["user"]["login"], found["user"]["id"]) == ("ghost", 10137)
    assert (await api("GET", "/users/newton")).status == 404
