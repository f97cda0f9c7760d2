"""The projection of pull requests that webhooks keep up to date: read without a question to GitHub."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from mentorbot.core.people import Person
from mentorbot.db.anonymize import anonymize_timeline
from mentorbot.db.bulk_rows import as_key
from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess
from mentorbot.domain.timeline import Act, PullRequestTimeline

_AT_ONCE = 100


class TimelineStore(DataAccess):
    """Reads timelines as webhooks and backfill stored them."""

    async def get(self, repository_id: int, number: int) -> PullRequestTimeline | None:
        """One pull request's timeline, as far as we know it; None where it was never seen in full."""
        found = await self._read(repository_id, [number])
        return found[0] if found else None

    async def open(self, repository_id: int) -> AsyncIterator[PullRequestTimeline]:
        """All open pull requests, by number; a hundred are in memory at a time."""
        last = 0
        while True:
            where = {"repository": repository_id, "last": last, "limit": _AT_ONCE}
            numbers = await self._database.fetch_column(_OPEN, where)
            if not numbers:
                return
            for timeline in await self._read(repository_id, numbers):
                yield timeline
            last = numbers[-1]

    async def open_numbers(self, repository_id: int) -> set[int]:
        where = {"repository": repository_id, "last": 0, "limit": 1_000_000}
        return set(await self._database.fetch_column(_OPEN, where))

    async def open_by(self, repository_id: int, person: Person) -> Sequence[PullRequestTimeline]:
        where = {"repository": repository_id, "person": person.id}
        numbers = await self._database.fetch_column(_OPEN_BY, where)
        return await self._read(repository_id, numbers) if numbers else ()

    async def with_head(self, repository_id: int, sha: str) -> Sequence[PullRequestTimeline]:
        where = {"repository": repository_id, "sha": as_key(sha)}
        numbers = await self._database.fetch_column(_WITH_HEAD, where)
        return await self._read(repository_id, numbers) if numbers else ()

    async def closed(self, repository_id: int, numbers: Collection[int]) -> Mapping[int, datetime]:
        where = {"repository": repository_id, "numbers": sorted(numbers)}
        rows = await self._database.fetch(_CLOSED, where)
        return {row.number: row.closed_at for row in rows}

    async def closed_with(
        self, repository_id: int, labels: Collection[str], *, since: datetime
    ) -> Sequence[PullRequestTimeline]:
        """The pull requests closed after `since` that wear one of these labels, by number."""
        lower = sorted({label.lower() for label in labels})
        where = {"repository": repository_id, "labels": lower, "since": since}
        numbers = await self._database.fetch_column(_CLOSED_WITH, where) if lower else ()
        found = await self._read(repository_id, numbers) if numbers else ()
        return [one for one in found if not {label.lower() for label in one.labels}.isdisjoint(lower)]

    async def close_unseen(self, repository_id: int, open_ones: set[int], *, before: datetime) -> int:
        """Close pull requests that GitHub no longer lists as open, unless something newer says otherwise."""
        where = {"repository": repository_id, "open": sorted(open_ones), "before": before}
        return await self._database.execute(_CLOSE_UNSEEN, where)

    async def anonymized(self, repository_id: int, timeline: PullRequestTimeline) -> PullRequestTimeline:
        """A timeline from elsewhere as it would be told from here: nameless where people asked for that."""
        async with self._database.reading() as connection:
            return await anonymize_timeline(connection, repository_id, timeline)

    async def _read(self, repository_id: int, numbers: Sequence[int]) -> list[PullRequestTimeline]:
        rows = await self._database.fetch(_READ, {"repository": repository_id, "numbers": list(numbers)})
        return [_timeline(row.opening, row.acts) for row in rows]


def _timeline(opening: dict[str, Any], acts: list[dict[str, Any]] | None) -> PullRequestTimeline:
    beginning = PullRequestTimeline.from_json({**opening, "acts": []})
    return beginning.with_acts(Act.from_json(act) for act in acts or ())


_OPEN = text(
    """SELECT threads.number FROM threads JOIN timelines USING (repository_id, number)
       WHERE repository_id = :repository AND is_pull_request AND closed_at IS NULL AND number > :last
       ORDER BY number LIMIT :limit"""
)
_OPEN_BY = text(
    """SELECT number FROM threads
       WHERE repository_id = :repository AND author_id = :person AND is_pull_request AND closed_at IS NULL
       ORDER BY number"""
)
_WITH_HEAD = text(
    """SELECT number FROM timelines JOIN threads USING (repository_id, number)
       WHERE repository_id = :repository AND head_sha = :sha AND is_pull_request AND closed_at IS NULL
       ORDER BY number"""
)
_CLOSED = text(
    """SELECT number, closed_at FROM threads
       WHERE repository_id = :repository AND number = ANY(:numbers) AND closed_at IS NOT NULL"""
)
_CLOSED_WITH = text(
    """SELECT number FROM threads JOIN timelines USING (repository_id, number)
       WHERE repository_id = :repository AND is_pull_request AND closed_at > :since
         AND EXISTS (SELECT FROM acts
                     WHERE acts.repository_id = threads.repository_id AND acts.number = threads.number
                       AND lower(acts.value ->> 'label') = ANY(:labels))
       ORDER BY number"""
)
_READ = text(
    """SELECT timelines.opening,
              (SELECT jsonb_agg(acts.value) FROM acts
               WHERE acts.repository_id = timelines.repository_id AND acts.number = timelines.number) AS acts
       FROM timelines WHERE repository_id = :repository AND number = ANY(:numbers) ORDER BY number"""
)
_CLOSE_UNSEEN = text(
    """UPDATE threads SET closed_at = :before, as_of = :before
       WHERE repository_id = :repository AND is_pull_request AND closed_at IS NULL AND as_of < :before
         AND NOT number = ANY(:open)"""
)
