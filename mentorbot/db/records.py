"""What features remember, versioned, so that two decisions at once cannot both build on the same past.

What a repository in shadow remembers lies beside what really is so: only its own decisions see it, in place
of the record it stands before, and it goes when the repository goes live. A record that was deleted in shadow
is a null there.
"""

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
    async def get(
        self, feature: str, repository_id: int, kind: str, key: str, *, shadow_of: int = 0
    ) -> StoredRecord | None:
        """A record, as a repository in shadow sees it where `shadow_of` names one."""
        where = {
            "feature": feature,
            "repository": repository_id,
            "kind": kind,
            "key": as_key(key),
            "seen": _seen(shadow_of),
        }
        row = await self._database.fetch_row(_GET, where)
        return Record(**row._asdict()) if row is not None and row.value is not None else None

    async def all(
        self, feature: str, repository_id: int, kind: str, *, starting: str = "", shadow_of: int = 0
    ) -> Sequence[StoredRecord]:
        """All records of a kind whose keys start like this, by key; `shadow_of` as in `get`."""
        where = {
            "feature": feature,
            "repository": repository_id,
            "kind": kind,
            "starting": starting,
            "seen": _seen(shadow_of),
        }
        rows = await self._database.fetch(_ALL, where)
        return [Record(**row._asdict()) for row in rows if row.value is not None]

    async def anybodys(self, repository_id: int, kind: str, key: str) -> Sequence[StoredRecord]:
        """Records with this kind and key, whichever feature keeps them (a thread's silence concerns all)."""
        where = {"repository": repository_id, "kind": kind, "key": as_key(key)}
        rows = await self._database.fetch(_ANYBODYS, where)
        return [Record(**row._asdict()) for row in rows]

    async def remember(
        self,
        connection: AsyncConnection,
        feature: str,
        repository_id: int,
        action: Remember,
        *,
        shadow_of: int = 0,
    ) -> None:
        """Keep a record. Raises Conflict where its version isn't the expected one. `shadow_of` as in `get`.

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
        if shadow_of:
            statement, values = _PUT_IN_SHADOW, {**values, "shadow": shadow_of, "seen": _seen(shadow_of)}
        if (await connection.execute(statement, values)).rowcount == 0:
            raise Conflict(f"{feature}: {action.kind} {action.key} is not at version {action.expected}")

    async def forget(
        self,
        connection: AsyncConnection,
        feature: str,
        repository_id: int,
        action: Forget,
        *,
        shadow_of: int = 0,
    ) -> None:
        """Delete a record; none is no error. `shadow_of` as in `get`."""
        where = {
            "feature": feature,
            "repository": repository_id,
            "kind": action.kind,
            "key": as_key(action.key),
        }
        if shadow_of:
            await connection.execute(_DELETE_SHADOW, {**where, "shadow": shadow_of})
            await connection.execute(_HIDE, {**where, "shadow": shadow_of})
        else:
            await connection.execute(_DELETE, where)


def _seen(shadow_of: int) -> list[int]:
    """Whose records are seen: what really is, and a repository's shadow before it."""
    return [0, shadow_of] if shadow_of else [0]


_WHERE = "feature = :feature AND repository_id = :repository AND kind = :kind AND key = :key"
_SEEN = "shadow_of = ANY(CAST(:seen AS bigint[]))"
_GET = text(
    f"""SELECT kind, key, value, version FROM records WHERE {_WHERE} AND {_SEEN}
        ORDER BY shadow_of DESC LIMIT 1"""  # noqa: S608 - constants
)
_ALL = text(
    f"""SELECT DISTINCT ON (key) kind, key, value, version FROM records
        WHERE feature = :feature AND repository_id = :repository AND kind = :kind
          AND starts_with(key, :starting) AND {_SEEN}
        ORDER BY key, shadow_of DESC"""  # noqa: S608 - constants
)
_ANYBODYS = text(
    """SELECT kind, key, value, version FROM records
       WHERE repository_id = :repository AND kind = :kind AND key = :key AND shadow_of = 0"""
)
_INSERT = """INSERT INTO records AS known
           (feature, repository_id, kind, key, value, version, person_id, people)
       VALUES (:feature, :repository, :kind, :key, CAST(:value AS jsonb), 1, :whose,
               CAST(:people AS bigint[]))"""
_CREATE = text(f"{_INSERT} ON CONFLICT DO NOTHING")
_SAME = "ON CONFLICT (feature, repository_id, kind, key, shadow_of)"
_PUT = text(
    f"{_INSERT} {_SAME} "
    "DO UPDATE SET value = excluded.value, version = known.version + 1, "
    "person_id = excluded.person_id, people = excluded.people"
)
_REPLACE = text(
    "UPDATE records SET value = CAST(:value AS jsonb), version = version + 1, person_id = :whose, "  # noqa: S608 - constants
    "people = CAST(:people AS bigint[]) "
    f"WHERE {_WHERE} AND shadow_of = 0 AND version = :expected"
)
_DELETE = text(f"DELETE FROM records WHERE {_WHERE} AND shadow_of = 0")  # noqa: S608 - constants
# What is not there, or was deleted in shadow, has version 0 for whoever expects that.
_PUT_IN_SHADOW = text(
    f"""INSERT INTO records AS known
            (feature, repository_id, kind, key, shadow_of, value, version, person_id, people)
        SELECT :feature, :repository, :kind, :key, :shadow, CAST(:value AS jsonb),
               coalesce(seen.version, 0) + 1, :whose, CAST(:people AS bigint[])
        FROM (SELECT) AS here LEFT JOIN LATERAL (
                SELECT version, value = 'null' AS is_gone FROM records WHERE {_WHERE} AND {_SEEN}
                ORDER BY shadow_of DESC LIMIT 1) AS seen ON true
        WHERE CAST(:expected AS int) IS NULL
           OR :expected = CASE WHEN coalesce(seen.is_gone, true) THEN 0 ELSE seen.version END
        {_SAME} DO UPDATE
            SET value = excluded.value, version = known.version + 1, person_id = excluded.person_id,
                people = excluded.people
            WHERE CAST(:expected AS int) IS NULL
               OR :expected = CASE WHEN known.value = 'null' THEN 0 ELSE known.version END"""  # noqa: S608 - constants
)
_DELETE_SHADOW = text(f"DELETE FROM records WHERE {_WHERE} AND shadow_of = :shadow")  # noqa: S608 - constants
# The people stay, so that forgetting one of them finds the key, too.
_HIDE = text(
    f"""INSERT INTO records (feature, repository_id, kind, key, shadow_of, value, version, person_id, people)
        SELECT feature, repository_id, kind, key, :shadow, 'null', version + 1, person_id, people
        FROM records WHERE {_WHERE} AND shadow_of = 0"""  # noqa: S608 - constants
)
