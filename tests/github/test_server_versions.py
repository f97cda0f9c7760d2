from __future__ import annotations

import pytest

from mentorbot.core.errors import Impossible
from mentorbot.github.client import Client
from mentorbot.github.reader import RepositoryReader
from mentorbot.github.server_versions import unknown_to
from tests.github.scripted import Say, ScriptedGitHub

_UNKNOWN_FIELD = {
    "message": "Field 'fullDatabaseId' doesn't exist on type 'IssueComment'",
    "extensions": {"code": "undefinedField", "typeName": "IssueComment", "fieldName": "fullDatabaseId"},
}


async def test_an_older_server_is_asked_for_the_ids_it_knows_and_found_out_once(
    reader: RepositoryReader, scripted: ScriptedGitHub
) -> None:
    said = {"__typename": "IssueComment", "createdAt": "2026-03-01T08:00:00Z", "databaseId": 17}
    over = {"hasNextPage": False, "endCursor": None}
    pull = {
        "number": 1,
        "createdAt": "2026-03-01T08:00:00Z",
        "timelineItems": {"pageInfo": over, "nodes": [said]},
        "reviewThreads": {"pageInfo": over, "nodes": []},
        "commits": {"nodes": []},
    }
    known = Say(json={"data": {"repository": {"databaseId": 1, "pullRequest": pull}}})
    scripted.on("POST", "/graphql", Say(json={"errors": [_UNKNOWN_FIELD]}), known)
    for _ in range(2):
        timeline = await reader.timeline(1)
        assert timeline is not None
        assert [act.id for act in timeline.acts] == ["comment-17"]
    asked = [one.body["query"] for one in scripted.asked("/graphql")]
    assert ["fullDatabaseId" in document for document in asked] == [True, False, False]


@pytest.mark.parametrize("error", [{"message": None}, {"message": "Something else", "extensions": None}])
async def test_other_errors_are_no_sign_of_an_older_server(
    client: Client, scripted: ScriptedGitHub, error: object
) -> None:
    scripted.on("POST", "/graphql", Say(json={"errors": [error, _UNKNOWN_FIELD]}))
    with pytest.raises(Impossible, match="doesn't exist"):
        await client.query("query { viewer { login } }")
    assert len(scripted.asked("/graphql")) == 1


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        pytest.param(None, set(), id="github.com"),
        pytest.param("unreadable", set(), id="no version"),
        pytest.param("3.19.2", set(), id="a new one"),
        pytest.param("3.4.0", {"pull_request_review_thread", "merge_group"}, id="before review threads"),
        pytest.param(
            "2.22.1",
            {"actions", "merge_group", "pull_request_review_thread", "workflow_job", "workflow_run"},
            id="before Actions",
        ),
    ],
)
def test_what_an_older_server_does_not_know_is_known_beforehand(
    version: str | None, expected: set[str]
) -> None:
    assert unknown_to(version) == expected
