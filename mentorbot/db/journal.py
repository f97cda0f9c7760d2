"""What was done and not done, and why: read by `/mentorbot why`, `mentorbot explain` and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.ports import JournalEntry
from mentorbot.db.columns import columns
from mentorbot.db.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An entry to be written. Of notes with the same `place` in a repository only the last one stays."""

    at: datetime
    feature: str
    acted: bool
    because: str
    repository_id: int
    number: int | None = None
    person_id: int | None = None
    delivery: str | None = None
    place: str | None = None


class Journal:
    """Reads and writes the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, connection: AsyncConnection, notes: Sequence[Note]) -> None:
        """Write entries, in the given order."""
        last = {(note.repository_id, note.place): note for note in notes if note.place is not None}
        wanted = [
            note for note in notes if note.place is None or last[note.repository_id, note.place] is note
        ]
        if wanted:
            rows = [tuple(getattr(note, name) for name in _FIELDS) for note in wanted]
            await connection.execute(_WRITE, columns(_FIELDS, rows))

    async def about(
        self, repository_id: int, number: int, *, limit: int, feature: str | None = None
    ) -> Sequence[JournalEntry]:
        """Entries on an issue or pull request, newest first."""
        where = {"repository": repository_id, "number": number, "limit": limit, "feature": feature}
        async with self._database.reading() as connection:
            rows = (await connection.execute(_ABOUT, where)).mappings()
            return [JournalEntry(**row) for row in rows]

    async def latest(
        self, *, repository_ids: Sequence[int] | None = None, limit: int = 50
    ) -> Sequence[tuple[int, JournalEntry]]:
        """The newest entries (of these repositories), each with the id of its repository."""
        where = {
            "all": repository_ids is None,
            "repositories": list(repository_ids or ()),
            "limit": limit,
        }
        async with self._database.reading() as connection:
            rows = (await connection.execute(_LATEST, where)).mappings()
            return [(row["repository_id"], JournalEntry(**{f: row[f] for f in _SHOWN})) for row in rows]


_FIELDS = (
    "at", "feature", "acted", "because", "repository_id", "number", "person_id", "delivery", "place",
)  # fmt: skip
_SHOWN = ("at", "feature", "acted", "because", "number", "person_id", "delivery")
_WRITE = text(
    """INSERT INTO journal AS known
           (at, feature, acted, because, repository_id, number, person_id, delivery, place)
       SELECT * FROM unnest(
           CAST(:at AS timestamptz[]), CAST(:feature AS text[]), CAST(:acted AS boolean[]),
           CAST(:because AS text[]), CAST(:repository_id AS bigint[]), CAST(:number AS int[]),
           CAST(:person_id AS bigint[]), CAST(:delivery AS text[]), CAST(:place AS text[]))
       ON CONFLICT (repository_id, place) DO UPDATE
           SET at = excluded.at, because = excluded.because, acted = excluded.acted,
               person_id = excluded.person_id"""
)
_ABOUT = text(
    """SELECT at, feature, acted, because, number, person_id, delivery FROM journal
       WHERE repository_id = :repository AND number = :number
         AND (CAST(:feature AS text) IS NULL OR feature = :feature)
       ORDER BY at DESC, id DESC LIMIT :limit"""
)
_LATEST = text(
    """SELECT repository_id, at, feature, acted, because, number, person_id, delivery FROM journal
       WHERE :all OR repository_id = ANY(:repositories) ORDER BY at DESC, id DESC LIMIT :limit"""
)
