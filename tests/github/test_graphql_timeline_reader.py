from __future__ import annotations

from typing import Any

import pytest

from mentorbot.domain.timeline import ActKind, Verdict
from mentorbot.github.graphql_timeline_reader import actor, acts_of_conversations, acts_of_head, acts_of_items
from mentorbot.github.json_reader import JsonReader, UnexpectedJson

_ADA = {"__typename": "User", "login": "ada", "databaseId": 11}
_AT = {"createdAt": "2026-03-01T08:00:00Z"}


@pytest.mark.parametrize(
    ("account", "login"),
    [
        pytest.param(_ADA, "ada", id="a person"),
        pytest.param({**_ADA, "__typename": "Bot", "login": "dependabot"}, "dependabot[bot]", id="a bot"),
        pytest.param({"__typename": "EnterpriseUserAccount", "login": "x"}, None, id="no numeric id"),
        pytest.param({"__typename": "User", "login": "ghost", "databaseId": 10137}, None, id="the ghost"),
        pytest.param(None, None, id="deleted"),
    ],
)
def test_an_account_is_read(account: dict[str, Any] | None, login: str | None) -> None:
    found = actor(JsonReader(account) if account else None)
    assert (found.login if found else None) == login


@pytest.mark.parametrize(
    ("node", "fields"),
    [
        pytest.param(
            {
                "__typename": "PullRequestCommit",
                "pushed": {
                    "oid": "a",
                    "committedDate": "2026-03-01T08:00:00Z",
                    "message": "Merge branch 'main'",
                },
            },
            {"kind": ActKind.BASE_MERGED, "id": "push-a"},
            id="the base merged in",
        ),
        pytest.param(
            {
                "__typename": "PullRequestCommit",
                "pushed": {
                    "oid": "a",
                    "committedDate": "2026-03-01T08:00:00Z",
                    "message": "Merge sort, faster",
                },
            },
            {"kind": ActKind.PUSHED, "body": "Merge sort, faster"},
            id="no merge at all",
        ),
        pytest.param(
            {
                "__typename": "PullRequestReview",
                "databaseId": 4,
                "state": "DISMISSED",
                "submittedAt": "2026-03-01T08:00:00Z",
                "commit": None,
            },
            {"verdict": Verdict.COMMENTED, "sha": ""},
            id="a dismissed review of which nothing is known",
        ),
        pytest.param(
            {"__typename": "ReviewDismissedEvent", **_AT, "review": None},
            {"about": "", "id": "review-dismissed-20260301T080000Z"},
            id="a dismissal of a deleted review",
        ),
        pytest.param(
            {"__typename": "HeadRefForcePushedEvent", **_AT, "afterCommit": None},
            {"sha": "", "id": "force-pushed-20260301T080000Z"},
            id="a force-push to a commit that is gone",
        ),
        pytest.param(
            {"__typename": "MergedEvent", **_AT, "commit": None}, {"sha": ""}, id="a merge without commit"
        ),
        pytest.param(
            {
                "__typename": "ReviewRequestedEvent",
                **_AT,
                "requestedReviewer": {"__typename": "Team", "slug": "x"},
            },
            {"subject": None, "team": "x"},
            id="a team",
        ),
        pytest.param(
            {"__typename": "ReviewRequestedEvent", **_AT, "requestedReviewer": None},
            {"subject": None, "team": ""},
            id="somebody who left",
        ),
    ],
)
def test_an_item_becomes_an_act(node: dict[str, Any], fields: dict[str, Any]) -> None:
    (act,) = acts_of_items((JsonReader(node),), author=None)
    assert {key: getattr(act, key) for key in fields} == fields


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(
            {"__typename": "PullRequestReview", "databaseId": 4, "state": "PENDING"}, id="a pending review"
        ),
        pytest.param({"__typename": "SomethingNew"}, id="what GitHub may invent"),
        pytest.param({}, id="nothing"),
    ],
)
def test_an_item_becomes_nothing(node: dict[str, Any]) -> None:
    assert list(acts_of_items((JsonReader(node),), author=None)) == []


def test_a_conversation_whose_comments_are_gone_is_none() -> None:
    assert list(acts_of_conversations((JsonReader({"comments": {"nodes": []}}),))) == []


def _head(**commit: Any) -> JsonReader:
    found = {"oid": "a", "committedDate": "2026-03-02T08:00:00Z", **commit}
    return JsonReader({**_AT, "mergeable": "CONFLICTING", "commits": {"nodes": [{"commit": found}]}})


@pytest.mark.parametrize(
    ("commit", "outcomes"),
    [
        pytest.param({}, ["conflict"], id="nothing but a conflict"),
        pytest.param({"statusCheckRollup": {"state": "PENDING"}}, ["conflict"], id="checks under way"),
        pytest.param(
            {"statusCheckRollup": {"state": "ERROR", "contexts": None}},
            ["conflict", "failure"],
            id="failed some time",
        ),
        pytest.param(
            {"checkSuites": {"nodes": [{"conclusion": "ACTION_REQUIRED", "workflowRun": None}]}},
            ["conflict"],
            id="an app that wants something",
        ),
    ],
)
def test_the_head_tells_how_it_fares(commit: dict[str, Any], outcomes: list[str]) -> None:
    assert [act.outcome for act in acts_of_head(_head(**commit))] == outcomes


@pytest.mark.parametrize(
    ("ids", "number"),
    [
        pytest.param({"fullDatabaseId": "5000000000", "databaseId": None}, 5_000_000_000, id="grown"),
        pytest.param({"fullDatabaseId": 17}, 17, id="a number all the same"),
        pytest.param({"databaseId": 17}, 17, id="of an older server"),
        pytest.param(
            {"fullDatabaseId": None, "url": "https://github.com/acme/rockets/pull/4#issuecomment-23"},
            23,
            id="in the address only",
        ),
    ],
)
def test_a_comment_is_known_by_its_number_wherever_github_tells_it(ids: dict[str, Any], number: int) -> None:
    (act,) = acts_of_items((JsonReader({"__typename": "IssueComment", **_AT, **ids}),), author=None)
    assert act.id == f"comment-{number}"


@pytest.mark.parametrize("given", ["-4", "4.0", "four", "9" * 30, True, [], None])
def test_what_is_no_number_is_none(given: object) -> None:
    with pytest.raises(UnexpectedJson, match="fullDatabaseId"):
        JsonReader({"fullDatabaseId": given}).big_number("fullDatabaseId")
