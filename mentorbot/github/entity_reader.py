"""Turns GitHub's JSON for accounts, repositories, issues, pull requests and comments into our words.

Also into who contributed what, as far as such an object shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from mentorbot.core.entities import Issue, PullRequest, Repository, Review, WrittenComment
from mentorbot.core.people import Association, Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ThreadSeen
from mentorbot.github.json_reader import JsonReader

T = TypeVar("T", bound=Issue)

GHOST = Person(id=10137, login="ghost")
"""GitHub's stand-in for deleted accounts (https://github.com/ghost), where somebody must have done it."""


def person(found: JsonReader | None) -> Person | None:
    """The account, None for deleted ones (null, the stand-in *ghost*, or without what tells who it is)."""
    if found is None or not is_identified(found):
        return None
    somebody = account(found)
    return None if somebody.id == GHOST.id else somebody


def is_identified(found: JsonReader) -> bool:
    """False where it can't be told whose account it is."""
    return "id" in found and any(key in found for key in ("login", "slug", "name"))


def account(found: JsonReader) -> Person:
    """The account, even the stand-in for deleted ones. Enterprises have a `slug` in place of a `login`."""
    login = found.text("login", "") or found.text("slug", "") or found.text("name")
    return Person(
        id=found.number("id"),
        login=login,
        is_bot=found.text("type", "") == "Bot" or login.endswith("[bot]"),
    )


def association(thing: JsonReader) -> Association:
    """How its author belongs to the repository. NONE, which proves nothing, for words that are new to us."""
    return association_named(thing.text("author_association", "NONE"))


def association_named(said: str) -> Association:
    """GitHub's word for how somebody belongs."""
    said = said.upper()
    return Association(said) if said in Association.__members__ else Association.NONE


def repository(found: JsonReader, *, owner: Person | None = None) -> Repository:
    """A repository; `owner` is for the short form in installation payloads, which doesn't name it."""
    return Repository(
        id=found.number("id"),
        full_name=found.text("full_name"),
        owner=owner or account(found.at("owner")),
        private=found.flag("private"),
        archived=found.flag("archived"),
        default_branch=found.text("default_branch", "main"),
    )


def labels(thing: JsonReader) -> frozenset[str]:
    return frozenset(name for label in thing.each("labels") if (name := label.text("name", "")))


def issue(found: JsonReader) -> Issue:
    """An issue: https://docs.github.com/en/rest/issues/issues#get-an-issue, and the same in webhooks."""
    return _read(Issue, found, node_id=found.text("node_id", ""))


def _read(kind: type[T], found: JsonReader, **more: Any) -> T:
    """What issues and pull requests have in common, and more."""
    return kind(
        number=found.number("number"),
        author=person(found.maybe("user")),
        association=association(found),
        title=found.text("title", ""),
        url=found.text("html_url", ""),
        opened_at=found.moment("created_at"),
        body=found.text("body", ""),
        state=found.text("state", "open"),
        labels=labels(found),
        **more,
    )


def thread(found: JsonReader) -> Issue | PullRequest:
    """An issue, or a pull request as GitHub shows it among issues: without its branches and reviewers.

    https://docs.github.com/en/rest/issues/issues: "every pull request is an issue".
    """
    pull = found.maybe("pull_request")
    if pull is None:
        return issue(found)
    merged_at = pull.moment_or_none("merged_at")
    return _read(
        PullRequest,
        found,
        # An issue's node id is not the pull request's: mutations would be refused.
        draft=found.flag("draft"),
        merged=merged_at is not None,
        closed_at=found.moment_or_none("closed_at"),
        merged_at=merged_at,
    )


def pull_request(found: JsonReader) -> PullRequest:
    """A pull request. `head.repo` is null where the fork was deleted, `head.user` where its owner was."""
    head, base = found.or_empty("head"), found.or_empty("base")
    fork = head.maybe("repo")
    merged_at = found.moment_or_none("merged_at")
    return _read(
        PullRequest,
        found,
        node_id=found.text("node_id", ""),
        head_sha=head.text("sha", ""),
        head_ref=head.text("ref", ""),
        head_repository_id=(fork.number("id", 0) or None) if fork else None,
        base_ref=base.text("ref", ""),
        base_sha=base.text("sha", ""),
        draft=found.flag("draft"),
        merged=merged_at is not None or found.flag("merged"),
        merged_by=person(found.maybe("merged_by")),
        closed_at=found.moment_or_none("closed_at"),
        merged_at=merged_at,
        merge_commit_sha=found.text("merge_commit_sha", "") or None,
        requested_reviewers=tuple(
            asked for one in found.each("requested_reviewers") if (asked := person(one)) is not None
        ),
        requested_teams=tuple(
            slug for one in found.each("requested_teams") if (slug := one.text("slug", ""))
        ),
    )


def base_repository_id(pull: JsonReader) -> int | None:
    """The repository a pull request is in; after a rename, its old name may lead to another one."""
    repository = pull.at("base").maybe("repo")
    return repository.number("id") if repository else None


def comment(found: JsonReader, *, previous_body: str | None = None) -> WrittenComment:
    """A comment in a thread or on a line of a diff (then with path and the comment it answers)."""
    return WrittenComment(
        id=found.number("id"),
        node_id=found.text("node_id", ""),
        author=person(found.maybe("user")),
        association=association(found),
        body=found.text("body", ""),
        url=found.text("html_url", ""),
        written_at=found.moment("created_at"),
        previous_body=previous_body,
        path=found.text("path", "") or None,
        in_reply_to=found.number("in_reply_to_id", 0) or None,
    )


def review(found: JsonReader, *, pull: JsonReader) -> Review:
    """A review. GitHub leaves `commit_id` null where the commit is gone, and writes states in either case."""
    return Review(
        id=found.number("id"),
        node_id=found.text("node_id", ""),
        author=person(found.maybe("user")),
        association=association(found),
        state=found.text("state", "commented").lower(),
        body=found.text("body", ""),
        url=found.text("html_url", ""),
        submitted_at=found.moment_or_none("submitted_at") or pull.moment("updated_at", "created_at"),
        head_sha=found.text("commit_id", ""),
    )


def thread_seen(found: JsonReader, thread: Issue | PullRequest) -> ThreadSeen:
    """What an issue or pull request tells about its author and its fate."""
    return ThreadSeen(
        number=thread.number,
        is_pull_request=thread.is_pull_request,
        author=thread.author,
        association=thread.association,
        title=thread.title,
        opened_at=thread.opened_at,
        closed_at=found.moment_or_none("closed_at"),
        merged_at=thread.merged_at if isinstance(thread, PullRequest) else None,
        locked=found.flag("locked") if "locked" in found else None,
        labels=thread.labels if "labels" in found else None,
    )


def people_seen(payload: JsonReader, found: JsonReader) -> Iterator[PersonSeen]:
    """Everybody whom a webhook about `found` shows, each once; first those with their association."""
    seen: dict[Person, PersonSeen] = {}
    for written in (found, payload.maybe("comment"), payload.maybe("review")):
        author = person(written.maybe("user")) if written else None
        if written and author:
            belongs = association(written) if "author_association" in written else None
            seen.setdefault(author, PersonSeen(person=author, association=belongs))
    others = [
        *found.each("assignees"),
        *found.each("requested_reviewers"),
        *(one for key in ("sender", "assignee", "requested_reviewer") if (one := payload.maybe(key))),
        *(one for one in (found.maybe("merged_by"),) if one),
    ]
    for other in others:
        if somebody := person(other):
            seen.setdefault(somebody, PersonSeen(person=somebody))
    yield from seen.values()


def answer_seen(comment: JsonReader, thread: Issue | PullRequest) -> Iterator[AnswerSeen]:
    """A comment, where it ends its thread's author's wait for an answer."""
    if by := other_human(person(comment.maybe("user")), thread):
        yield AnswerSeen(number=thread.number, by=by, at=comment.moment("created_at"))


def other_human(writer: Person | None, thread: Issue | PullRequest) -> Person | None:
    """Who wrote something, unless that is the thread's own author or a bot: neither ends anybody's wait."""
    return writer if writer and writer != thread.author and not writer.is_bot else None
