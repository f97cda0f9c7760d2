"""Greetings that are held back, as too many people came at once: maintainers say what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mentorbot.db.advisory_locks import LockSpace, lock_until_commit
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.effects import Effect, effect_in

KEPT = timedelta(days=7)
"""How long they wait; from then on it is too late for a greeting."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many there are: open pull requests of who is to be greeted, and people who came within an hour.

    The pull requests of somebody who has had one merged don't count.
    """

    open_pull_requests: int
    newcomers: int


class HeldGreetings(DataAccess):
    """Whoever counts, holds or lets go in a repository does so alone."""

    async def crowd(self, connection: AsyncConnection, effect: Effect) -> Crowd:
        """How many came with somebody who is to be greeted: in the busiest hour that has them in it."""
        row = (await connection.execute(_CROWD, _about(effect))).one()
        return Crowd(row.pulls, row.newcomers or 0)

    async def hold(self, connection: AsyncConnection, effect: Effect, *, why: str) -> str:
        """Hold a greeting back; the name of the batch in which it waits: that of who waits here already."""
        batch = await self._batch(connection, effect.repository_id)
        values = {"id": effect.id, "why": why, "batch": batch}
        held: str | None = await connection.scalar(_HOLD, values)
        return held or batch or ""

    async def let_go(self, connection: AsyncConnection, repository_id: int) -> tuple[str, Sequence[Effect]]:
        """Those held back here are due again: their batch, and they in the order in which they came."""
        batch = await self._batch(connection, repository_id)
        found = (await connection.execute(_LET_GO, {"repository": repository_id})).all()
        return batch or "", sorted(map(effect_in, found), key=lambda effect: effect.id)

    async def drop(
        self, connection: AsyncConnection, repository_id: int, *, why: str
    ) -> tuple[str, Sequence[Effect]]:
        """Those held back here are never sent; returns the same."""
        batch = await self._batch(connection, repository_id)
        found = (await connection.execute(_DROP, {"repository": repository_id, "why": why})).all()
        return batch or "", sorted(map(effect_in, found), key=lambda effect: effect.id)

    async def waiting(self, repository_id: int) -> int:
        """How many are held back in a repository."""
        return int(await self._database.fetch_value(_WAITING, {"repository": repository_id}))

    async def _batch(self, connection: AsyncConnection, repository_id: int) -> str | None:
        await lock_until_commit(connection, LockSpace.HELD_GREETINGS, repository_id)
        batch: str | None = await connection.scalar(_BATCH, {"repository": repository_id})
        return batch


def _about(effect: Effect) -> dict[str, object]:
    return {"repository": effect.repository_id, "number": effect.number, "at": effect.created_at}


# The busiest of all hours that have this moment in them ends with somebody who came at it or later. They came
# when their threads were opened; of what was opened long before, greetings are not sent (any more).
_CROWD = text(
    """WITH here AS (SELECT opened_at, author_id FROM threads
                     WHERE repository_id = :repository AND number = :number),
            newcomers AS (
                SELECT thread.opened_at, count(*) OVER (
                           ORDER BY thread.opened_at
                           RANGE BETWEEN INTERVAL '1 hour' PRECEDING AND CURRENT ROW) AS people
                FROM effects
                    JOIN threads AS thread USING (repository_id, number)
                    JOIN here ON thread.opened_at BETWEEN here.opened_at - INTERVAL '1 hour'
                                                      AND here.opened_at + INTERVAL '1 hour'
                WHERE repository_id = :repository AND effects.occasion = 'greeting'
                  AND effects.created_at > CAST(:at AS timestamptz) - INTERVAL '8 days')
       SELECT (SELECT count(*) FROM threads AS pull JOIN here USING (author_id)
               WHERE pull.repository_id = :repository AND pull.is_pull_request AND pull.closed_at IS NULL
                 AND NOT EXISTS (SELECT FROM threads AS merged
                                 WHERE merged.repository_id = :repository
                                   AND merged.author_id = here.author_id AND merged.merged_at IS NOT NULL)
              ) AS pulls,
              (SELECT max(people) FROM newcomers JOIN here ON newcomers.opened_at >= here.opened_at)
              AS newcomers"""
)
_IS_HELD = "repository_id = :repository AND held LIKE 'held %' AND occasion = 'greeting' AND state = 'due'"
_BATCH = text(f"SELECT held FROM effects WHERE {_IS_HELD} LIMIT 1")  # noqa: S608 - constants
# One that was dropped before, and is due again, begins another batch.
_HOLD = text(
    """UPDATE effects SET state = 'due', why = :why, paced = false,
           held = coalesce(:batch, 'held since ' || id || '.' || jsonb_array_length(drops))
       WHERE id = :id AND state IN ('due', 'doing') RETURNING held"""
)
_WAITING = text(f"SELECT count(*) FROM effects WHERE {_IS_HELD}")  # noqa: S608 - constants
_LET_GO = text(
    f"UPDATE effects SET held = 'let go', why = NULL WHERE {_IS_HELD} RETURNING *, NULL::float AS tried_ago"  # noqa: S608 - constants
)
_DROP = text(
    f"""UPDATE effects SET held = NULL, state = 'dropped', why = :why WHERE {_IS_HELD}
        RETURNING *, NULL::float AS tried_ago"""  # noqa: S608 - constants
)
