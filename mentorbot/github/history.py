"""Reads a repository's past, page by page, so that we know who was here before.

Issues and pull requests come over REST, a hundred a request; reviews and first answers over GraphQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from mentorbot.core.entities import Repository
from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.people import Person
from mentorbot.domain.contributions import AnswerSeen, PersonSeen, ReviewSeen, Sighting, ThreadSeen
from mentorbot.github import entity_reader, queries
from mentorbot.github.client import Client, ResultPage, path_segment
from mentorbot.github.entity_reader import thread_seen
from mentorbot.github.error_mapping import Missing
from mentorbot.github.graphql_timeline_reader import actor
from mentorbot.github.graphql_timelines import next_cursor, repository_of, repository_variables
from mentorbot.github.json_reader import JsonReader, parsing_response


async def earlier_threads(client: Client, repository: Repository, person: Person) -> Sequence[ThreadSeen]:
    """This person's first hundred issues and pull requests here, oldest first: one request.

    https://docs.github.com/en/rest/issues/issues#list-repository-issues
    """
    query = f"creator={path_segment(person.login)}&state=all&sort=created&direction=asc&per_page=100"
    try:
        page = await client.page(f"/repos/{repository.full_name}/issues?{query}")
    except Missing:
        raise
    except Impossible as error:
        if error.status != 422:  # noqa: PLR2004 - GitHub's answer about accounts it does not show
            raise
        raise GitHubUnavailable(f"GitHub does not tell what @{person.login} opened: {error.why}") from error
    with parsing_response():
        seen = [_thread(JsonReader(one, "issue")) for one in page.items]
    # The login may have been somebody else's before.
    return tuple(thread for thread in seen if thread.author == person)


async def past_threads(
    client: Client, repository: Repository, cursor: str | None
) -> tuple[Sequence[Sighting], str | None]:
    """A page of issues and pull requests, newest first, and the cursor of the next; None after the last.

    New ones push older ones to later pages: they are seen twice, which does no harm. Deleted ones pull older
    ones forward, past us: where numbers are missing between two pages, the one before is read again.
    """
    if cursor is None:
        query = "state=all&sort=created&direction=desc&per_page=100"
        address, before, last = f"/repos/{repository.full_name}/issues?{query}", None, None
    else:
        address, before, last = json.loads(cursor)
    page = await client.page(address)
    items = list(page.items)
    if before and last is not None and _is_gap(page, last) and "after=" not in address:
        items = [*(await client.page(before)).items, *items]
    with parsing_response():
        shapes = [JsonReader(one, "issue") for one in items]
        sightings = tuple(sighting for shape in shapes for sighting in _of_thread(shape))
        lowest = min((shape.number("number") for shape in shapes), default=None)
    following = json.dumps([page.next_url, address, lowest]) if page.next_url else None
    return sightings, following


async def past_reviews(
    client: Client, repository: Repository, cursor: str | None
) -> tuple[Sequence[Sighting], str | None]:
    """A page of pull requests' reviews and first answers, newest first, and the cursor of the next.

    REST lists reviews of one pull request only: without GraphQL there is no such page.
    """
    data = await client.query(queries.PAST_REVIEWS, **repository_variables(repository), after=cursor)
    with parsing_response():
        pulls = repository_of(data, repository).at("pullRequests")
        seen = tuple(sighting for pull in pulls.each("nodes") for sighting in _of_pull_request(pull))
        return seen, next_cursor(pulls)


def _thread(found: JsonReader) -> ThreadSeen:
    return thread_seen(found, entity_reader.thread(found))


def _of_thread(found: JsonReader) -> Iterator[Sighting]:
    seen = _thread(found)
    yield seen
    if seen.author:
        yield PersonSeen(person=seen.author, association=seen.association)


def _is_gap(page: ResultPage, last: int) -> bool:
    """True where numbers are missing between the page before (which ended with `last`) and this one."""
    first = page.items[0].get("number") if page.items and isinstance(page.items[0], dict) else None
    return isinstance(first, int) and first < last - 1


def _of_pull_request(pull: JsonReader) -> Iterator[Sighting]:
    number, author = pull.number("number"), actor(pull.maybe("author"))
    for review in pull.at("reviews").each("nodes"):
        by, at = actor(review.maybe("author")), review.moment_or_none("submittedAt")
        if at and by and by != author and not by.is_bot:
            yield ReviewSeen(number=number, by=by, at=at)
            yield AnswerSeen(number=number, by=by, at=at)
    for comment in pull.at("comments").each("nodes"):
        by = actor(comment.maybe("author"))
        if by and by != author and not by.is_bot:
            yield AnswerSeen(number=number, by=by, at=comment.moment("createdAt"))
