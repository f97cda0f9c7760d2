"""The answers to commands: those to all commands in one comment are collected, and done as one effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.effects import Effect, Effects, effect_in, values_of


class CommandReplies:
    """Collects answers as effects that are not due yet, and lets them go."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def collect(self, connection: AsyncConnection, effect: Effect, *, now: datetime) -> int | None:
        """Add an answer to those with the same key, to be done when they are let go; the effect's id.

        None where they can't be added to (any more): they are done already, or would be too long.
        """
        values = dict(zip(_COLUMNS, values_of(effect), strict=True))
        fingerprint = await self._effects.fingerprint(effect.key, within=connection)
        id_: int | None = await connection.scalar(
            _COLLECT, {**values, "fingerprint": fingerprint, "now": now}
        )
        return id_

    async def let_go(
        self, connection: AsyncConnection, deliveries: Sequence[str], *, decided: bool
    ) -> list[Effect]:
        """The answers to these deliveries, where they are settled (or `decided`): due from now on."""
        rows = await connection.execute(_LET_GO, {"deliveries": list(deliveries), "decided": decided})
        return sorted(map(effect_in, rows), key=lambda effect: effect.id)


_COLUMNS = (
    "key", "feature", "kind", "installation", "repository", "number", "action", "occasion", "recheck",
    "because", "delivery", "priority", "people", "asked",
)  # fmt: skip
# Several commands in one comment get one answer: each adds to it, until it is let go.
_COLLECT = text(
    """INSERT INTO effects AS known
           (fingerprint, key, feature, kind, installation_id, repository_id, number, action, occasion,
            because, delivery, priority, people, asked, created_at, state)
       VALUES (:fingerprint, :key, :feature, :kind, :installation, :repository, :number,
               CAST(:action AS jsonb), :occasion, :because, :delivery, :priority,
               CAST(:people AS bigint[]), :asked, :now, 'collecting')
       ON CONFLICT (fingerprint) DO UPDATE
           SET people = ARRAY(SELECT DISTINCT unnest(known.people || excluded.people)),
               action = CASE known.kind
               WHEN 'Comment' THEN jsonb_set(known.action, '{body}',
                   to_jsonb(known.action ->> 'body' || E'\n\n' || (excluded.action ->> 'body')))
               WHEN 'React' THEN CASE WHEN excluded.action ->> 'content' = '-1'
                       OR excluded.action ->> 'content' = 'confused' AND known.action ->> 'content' <> '-1'
                   THEN excluded.action ELSE known.action END
               ELSE known.action END
           WHERE known.state = 'collecting' AND known.key IS NOT NULL
             AND length(known.action ->> 'body' || (excluded.action ->> 'body')) < 60000 IS NOT FALSE
       RETURNING id"""
)
_LET_GO = text(
    """UPDATE effects SET state = 'due'
       WHERE state = 'collecting' AND delivery = ANY(:deliveries) AND key IS NOT NULL
         AND (CAST(:decided AS boolean)
              OR EXISTS (SELECT FROM deliveries WHERE id = effects.delivery AND state <> 'received'))
       RETURNING *, NULL::float AS tried_ago"""
)
