"""Every GraphQL document we send, in one place, so that a test can hold each against GitHub's schema.

Page sizes keep 100 pull requests below GitHub's 500,000 nodes a query and 100 items a connection, and 5,000
pull requests well below its 5,000 points an hour: a nested connection costs one request for each thing around
it, and a hundred of those are a point. A page of 100 costs 25 points, nearly all for conversations on diffs.
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

from mentorbot.config.other_bots.files import ROOT_FILES, WORKFLOWS

PERSON = """
fragment person on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
}
"""

ITEM_TYPES = """
    ISSUE_COMMENT PULL_REQUEST_REVIEW PULL_REQUEST_COMMIT HEAD_REF_FORCE_PUSHED_EVENT
    READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT RENAMED_TITLE_EVENT
    REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT
    LABELED_EVENT UNLABELED_EVENT ASSIGNED_EVENT UNASSIGNED_EVENT
    CLOSED_EVENT REOPENED_EVENT MERGED_EVENT
"""

REVIEWER = """
fragment reviewer on RequestedReviewer {
  __typename
  ... on Actor { ...person }
  ... on Team { slug }
}
"""

ITEM = """
fragment item on PullRequestTimelineItems {
  __typename
  ... on IssueComment {
    id fullDatabaseId createdAt lastEditedAt body url authorAssociation author { ...person }
  }
  ... on PullRequestReview {
    id fullDatabaseId createdAt submittedAt lastEditedAt body url state authorAssociation
    author { ...person } commit { oid }
  }
  ... on PullRequestCommit {
    url
    pushed: commit { oid committedDate message }
  }
  ... on HeadRefForcePushedEvent { createdAt actor { ...person } afterCommit { oid } }
  ... on ReadyForReviewEvent { createdAt actor { ...person } }
  ... on ConvertToDraftEvent { createdAt actor { ...person } }
  ... on RenamedTitleEvent { createdAt previousTitle currentTitle actor { ...person } }
  ... on ReviewRequestedEvent { createdAt actor { ...person } requestedReviewer { ...reviewer } }
  ... on ReviewRequestRemovedEvent { createdAt actor { ...person } requestedReviewer { ...reviewer } }
  ... on ReviewDismissedEvent {
    createdAt dismissalMessage previousReviewState actor { ...person }
    review { fullDatabaseId url author { ...person } }
  }
  ... on LabeledEvent { createdAt label { name } actor { ...person } }
  ... on UnlabeledEvent { createdAt label { name } actor { ...person } }
  ... on AssignedEvent { createdAt actor { ...person } assignee { __typename ... on Actor { ...person } } }
  ... on UnassignedEvent { createdAt actor { ...person } assignee { __typename ... on Actor { ...person } } }
  ... on ClosedEvent { createdAt actor { ...person } }
  ... on ReopenedEvent { createdAt actor { ...person } }
  ... on MergedEvent { createdAt actor { ...person } commit { oid } }
}
"""

LINE_COMMENT = """
fragment lineComment on PullRequestReviewComment {
  id fullDatabaseId createdAt lastEditedAt body url authorAssociation
  author { ...person } originalCommit { oid } commit { oid }
}
"""

CONVERSATION = """
fragment conversation on PullRequestReviewThread {
  isResolved
  resolvedBy { ...person }
  path
  comments(first: 100) {
    nodes {
      ...lineComment
    }
  }
}
"""

_HEAD = f"""
fragment head on PullRequest {{
  id number title body url createdAt isDraft authorAssociation mergeable
  author {{ ...person }}
  headRefName headRefOid baseRefName
  headRepositoryOwner {{ login }}
  timelineItems(first: 100, itemTypes: [{ITEM_TYPES}]) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ ...item }}
  }}
  reviewThreads(first: 20) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ ...conversation }}
  }}
  commits(last: 1) {{
    nodes {{
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
  }}
}}
"""

_FRAGMENTS = f"{PERSON}{REVIEWER}{ITEM}{LINE_COMMENT}{CONVERSATION}"

PULL_REQUEST_TIMELINE = f"""
query PullRequestTimeline($owner: String!, $name: String!, $number: Int!) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequest(number: $number) {{ ...head }}
  }}
}}
{_FRAGMENTS}{_HEAD}"""

OPEN_PULL_REQUESTS = f"""
query OpenPullRequests($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(
      first: $size, after: $after, states: [OPEN], orderBy: {{field: CREATED_AT, direction: ASC}}
    ) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...head }}
    }}
  }}
}}
{_FRAGMENTS}{_HEAD}"""

PAST_PULL_REQUESTS = f"""
query PastPullRequests($owner: String!, $name: String!, $size: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(first: $size, after: $after, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ updatedAt ...head }}
    }}
  }}
}}
{_FRAGMENTS}{_HEAD}"""

PAST_REVIEWS = f"""
query PastReviews($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    pullRequests(first: 50, after: $after, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        number
        author {{ ...person }}
        reviews(first: 100) {{ nodes {{ submittedAt author {{ ...person }} }} }}
        comments(first: 20) {{ nodes {{ createdAt author {{ ...person }} }} }}
      }}
    }}
  }}
}}
{PERSON}"""

REACTIONS = f"""
query Reactions($nodes: [ID!]!) {{
  nodes(ids: $nodes) {{
    id
    ... on Reactable {{
      reactions(last: 20) {{ nodes {{ content createdAt user {{ ...person }} }} }}
    }}
  }}
}}
{PERSON}"""
"""Who reacted to up to 100 things: one point, where a question for each would be a hundred."""

_FILES = "\n".join(
    f'    file{place}: object(expression: "HEAD:{path}") {{ ...file }}'
    for place, path in enumerate(ROOT_FILES)
)
OTHER_BOTS_FILES = f"""
query OtherBotsFiles($owner: String!, $name: String!) {{
  repository(owner: $owner, name: $name) {{
    databaseId
    head: object(expression: "HEAD") {{ oid }}
{_FILES}
    workflows: object(expression: "HEAD:{WORKFLOWS}") {{
      ... on Tree {{ entries {{ name object {{ ...file }} }} }}
    }}
  }}
}}
fragment file on GitObject {{ ... on Blob {{ byteSize isTruncated text }} }}
"""
"""The files by which other bots are set up: no connection is in it, so that it costs one point."""

ADD_REACTION = """
mutation AddReaction($subject: ID!, $content: ReactionContent!) {
  addReaction(input: {subjectId: $subject, content: $content}) { reaction { id databaseId } }
}
"""

MINIMIZE_COMMENT = """
mutation MinimizeComment($subject: ID!, $reason: ReportedContentClassifiers!) {
  minimizeComment(input: {subjectId: $subject, classifier: $reason}) { minimizedComment { isMinimized } }
}
"""

MOST_NODES = 100
"""About how many people or things one question may be."""

MOST_FOLLOWED = 50
"""How many pull requests one question for the rest of long ones may be about."""


def more_of(count: int) -> str:
    """The question for the next 100 items and 40 conversations of `count` pull requests, each where it ended.

    Variables: owner, name, and for each place i from 0: `number{i}`, the cursors `items{i}` and `threads{i}`,
    `wantsItems{i}`, `wantsThreads{i}`. Its answers stand under `p{i}`.
    """
    places = range(count)
    variables = ", ".join(
        f"$number{i}: Int!, $items{i}: String, $threads{i}: String, "
        f"$wantsItems{i}: Boolean!, $wantsThreads{i}: Boolean!"
        for i in places
    )
    questions = "\n".join(
        f"""    p{i}: pullRequest(number: $number{i}) {{
      number
      timelineItems(first: 100, after: $items{i}, itemTypes: [{ITEM_TYPES}]) @include(if: $wantsItems{i}) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...item }}
      }}
      reviewThreads(first: 40, after: $threads{i}) @include(if: $wantsThreads{i}) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...conversation }}
      }}
    }}"""
        for i in places
    )
    return f"""
query MoreOfPullRequests($owner: String!, $name: String!, {variables}) {{
  repository(owner: $owner, name: $name) {{
    databaseId
{questions}
  }}
}}
{_FRAGMENTS}"""


def user_statuses(count: int) -> str:
    """The question for the status of `count` people, each under `p{i}`, with their logins as `login{i}`."""
    places = range(count)
    variables = ", ".join(f"$login{i}: String!" for i in places)
    questions = "\n".join(f"  p{i}: user(login: $login{i}) {{ ...status }}" for i in places)
    return f"""
query UserStatuses({variables}) {{
{questions}
}}
fragment status on User {{ databaseId status {{ indicatesLimitedAvailability }} }}
"""


DOCUMENTS = {
    "PULL_REQUEST_TIMELINE": PULL_REQUEST_TIMELINE,
    "OPEN_PULL_REQUESTS": OPEN_PULL_REQUESTS,
    "PAST_PULL_REQUESTS": PAST_PULL_REQUESTS,
    "PAST_REVIEWS": PAST_REVIEWS,
    "REACTIONS": REACTIONS,
    "OTHER_BOTS_FILES": OTHER_BOTS_FILES,
    "ADD_REACTION": ADD_REACTION,
    "MINIMIZE_COMMENT": MINIMIZE_COMMENT,
    "more_of(1)": more_of(1),
    "more_of(MOST_FOLLOWED)": more_of(MOST_FOLLOWED),
    "user_statuses(1)": user_statuses(1),
    "user_statuses(MOST_NODES)": user_statuses(MOST_NODES),
}
"""All of them, by name."""
