"""What any webhook teaches about who did what in a repository, whether or not a feature listens to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.people import Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ReviewSeen, Sighting, ThreadSeen
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader
from mentorbot.github.webhook_context import WebhookEvent

_PULL_REQUEST_EVENTS = frozenset(
    {
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_review_thread",
    }
)
_ISSUE_EVENTS = frozenset({"issues", "issue_comment"})
_GONE = frozenset({"deleted", "transferred"})


def sightings_of(
    name: str, payload: Mapping[str, Any], *, received_at: datetime | None = None
) -> tuple[Sighting, ...]:
    """Threads, reviews, answers and people that a delivery shows; nothing for other events.

    Raises `UnknownShape` where something needed is missing.
    """
    told = WebhookEvent(name, JsonReader(payload, received_at=received_at))
    if name in _ISSUE_EVENTS:
        return tuple(_in_issue(told))
    if name in _PULL_REQUEST_EVENTS:
        return tuple(_in_pull_request(told))
    return ()


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
    )


def _in_issue(told: WebhookEvent) -> Iterator[Sighting]:
    found = told.payload.at("issue")
    thread = entity_reader.thread(found)
    if not (told.name == "issues" and told.action in _GONE):
        yield thread_seen(found, thread)
    yield from _people(told, found)
    comment = told.payload.maybe("comment")
    if comment and told.action == "created":
        yield from _answer(comment, thread)


def _in_pull_request(told: WebhookEvent) -> Iterator[Sighting]:
    found = told.payload.at("pull_request")
    thread = entity_reader.pull_request(found)
    yield thread_seen(found, thread)
    yield from _people(told, found)
    review, comment = told.payload.maybe("review"), told.payload.maybe("comment")
    if review and told.action == "submitted":
        at = review.moment_or_none("submitted_at") or found.moment("updated_at", "created_at")
        by = _somebody_else(review, thread)
        if by:
            yield ReviewSeen(number=thread.number, by=by, at=at)
            yield AnswerSeen(number=thread.number, by=by, at=at)
    if comment and told.action == "created":
        yield from _answer(comment, thread)
        if by := _somebody_else(comment, thread):
            yield ReviewSeen(number=thread.number, by=by, at=comment.moment("created_at"))


def _answer(comment: JsonReader, thread: Issue) -> Iterator[AnswerSeen]:
    if by := _somebody_else(comment, thread):
        yield AnswerSeen(number=thread.number, by=by, at=comment.moment("created_at"))


def _somebody_else(written: JsonReader, thread: Issue) -> Person | None:
    """Its author, unless that is the thread's own or a bot: neither ends anybody's wait."""
    author = entity_reader.person(written.maybe("user"))
    return author if author and author != thread.author and not author.is_bot else None


def _people(told: WebhookEvent, found: JsonReader) -> Iterator[PersonSeen]:
    """Everybody the payload shows, each once; those of whom it says how they belong here come first."""
    seen: dict[Person, PersonSeen] = {}
    for written in (found, told.payload.maybe("comment"), told.payload.maybe("review")):
        author = entity_reader.person(written.maybe("user")) if written else None
        if written and author:
            said = entity_reader.association(written) if "author_association" in written else None
            seen.setdefault(author, PersonSeen(person=author, association=said))
    others = [
        *found.each("assignees"),
        *found.each("requested_reviewers"),
        *(one for key in ("sender", "assignee", "requested_reviewer") if (one := told.payload.maybe(key))),
        *(one for one in (found.maybe("merged_by"),) if one),
    ]
    for account in others:
        if somebody := entity_reader.person(account):
            seen.setdefault(somebody, PersonSeen(person=somebody))
    yield from seen.values()
