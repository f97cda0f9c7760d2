"""What features remember, versioned, so that two decisions at once cannot both build on the same past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mentorbot.core.actions import OUTLIVES_PEOPLE, Forget, Remember
from mentorbot.db.bulk_rows import as_key, json_text
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.forget_list import forgotten_among
from mentorbot.domain.anonymization import without_person
from mentorbot.feature_api.records import Record, StoredRecord


class Conflict(Exception):  # noqa: N818 - says what is the case, as callers read it
    """A record is no longer as it was when the decision was made: decide again."""


class RecordStore(DataAccess):
    async def get(self, feature: str, repository_id: int, kind: str, key: str) -> StoredRecord | None:
        where = {"feature": feature, "repository": repository_id, "kind": kind, "key": as_key(key)}
        row = await self._database.fetch_row(_GET, where)
        return Record(**row._asdict()) if row else None

    async def all(
        self, feature: str, repository_id: int, kind: str, *, starting: str = ""
    ) -> Sequence[StoredRecord]:
        """All records of a kind whose keys start like this, by key."""
        where = {"feature": feature, "repository": repository_id, "kind": kind, "starting": starting}
        rows = await self._database.fetch(_ALL, where)
        return [Record(**row._asdict()) for row in rows]

    async def anybodys(self, repository_id: int, kind: str, key: str) -> Sequence[StoredRecord]:
        """Records with this kind and key, whichever feature keeps them (a thread's silence concerns all)."""
        where = {"repository": repository_id, "kind": kind, "key": as_key(key)}
        rows = await self._database.fetch(_ANYBODYS, where)
        return [Record(**row._asdict()) for row in rows]

    async def remember(
        self, connection: AsyncConnection, feature: str, repository_id: int, action: Remember
    ) -> None:
        """Keep a record. Raises Conflict where its version isn't the expected one.

        None is kept of those who asked to be forgotten; where one outlives them, they are left out.
        """
        for id_ in await forgotten_among(connection, action.people):
            if id_ == action.whose or not action.value.get(OUTLIVES_PEOPLE):
                return
            left = tuple(other for other in action.about if other != id_)
            action = replace(action, value=without_person(action.value, id_), about=left)
        values = {
            "feature": feature,
            "repository": repository_id,
            "kind": action.kind,
            "key": as_key(action.key),
            "value": json_text(action.value),
            "expected": action.expected,
            "whose": action.whose,
            "people": sorted(action.people),
        }
        statement = {None: _PUT, 0: _CREATE}.get(action.expected, _REPLACE)
        if (await connection.execute(statement, values)).rowcount == 0:
            raise Conflict(f"{feature}: {action.kind} {action.key} is not at version {action.expected}")

    async def forget(
        self, connection: AsyncConnection, feature: str, repository_id: int, action: Forget
    ) -> None:
        """Delete a record; none is no error."""
        where = {
            "feature": feature,
            "repository": repository_id,
            "kind": action.kind,
            "key": as_key(action.key),
        }
        await connection.execute(_DELETE, where)


_WHERE = "feature = :feature AND repository_id = :repository AND kind = :kind AND key = :key"
_GET = text(f"SELECT kind, key, value, version FROM records WHERE {_WHERE}")  # noqa: S608 - constants
_ALL = text(
    """SELECT kind, key, value, version FROM records
       WHERE feature = :feature AND repository_id = :repository AND kind = :kind
         AND starts_with(key, :starting)
       ORDER BY key"""
)
_ANYBODYS = text(
    """SELECT kind, key, value, version FROM records
       WHERE repository_id = :repository AND kind = :kind AND key = :key"""
)
_INSERT = """INSERT INTO records AS known
           (feature, repository_id, kind, key, value, version, person_id, people)
       VALUES (:feature, :repository, :kind, :key, CAST(:value AS jsonb), 1, :whose,
               CAST(:people AS bigint[]))"""
_CREATE = text(f"{_INSERT} ON CONFLICT DO NOTHING")
_PUT = text(
    f"{_INSERT} ON CONFLICT (feature, repository_id, kind, key) "
    "DO UPDATE SET value = excluded.value, version = known.version + 1, "
    "person_id = excluded.person_id, people = excluded.people"
)
_REPLACE = text(
    "UPDATE records SET value = CAST(:value AS jsonb), version = version + 1, person_id = :whose, "  # noqa: S608 - constants
    "people = CAST(:people AS bigint[]) "
    f"WHERE {_WHERE} AND version = :expected"
)
_DELETE = text(f"DELETE FROM records WHERE {_WHERE}")  # noqa: S608 - constants
