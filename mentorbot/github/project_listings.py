"""What surveys and simulations read beside pull requests: the repository, its issues, merged work."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.config.file import CONFIG_PATH, Source
from mentorbot.core.errors import AccessLost
from mentorbot.core.people import Association, Person
from mentorbot.domain.response_time import Wait
from mentorbot.domain.script_accounts import is_scripts_login
from mentorbot.feature_api.survey import MergedWork, OpenThread, PastIssue
from mentorbot.github import survey_queries
from mentorbot.github.graphql_timeline_reader import actor, association
from mentorbot.github.graphql_timelines import next_cursor
from mentorbot.github.json_reader import JsonReader, parsing_response
from mentorbot.github.questions import Questions

PAGE = 100
MOST_MERGED_PAGES = 10
"""A thousand merged pull requests: whoever had one merged before is told by GitHub's CONTRIBUTOR."""

MOST_ISSUE_PAGES = 5
RECENT_PAGES = 2
_NOT_NEW = frozenset({*(one for one in Association if one.is_insider), Association.CONTRIBUTOR})


class RepositoryNotFound(AccessLost):
    """There is no such repository, or the token may not see it: GitHub says the same of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutRepository:
    """A repository, and how much there is in it. `points_left` are those of the token's hour."""

    id: int
    full_name: str
    is_private: bool
    open_pulls: int
    merged_pulls: int
    all_pulls: int
    open_issues: int
    config: tuple[Source, ...]
    points_left: int | None = None
    resets_at: datetime | None = None

    @property
    def owner(self) -> str:
        return self.full_name.partition("/")[0]

    @property
    def name(self) -> str:
        return self.full_name.partition("/")[2]

    @property
    def variables(self) -> dict[str, Any]:
        return {"owner": self.owner, "name": self.name}


async def about(questions: Questions, full_name: str) -> AboutRepository:
    """The first question. Raises RepositoryNotFound where there is no such repository for this token."""
    owner, _, name = full_name.partition("/")
    data = await questions.ask("about", survey_queries.ABOUT_REPOSITORY, owner=owner, name=name)
    with parsing_response():
        found = JsonReader(data, "data").maybe("repository")
        if found is None:
            raise RepositoryNotFound(f"GitHub shows this token no repository {full_name}.")
        limit = JsonReader(data, "data").maybe("rateLimit")
        known_as = found.text("nameWithOwner")
        return AboutRepository(
            id=found.number("databaseId"),
            full_name=known_as,
            is_private=found.flag("isPrivate"),
            open_pulls=found.at("open").number("totalCount"),
            merged_pulls=found.at("merged").number("totalCount"),
            all_pulls=found.at("pullRequests").number("totalCount"),
            open_issues=found.at("issues").number("totalCount"),
            config=_sources(JsonReader(data, "data"), known_as),
            points_left=limit.number("remaining", 0) if limit else None,
            resets_at=limit.moment_or_none("resetAt") if limit else None,
        )


def _sources(data: JsonReader, full_name: str) -> tuple[Source, Source]:
    owners_name = f"{full_name.partition('/')[0]}/.github"
    owners = data.maybe("owners") if full_name.lower() != owners_name.lower() else None
    return (
        Source("repository", full_name, CONFIG_PATH, _text(data.maybe("repository"))),
        Source("owner", owners_name, CONFIG_PATH, _text(owners)),
    )


def _text(repository: JsonReader | None) -> str | None:
    blob = repository.maybe("config") if repository else None
    if blob is None or "text" not in blob or blob.flag("isTruncated"):
        return None
    return blob.text("text", "").removeprefix("\ufeff")


async def pages(
    questions: Questions, place: AboutRepository, document: str, connection: str, *, key: str
) -> AsyncIterator[JsonReader]:
    """The pages of a listing. Raises RepositoryNotFound where it is another repository by now."""
    after: str | None = None
    while True:
        data = await questions.page(f"{key} {after}", document, after=after, **place.variables)
        with parsing_response():
            repository = JsonReader(data, "data").maybe("repository")
            if repository is None or repository.number("databaseId") != place.id:
                raise RepositoryNotFound(f"{place.full_name} is gone, or another repository by now.")
            page = repository.at(connection)
            after = next_cursor(page)
        yield page
        if after is None:
            return


async def merged_work(
    questions: Questions, place: AboutRepository, *, most_pages: int = MOST_MERGED_PAGES
) -> tuple[dict[int, datetime], MergedWork, frozenset[int]]:
    """Who had something merged and when first, as far as it was read; what it rests on; and who merges."""
    first: dict[int, datetime] = {}
    mergers: set[int] = set()
    count, oldest, read = 0, None, 0
    is_all = False
    async for page in pages(questions, place, survey_queries.MERGED_WORK, "pullRequests", key="merged"):
        with parsing_response():
            for pull in page.each("nodes"):
                at = pull.moment("mergedAt")
                count += 1
                oldest = min(oldest or at, at)
                author, by = actor(pull.maybe("author")), actor(pull.maybe("mergedBy"))
                if author is not None:
                    first[author.id] = min(first.get(author.id, at), at)
                if by is not None and not by.is_bot and by != author:
                    mergers.add(by.id)
            is_all = next_cursor(page) is None
        read += 1
        questions.listener.reached(
            "merged pull requests", count, place.merged_pulls, requests=questions.count.sent, left=-1
        )
        if read >= most_pages:
            break
    base = MergedWork(pull_requests=count, authors=frozenset(first), since=oldest, is_all=is_all)
    return first, base, frozenset(mergers)


async def open_issues(
    questions: Questions, place: AboutRepository, base: MergedWork, into: dict[int, OpenThread]
) -> None:
    """The newest open issues; whose they are, and whether somebody has answered."""
    read = 0
    async for page in pages(questions, place, survey_queries.OPEN_ISSUES, "issues", key="issues"):
        with parsing_response():
            for issue in page.each("nodes"):
                found = _open_issue(issue, base)
                into[found.number] = found
        read += 1
        if read >= MOST_ISSUE_PAGES:
            return


async def recent_waits(questions: Questions, place: AboutRepository, *, now: datetime) -> tuple[Wait, ...]:
    """How long the newest pull requests waited for a first answer, where that can be told."""
    found: list[Wait] = []
    read = 0
    async for page in pages(questions, place, survey_queries.RECENT_WORK, "pullRequests", key="recent"):
        with parsing_response():
            waits = [_wait(pull, now) for pull in page.each("nodes")]
        found += [one for one in waits if one is not None]
        read += 1
        if read >= RECENT_PAGES:
            break
    return tuple(found)


async def opened_issues(
    questions: Questions, place: AboutRepository, *, since: datetime, into: dict[int, PastIssue]
) -> None:
    """The issues that were opened since then, newest first."""
    async for page in pages(questions, place, survey_queries.OPENED_ISSUES, "issues", key="past issues"):
        with parsing_response():
            nodes = page.each("nodes")
            found = [one for one in map(_opened_issue, nodes) if one.opened_at >= since]
        into.update((one.number, one) for one in found)
        questions.listener.reached("issues", len(into), len(into), requests=questions.count.sent, left=-1)
        if len(found) < len(nodes):
            return


async def how_many_since(
    questions: Questions, place: AboutRepository, since: datetime
) -> tuple[int, int] | None:
    """How many pull requests something happened to since then, and how many issues were opened.

    It is GitHub's search that tells: good enough for what a reading will cost. None where it doesn't.
    """
    day = since.date().isoformat()
    data = await questions.ask(
        f"how many since {day}",
        survey_queries.HOW_MANY_SINCE,
        pulls=f"repo:{place.full_name} is:pr updated:>={day}",
        issues=f"repo:{place.full_name} is:issue created:>={day}",
    )
    with parsing_response():
        found = JsonReader(data, "data")
        pulls, issues = found.maybe("pulls"), found.maybe("issues")
        if pulls is None or issues is None:
            return None
        return pulls.number("issueCount"), issues.number("issueCount")


def pages_of(things: int, *, most: int | None = None) -> int:
    """How many pages of 100 there are; an empty listing is a page, too."""
    found = max(1, math.ceil(things / PAGE))
    return found if most is None else min(found, most)


def is_human(person: Person | None) -> bool:
    return person is not None and not person.is_bot and not is_scripts_login(person.login)


def is_newcomer(author: Person | None, said: str, base: MergedWork) -> bool:
    """Whether somebody has nothing merged here, as far as is known, and isn't of the project.

    GitHub's word is trusted where it says that somebody is *not* new; that they are, it doesn't tell.
    """
    if author is None or not is_human(author):
        return False
    known = said.upper() in Association.__members__ and Association(said.upper()) in _NOT_NEW
    return author.id not in base.authors and not known


def _open_issue(issue: JsonReader, base: MergedWork) -> OpenThread:
    author = actor(issue.maybe("author"))
    comments = issue.at("comments")
    answered = any(_is_answer(actor(one.maybe("author")), author) for one in comments.each("nodes"))
    is_known = answered or comments.number("totalCount", 0) <= len(comments.each("nodes"))
    return OpenThread(
        number=issue.number("number"),
        title=issue.text("title", ""),
        url=issue.text("url", ""),
        author=author,
        opened_at=issue.moment("createdAt"),
        updated_at=issue.moment("updatedAt"),
        labels=labels_of(issue),
        is_answered=answered if is_known else None,
        is_newcomers=is_newcomer(author, association(issue), base),
    )


def _opened_issue(issue: JsonReader) -> PastIssue:
    author = actor(issue.maybe("author"))
    answers = [
        one.moment("createdAt")
        for one in issue.at("comments").each("nodes")
        if _is_answer(actor(one.maybe("author")), author)
    ]
    return PastIssue(
        number=issue.number("number"),
        title=issue.text("title", ""),
        url=issue.text("url", ""),
        author=author,
        opened_at=issue.moment("createdAt"),
        association=association(issue),
        answered_at=min(answers, default=None),
        closed_at=issue.moment_or_none("closedAt"),
    )


def _wait(pull: JsonReader, now: datetime) -> Wait | None:
    """A pull request's wait; None for those of bots and insiders, and where too little of it was read."""
    author, opened = actor(pull.maybe("author")), pull.moment("createdAt")
    if not is_human(author) or Association(association(pull)).is_insider:
        return None
    said = [pull.at("reviews"), pull.at("comments")]
    answers = [
        one.moment("submittedAt", "createdAt")
        for connection in said
        for one in connection.each("nodes")
        if _is_answer(actor(one.maybe("author")), author)
    ]
    is_known = all(one.number("totalCount", 0) <= len(one.each("nodes")) for one in said)
    if not answers and not is_known:
        return None
    until = pull.moment_or_none("closedAt") or now
    first = min(answers, default=None)
    return Wait(opened_at=opened, answered_at=first, until=max(until, opened))


def _is_answer(by: Person | None, author: Person | None) -> bool:
    return is_human(by) and by != author


def labels_of(thread: JsonReader) -> frozenset[str]:
    found = thread.maybe("labels")
    return frozenset(one.text("name", "") for one in found.each("nodes")) if found else frozenset()
