"""What is read over REST is as GitHub describes it: the caller holds every answer against OpenAPI."""

from __future__ import annotations

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.addresses import all_routes
from tests.contract.openapi import description
from tests.sandbox.receiving import Caller

O = "/repos/octo/hello"  # noqa: E741 — short, as it stands in every line below


@pytest.mark.parametrize(
    ("path", "count"),
    [
        pytest.param("/installation/repositories", None, id="repositories of the installation"),
        pytest.param(O, None, id="repository"),
        pytest.param(f"{O}/contents/README.md", None, id="file"),
        pytest.param(f"{O}/contents/src", 1, id="directory"),
        pytest.param(f"{O}/contents/", 2, id="root directory"),
        pytest.param(f"{O}/commits", 1, id="commits"),
        pytest.param(f"{O}/commits?since=2999-01-01T00:00:00Z", 0, id="commits since"),
        pytest.param(f"{O}/commits/HEAD_OF_2/check-runs", None, id="check runs"),
        pytest.param(f"{O}/commits/HEAD_OF_2/check-suites", None, id="check suites"),
        pytest.param(f"{O}/commits/HEAD_OF_2/status", None, id="combined status"),
        pytest.param(f"{O}/issues", 2, id="issues"),
        pytest.param(f"{O}/issues?labels=bug", 1, id="issues with a label"),
        pytest.param(f"{O}/issues?assignee=none", 2, id="issues of nobody"),
        pytest.param(f"{O}/issues/1", None, id="issue"),
        pytest.param(f"{O}/issues/2", None, id="pull request as an issue"),
        pytest.param(f"{O}/issues/2/comments", 1, id="comments"),
        pytest.param(f"{O}/issues/2/timeline?per_page=100", 19, id="timeline"),
        pytest.param(f"{O}/issues/2/events?per_page=100", 15, id="events"),
        pytest.param(f"{O}/issues/2/reactions", 1, id="reactions"),
        pytest.param(f"{O}/issues/comments/4000001/reactions", 1, id="reactions to a comment"),
        pytest.param(f"{O}/pulls/comments/6000001/reactions", 1, id="reactions to a line"),
        pytest.param(f"{O}/labels/Bug", None, id="label"),
        pytest.param(f"{O}/pulls", 1, id="pull requests"),
        pytest.param(f"{O}/pulls/2", None, id="pull request"),
        pytest.param(f"{O}/pulls/2/files", 1, id="files"),
        pytest.param(f"{O}/pulls/2/comments", 2, id="comments on lines"),
        pytest.param(f"{O}/collaborators/ada/permission", None, id="permission"),
        pytest.param("/orgs/octo/teams/core/members", 1, id="members of a team"),
        pytest.param("/users/ada", None, id="user"),
        pytest.param("/user/1005", None, id="user by id"),
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


def test_every_route_is_one_of_github() -> None:
    ours = {"/graphql", "/login/oauth/authorize", "/login/oauth/access_token"}
    published = {(one.method, one.path) for one in all_routes() if not one.path.startswith("/repositories/")}
    plain = [
        (method, path.replace(":.*", "").replace(":.+", "")) for method, path in published if path not in ours
    ]
    assert [one for one in plain if description().operation(*one) is None] == []
