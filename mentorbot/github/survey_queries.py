"""The GraphQL documents by which a project is surveyed with somebody's own token: light ones first.

A page of 100 shows of each pull request the newest of its past, which is all of it for three of four; the
rest of the others is asked for together (`rest_of`). A page costs 11 points of 5,000 an hour.
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

from mentorbot.github.queries import CONVERSATION, ITEM, ITEM_TYPES, LINE_COMMENT, PERSON, REVIEWER

NEWEST_ITEMS = 25
FIRST_CONVERSATIONS = 6
FIRST_LINE_COMMENTS = 10
FIRST_COMMENTS = 10
MOST_REST = 100
"""How many pull requests one question for the rest may be about."""

_FILE = "... on Blob { text isBinary isTruncated }"

ABOUT_REPOSITORY = f"""
query AboutRepository($owner: String!, $name: String!) {{
  rateLimit {{ limit remaining resetAt }}
  repository(owner: $owner, name: $name) {{
    databaseId nameWithOwner isPrivate
    open: pullRequests(first: 1, states: [OPEN]) {{ totalCount }}
    merged: pullRequests(first: 1, states: [MERGED]) {{ totalCount }}
    pullRequests(first: 1) {{ totalCount }}
    issues(first: 1, states: [OPEN]) {{ totalCount }}
    config: object(expression: "HEAD:.github/mentorbot.yml") {{ {_FILE} }}
  }}
  owners: repository(owner: $owner, name: ".github") {{
    nameWithOwner
    config: object(expression: "HEAD:.github/mentorbot.yml") {{ {_FILE} }}
  }}
}}
"""

HOW_MANY_SINCE = """
query HowManySince($pulls: String!, $issues: String!) {
  pulls: search(query: $pulls, type: ISSUE, first: 1) { issueCount }
  issues: search(query: $issues, type: ISSUE, first: 1) { issueCount }
}
"""

_LIGHT = f"""
fragment light on PullRequest {{
  id number title body url createdAt updatedAt isDraft authorAssociation mergeable
  author {{ ...person }}
  headRefName headRefOid baseRefName
  headRepositoryOwner {{ login }}
  labels(first: 20) {{ nodes {{ name }} }}
  timelineItems(last: {NEWEST_ITEMS}, itemTypes: [{ITEM_TYPES}]) {{
    totalCount
    pageInfo {{ hasPreviousPage startCursor }}
    nodes {{ ...item }}
  }}
  reviewThreads(first: {FIRST_CONVERSATIONS}) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      isResolved
      resolvedBy {{ ...person }}
      path
      comments(first: {FIRST_LINE_COMMENTS}) {{ totalCount nodes {{ ...lineComment }} }}
    }}
  }}
  commits(last: 1) {{
    nodes {{
      commit {{
        oid committedDate
        statusCheckRollup {{ state }}
        checkSuites(first: 10) {{ nodes {{ conclusion updatedAt workflowRun {{ url }} }} }}
      }}
    }}
  }}
}}
"""


def _page_of_pulls(name: str, chosen: str) -> str:
    return f"""
query {name}($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(first: $size, after: $after, {chosen}) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...light }}
    }}
  }}
}}
{PERSON}{REVIEWER}{ITEM}{LINE_COMMENT}{_LIGHT}"""


LIGHT_OPEN = _page_of_pulls("LightOpen", "states: [OPEN], orderBy: {field: CREATED_AT, direction: DESC}")
LIGHT_PAST = _page_of_pulls("LightPast", "orderBy: {field: UPDATED_AT, direction: DESC}")

MERGED_WORK = f"""
query MergedWork($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(
      first: $size, after: $after, states: [MERGED], orderBy: {{field: CREATED_AT, direction: DESC}}
    ) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ number mergedAt author {{ ...person }} mergedBy {{ ...person }} }}
    }}
  }}
}}
{PERSON}"""

RECENT_WORK = f"""
query RecentWork($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(first: $size, after: $after, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        number createdAt closedAt authorAssociation
        author {{ ...person }}
        reviews(first: {FIRST_COMMENTS}) {{
          totalCount
          nodes {{ createdAt submittedAt author {{ ...person }} }}
        }}
        comments(first: {FIRST_COMMENTS}) {{ totalCount nodes {{ createdAt author {{ ...person }} }} }}
      }}
    }}
  }}
}}
{PERSON}"""


def _page_of_issues(name: str, chosen: str) -> str:
    return f"""
query {name}($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    issues(first: $size, after: $after, {chosen}orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        number title url createdAt updatedAt closedAt authorAssociation
        author {{ ...person }}
        labels(first: 20) {{ nodes {{ name }} }}
        comments(first: {FIRST_COMMENTS}) {{ totalCount nodes {{ createdAt author {{ ...person }} }} }}
      }}
    }}
  }}
}}
{PERSON}"""


OPEN_ISSUES = _page_of_issues("OpenIssues", "states: [OPEN], ")
OPENED_ISSUES = _page_of_issues("OpenedIssues", "")


def rest_of(count: int) -> str:
    """The question for what the light listing left out of `count` pull requests, each from where it ended.

    Variables: owner, name, and for each place i from 0: `number{i}`; of older items `items{i}` (how many),
    `before{i}`; of conversations `threads{i}` (how many), `after{i}`; `wantsItems{i}`, `wantsThreads{i}`,
    `wantsChecks{i}`. Its answers stand under `p{i}`.
    """
    places = range(count)
    variables = ", ".join(
        f"$number{i}: Int!, $items{i}: Int!, $before{i}: String, $threads{i}: Int!, $after{i}: String, "
        f"$wantsItems{i}: Boolean!, $wantsThreads{i}: Boolean!, $wantsChecks{i}: Boolean!"
        for i in places
    )
    questions = "\n".join(
        f"""    p{i}: pullRequest(number: $number{i}) {{
      number
      timelineItems(last: $items{i}, before: $before{i}, itemTypes: [{ITEM_TYPES}])
        @include(if: $wantsItems{i}) {{
        pageInfo {{ hasPreviousPage startCursor }}
        nodes {{ ...item }}
      }}
      reviewThreads(first: $threads{i}, after: $after{i}) @include(if: $wantsThreads{i}) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...conversation }}
      }}
      commits(last: 1) @include(if: $wantsChecks{i}) {{ nodes {{ ...checks }} }}
    }}"""
        for i in places
    )
    return f"""
query RestOfPullRequests($owner: String!, $name: String!, {variables}) {{
  repository(owner: $owner, name: $name) {{
    databaseId
{questions}
  }}
}}
fragment checks on PullRequestCommit {{
  commit {{
    oid committedDate
    statusCheckRollup {{
      state
      contexts(first: 30) {{
        nodes {{
          __typename
          ... on CheckRun {{ completedAt }}
          ... on StatusContext {{ createdAt }}
        }}
      }}
    }}
    checkSuites(first: 10) {{ nodes {{ conclusion updatedAt workflowRun {{ url }} }} }}
  }}
}}
{PERSON}{REVIEWER}{ITEM}{LINE_COMMENT}{CONVERSATION}"""


def states_of(count: int) -> str:
    """The question whether `count` issues or pull requests are open, each by `number{i}` under `p{i}`."""
    places = range(count)
    variables = ", ".join(f"$number{i}: Int!" for i in places)
    questions = "\n".join(f"    p{i}: issueOrPullRequest(number: $number{i}) {{ ...state }}" for i in places)
    return f"""
query StatesOf($owner: String!, $name: String!, {variables}) {{
  repository(owner: $owner, name: $name) {{
{questions}
  }}
}}
fragment state on Closable {{ closed }}
"""


DOCUMENTS = {
    "ABOUT_REPOSITORY": ABOUT_REPOSITORY,
    "HOW_MANY_SINCE": HOW_MANY_SINCE,
    "LIGHT_OPEN": LIGHT_OPEN,
    "LIGHT_PAST": LIGHT_PAST,
    "MERGED_WORK": MERGED_WORK,
    "RECENT_WORK": RECENT_WORK,
    "OPEN_ISSUES": OPEN_ISSUES,
    "OPENED_ISSUES": OPENED_ISSUES,
    "rest_of(1)": rest_of(1),
    "rest_of(MOST_REST)": rest_of(MOST_REST),
    "states_of(1)": states_of(1),
    "states_of(MOST_REST)": states_of(MOST_REST),
}
"""All of them, by name."""
