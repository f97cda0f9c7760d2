"""The webhook deliveries that were acknowledged: each stored once, with its job, before the 202.

Beside them, which of their parts were decided already.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from isal import isal_zlib

from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import AsyncConnection, Row, text
from mentorbot.db.database import DataAccess
from mentorbot.db.jobs import DEFER_JOBS, JOB_OF_ROW, Job, job_row

_FASTEST = 0  # an eighth of the size, for 0.02 ms a payload


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDelivery:
    """A delivery as it lies in the store. `payload` is the raw body; None once it is done and old."""

    id: str
    event: str
    received_at: datetime
    payload: bytes | None
    action: str = ""
    installation_id: int | None = None
    repository_id: int | None = None
    number: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    state: str = "received"
    reason: str | None = None
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingDelivery:
    """A delivery that fails: how often it did, and since when; `held_since` counts for all in its thread."""

    failures: int
    since: datetime
    held_since: datetime


class Deliveries(DataAccess):
    async def receive(self, batch: Sequence[tuple[StoredDelivery, Job | None]]) -> set[str]:
        """Store the new ones among these with their jobs, in one transaction; return the ids of the new ones.

        Once this returns, they survive any crash.
        """
        by_id = {delivery.id: (delivery, job) for delivery, job in batch}
        payloads = _Payloads()
        rows = [
            {**_row(delivery, payloads), "place": place, "job": None if job is None else job_row(job)}
            for place, (delivery, job) in enumerate(by_id.values())
        ]
        values = {"rows": json_text(rows), "payloads": bytes(payloads.packed)}
        return set(await self._database.fetch_value(_RECEIVE, values, durable=True))

    async def load(self, ids: Sequence[str]) -> Mapping[str, StoredDelivery]:
        rows = await self._database.fetch(_LOAD, {"ids": list(ids)})
        return {row.id: _stored(row) for row in rows}

    async def settle(self, connection: AsyncConnection, ids: Sequence[str], *, now: datetime) -> set[str]:
        """Mark deliveries as done; return those that were not already. Nobody else settles them meanwhile."""
        # In order, so that two transactions don't lock each other's.
        found = await connection.execute(_SETTLE, {"ids": sorted(ids), "now": now})
        return set(found.scalars())

    async def fail(self, id_: str, *, since: datetime) -> FailingDelivery:
        """Note that a delivery failed again, or for the first time: `since` then.

        Where others of its issue or pull request fail too, the thread was held up since the first of them.
        """
        async with self._database.transaction() as connection:
            row = (await connection.execute(_FAIL, {"id": id_, "since": since})).one()
        return FailingDelivery(failures=row.failures, since=row.failing_since, held_since=row.held_since)

    async def hold(self, connection: AsyncConnection, id_: str) -> None:
        """Nobody settles or parks this delivery until the transaction ends."""
        await connection.execute(_HOLD, {"id": id_})

    async def park(self, connection: AsyncConnection, id_: str, *, reason: str, now: datetime) -> None:
        """Put a delivery aside, visibly: something about it is beyond us."""
        await connection.execute(_PARK, {"id": id_, "now": now, "reason": reason})

    async def unpark(self, connection: AsyncConnection, id_: str) -> bool:
        """Have a parked delivery worked off again, with its reason till then; False where it isn't parked."""
        return (await connection.execute(_UNPARK, {"id": id_})).rowcount == 1

    async def parked(self, *, limit: int = 100) -> Sequence[StoredDelivery]:
        """Deliveries that were put aside, newest first, without their payload."""
        return [_stored(row) for row in await self._database.fetch(_PARKED, {"limit": limit})]

    async def known(self, ids: Sequence[str]) -> set[str]:
        return set(await self._database.fetch_column(_KNOWN, {"ids": list(ids)}))

    async def last(self) -> datetime | None:
        last: datetime | None = await self._database.fetch_value(_LAST)
        return last


# Everything in one trip: GitHub waits, and everybody else for the same connection.
_RECEIVE = text(
    f"""WITH told AS (
           SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row (
               place int, id text, event text, action text, installation_id bigint, repository_id bigint,
               number int, headers jsonb, first int, size int, received_at timestamptz, state text,
               reason text, job jsonb)
       ), new AS (
           INSERT INTO deliveries
               (id, event, action, installation_id, repository_id, number, headers, payload, received_at,
                state, reason)
           SELECT id, event, action, installation_id, repository_id, number, headers,
                  substring(CAST(:payloads AS bytea) FROM first FOR size), received_at, state, reason
           FROM told
           ON CONFLICT (id) DO NOTHING RETURNING id
       )
       SELECT array(SELECT id FROM new),
              {DEFER_JOBS}(array(SELECT {JOB_OF_ROW} FROM told JOIN new USING (id)
                                 WHERE job IS NOT NULL ORDER BY place))"""  # noqa: S608 - constants
)
_LOAD = text(
    """SELECT id, event, action, installation_id, repository_id, number, headers, payload, received_at,
              state, reason, failing_since
       FROM deliveries WHERE id = ANY(:ids)"""
)
_SETTLE = text(
    """UPDATE deliveries SET state = 'done', reason = NULL, settled_at = :now
       WHERE id IN (SELECT id FROM deliveries WHERE id = ANY(:ids) AND state = 'received'
                    ORDER BY id FOR UPDATE)
       RETURNING id"""
)
_HOLD = text("SELECT FROM deliveries WHERE id = :id FOR SHARE")
_PARK = text("UPDATE deliveries SET state = 'parked', reason = :reason, settled_at = :now WHERE id = :id")
_FAIL = text(
    """UPDATE deliveries AS mine
       SET failing_since = coalesce(failing_since, :since), failures = failures + 1
       WHERE id = :id
       RETURNING failures, failing_since, least(failing_since, (
           SELECT min(other.failing_since) FROM deliveries AS other
           WHERE other.state = 'received' AND other.failing_since IS NOT NULL
             AND other.repository_id = mine.repository_id
             AND other.number IS NOT DISTINCT FROM mine.number
             AND (mine.number IS NOT NULL OR other.event = mine.event))) AS held_since"""
)
_UNPARK = text(
    """UPDATE deliveries SET state = 'received', failing_since = NULL, failures = 0
       WHERE id = :id AND state = 'parked'"""
)
_PARKED = text(
    """SELECT id, event, action, installation_id, repository_id, number, headers, NULL AS payload,
              received_at, state, reason
       FROM deliveries WHERE state = 'parked' ORDER BY received_at DESC LIMIT :limit"""
)
_KNOWN = text("SELECT id FROM deliveries WHERE id = ANY(:ids)")
_LAST = text("SELECT max(received_at) FROM deliveries")


@dataclass(slots=True)
class _Payloads:
    """Deflated payloads, one behind the other: a single value is sent several times as fast as an array."""

    packed: bytearray = field(default_factory=bytearray)

    def add(self, payload: bytes) -> tuple[int, int]:
        """Add one; where it begins (counted from 1, as SQL does) and how long it is."""
        first = len(self.packed) + 1
        self.packed += isal_zlib.compress(payload, _FASTEST)
        return first, len(self.packed) + 1 - first


def _row(delivery: StoredDelivery, payloads: _Payloads) -> dict[str, Any]:
    first, size = (None, None) if delivery.payload is None else payloads.add(delivery.payload)
    return {
        "id": delivery.id,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": delivery.installation_id,
        "repository_id": delivery.repository_id,
        "number": delivery.number,
        "headers": delivery.headers,
        "first": first,
        "size": size,
        "received_at": delivery.received_at.isoformat(),
        "state": delivery.state,
        "reason": delivery.reason,
    }


def _stored(row: Row) -> StoredDelivery:
    payload = None if row.payload is None else isal_zlib.decompress(row.payload)
    return StoredDelivery(**{**row._asdict(), "payload": payload})


class Decisions(DataAccess):
    """Marks decided parts of deliveries, so that working one off again does not decide them twice."""

    async def made(self, delivery: str) -> set[str]:
        made = text("SELECT part FROM decisions WHERE delivery = :delivery")
        return set(await self._database.fetch_column(made, {"delivery": delivery}))

    async def mark(
        self, connection: AsyncConnection, delivery: str, parts: Sequence[str], *, now: datetime
    ) -> set[str]:
        """Mark parts as decided; return those that were not before (the others are somebody else's)."""
        rows = await connection.execute(
            text(
                """INSERT INTO decisions (delivery, part, at)
                   SELECT :delivery, part, CAST(:now AS timestamptz) FROM unnest(CAST(:parts AS text[])) AS
                   part
                   ON CONFLICT DO NOTHING RETURNING part"""
            ),
            {"delivery": delivery, "parts": sorted(parts), "now": now},
        )
        return set(rows.scalars())

    async def unmark(self, connection: AsyncConnection, delivery: str, parts: Collection[str]) -> None:
        """Take marks back, in the same transaction: these parts have to be decided again."""
        if parts:
            await connection.execute(
                text("DELETE FROM decisions WHERE delivery = :delivery AND part = ANY(:parts)"),
                {"delivery": delivery, "parts": list(parts)},
            )
