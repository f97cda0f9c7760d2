"""Builds what tests talk about, with defaults that a test overrides by name: `an_issue(number=7)`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from mentorbot.core.entities import Issue, PullRequest, Repository, Review, WrittenComment
from mentorbot.core.events import (
    CommandGiven,
    CommentEvent,
    Event,
    IssueEvent,
    IssueOpened,
    PullRequestClosed,
    PullRequestOpened,
    Reactable,
)
from mentorbot.core.people import Association, Person

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday morning: the present moment of every test that does not say otherwise."""

E = TypeVar("E", bound=Event)


def a_person(login: str = "ada", *, id: int | None = None, is_bot: bool = False) -> Person:  # noqa: A002 - GitHub's word
    """Somebody; the same login is the same person, unless the test gives an id."""
    return Person(id=zlib.crc32(login.encode()) if id is None else id, login=login, is_bot=is_bot)


def a_repository(
    *,
    id: int = 1,  # noqa: A002 - GitHub's word
    full_name: str = "acme/rockets",
    owner: Person | None = None,
    private: bool = False,
    archived: bool = False,
    default_branch: str = "main",
) -> Repository:
    """A public repository of an organisation."""
    return Repository(
        id=id,
        full_name=full_name,
        owner=owner or a_person(full_name.partition("/")[0]),
        private=private,
        archived=archived,
        default_branch=default_branch,
    )


def an_issue(
    *,
    number: int = 1,
    author: Person | str | None = "ada",
    association: Association = Association.NONE,
    title: str = "The engine does not start",
    opened_at: datetime = NOW,
    body: str = "It coughs twice and then stays silent.",
    state: str = "open",
    labels: frozenset[str] = frozenset(),
    url: str | None = None,
    node_id: str | None = None,
) -> Issue:
    """An open issue by Ada, whom nobody knows yet. `author=None` is somebody who deleted their account."""
    return Issue(
        number=number,
        author=a_person(author) if isinstance(author, str) else author,
        association=association,
        title=title,
        opened_at=opened_at,
        body=body,
        state=state,
        labels=labels,
        url=url or f"https://github.com/acme/rockets/issues/{number}",
        node_id=node_id or f"I_{number}",
    )


def a_pull_request(
    *,
    number: int = 2,
    author: Person | str | None = "ada",
    association: Association = Association.NONE,
    title: str = "Let the engine start in winter",
    opened_at: datetime = NOW,
    body: str = "It needs a longer spark below zero.",
    state: str = "open",
    labels: frozenset[str] = frozenset(),
    url: str | None = None,
    node_id: str | None = None,
    head_sha: str = "c0ffee0000000000000000000000000000000001",
    head_ref: str = "winter",
    head_repository_id: int | None = 2,
    base_ref: str = "main",
    base_sha: str = "ba5e000000000000000000000000000000000001",
    draft: bool = False,
    merged: bool = False,
    merged_by: Person | None = None,
    closed_at: datetime | None = None,
    merged_at: datetime | None = None,
    merge_commit_sha: str | None = None,
    requested_reviewers: tuple[Person, ...] = (),
    requested_teams: tuple[str, ...] = (),
) -> PullRequest:
    """An open pull request by Ada from a fork, whom nobody knows yet.

    `merged=True` makes it closed and merged by Grace, a day after it was opened, unless said otherwise.
    """
    if merged:
        state = "closed"
        merged_by = merged_by or a_person("grace")
        merged_at = merged_at or closed_at or opened_at + timedelta(days=1)
        closed_at = closed_at or merged_at
        merge_commit_sha = merge_commit_sha or "facade0000000000000000000000000000000001"
    return PullRequest(
        number=number,
        author=a_person(author) if isinstance(author, str) else author,
        association=association,
        title=title,
        opened_at=opened_at,
        body=body,
        state=state,
        labels=labels,
        url=url or f"https://github.com/acme/rockets/pull/{number}",
        node_id=node_id or f"PR_{number}",
        head_sha=head_sha,
        head_ref=head_ref,
        head_repository_id=head_repository_id,
        base_ref=base_ref,
        base_sha=base_sha,
        draft=draft,
        merged=merged,
        merged_by=merged_by,
        closed_at=closed_at,
        merged_at=merged_at,
        merge_commit_sha=merge_commit_sha,
        requested_reviewers=requested_reviewers,
        requested_teams=requested_teams,
    )


def a_comment(
    *,
    id: int = 100,  # noqa: A002 - GitHub's word
    author: Person | str | None = "grace",
    association: Association = Association.NONE,
    body: str = "Thanks, I will have a look.",
    written_at: datetime = NOW,
    previous_body: str | None = None,
    path: str | None = None,
    in_reply_to: int | None = None,
    url: str | None = None,
    node_id: str | None = None,
) -> WrittenComment:
    """A comment by Grace; with `path` it is one on a line of the diff."""
    return WrittenComment(
        id=id,
        author=a_person(author) if isinstance(author, str) else author,
        association=association,
        body=body,
        written_at=written_at,
        previous_body=previous_body,
        path=path,
        in_reply_to=in_reply_to,
        url=url or f"https://github.com/acme/rockets/pull/2#issuecomment-{id}",
        node_id=node_id or f"IC_{id}",
    )


def a_review(
    *,
    id: int = 200,  # noqa: A002 - GitHub's word
    author: Person | str | None = "grace",
    association: Association = Association.NONE,
    state: str = "commented",
    body: str = "Works on my machine. One question about the cold start.",
    submitted_at: datetime = NOW,
    head_sha: str = "c0ffee0000000000000000000000000000000001",
    url: str | None = None,
    node_id: str | None = None,
) -> Review:
    """A review by Grace that comments only."""
    return Review(
        id=id,
        author=a_person(author) if isinstance(author, str) else author,
        association=association,
        state=state,
        body=body,
        submitted_at=submitted_at,
        head_sha=head_sha,
        url=url or f"https://github.com/acme/rockets/pull/2#pullrequestreview-{id}",
        node_id=node_id or f"PRR_{id}",
    )


def an_event(kind: type[E], /, **details: Any) -> E:
    """Something that happened: any event of `mentorbot.core.events` that has a repository.

    What makes a kind special (a label, a branch, a change) has no default: the test says it.
    Thread, comment and review are built where the test gives none; `by` is who wrote the comment or review,
    merged the pull request, or else the thread's author. `at` is the moment the thread tells, or `NOW`.
    """
    given: dict[str, Any] = {
        "delivery": "d-1",
        "installation_id": 10,
        "repository": a_repository(),
        **details,
    }
    known = {field.name for field in fields(kind)}
    if "thread" in known:
        given.setdefault("thread", an_issue() if issubclass(kind, IssueEvent) else a_pull_request())
    if "comment" in known:
        given.setdefault("comment", a_comment())
    if "review" in known:
        given.setdefault("review", a_review())
    if issubclass(kind, CommandGiven):
        given = {**_a_command(given), **given}
    given.setdefault("by", _who_did_it(kind, given))
    given.setdefault("at", _when_it_happened(kind, given))
    return kind(**given)


def _a_command(given: Mapping[str, Any]) -> dict[str, Any]:
    name, words = given.get("name", "help"), given.get("words", ())
    return {
        "name": name,
        "words": words,
        "line": " ".join((f"/{name}", *words)),
        "source": Reactable(
            kind="issue_comment", id=100, node_id="IC_100", url=f"{given['thread'].url}#issuecomment-100"
        ),
    }


def _who_did_it(kind: type[Event], given: Mapping[str, Any]) -> Person:
    thread = given.get("thread")
    if issubclass(kind, CommentEvent):
        writer = given["comment"].author
    elif given.get("review") is not None:
        writer = given["review"].author
    elif isinstance(thread, PullRequest) and issubclass(kind, PullRequestClosed) and thread.merged_by:
        writer = thread.merged_by
    else:
        writer = thread.author if thread else a_person("grace")
    return cast("Person", writer) or a_person("ghost")


def _when_it_happened(kind: type[Event], given: Mapping[str, Any]) -> datetime:
    thread = given.get("thread")
    if issubclass(kind, CommentEvent):
        return cast("datetime", given["comment"].written_at)
    if given.get("review") is not None:
        return cast("datetime", given["review"].submitted_at)
    if issubclass(kind, PullRequestClosed) and isinstance(thread, PullRequest) and thread.closed_at:
        return thread.closed_at
    if issubclass(kind, IssueOpened | PullRequestOpened) and thread:
        return cast("datetime", thread.opened_at)
    return NOW
