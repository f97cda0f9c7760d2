"""How much was written lately, and when the next one of those that wait may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mentorbot.db.advisory_locks import LockSpace, lock_until_commit
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.effects import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLimit:
    """At most so many `writes` within any `period`, counting those of less than the priority `below`."""

    writes: int
    period: timedelta
    below: int


async def wait_before_write(
    connection: AsyncConnection, effect: Effect, limits: Sequence[WriteLimit]
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
