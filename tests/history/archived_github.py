"""A GitHub that answers from saved histories, by GitHub's own GraphQL schema, with nothing of the sandbox.

Its repository `saved/project` has the pull requests of the histories, all of them open, as they were just
before they were first closed; and on a share of their heads checks that failed. It can be told to give up on
big pages, as GitHub does, and counts what it is asked.
"""

from __future__ import annotations

import base64
import copy
import gzip
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from graphql import GraphQLResolveInfo, GraphQLSchema, build_schema, execute_sync, parse, validate
from graphql.language import DocumentNode

from tests.contract.published import published

Json = dict[str, Any]
REPOSITORY = "saved/project"
REPOSITORY_ID = 4711
GHOST = {"__typename": "User", "login": "ghost", "databaseId": 10137}

_EVENTS = {
    "head_ref_force_pushed": "HeadRefForcePushedEvent",
    "ready_for_review": "ReadyForReviewEvent",
    "convert_to_draft": "ConvertToDraftEvent",
    "renamed": "RenamedTitleEvent",
    "review_requested": "ReviewRequestedEvent",
    "review_request_removed": "ReviewRequestRemovedEvent",
    "labeled": "LabeledEvent",
    "unlabeled": "UnlabeledEvent",
    "assigned": "AssignedEvent",
    "unassigned": "UnassignedEvent",
    "reopened": "ReopenedEvent",
}


@cache
def _schema() -> GraphQLSchema:
    built = build_schema(published("schema.graphql"), assume_valid=True)
    for kind in built.type_map.values():
        if hasattr(kind, "resolve_type"):
            kind.resolve_type = lambda value, *_: value["__typename"]
    return built


@cache
def _document(text: str) -> DocumentNode:
    document = parse(text)
    problems = validate(_schema(), document)
    if problems:
        raise ValueError("; ".join(one.message for one in problems))
    return document


def saved_pulls(paths: Iterable[Path], *, times: int = 1) -> list[Json]:
    """The pull requests of saved histories as GraphQL shows open ones, `times` over under other numbers."""
    found: list[Json] = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [one for line in lines if (one := json.loads(line)).get("type") != "issue"]
    return [
        _pull(one, number) for number, one in enumerate((one for _ in range(times) for one in found), start=1)
    ]


@dataclass
class ArchivedGitHub:
    """What is there, what it bears, and what it was asked. `largest_page` is the biggest it answers."""

    pulls: list[Json]
    largest_page: int = 100
    asked: list[tuple[str, Json]] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    url: str = ""

    @property
    def requests(self) -> int:
        return len(self.asked)

    async def answer(self, request: web.Request) -> web.Response:
        said = await request.json()
        text, variables = said["query"], said.get("variables") or {}
        self.asked.append((text, variables))
        if _size_of(text, variables) > self.largest_page:
            return web.json_response({"message": "We couldn't respond in time."}, status=502)
        document = _document(text)
        result = execute_sync(
            _schema(), document, root_value=self._root(), variable_values=variables, field_resolver=_resolve
        )
        body: Json = {"data": result.data}
        if result.errors:
            body["errors"] = [
                {"type": "NOT_FOUND", **error.formatted}
                if isinstance(error.original_error, LookupError)
                else error.formatted
                for error in result.errors
            ]
        else:
            self.answered[json.dumps([text, variables], sort_keys=True)] += 1
        return web.json_response(body)

    def _root(self) -> Json:
        reset = datetime.now().astimezone() + timedelta(hours=1)
        return {
            "rateLimit": {"limit": 5000, "remaining": 4990, "resetAt": reset.isoformat()},
            "repository": self._repository,
            "search": lambda **_: {"issueCount": len(self.pulls)},
        }

    def _repository(self, owner: str, name: str, **_: Any) -> Json:
        if f"{owner}/{name}" != REPOSITORY:
            raise LookupError(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return {
            "databaseId": REPOSITORY_ID,
            "nameWithOwner": REPOSITORY,
            "isPrivate": False,
            "object": lambda **_: None,
            "pullRequests": self._pull_requests,
            "pullRequest": lambda number: self.pulls[number - 1],
            "issueOrPullRequest": self._thread,
            "issues": lambda **page: _connection([], **page),
        }

    def _thread(self, number: int) -> Json:
        if not 1 <= number <= len(self.pulls):
            raise LookupError(f"Could not resolve to an issue or pull request with the number of {number}.")
        return self.pulls[number - 1]

    def _pull_requests(
        self,
        states: Sequence[str] | None = None,
        orderBy: Json | None = None,  # noqa: N803 - GitHub's name
        **page: Any,
    ) -> Json:
        found = self.pulls if states is None or "OPEN" in states else []
        if orderBy is not None:
            key = {"CREATED_AT": "createdAt", "UPDATED_AT": "updatedAt"}[orderBy["field"]]
            found = sorted(
                found, key=lambda one: (one[key], one["number"]), reverse=orderBy["direction"] == "DESC"
            )
        return _connection(found, **page)


@asynccontextmanager
async def archived_github(pulls: list[Json], *, largest_page: int = 100) -> AsyncIterator[ArchivedGitHub]:
    """It listens on loopback until the block ends."""
    there = ArchivedGitHub(pulls, largest_page=largest_page)
    app = web.Application()
    app.router.add_post("/graphql", there.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield there
    finally:
        await runner.cleanup()


def _size_of(text: str, variables: Mapping[str, Any]) -> int:
    """How much a question asks for: its page, or the pull requests that it names."""
    named = sum(1 for name in variables if name.startswith("number") and name != "number")
    return int(variables.get("size") or named or 1)


def _resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    value = source.get(info.field_name)
    return value(**arguments) if callable(value) else value


def _connection(
    items: Sequence[Any],
    first: int | None = None,
    last: int | None = None,
    after: str | None = None,
    before: str | None = None,
    **_: Any,
) -> Json:
    start = _place(after) + 1 if after else 0
    end = _place(before) if before else len(items)
    if first is not None:
        end = min(end, start + first)
    elif last is not None:
        start = max(start, end - last)
    return {
        "nodes": items[start:end],
        "totalCount": len(items),
        "pageInfo": {
            "hasNextPage": end < len(items),
            "endCursor": _cursor(end - 1),
            "hasPreviousPage": start > 0,
            "startCursor": _cursor(start),
        },
    }


def _cursor(place: int) -> str:
    return base64.b64encode(f"place {place}".encode()).decode()


def _place(cursor: str) -> int:
    return int(base64.b64decode(cursor).decode().split()[1])


def _listing(items: Sequence[Any]) -> Callable[..., Json]:
    return lambda **page: _connection(items, **page)


def _account(user: Json | None) -> Json | None:
    if not user or user.get("id") is None:
        return None
    is_bot = user.get("type") == "Bot" or user["login"].endswith("[bot]")
    kind = "Bot" if is_bot else "User"
    return {
        "__typename": kind,
        "login": user["login"].removesuffix("[bot]"),
        "databaseId": user["id"] % 2**31,
    }


def _pull(line: Json, number: int) -> Json:
    pull, line = line["pull"], copy.copy(line)
    opened = pull["created_at"]
    ends = [one["created_at"] for one in line.get("events") or () if one.get("event") in {"closed", "merged"}]
    end = min(ends, default="9")
    items = [
        item for one in line.get("events") or () if _when(one, opened) < end for item in _items(one, number)
    ]
    comments = [one for one in line.get("comments") or () if one["created_at"] < end]
    url = f"https://github.com/{REPOSITORY}/pull/{number}"
    commits = [item for item in items if item["__typename"] == "PullRequestCommit"]
    head = (commits[-1]["commit"] if commits else {"oid": f"{number:040x}", "committedDate": opened}) | {
        "statusCheckRollup": None,
        "checkSuites": _listing([]),
    }
    if number % 3 == 0:
        head["statusCheckRollup"] = _failed(max(head["committedDate"], opened))
    labels = {name: None for item in items if (name := (item.get("label") or {}).get("name"))}
    draft = [
        item["__typename"]
        for item in items
        if item["__typename"] in {"ReadyForReviewEvent", "ConvertToDraftEvent"}
    ]
    return {
        "__typename": "PullRequest",
        "id": f"PR_{number}",
        "number": number,
        "title": pull.get("title") or "",
        "body": pull.get("body") or "",
        "url": url,
        "createdAt": opened,
        "updatedAt": max([opened, *(_at(item) for item in items)]),
        "closedAt": None,
        "closed": False,
        "mergedAt": None,
        "mergedBy": None,
        "isDraft": draft[-1] == "ConvertToDraftEvent" if draft else bool(pull.get("draft")),
        "authorAssociation": pull.get("author_association") or "NONE",
        "mergeable": "CONFLICTING" if number % 7 == 0 else "UNKNOWN",
        "author": _account(pull.get("user")),
        "headRefName": (pull.get("head") or {}).get("ref") or "patch",
        "headRefOid": head["oid"],
        "baseRefName": (pull.get("base") or {}).get("ref") or "main",
        "headRepositoryOwner": (owner := _account(pull.get("user"))) and owner | {"__typename": "User"},
        "labels": _listing([{"name": name} for name in labels]),
        "timelineItems": lambda itemTypes=None, **page: _connection(items, **page),  # noqa: N803
        "reviewThreads": _listing(_threads(comments)),
        "commits": _listing([{"commit": head}]),
        "reviews": _listing([item for item in items if item["__typename"] == "PullRequestReview"]),
        "comments": _listing([item for item in items if item["__typename"] == "IssueComment"]),
    }


def _failed(pushed: str) -> Json:
    ended = datetime.fromisoformat(pushed) + timedelta(minutes=10)
    done = {"__typename": "CheckRun", "completedAt": ended.isoformat()}
    return {"state": "FAILURE", "contexts": _listing([done])}


def _when(event: Json, opened: str) -> str:
    if event.get("event") == "committed":
        return opened  # commits have dates of all times: all that the branch had belong to it
    return str(event.get("submitted_at") or event.get("created_at") or opened)


def _at(item: Json) -> str:
    return str(item.get("submittedAt") or item.get("createdAt") or "")


def _items(event: Json, number: int) -> Iterable[Json]:
    name = event.get("event")
    if name == "committed":
        date = (event.get("committer") or event.get("author") or {}).get("date")
        if date:
            commit = {"oid": event["sha"], "committedDate": date, "message": event.get("message") or ""}
            yield {"__typename": "PullRequestCommit", "url": "https://github.com/x", "commit": commit}
    elif name == "commented":
        yield _written("IssueComment", event, number)
    elif name == "reviewed":
        submitted = event.get("submitted_at") or event.get("created_at")
        if submitted and str(event.get("state")).upper() != "PENDING":
            yield _written("PullRequestReview", event | {"created_at": submitted}, number) | {
                "submittedAt": submitted,
                "state": str(event.get("state") or "commented").upper(),
                "commit": {"oid": event["commit_id"]} if event.get("commit_id") else None,
            }
    elif name in _EVENTS and event.get("created_at"):
        asked = _account(event.get("requested_reviewer"))
        team = event.get("requested_team")
        yield {
            "__typename": _EVENTS[name],
            "createdAt": event["created_at"],
            "actor": _account(event.get("actor")),
            "label": {"name": (event.get("label") or {}).get("name") or ""},
            "assignee": _account(event.get("assignee")),
            "requestedReviewer": asked or ({"__typename": "Team", "slug": team["slug"]} if team else None),
            "previousTitle": (event.get("rename") or {}).get("from") or "",
            "currentTitle": (event.get("rename") or {}).get("to") or "",
            "afterCommit": {"oid": event["commit_id"]} if event.get("commit_id") else None,
        }


def _written(kind: str, said: Json, number: int) -> Json:
    id_ = said["id"]
    return {
        "__typename": kind,
        "id": f"{kind}_{id_}",
        "fullDatabaseId": str(id_),
        "createdAt": said["created_at"],
        "lastEditedAt": None,
        "body": said.get("body") or "",
        "url": f"https://github.com/{REPOSITORY}/pull/{number}#{id_}",
        "authorAssociation": said.get("author_association") or "NONE",
        "author": _account(said.get("user") or said.get("actor")),
    }


def _threads(comments: Sequence[Json]) -> list[Json]:
    threads: dict[Any, list[Json]] = {}
    for one in comments:
        threads.setdefault(one.get("in_reply_to_id") or one["id"], []).append(one)
    return [
        {
            "isResolved": place % 4 == 0,
            "resolvedBy": None,
            "path": said[0].get("path") or "",
            "comments": _listing(
                [
                    _written("PullRequestReviewComment", one, 0) | {"originalCommit": None, "commit": None}
                    for one in said
                ]
            ),
        }
        for place, said in enumerate(threads.values())
    ]
