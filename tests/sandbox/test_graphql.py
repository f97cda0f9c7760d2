"""The GraphQL API answers what GitHub's would, at the price it would ask."""

from __future__ import annotations

from typing import Any

import pytest

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.server import SimulatedGitHub
from tests.contract.graphql import problems_of_document
from tests.sandbox.receiving import Caller

HELLO = 'repository(owner: "octo", name: "hello")'


async def test_timelines_can_be_narrowed_and_paged(busy: Acts, api: Caller) -> None:
    query = """query($after: String) { repository(owner: "octo", name: "hello") { pullRequest(number: 2) {
      timelineItems(first: 2, after: $after, itemTypes: [LABELED_EVENT, ISSUE_COMMENT, RENAMED_TITLE_EVENT]) {
        totalCount pageInfo { hasNextPage endCursor hasPreviousPage } nodes { __typename } } } } }"""
    first = (await api.graphql(query))["data"]["repository"]["pullRequest"]["timelineItems"]
    assert [one["__typename"] for one in first["nodes"]] == ["IssueComment", "RenamedTitleEvent"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    after = first["pageInfo"]["endCursor"]
    last = (await api.graphql(query, after=after))["data"]["repository"]["pullRequest"]["timelineItems"]
    assert [one["__typename"] for one in last["nodes"]] == ["LabeledEvent"]
    assert (last["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert (await api.graphql(query, after="?"))["errors"][0]["type"] == "INVALID_CURSOR_ARGUMENTS"


async def test_pull_requests_can_be_chosen_and_ordered(busy: Acts, api: Caller) -> None:
    merged = busy.open_pull_request("octo/hello", by="grace", title="Done")
    busy.merge(merged, by="grace")
    busy.label("octo/hello#2", "bug", by="grace")
    query = """query($states: [PullRequestState!], $labels: [String!]) {
      repository(owner: "octo", name: "hello") {
      pullRequests(last: 9, states: $states, labels: $labels, orderBy: {field: CREATED_AT, direction: DESC}) {
        nodes { number state } } } }"""

    async def numbers(**chosen: Any) -> list[int]:
        found = await api.graphql(query, **chosen)
        return [one["number"] for one in found["data"]["repository"]["pullRequests"]["nodes"]]

    assert await numbers() == [3, 2]
    assert await numbers(states=["MERGED"]) == [3]
    assert await numbers(states=["OPEN", "CLOSED"]) == [2]
    assert await numbers(labels=["BUG"]) == [2]


async def test_issues_can_be_chosen_by_who_opened_them(busy: Acts, api: Caller) -> None:
    query = """query($by: String, $since: DateTime) { repository(owner: "octo", name: "hello") {
      issues(first: 9, filterBy: {createdBy: $by, since: $since}) { totalCount } } }"""

    async def count(**chosen: str) -> int:
        return int((await api.graphql(query, **chosen))["data"]["repository"]["issues"]["totalCount"])

    assert await count(by="newton", since="2001-01-01T00:00:00Z") == 1
    assert await count(by="ada", since="2001-01-01T00:00:00Z") == 0
    assert await count(by="newton", since="2999-01-01T00:00:00Z") == 0


async def test_what_the_bot_does_through_it_is_done(busy: Acts, api: Caller) -> None:
    comment, thread = (
        busy.world.comments[4_000_001],
        next(iter(busy.pull("octo/hello#2").review_threads.values())),
    )
    for mutation, payload in (
        (
            'minimizeComment(input: {subjectId: "%s", classifier: OUTDATED})',
            "minimizedComment { isMinimized minimizedReason }",
        ),
        ('unminimizeComment(input: {subjectId: "%s"})', "unminimizedComment { isMinimized }"),
        ('updateIssueComment(input: {id: "%s", body: "New"})', "issueComment { body lastEditedAt }"),
        (
            'addReaction(input: {subjectId: "%s", content: ROCKET, clientMutationId: "7"})',
            "reaction { content } clientMutationId",
        ),
        ('removeReaction(input: {subjectId: "%s", content: ROCKET})', "subject { id }"),
    ):
        query = f"mutation {{ {mutation % comment.node_id} {{ {payload} }} }}"
        assert problems_of_document(query) == []
        assert "errors" not in await api.graphql(query)
    assert (comment.body, comment.minimized_reason) == ("New", None)
    assert [one.content for one in comment.reactions.values()] == ["+1"]
    for name, is_resolved in (("resolveReviewThread", True), ("unresolveReviewThread", False)):
        asked = f'{name}(input: {{threadId: "{thread.node_id}"}}) {{ thread {{ isResolved }} }}'
        found = await api.graphql(f"mutation {{ {asked} }}")
        assert found["data"][name]["thread"]["isResolved"] is is_resolved


async def test_refusals_are_told_as_github_tells_them(busy: Acts, api: Caller) -> None:
    comment = busy.world.comments[4_000_001]
    mutation = 'mutation {{ updateIssueComment(input: {{id: "{}", body: "{}"}}) {{ clientMutationId }} }}'
    removal = (
        'mutation {{ removeReaction(input: {{subjectId: "{}", content: EYES}}) {{ subject {{ id }} }} }}'
    )
    for query, kind in (
        (mutation.format(comment.node_id, "x" * 65_537), "UNPROCESSABLE"),
        (mutation.format("IC_nope", "x"), "NOT_FOUND"),
        (mutation.format(busy.pull("octo/hello#2").node_id, "x"), "NOT_FOUND"),
        (removal.format(comment.node_id), "NOT_FOUND"),
        ('{ repository(owner: "octo", name: "nope") { id } }', "NOT_FOUND"),
        ('{ repository(owner: "octo", name: "hello") { issue(number: 2) { id } } }', "NOT_FOUND"),
        ('{ repository(owner: "octo", name: "hello") { pullRequest(number: 1) { id } } }', "NOT_FOUND"),
        ('{ user(login: "nobody") { id } }', "NOT_FOUND"),
        ('{ organization(login: "ada") { id } }', "NOT_FOUND"),
        ('{ node(id: "nope") { id } }', "NOT_FOUND"),
    ):
        found = await api.graphql(query)
        assert found["errors"][0]["type"] == kind, query
    busy.installation_on("octo").permissions.pop("pull_requests")
    found = await api.graphql(
        '{ repository(owner: "octo", name: "hello") { pullRequest(number: 2) { id } } }'
    )
    assert found["errors"][0]["type"] == "FORBIDDEN"


async def test_malformed_questions_are_refused(api: Caller) -> None:
    assert "Syntax Error" in (await api.graphql("{"))["errors"][0]["message"]
    assert "Cannot query field" in (await api.graphql("{ nope }"))["errors"][0]["message"]
    two = await api.graphql("query A { __typename } query B { __typename }")
    assert "operation name" in two["errors"][0]["message"]
    assert (await api("POST", "/api/graphql", {})).status == 400


@pytest.mark.parametrize(
    ("inside", "cost", "nodes"),
    [
        pytest.param("labels(first: 100) { totalCount }", 1, 100, id="one connection"),
        pytest.param(
            "pullRequests(first: 100) { nodes { comments(first: 50) { nodes { ...c } } } }",
            51,
            100 + 5_000 + 5_000,
            id="connections in connections",
        ),
        pytest.param("...on Repository { ...f }", 1, 10, id="in fragments"),
    ],
)
async def test_questions_cost_what_they_might_fetch(api: Caller, inside: str, cost: int, nodes: int) -> None:
    fragment = {
        "f": "fragment f on Repository { issues(last: 10) { totalCount } }",
        "c": "fragment c on IssueComment { reactions(first: 1) { totalCount } }",
    }.get(inside.partition("{ ...")[2][:1], "")
    query = f"{{ {HELLO} {{ {inside} }} rateLimit {{ cost nodeCount used }} }} {fragment}"
    found = (await api.graphql(query))["data"]["rateLimit"]
    assert (found["cost"], found["nodeCount"], found["used"]) == (cost, nodes, cost)


async def test_too_much_at_once_is_refused(api: Caller) -> None:
    start = f"{{ {HELLO} {{ "
    comments = "comments(first: 100) { nodes { reactions(first: 100) { totalCount } } }"
    for inside, says in (
        ("labels { totalCount }", "You must provide a `first` or `last`"),
        ("labels(first: 101) { totalCount }", "exceeds the `first` limit of 100"),
        (
            f"issues(first: 100) {{ nodes {{ {comments} }} }}",
            "exceeds the maximum limit of 500,000",
        ),
    ):
        assert says in (await api.graphql(f"{start}{inside} }} }}"))["errors"][0]["message"]


async def test_bots_go_without_their_suffix_and_ghosts_without_a_name(
    busy: Acts, api: Caller, github: SimulatedGitHub
) -> None:
    issue = busy.open_issue("octo/hello", by=github.app.bot, title="By the bot")
    other = busy.open_issue("octo/hello", by="newton", title="By a ghost")
    busy.delete_user("newton")
    query = "query($id: ID!) { node(id: $id) { ... on Issue { author { __typename login } } } }"
    bot = await api.graphql(query, id=issue.node_id)
    assert bot["data"]["node"]["author"] == {"__typename": "Bot", "login": "mentorbot"}
    assert (await api.graphql(query, id=other.node_id))["data"]["node"]["author"] is None


async def test_an_issue_closed_by_a_merge_says_by_which(busy: Acts, api: Caller) -> None:
    busy.merge("octo/hello#2", by="grace")
    query = """{ repository(owner: "octo", name: "hello") { issue(number: 1) {
      stateReason timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent {
        closer { __typename ... on PullRequest { number } } } } } } } }"""
    issue = (await api.graphql(query))["data"]["repository"]["issue"]
    assert issue["stateReason"] == "COMPLETED"
    assert issue["timelineItems"]["nodes"][0]["closer"] == {"__typename": "PullRequest", "number": 2}


async def test_commits_tell_their_past_and_their_checks(
    busy: Acts, api: Caller, github: SimulatedGitHub
) -> None:
    pull = busy.pull("octo/hello#2")
    busy.start_check("octo/hello", pull.head_sha, "slow")
    query = """query(
      $sha: String, $by: CommitAuthor, $path: String, $since: GitTimestamp, $until: GitTimestamp
    ) {
      repository(owner: "octo", name: "hello") {
        object(expression: $sha) { ... on Commit {
          statusCheckRollup { id state contexts(first: 9) { nodes { __typename } } }
          status { id state contexts { context state } context(name: "ci") { state } }
          checkSuites(first: 9) { nodes {
            conclusion workflowRun { event workflow { name } } checkRuns(first: 9) {
            nodes { name status conclusion url checkSuite { url app { url slug } } } } } }
          associatedPullRequests(first: 9) { nodes { number } }
          history(first: 9, author: $by, path: $path, since: $since, until: $until) { totalCount nodes {
            messageHeadline messageBody author { user { login } avatarUrl(size: 4) } committer { name date }
            authors(first: 1) { nodes { email } } parents(first: 1) { totalCount } } } } } } }"""
    assert problems_of_document(query) == []
    commit = (await api.graphql(query, sha=pull.head_sha))["data"]["repository"]["object"]
    assert commit["statusCheckRollup"]["state"] == "PENDING"
    kinds = [one["__typename"] for one in commit["statusCheckRollup"]["contexts"]["nodes"]]
    assert kinds == ["CheckRun", "CheckRun", "StatusContext"]
    assert commit["status"]["context"] == {"state": "SUCCESS"}
    assert [one["conclusion"] for one in commit["checkSuites"]["nodes"]] == [None, "ACTION_REQUIRED"]
    assert commit["checkSuites"]["nodes"][1]["workflowRun"]["workflow"]["name"] == "CI"
    assert commit["associatedPullRequests"]["nodes"] == [{"number": 2}]
    assert commit["history"]["totalCount"] == 2

    async def count(**chosen: Any) -> int:
        found = await api.graphql(query, sha=pull.head_sha, **chosen)
        return int(found["data"]["repository"]["object"]["history"]["totalCount"])

    assert await count(by={"id": pull.author.node_id}) == 1
    assert await count(by={"emails": [busy.who("grace").email]}) == 1
    assert await count(path="src/a.py") == 1
    assert await count(since="2999-01-01T00:00:00Z") == 0
    assert await count(until="2001-01-01T00:00:00Z") == 0
    busy.complete_check("octo/hello", pull.head_sha, "slow", conclusion="failure")
    found = await api.graphql(query, sha=pull.head_sha)
    assert found["data"]["repository"]["object"]["statusCheckRollup"]["state"] == "FAILURE"


async def test_verdicts_add_up_as_on_github(busy: Acts, api: Caller) -> None:
    query = f"""{{ {HELLO} {{ pullRequest(number: 2) {{
      reviewDecision mergeable mergeStateStatus
      latestReviews(first: 9) {{ nodes {{ state author {{ login }} }} }}
      latestOpinionatedReviews(first: 9, writersOnly: true) {{ nodes {{ state }} }} }} }} }}"""

    async def ask() -> Any:
        return (await api.graphql(query))["data"]["repository"]["pullRequest"]

    assert (await ask())["reviewDecision"] == "REVIEW_REQUIRED"
    busy.approve("octo/hello#2", by="newton")
    assert (await ask())["reviewDecision"] == "REVIEW_REQUIRED"
    busy.approve("octo/hello#2", by="grace")
    busy.review("octo/hello#2", by="grace", body="And by the way …")
    found = await ask()
    assert found["reviewDecision"] == "APPROVED"
    assert [one["state"] for one in found["latestOpinionatedReviews"]["nodes"]] == ["APPROVED"]
    assert {one["state"] for one in found["latestReviews"]["nodes"]} == {"APPROVED", "COMMENTED"}
    busy.request_changes("octo/hello#2", by="grace")
    busy.set_mergeable("octo/hello#2", mergeable=False)
    found = await ask()
    assert (found["reviewDecision"], found["mergeable"]) == ("CHANGES_REQUESTED", "CONFLICTING")
    assert found["mergeStateStatus"] == "DIRTY"
    busy.set_mergeable("octo/hello#2", mergeable=None)
    assert (await ask())["mergeable"] == "UNKNOWN"
    busy.convert_to_draft("octo/hello#2")
    assert (await ask())["mergeStateStatus"] == "DRAFT"
