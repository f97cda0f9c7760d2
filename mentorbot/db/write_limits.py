"""What the bot's own limits count: what was written lately, to whom, and what waits to be.

What a repository would have said in shadow counts for itself while it is in shadow, and for nobody else.

`engine/write_limits.py` says how much that may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.actions import Occasion
from mentorbot.core.people import Person
from mentorbot.db.advisory_locks import LockSpace, lock_until_commit
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.effects import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLimit:
    """At most so many `writes` within any `period`, counting those of less than the priority `below`."""

    writes: int
    period: timedelta
    below: int


class WriteCounts(DataAccess):
    async def one_nudge_at_a_time(self, connection: AsyncConnection, effect: Effect) -> None:
        """Nobody else begins a nudge to the same people until the transaction ends."""
        if effect.occasion is Occasion.NUDGE:
            for person_id in sorted(person.id for person in effect.mentions):
                await lock_until_commit(connection, LockSpace.MENTION, person_id)

    async def other_nudges(
        self, connection: AsyncConnection, effect: Effect, *, since: datetime
    ) -> Sequence[datetime]:
        """When other nudges were written in its thread since then (or are being now), newest first."""
        where = {
            "repository": effect.repository_id, "number": effect.number, "since": since, "id": effect.id,
            "shadow": effect.shadow,
        }  # fmt: skip
        return list((await connection.execute(_NUDGES, where)).scalars())

    async def mentions(
        self,
        connection: AsyncConnection,
        people: Sequence[Person],
        *,
        since: datetime,
        but: int = 0,
        shadow_of: int = 0,
    ) -> dict[int, int]:
        """How often nudges (`but` for one effect) mentioned people since then, anywhere; by person id."""
        where = {
            "people": [person.id for person in people],
            "since": since,
            "but": but,
            "seen": [0, shadow_of],
        }
        return {row.person_id: row.times for row in await connection.execute(_MENTIONS, where)}

    async def mentions_of(self, person: Person, *, since: datetime, shadow_of: int = 0) -> int:
        async with self._database.reading() as connection:
            found = await self.mentions(connection, [person], since=since, shadow_of=shadow_of)
            return found.get(person.id, 0)

    async def wait_before_write(
        self, connection: AsyncConnection, effect: Effect, limits: Sequence[WriteLimit]
    ) -> timedelta | None:
        """How long an effect has to wait until it is its turn; None where it may be done now.

        It waits behind those that wait already and rank before it, each for a place of its own, so that they
        don't all come back for the same one. Nobody else's turn comes there until the transaction ends.
        """
        await lock_until_commit(connection, LockSpace.WRITE_RATE, effect.installation_id)
        where = {
            "installation": effect.installation_id,
            "priority": effect.priority,
            "id": effect.id,
            "periods": [limit.period for limit in limits],
            "belows": [limit.below for limit in limits],
        }
        counted = (await connection.execute(_COUNTED, where)).one()
        waits = [
            wait
            for limit, written in zip(limits, counted.written, strict=True)
            if (wait := await _wait(connection, effect, limit, before=written + counted.ahead)) is not None
        ]
        return max(waits, default=None)


async def _wait(
    connection: AsyncConnection, effect: Effect, limit: WriteLimit, *, before: int
) -> timedelta | None:
    lacking = before + 1 - limit.writes  # so many have to leave the period first
    if lacking <= 0:
        return None
    rounds, place = divmod(lacking - 1, limit.writes)
    where = {"installation": effect.installation_id, "period": limit.period, "below": limit.below}
    leaves: timedelta | None = await connection.scalar(_LEAVES, {**where, "place": place})
    if leaves is None:  # it waits for one that isn't written yet, but can be now
        leaves = limit.period
    return max(leaves, timedelta(0)) + rounds * limit.period


# What lies in the future was written before the clock was set back: nobody can tell when, nor waits for it.
_COUNTED = text(
    """SELECT (SELECT count(*) FROM effects
            WHERE paced AND state = 'due' AND installation_id = :installation
              AND (priority > :priority OR (priority = :priority AND id < :id))) AS ahead,
           ARRAY(SELECT (SELECT count(*) FROM effects
                         WHERE installation_id = :installation AND priority < below
                           AND tried_at BETWEEN now() - period AND now() + interval '1 minute')
                 FROM unnest(CAST(:periods AS interval[]), CAST(:belows AS int[]))
                      WITH ORDINALITY AS asked (period, below, place)
                 ORDER BY place) AS written"""
)
_LEAVES = text(
    """SELECT tried_at + CAST(:period AS interval) - now() FROM effects
       WHERE installation_id = :installation AND priority < :below
         AND tried_at BETWEEN now() - CAST(:period AS interval) AND now() + interval '1 minute'
       ORDER BY tried_at OFFSET :place LIMIT 1"""
)
_NUDGES = text(
    """SELECT coalesce(done_at, created_at) AS at FROM effects
       WHERE repository_id = :repository AND number = :number AND occasion = 'nudge'
         AND id <> :id AND (state = 'doing' OR (done_at >= :since
             AND (state = 'done' OR (state = 'shadowed' AND CAST(:shadow AS boolean)))))
       ORDER BY at DESC"""
)
_MENTIONS = text(
    """SELECT person_id, count(*) AS times FROM mentions
       WHERE person_id = ANY(:people) AND at >= :since AND effect_id <> :but
         AND shadow_of = ANY(CAST(:seen AS bigint[]))
       GROUP BY person_id"""
)
