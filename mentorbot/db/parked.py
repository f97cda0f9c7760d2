"""Work that was put aside, of both kinds: deliveries nobody could decide, effects nobody could do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """Something that was put aside. `at` is when GitHub told of it, or else when it was decided."""

    source: str
    id: str
    kind: str
    feature: str
    repository: str | None
    number: int | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ParkedEffect:
    """An effect that could not be done, for people to look at."""

    id: int
    feature: str
    kind: str
    repository_id: int
    number: int
    why: str


class ParkedRows(DataAccess):
    async def all(self, *, limit: int = 1000) -> Sequence[ParkedRow]:
        """What is parked, the oldest first."""
        return [ParkedRow(**row._asdict()) for row in await self._database.fetch(_ALL, {"limit": limit})]

    async def effects(self, *, limit: int = 100) -> Sequence[ParkedEffect]:
        """Effects that could not be done, newest first."""
        rows = await self._database.fetch(_EFFECTS, {"limit": limit})
        return [ParkedEffect(**row._asdict()) for row in rows]

    async def revive_effect(
        self, connection: AsyncConnection, id_: int, *, recheck: Mapping[str, Any] | None
    ) -> bool:
        """Make a parked effect due again, if it is still wanted as `recheck` says; False: it isn't parked."""
        values = {"id": id_, "recheck": json_text(recheck)}
        return (await connection.execute(_REVIVE, values)).rowcount == 1

    async def drop_effect(self, connection: AsyncConnection, id_: int, *, why: str) -> bool:
        """Give up a parked effect; False where it isn't parked any more."""
        return (await connection.execute(_DROP, {"id": id_, "why": why})).rowcount == 1


_ALL = text(
    """SELECT 'delivery' AS source, deliveries.id, trim(event || ' ' || action) AS kind, '' AS feature,
              full_name AS repository, number, received_at AS at, coalesce(reason, '') AS reason
       FROM deliveries LEFT JOIN repositories ON repositories.id = repository_id WHERE state = 'parked'
       UNION ALL
       SELECT 'effect', CAST(effects.id AS text), kind, feature, full_name, nullif(effects.number, 0),
              coalesce(deliveries.received_at, effects.created_at), coalesce(why, '')
       FROM effects LEFT JOIN repositories ON repositories.id = effects.repository_id
                    LEFT JOIN deliveries ON deliveries.id = effects.delivery
       WHERE effects.state = 'parked' AND key IS NOT NULL
       ORDER BY at, id LIMIT :limit"""
)
_EFFECTS = text(
    """SELECT id, feature, kind, repository_id, number, coalesce(why, '') AS why
       FROM effects WHERE state = 'parked' ORDER BY id DESC LIMIT :limit"""
)
_REVIVE = text(
    """UPDATE effects SET state = 'due', why = NULL, recheck = CAST(:recheck AS jsonb), failures = 0,
           failing_since = NULL
       WHERE id = :id AND state = 'parked'"""
)
_DROP = text("UPDATE effects SET state = 'dropped', why = :why WHERE id = :id AND state = 'parked'")
