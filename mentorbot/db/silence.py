"""What people want left unsaid: who is to be left alone, and where there is silence.

Who asked to be left alone can be told, but not read: as with those who asked to be forgotten, a keyed hash of
their id is kept (by the same key), so that it outlives forgetting them.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.core.actions import LeaveAlone
from mentorbot.db.advisory_locks import LockSpace, lock_until_commit, share_until_commit
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.effects import Effect
from mentorbot.db.forget_list import list_key
from mentorbot.feature_api.records import Record, StoredRecord

_ALL = 0  # one lock for all that people want left unsaid: it is taken for a moment, and rarely


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known, just now, of where an effect is to happen.

    `opened_at` and `is_pull_request` are None where nothing is known of its thread. `silences` are the
    records of silence that hold in it, by kind; `anybody` tells whether there is anybody at all who is to be
    left alone.
    """

    anybody: bool
    opened_at: datetime | None
    closed_at: datetime | None
    locked: bool
    labels: frozenset[str]
    author_id: int | None
    is_pull_request: bool | None
    silences: Sequence[StoredRecord]


class Silence(DataAccess):
    async def begin_change(self, connection: AsyncConnection) -> None:
        """What is written until the transaction ends holds for all that is not begun before it."""
        await lock_until_commit(connection, LockSpace.SILENCE, _ALL)

    async def share(self, connection: AsyncConnection) -> None:
        """Nothing that is left unsaid changes until the transaction ends."""
        await share_until_commit(connection, LockSpace.SILENCE, _ALL)

    async def surroundings(self, connection: AsyncConnection, effect: Effect) -> Surroundings:
        """Where an effect is to happen; nothing about silence changes until the transaction ends."""
        await self.share(connection)
        row = (await connection.execute(_SURROUNDINGS, _place(effect))).one()
        return Surroundings(
            anybody=row.anybody,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            locked=bool(row.locked),
            labels=frozenset(row.labels or ()),
            author_id=row.author_id,
            is_pull_request=row.is_pull_request,
            silences=[Record(**one) for one in row.silences or ()],
        )

    async def anybody_left_alone(self) -> bool:
        return bool(await self._database.fetch_value(_ANYBODY))

    async def left_alone_among(self, people: Iterable[int]) -> frozenset[int]:
        async with self._database.reading() as connection:
            return await left_alone_among(connection, people)


async def keep_wish(connection: AsyncConnection, wish: LeaveAlone) -> None:
    """Keep what somebody wants, unless they said something else later. Raises NoKey."""
    fingerprint = _fingerprint(await list_key(connection), wish.person.id)
    values = {"fingerprint": fingerprint, "wanted": wish.wanted, "at": wish.said_at}
    await connection.execute(_KEEP, values)


async def left_alone_among(connection: AsyncConnection, people: Iterable[int]) -> frozenset[int]:
    """Which of these people are to be left alone. Raises NoKey where nobody can tell."""
    ids = {id_ for id_ in people if id_ >= 0}
    if not ids or not await connection.scalar(_ANYBODY):
        return frozenset()
    key = await list_key(connection)
    by_fingerprint = {_fingerprint(key, id_): id_ for id_ in ids}
    rows = await connection.execute(_AMONG, {"fingerprints": list(by_fingerprint)})
    return frozenset(by_fingerprint[bytes(found)] for found in rows.scalars())


def _fingerprint(key: bytes, person_id: int) -> bytes:
    return hmac.digest(key, f"left alone {person_id}".encode(), "sha256")


def _place(effect: Effect) -> Mapping[str, Any]:
    return {"repository": effect.repository_id, "number": effect.number, "thread": str(effect.number)}


_ANYBODY = text("SELECT EXISTS (SELECT FROM left_alone WHERE wanted)")
_AMONG = text("SELECT id_hmac FROM left_alone WHERE wanted AND id_hmac = ANY(CAST(:fingerprints AS bytea[]))")
_KEEP = text(
    """INSERT INTO left_alone AS known (id_hmac, wanted, at) VALUES (:fingerprint, :wanted, :at)
       ON CONFLICT (id_hmac) DO UPDATE SET wanted = excluded.wanted, at = excluded.at
           WHERE excluded.at >= known.at"""
)
_SURROUNDINGS = text(
    """SELECT EXISTS (SELECT FROM left_alone WHERE wanted) AS anybody,
              thread.opened_at, thread.closed_at, thread.locked, thread.labels, thread.author_id,
              thread.is_pull_request,
              (SELECT jsonb_agg(jsonb_build_object(
                   'kind', kind, 'key', key, 'value', value, 'version', version)) FROM records
               WHERE repository_id = :repository AND shadow_of = 0
                 AND (kind = 'pause' OR (kind = 'mute' AND key = :thread))) AS silences
       FROM (SELECT) AS here
           LEFT JOIN threads AS thread ON thread.repository_id = :repository AND thread.number = :number"""
)
