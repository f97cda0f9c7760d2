"""What is written over REST is answered as GitHub describes it, and does what GitHub would do."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.sandbox.acts import Acts
from tests.sandbox.receiving import Caller

O = "/repos/octo/hello"  # noqa: E741 — short, as it stands in every line below


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param(
            "POST",
            f"{O}/issues",
            {"title": "New", "labels": ["bug"]},
            201,
            id="issue",
        ),
        pytest.param(
            "PATCH",
            f"{O}/issues/1",
            {"title": "N", "body": "b", "state": "closed", "state_reason": "duplicate"},
            200,
            id="change issue",
        ),
        pytest.param("PATCH", f"{O}/issues/1", {"state": "open"}, 200, id="reopen issue"),
        pytest.param("POST", f"{O}/issues/2/comments", {"body": "Hi"}, 201, id="comment"),
        pytest.param("PATCH", f"{O}/issues/comments/4000001", {"body": "Hi"}, 200, id="change comment"),
        pytest.param("DELETE", f"{O}/issues/comments/4000001", None, 204, id="delete comment"),
        pytest.param("POST", f"{O}/labels", {"name": "good first issue", "color": "00ff00"}, 201, id="label"),
        pytest.param("POST", f"{O}/labels", {"name": "BUG"}, 422, id="label of a name that is taken"),
        pytest.param("POST", f"{O}/issues/2/labels", {"labels": ["bug", "new"]}, 200, id="add labels"),
        pytest.param("DELETE", f"{O}/issues/1/labels/bug", None, 200, id="remove label"),
        pytest.param("DELETE", f"{O}/issues/1/labels/nope", None, 404, id="remove label that is not on"),
        pytest.param("POST", f"{O}/issues/2/reactions", {"content": "eyes"}, 201, id="reaction"),
        pytest.param("POST", f"{O}/issues/2/reactions", {"content": "sad"}, 422, id="no such reaction"),
        pytest.param(
            "POST", f"{O}/issues/comments/4000001/reactions", {"content": "+1"}, 201, id="to a comment"
        ),
        pytest.param("POST", f"{O}/pulls/comments/6000001/reactions", {"content": "-1"}, 201, id="to a line"),
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
        pytest.param("POST", f"{O}/issues", {"title": " "}, 422, id="issue without title"),
        pytest.param("GET", f"{O}/issues/99", None, 404, id="no such issue"),
        pytest.param("GET", f"{O}/issues/one", None, 404, id="no number"),
        pytest.param("GET", f"{O}/pulls/1", None, 404, id="an issue is no pull request"),
        pytest.param("GET", f"{O}/contents/nope", None, 404, id="no such file"),
        pytest.param("GET", f"{O}/contents/README.md?ref=nope", None, 404, id="no such branch"),
        pytest.param("GET", f"{O}/collaborators/ada", None, 404, id="no collaborator"),
        pytest.param("GET", f"{O}/collaborators/grace", None, 204, id="collaborator"),
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


async def test_one_stranger_fails_the_whole_request_for_reviews(busy: Acts, api: Caller) -> None:
    pull = busy.pull("octo/hello#2")
    busy.remove_review_request(pull, "grace", by="ada")
    found = await api("POST", f"{O}/pulls/2/requested_reviewers", {"reviewers": ["grace", "newton"]})
    assert found.status == 422
    assert pull.requested == {}


async def test_a_check_run_of_ours_can_be_changed(busy: Acts, api: Caller) -> None:
    sha = busy.pull("octo/hello#2").head_sha
    made = await api("POST", f"{O}/check-runs", {"name": "config", "head_sha": sha})
    assert made.body["status"] == "queued"
    output = {"title": "t", "summary": "s", "annotations": [_ANNOTATION]}
    path = f"{O}/check-runs/{made.body['id']}"
    done = await api("PATCH", path, {"conclusion": "success", "status": "completed", "output": output})
    assert (done.body["status"], done.body["output"]["annotations_count"]) == ("completed", 1)
    assert busy.world.check_runs[made.body["id"]].annotations[0]["message"] == "m"
    assert (await api("PATCH", path, {"output": output | {"annotations": [_ANNOTATION] * 51}})).status == 422
    assert (await api("PATCH", path, {"status": "completed"})).status == 422


_ANNOTATION = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}


async def test_the_api_calls_newcomers_by_another_name_than_webhooks_do(busy: Acts, api: Caller) -> None:
    assert (await api("GET", f"{O}/pulls/2")).body["author_association"] == "FIRST_TIME_CONTRIBUTOR"
    assert (await api("GET", f"{O}/issues/1")).body["author_association"] == "NONE"


async def test_a_deleted_account_is_a_ghost(busy: Acts, api: Caller) -> None:
    busy.delete_user("newton")
    found = (await api("GET", f"{O}/issues/1")).body
    assert (found["user"]["login"], found["user"]["id"]) == ("ghost", 10137)
    assert (await api("GET", "/users/newton")).status == 404
