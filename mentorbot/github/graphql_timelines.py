"""Asks GitHub for the whole past of pull requests: 100 a question, and the rest of long ones together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from mentorbot.core.entities import Repository
from mentorbot.core.errors import AccessLost
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.github import queries, timeline_acts
from mentorbot.github.client import Client
from mentorbot.github.error_mapping import RequestDropped
from mentorbot.github.graphql_timeline_reader import (
    actor,
    acts_of_conversations,
    acts_of_head,
    acts_of_items,
    association,
)
from mentorbot.github.json_reader import JsonReader, parsing_response

_log = structlog.get_logger(__name__)
_MOST = 100
_FEWEST = 10  # where GitHub fails even at so few, it is not because of how much we ask


@dataclass(slots=True, kw_only=True)
class _PartialTimeline:
    """A pull request while its past is still being read; the cursors are where it goes on."""

    pull: JsonReader
    number: int
    items: list[JsonReader] = field(default_factory=list)
    threads: list[JsonReader] = field(default_factory=list)
    items_after: str | None = None
    threads_after: str | None = None

    @property
    def is_whole(self) -> bool:
        return self.items_after is None and self.threads_after is None

    def add(self, pull: JsonReader) -> None:
        self.items_after = _take(pull, "timelineItems", self.items)
        self.threads_after = _take(pull, "reviewThreads", self.threads)


async def timeline(client: Client, repository: Repository, number: int) -> PullRequestTimeline | None:
    """One pull request with its past; None where there is none of this number."""
    data = await client.query(
        queries.PULL_REQUEST_TIMELINE, **repository_variables(repository), number=number
    )
    with parsing_response():
        pull = repository_of(data, repository).maybe("pullRequest")
        if pull is None:
            return None
        gathered = _partial_timeline(pull)
    await _complete(client, repository, [gathered])
    with parsing_response():
        return _timeline(gathered)


async def open_timelines(client: Client, repository: Repository) -> AsyncIterator[PullRequestTimeline]:
    """All open pull requests with their past, the short ones oldest first, long ones as they are complete.

    Where GitHub gives up on a question (it does after ten seconds), the same is asked in smaller pieces.
    https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#timeouts
    """
    async for whole in _read(_Pages(client, repository, queries.OPEN_PULL_REQUESTS)):
        yield whole


async def past_timelines(
    client: Client, repository: Repository, *, since: datetime
) -> AsyncIterator[PullRequestTimeline]:
    """All pull requests to which anything happened since then, open or not, each with its whole past."""
    async for whole in _read(_Pages(client, repository, queries.PAST_PULL_REQUESTS, since=since)):
        yield whole


async def _read(pages: _Pages) -> AsyncIterator[PullRequestTimeline]:
    client, repository = pages.client, pages.repository
    waiting: list[_PartialTimeline] = []
    while (found := await pages.next()) is not None:
        waiting.extend(gathered for gathered in found if not gathered.is_whole)
        for gathered in found:
            if gathered.is_whole:
                with parsing_response():
                    whole = _timeline(gathered)
                yield whole
        while len(waiting) >= queries.MOST_FOLLOWED or (waiting and pages.are_over):
            some, waiting = waiting[: queries.MOST_FOLLOWED], waiting[queries.MOST_FOLLOWED :]
            await _complete(client, repository, some)
            with parsing_response():
                completed = [_timeline(gathered) for gathered in some]
            for whole in completed:
                yield whole


class _Pages:
    """The pages of pull requests, as big as GitHub can bear; with `since`, the latest first until then."""

    def __init__(
        self, client: Client, repository: Repository, document: str, *, since: datetime | None = None
    ) -> None:
        self.client = client
        self.repository = repository
        self._document = document
        self._since = since
        self._size = _MOST
        self._after: str | None = None
        self.are_over = False

    async def next(self) -> list[_PartialTimeline] | None:
        """The next page; None after the last one."""
        if self.are_over:
            return None
        data = await self._ask()
        with parsing_response():
            pulls = repository_of(data, self.repository).at("pullRequests")
            wanted = [pull for pull in pulls.each("nodes") if self._is_wanted(pull)]
            found = [_partial_timeline(pull) for pull in wanted]
            self._after = next_cursor(pulls)
            self.are_over = self._after is None or len(wanted) < len(pulls.each("nodes"))
        return found

    def _is_wanted(self, pull: JsonReader) -> bool:
        return self._since is None or pull.moment("updatedAt") >= self._since

    async def _ask(self) -> dict[str, Any]:
        while True:
            variables = {**repository_variables(self.repository), "size": self._size, "after": self._after}
            try:
                return await self.client.query(self._document, **variables)
            except RequestDropped:
                if self._size <= _FEWEST:
                    raise
                self._size = max(_FEWEST, self._size // 2)
                _log.info("asking_for_fewer_pull_requests", at_once=self._size)


async def _complete(client: Client, repository: Repository, gathered: Sequence[_PartialTimeline]) -> None:
    """Ask for the rest of these pull requests, all in one question, until there is no more."""
    while unfinished := [one for one in gathered if not one.is_whole]:
        variables: dict[str, Any] = repository_variables(repository)
        for index, one in enumerate(unfinished):
            variables |= {
                f"number{index}": one.number,
                f"items{index}": one.items_after,
                f"threads{index}": one.threads_after,
                f"wantsItems{index}": one.items_after is not None,
                f"wantsThreads{index}": one.threads_after is not None,
            }
        data = await client.query(queries.more_of(len(unfinished)), **variables)
        with parsing_response():
            found = repository_of(data, repository)
            for index, one in enumerate(unfinished):
                pull = found.maybe(f"p{index}")
                if pull is None:  # deleted meanwhile: what we have is all there is
                    one.items_after = one.threads_after = None
                else:
                    one.add(pull)


def timeline_of(pull: JsonReader) -> PullRequestTimeline:
    """A pull request with its whole past, as GraphQL tells it in one answer."""
    return _timeline(_partial_timeline(pull))


def repository_variables(repository: Repository) -> dict[str, Any]:
    owner, _, name = repository.full_name.partition("/")
    return {"owner": owner, "name": name}


def repository_of(data: dict[str, Any], repository: Repository) -> JsonReader:
    """The repository in an answer. Raises `AccessLost` where its name is nobody's or another's by now."""
    found = JsonReader(data, "data").maybe("repository")
    if found is None:
        raise AccessLost(f"{repository.full_name} is gone, or the App may not see it.")
    if found.number("databaseId", repository.id) != repository.id:
        raise AccessLost(f"{repository.full_name} is another repository now.")
    return found


def next_cursor(connection: JsonReader) -> str | None:
    """Where the next page of a connection begins; None where this was the last."""
    info = connection.at("pageInfo")
    return info.text("endCursor") if info.flag("hasNextPage") else None


def _partial_timeline(pull: JsonReader) -> _PartialTimeline:
    found = _PartialTimeline(pull=pull, number=pull.number("number"))
    found.add(pull)
    return found


def _take(pull: JsonReader, name: str, into: list[JsonReader]) -> str | None:
    connection = pull.maybe(name)
    if connection is None:
        return None
    into.extend(connection.each("nodes"))
    return next_cursor(connection)


def _timeline(gathered: _PartialTimeline) -> PullRequestTimeline:
    return assembled(gathered.pull, items=gathered.items, threads=gathered.threads)


def assembled(
    pull: JsonReader,
    *,
    items: Sequence[JsonReader],
    threads: Sequence[JsonReader],
    head: JsonReader | None = None,
) -> PullRequestTimeline:
    """A pull request with what was read of its timeline items and conversations, in GitHub's order.

    `head` tells how its last commit fares, where `pull` itself doesn't.
    """
    opened = _opened(pull)
    happened = list(acts_of_items(tuple(items), author=opened.author))
    first_commits = [act for act in happened if _is_first_commit(act, opened.opened_at)]
    timeline = opened.with_acts(
        (
            *(act for act in happened if act not in first_commits),
            *acts_of_conversations(tuple(threads)),
        )
    )
    renamed = [act.title_before for act in timeline.acts if act.kind is ActKind.RETITLED]
    switched = [act.kind for act in timeline.acts if act.kind in {ActKind.MARKED_READY, ActKind.DRAFTED}]
    rebuilt = replace(
        timeline,
        opened_title=renamed[0] if renamed else timeline.opened_title,
        opened_as_draft=switched[0] is ActKind.MARKED_READY if switched else timeline.opened_as_draft,
        # Where all commits were replaced since, the present head is the best that is known.
        head_sha=first_commits[-1].sha if first_commits else timeline.head_sha,
    )
    pushed = _with_present_head(rebuilt, pull.text("headRefOid", ""))
    last = last_push_at(pushed)
    # What is said of the head holds for the head: not before it was pushed, however old its commit is.
    return pushed.with_acts(replace(act, at=max(act.at, last)) for act in acts_of_head(pull, head))


def last_push_at(timeline: PullRequestTimeline) -> datetime:
    """When the head came to be what it is, as far as known."""
    return max((act.at for act in timeline.acts if act.is_push), default=timeline.opened_at)


def _is_first_commit(act: Act, opened_at: datetime) -> bool:
    return act.kind in {ActKind.PUSHED, ActKind.BASE_MERGED} and act.at <= opened_at


def _with_present_head(timeline: PullRequestTimeline, sha: str) -> PullRequestTimeline:
    """The timeline with the head as its last commit: commits may be dated years before they are pushed."""
    if not sha or timeline.current_head == sha:
        return timeline
    last = last_push_at(timeline)
    # A second later, so that it comes after whatever was pushed with it.
    at = last + timedelta(seconds=1)
    known = next((act for act in timeline.acts if act.id == timeline_acts.push_id(sha)), None)
    pushed = Act(kind=ActKind.PUSHED, at=at, id=timeline_acts.push_id(sha), by=timeline.author, sha=sha)
    return timeline.with_acts((replace(known, at=at) if known else pushed,))


def _opened(pull: JsonReader) -> PullRequestTimeline:
    owner = pull.maybe("headRepositoryOwner")
    branch = pull.text("headRefName", "")
    return PullRequestTimeline(
        number=pull.number("number"),
        author=actor(pull.maybe("author")),
        opened_at=pull.moment("createdAt"),
        opened_title=pull.text("title", ""),
        opened_as_draft=pull.flag("isDraft"),
        head=f"{owner.text('login')}:{branch}" if owner else "",
        head_sha=pull.text("headRefOid", ""),
        base=pull.text("baseRefName", ""),
        body=pull.text("body", ""),
        url=pull.text("url", ""),
        association=association(pull),
    )
