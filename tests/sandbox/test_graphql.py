"""The GraphQL API answers what GitHub's would, at the price it would ask."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.graphql import api as graph
from mentorbot.sandbox.graphql.cost import cost_of
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from tests.contract.graphql import problems_of_document
from tests.sandbox.receiving import Caller

HELLO = 'repository(owner: "octo", name: "hello")'


async def test_malformed_questions_are_refused(api: Caller) -> None:
    assert "Syntax Error" in (await api.graphql("{"))["errors"][0]["message"]
    assert "Cannot query field" in (await api.graphql("{ nope }"))["errors"][0]["message"]
    two = await api.graphql("query A { __typename } query B { __typename }")
    assert "operation name" in two["errors"][0]["message"]
    assert (await api("POST", "/api/graphql", {})).status == 400


async def test_timelines_can_be_narrowed_and_paged(busy: Acts, api: Caller) -> None:
    query = """query($after: String) { repository(owner: "octo", name: "hello") { pullRequest(number: 2) {
      timelineItems(first: 2, after: $after, itemTypes: [LABELED_EVENT, ISSUE_COMMENT, RENAMED_TITLE_EVENT]) {
        pageInfo { hasNextPage endCursor } nodes { __typename } } } } }"""
    first = (await api.graphql(query))["data"]["repository"]["pullRequest"]["timelineItems"]
    assert [one["__typename"] for one in first["nodes"]] == ["IssueComment", "RenamedTitleEvent"]
    assert first["pageInfo"]["hasNextPage"] is True
    after = first["pageInfo"]["endCursor"]
    last = (await api.graphql(query, after=after))["data"]["repository"]["pullRequest"]["timelineItems"]
    assert [one["__typename"] for one in last["nodes"]] == ["LabeledEvent"]
    assert last["pageInfo"]["hasNextPage"] is False
    assert (await api.graphql(query, after="?"))["errors"][0]["type"] == "INVALID_CURSOR_ARGUMENTS"


async def test_pull_requests_can_be_chosen_and_ordered(busy: Acts, api: Caller) -> None:
    merged = busy.open_pull_request("octo/hello", by="grace", title="Done")
    busy.merge(merged, by="grace")
    query = """query($states: [PullRequestState!]) { repository(owner: "octo", name: "hello") {
      pullRequests(first: 9, states: $states, orderBy: {field: CREATED_AT, direction: DESC}) {
        nodes { number } } } }"""

    async def numbers(**chosen: Any) -> list[int]:
        found = await api.graphql(query, **chosen)
        return [one["number"] for one in found["data"]["repository"]["pullRequests"]["nodes"]]

    assert await numbers() == [3, 2]
    assert await numbers(states=["MERGED"]) == [3]
    assert await numbers(states=["OPEN", "CLOSED"]) == [2]


async def test_what_the_bot_does_through_it_is_done(busy: Acts, api: Caller) -> None:
    comment = busy.world.comments[4_000_001]
    for mutation, payload in (
        (
            'minimizeComment(input: {subjectId: "%s", classifier: OUTDATED})',
            "minimizedComment { isMinimized }",
        ),
        ('addReaction(input: {subjectId: "%s", content: ROCKET})', "reaction { content user { login } }"),
    ):
        query = f"mutation {{ {mutation % comment.node_id} {{ {payload} }} }}"
        assert problems_of_document(query) == []
        assert "errors" not in await api.graphql(query)
    assert comment.minimized_reason == "OUTDATED"
    assert [one.content for one in comment.reactions.values()] == ["+1", "rocket"]


async def test_refusals_are_told_as_github_tells_them(busy: Acts, api: Caller) -> None:
    minimize = 'mutation { minimizeComment(input: {subjectId: "%s", classifier: SPAM}) { __typename } }'
    for query, kind in (
        (minimize % "IC_nope", "NOT_FOUND"),
        (minimize % busy.pull("octo/hello#2").node_id, "NOT_FOUND"),
        ('{ repository(owner: "octo", name: "nope") { databaseId } }', "NOT_FOUND"),
        ('{ repository(owner: "octo", name: "hello") { pullRequest(number: 1) { id } } }', "NOT_FOUND"),
        ('{ user(login: "nobody") { databaseId } }', "NOT_FOUND"),
        ('{ user(login: "octo") { databaseId } }', "NOT_FOUND"),
        ('{ nodes(ids: ["nope"]) { id } }', "NOT_FOUND"),
    ):
        found = await api.graphql(query)
        assert found["errors"][0]["type"] == kind, query
    busy.installation_on("octo").permissions.pop("pull_requests")
    found = await api.graphql(
        '{ repository(owner: "octo", name: "hello") { pullRequest(number: 2) { id } } }'
    )
    assert found["errors"][0]["type"] == "FORBIDDEN"


async def test_what_is_not_there_is_null_among_what_is(busy: Acts, api: Caller) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    there = busy.thread("octo/hello#1").node_id
    found = await api.graphql(query, ids=["nope", there])
    assert found["data"]["nodes"] == [None, {"id": there}]


@pytest.mark.parametrize(
    ("inside", "cost", "nodes"),
    [
        pytest.param("pullRequests(first: 100) { nodes { number } }", 1, 100, id="one connection"),
        pytest.param(
            "pullRequests(first: 100) { nodes { comments(first: 50) { nodes { ...c } } } }",
            51,
            100 + 5_000 + 5_000,
            id="connections in connections",
        ),
        pytest.param("...on Repository { ...f }", 1, 10, id="in fragments"),
    ],
)
async def test_questions_cost_what_they_might_fetch(
    github: SimulatedGitHub, api: Caller, inside: str, cost: int, nodes: int
) -> None:
    fragment = {
        "f": "fragment f on Repository { pullRequests(first: 10) { nodes { number } } }",
        "c": "fragment c on IssueComment { reactions(last: 1) { nodes { content } } }",
    }.get(inside.partition("{ ...")[2][:1], "")
    query = f"{{ {HELLO} {{ {inside} }} }} {fragment}"
    document = parse(query)
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    assert cost_of(graph.schema(), document, operation, {}).nodes == nodes
    assert "errors" not in await api.graphql(query)
    (installation,) = github.world.installations
    assert github.limits.window(f"installation {installation}", "graphql").used == cost


async def test_too_much_at_once_is_refused(api: Caller) -> None:
    reviews = "reviews(first: 100) { nodes { reactions(last: 100) { nodes { content } } } }"
    for inside, says in (
        ("pullRequests { nodes { number } }", "You must provide a `first` or `last`"),
        ("pullRequests(first: 101) { nodes { number } }", "exceeds the `first` limit of 100"),
        (f"pullRequests(first: 100) {{ nodes {{ {reviews} }} }}", "exceeds the maximum limit of 500,000"),
    ):
        assert says in (await api.graphql(f"{{ {HELLO} {{ {inside} }} }}"))["errors"][0]["message"]


async def test_bots_go_without_their_suffix_and_ghosts_without_a_name(
    busy: Acts, api: Caller, github: SimulatedGitHub
) -> None:
    bots = busy.comment("octo/hello#2", by=github.app.bot, body="By the bot")
    ghosts = busy.comment("octo/hello#2", by="newton", body="By a ghost")
    busy.delete_user("newton")
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { author { __typename login } } } }"
    found = (await api.graphql(query, ids=[bots.node_id, ghosts.node_id]))["data"]["nodes"]
    assert [one["author"] for one in found] == [{"__typename": "Bot", "login": "mentorbot"}, None]


async def test_commits_tell_their_checks(busy: Acts, api: Caller) -> None:
    pull = busy.pull("octo/hello#2")
    busy.start_check("octo/hello", pull.head_sha, "slow")
    query = f"""{{ {HELLO} {{ pullRequest(number: 2) {{ commits(last: 1) {{ nodes {{ commit {{
      statusCheckRollup {{ state contexts(first: 9) {{ nodes {{ __typename }} }} }}
      checkSuites(first: 9) {{ nodes {{ conclusion }} }} }} }} }} }} }} }}"""

    async def ask() -> Any:
        found = (await api.graphql(query))["data"]["repository"]["pullRequest"]["commits"]["nodes"]
        return found[0]["commit"]

    commit = await ask()
    assert commit["statusCheckRollup"]["state"] == "PENDING"
    kinds = [one["__typename"] for one in commit["statusCheckRollup"]["contexts"]["nodes"]]
    assert kinds == ["CheckRun", "CheckRun", "StatusContext"]
    assert [one["conclusion"] for one in commit["checkSuites"]["nodes"]] == [None, "ACTION_REQUIRED"]
    busy.complete_check("octo/hello", pull.head_sha, "slow", conclusion="failure")
    assert (await ask())["statusCheckRollup"]["state"] == "FAILURE"


@pytest.mark.parametrize(
    ("mergeable", "said"),
    [
        pytest.param(True, "MERGEABLE", id="clean"),
        pytest.param(False, "CONFLICTING", id="conflict"),
        pytest.param(None, "UNKNOWN", id="not known yet"),
    ],
)
async def test_a_pull_request_tells_whether_it_can_be_merged(
    busy: Acts, api: Caller, mergeable: bool | None, said: str
) -> None:
    busy.set_mergeable("octo/hello#2", mergeable=mergeable)
    found = await api.graphql(f"{{ {HELLO} {{ pullRequest(number: 2) {{ mergeable }} }} }}")
    assert found["data"]["repository"]["pullRequest"]["mergeable"] == said
