"""Asks for the past of a pull request over REST, where GraphQL does not answer: five requests each.

What REST tells is put as GraphQL would put it, so that both are read by the same rules and an act has the
same id whichever told of it. REST does not tell which conversations on lines are resolved.
https://docs.github.com/en/rest/issues/timeline
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost, Impossible
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.github import entity_reader, graphql_timelines
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import Missing, NotAllowed
from mentorbot.github.json_reader import JsonReader, parse_response, parsing_response

Node = Mapping[str, Any]

_WHOLE = {"hasNextPage": False, "endCursor": None}
_MERGEABLE: Mapping[object, str] = {True: "MERGEABLE", False: "CONFLICTING"}
_RED = frozenset({"failure", "error", "timed_out", "cancelled", "startup_failure"})
_GREEN = frozenset({"success", "neutral", "skipped"})


async def timeline(client: Client, repository: Repository, number: int) -> PullRequestTimeline | None:
    """One pull request with its past; None where there is none of this number."""
    home = f"/repos/{repository.full_name}"
    try:
        pull = await client.read(f"{home}/pulls/{number}")
        items = await client.pages(f"{home}/issues/{number}/timeline?per_page=100")
        comments = await client.pages(f"{home}/pulls/{number}/comments?per_page=100")
    except Missing:
        return None
    if parse_response(pull, "pull", entity_reader.base_repository_id) not in {None, repository.id}:
        raise AccessLost(f"{repository.full_name} is another repository now.")
    sha = parse_response(pull, "pull", lambda found: found.at("head").text("sha", ""))
    checks = await _checks(client, home, sha) if sha else {}
    with parsing_response():
        return graphql_timelines.timeline_of(JsonReader(_pull(pull, items, comments, checks), "pull"))


async def _checks(client: Client, home: str, sha: str) -> Node:
    """How the head fares, as far as we may know."""
    try:
        suites = await client.pages(f"{home}/commits/{sha}/check-suites?per_page=100")
        status = await client.read(f"{home}/commits/{sha}/status")
    except (NotAllowed, Impossible):
        return {}
    ran = [suite for suite in suites if suite.get("latest_check_runs_count") != 0]
    said = {suite.get("conclusion") or "pending" for suite in ran}
    said |= {one.get("state") for one in status.get("statuses") or ()}
    state = "FAILURE" if said & _RED else "SUCCESS" if said and said <= _GREEN else "PENDING"
    ended = [{"completedAt": suite.get("updated_at")} for suite in ran if suite.get("conclusion")]
    ended += [{"createdAt": one.get("updated_at")} for one in status.get("statuses") or ()]
    return {
        "statusCheckRollup": {"state": state, "contexts": {"nodes": ended}} if said else None,
        "checkSuites": {"nodes": [_suite(suite) for suite in suites]},
    }


def _suite(suite: Node) -> Node:
    is_workflow = (suite.get("app") or {}).get("slug") == "github-actions"
    return {
        "conclusion": (suite.get("conclusion") or "").upper(),
        "updatedAt": suite.get("updated_at"),
        "workflowRun": {"url": ""} if is_workflow else None,
    }


def _pull(pull: Node, items: Iterable[Node], comments: Iterable[Node], checks: Node) -> Node:
    head, items = pull.get("head") or {}, list(items)
    commits = [node["pushed"] for node in _nodes(items) if "pushed" in node]
    last = {"oid": head.get("sha"), "committedDate": pull.get("created_at")}
    last |= next((commit for commit in commits if commit["oid"] == head.get("sha")), {})
    return {
        "number": pull.get("number"),
        "title": pull.get("title"),
        "body": pull.get("body"),
        "url": pull.get("html_url"),
        "createdAt": pull.get("created_at"),
        "isDraft": pull.get("draft"),
        "authorAssociation": pull.get("author_association"),
        "mergeable": _MERGEABLE.get(pull.get("mergeable"), "UNKNOWN"),
        "author": _person(pull.get("user")),
        "headRefName": head.get("ref"),
        "headRefOid": head.get("sha"),
        "baseRefName": (pull.get("base") or {}).get("ref"),
        "headRepositoryOwner": (head.get("repo") or {}).get("owner"),
        "timelineItems": {"pageInfo": _WHOLE, "nodes": list(_nodes(items))},
        "reviewThreads": {"pageInfo": _WHOLE, "nodes": list(_conversations(comments))},
        "commits": {"nodes": [{"commit": {**last, **checks}}] if head.get("sha") else []},
    }


def _nodes(items: Iterable[Node]) -> Iterator[Node]:
    items = list(items)
    reviewers = {item.get("id"): item.get("user") for item in items if item.get("event") == "reviewed"}
    for item in items:
        known = _TRANSLATED.get(str(item.get("event")))
        if known is None:
            continue
        name, more = known
        node = {
            "__typename": name,
            "createdAt": item.get("created_at"),
            "actor": _person(item.get("actor")),
            **more(item),
        }
        if name == "ReviewDismissedEvent" and node["review"] is not None:
            node["review"] |= {"author": _person(reviewers.get(node["review"]["fullDatabaseId"]))}
        if name != "PullRequestCommit" or node["pushed"]["committedDate"]:
            yield node


def _conversations(comments: Iterable[Node]) -> Iterator[Node]:
    """Comments on lines, those that answer each other together."""
    threads: dict[Any, list[Node]] = {}
    for comment in comments:
        threads.setdefault(comment.get("in_reply_to_id") or comment.get("id"), []).append(comment)
    for thread in threads.values():
        yield {
            "isResolved": False,
            "path": thread[0].get("path"),
            "comments": {"nodes": [_line_comment(comment) for comment in thread]},
        }


def _person(user: Node | None) -> Node | None:
    if not user or user.get("id") is None:
        return None
    kind = "Bot" if user.get("type") == "Bot" else "User"
    return {"__typename": kind, "login": user.get("login"), "databaseId": user["id"]}


def _written(item: Node) -> dict[str, Any]:
    """What everything that people write has."""
    return {
        "id": item.get("node_id"),
        "fullDatabaseId": item.get("id"),
        "body": item.get("body"),
        "url": item.get("html_url"),
        "authorAssociation": item.get("author_association"),
        "author": _person(item.get("user")),
    }


def _comment(item: Node) -> Node:
    return {**_written(item), "lastEditedAt": item.get("updated_at")}


def _line_comment(item: Node) -> Node:
    return {
        **_comment(item),
        "createdAt": item.get("created_at"),
        "originalCommit": _commit(item.get("original_commit_id")),
        "commit": _commit(item.get("commit_id")),
    }


def _review(item: Node) -> Node:
    return {
        **_written(item),
        "createdAt": item.get("submitted_at"),
        "submittedAt": item.get("submitted_at"),
        "state": str(item.get("state") or "commented").upper(),
        "commit": _commit(item.get("commit_id")),
    }


def _commit(sha: str | None) -> Node | None:
    return {"oid": sha} if sha else None


def _pushed(item: Node) -> Node:
    committed = (item.get("committer") or item.get("author") or {}).get("date")
    return {
        "url": item.get("html_url"),
        "pushed": {"oid": item.get("sha"), "committedDate": committed, "message": item.get("message")},
    }


def _request(item: Node) -> Node:
    team = item.get("requested_team")
    asked = (
        {"__typename": "Team", "slug": team.get("slug")} if team else _person(item.get("requested_reviewer"))
    )
    return {
        "actor": _person(item.get("review_requester") or item.get("actor")),
        "requestedReviewer": asked,
    }


def _assignment(item: Node) -> Node:
    by = _person(item.get("assigner") or item.get("actor"))
    return {"actor": by, "assignee": _person(item.get("assignee"))}


def _dismissal(item: Node) -> Node:
    dismissed = item.get("dismissed_review") or {}
    id_ = dismissed.get("review_id")
    return {
        "dismissalMessage": dismissed.get("dismissal_message"),
        "previousReviewState": str(dismissed.get("state") or "").upper(),
        "review": {"fullDatabaseId": id_} if id_ else None,
    }


def _with_commit(name: str) -> Callable[[Node], Node]:
    return lambda item: {name: _commit(item.get("commit_id"))}


def _label(item: Node) -> Node:
    return {"label": item.get("label")}


def _title(item: Node) -> Node:
    rename = item.get("rename") or {}
    return {"previousTitle": rename.get("from"), "currentTitle": rename.get("to")}


def _nothing_more(_: Node) -> Node:
    return {}


_TRANSLATED: Mapping[str, tuple[str, Callable[[Node], Node]]] = {
    "commented": ("IssueComment", _comment),
    "reviewed": ("PullRequestReview", _review),
    "committed": ("PullRequestCommit", _pushed),
    "head_ref_force_pushed": ("HeadRefForcePushedEvent", _with_commit("afterCommit")),
    "ready_for_review": ("ReadyForReviewEvent", _nothing_more),
    "convert_to_draft": ("ConvertToDraftEvent", _nothing_more),
    "renamed": ("RenamedTitleEvent", _title),
    "review_requested": ("ReviewRequestedEvent", _request),
    "review_request_removed": ("ReviewRequestRemovedEvent", _request),
    "review_dismissed": ("ReviewDismissedEvent", _dismissal),
    "labeled": ("LabeledEvent", _label),
    "unlabeled": ("UnlabeledEvent", _label),
    "assigned": ("AssignedEvent", _assignment),
    "unassigned": ("UnassignedEvent", _assignment),
    "closed": ("ClosedEvent", _nothing_more),
    "reopened": ("ReopenedEvent", _nothing_more),
    "merged": ("MergedEvent", _with_commit("commit")),
}
