"""Reads who contributed what to a repository from issues, pull requests, comments and reviews."""

from __future__ import annotations

from collections.abc import Iterator

from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.people import Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ThreadSeen
from mentorbot.github import entity_reader
from mentorbot.github.json_reader import JsonReader


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


def people_seen(payload: JsonReader, found: JsonReader) -> Iterator[PersonSeen]:
    """Everybody whom a webhook about `found` shows, each once; first those with their association."""
    seen: dict[Person, PersonSeen] = {}
    for written in (found, payload.maybe("comment"), payload.maybe("review")):
        author = entity_reader.person(written.maybe("user")) if written else None
        if written and author:
            association = entity_reader.association(written) if "author_association" in written else None
            seen.setdefault(author, PersonSeen(person=author, association=association))
    others = [
        *found.each("assignees"),
        *found.each("requested_reviewers"),
        *(one for key in ("sender", "assignee", "requested_reviewer") if (one := payload.maybe(key))),
        *(one for one in (found.maybe("merged_by"),) if one),
    ]
    for account in others:
        if somebody := entity_reader.person(account):
            seen.setdefault(somebody, PersonSeen(person=somebody))
    yield from seen.values()


def answer_seen(comment: JsonReader, thread: Issue | PullRequest) -> Iterator[AnswerSeen]:
    """A comment, where it ends its thread's author's wait for an answer."""
    if by := other_human(entity_reader.person(comment.maybe("user")), thread):
        yield AnswerSeen(number=thread.number, by=by, at=comment.moment("created_at"))


def other_human(writer: Person | None, thread: Issue | PullRequest) -> Person | None:
    """Who wrote something, unless that is the thread's own author or a bot: neither ends anybody's wait."""
    return writer if writer and writer != thread.author and not writer.is_bot else None
