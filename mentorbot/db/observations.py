"""What people did in a repository, as observations: what is known from webhooks and from reading the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.db.connection import Row, text
from mentorbot.db.database import DataAccess
from mentorbot.domain.expertise import (
    Learned,
    Observation,
    OpenedIssue,
    OpenedPullRequest,
    Reviewed,
    TookPart,
    in_order,
    is_human,
    is_review,
)
from mentorbot.domain.timeline import Act, ActKind


class Observations(DataAccess):
    """Reads a repository's past as `Expertise` takes it."""

    async def observations(self, repository_id: int, *, since: datetime, most: int) -> Sequence[Observation]:
        """What happened in the latest `most` issues and pull requests opened since then, in order of time."""
        found: list[Observation] = []
        async with self._database.reading() as connection:
            where = {"repository": repository_id, "since": since, "most": most}
            threads = {row.number: row for row in await connection.execute(_THREADS, where)}
            for row in threads.values():
                found.extend(_opened(row))
            these = {"repository": repository_id, "numbers": sorted(threads)}
            found.extend(
                Reviewed(number=row.number, by=_person(row), at=_not_before(row, threads))
                for row in await connection.execute(_REVIEWS, these)
            )
            found.extend(
                TookPart(number=row.number, by=_person(row), at=_not_before(row, threads))
                for row in await connection.execute(_ANSWERS, these)
            )
            for row in await connection.execute(_ACTS, these):
                found.extend(_acted(row, threads[row.number]))
        return in_order(
            seen for seen in found if not isinstance(seen, Reviewed | TookPart) or is_human(seen.by)
        )

    async def pull_requests(self, repository_id: int, *, since: datetime) -> Sequence[int]:
        """The pull requests that were open then or later, as far as we know."""
        where = {"repository": repository_id, "since": since}
        return await self._database.fetch_column(_PULL_REQUESTS, where)


def _opened(row: Row) -> Iterator[Observation]:
    author = _person(row) if row.id is not None else None
    if row.is_pull_request:
        yield OpenedPullRequest(number=row.number, author=author, at=row.opened_at, title=row.title)
    elif author is not None and is_human(author):
        yield OpenedIssue(number=row.number, author=author, at=row.opened_at)


def _acted(row: Row, thread: Row) -> Iterator[Observation]:
    """What a stored act teaches: labels, files that were talked about, approvals in plain comments."""
    number, at = row.number, max(datetime.fromisoformat(row.at), thread.opened_at)
    if row.label:
        yield Learned(number=number, at=at, labels=frozenset({row.label}))
    if row.path:
        yield Learned(number=number, at=at, paths=frozenset({row.path}))
    if row.kind != ActKind.COMMENTED or not row.by or not thread.is_pull_request:
        return
    if Person(**row.by).is_nameless:
        return
    author = _person(thread) if thread.id is not None else None
    act = Act(kind=ActKind.COMMENTED, at=at, id="", by=Person(**row.by), body=row.body or "")
    if act.by is not None and is_review(act, author):
        yield Reviewed(number=number, by=act.by, at=at)


def _person(row: Row) -> Person:
    return Person(row.id, row.login, is_bot=row.is_bot)


def _not_before(row: Row, threads: dict[int, Row]) -> datetime:
    """Nothing happens to a pull request before it is opened, whatever a clock says."""
    moment: datetime = max(row.at, threads[row.number].opened_at)
    return moment


_THREADS = text(
    """SELECT threads.number, is_pull_request, title, opened_at, people.id, people.login, people.is_bot
       FROM threads LEFT JOIN people ON people.id = threads.author_id
       WHERE repository_id = :repository AND opened_at >= :since
       ORDER BY opened_at DESC, number DESC LIMIT :most"""
)
_PULL_REQUESTS = text(
    """SELECT number FROM threads
       WHERE repository_id = :repository AND is_pull_request AND (closed_at IS NULL OR closed_at >= :since)
       ORDER BY number"""
)
_REVIEWS = text(
    """SELECT number, at, people.id, people.login, people.is_bot
       FROM reviews JOIN people ON people.id = reviews.person_id
       WHERE repository_id = :repository AND number = ANY(:numbers)"""
)
_ANSWERS = text(
    """SELECT number, at, people.id, people.login, people.is_bot
       FROM answers JOIN people ON people.id = answers.person_id,
            unnest(CASE WHEN first_at = last_at THEN ARRAY[first_at] ELSE ARRAY[first_at, last_at] END) AS at
       WHERE repository_id = :repository AND number = ANY(:numbers)"""
)
# An approval stands in the first words; whole comments may be logs of sixty thousand characters.
_ACTS = text(
    """SELECT number, value->>'kind' AS kind, value->>'at' AS at, value->>'label' AS label,
              value->>'path' AS path, value->'by' AS by,
              CASE WHEN value->>'kind' = 'commented' THEN left(value->>'body', 500) END AS body
       FROM acts
       WHERE repository_id = :repository AND number = ANY(:numbers)
         AND value->>'kind' IN ('labeled', 'line commented', 'commented')"""
)
