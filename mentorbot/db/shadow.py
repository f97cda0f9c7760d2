"""What is so in a repository's shadow only: what it would have done, and what that would have led to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from mentorbot.core.actions import Action, Occasion
from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.effects import SELECT_EFFECTS, Effect, action_to_json, effect_in


class Shadow(DataAccess):
    async def keep(
        self, connection: AsyncConnection, effect: Effect, action: Action, *, now: datetime
    ) -> bool:
        """End an effect as what would have been done, by this action; False where it was dropped meanwhile.

        The mentions in a nudge count in its repository's shadow.
        """
        values = {"id": effect.id, "action": json_text(action_to_json(action)), "now": now}
        if (await connection.execute(_KEEP, values)).rowcount == 0:
            return False
        if effect.occasion is Occasion.NUDGE and effect.mentions:
            people = [person.id for person in effect.mentions]
            where = {"effect": effect.id, "people": people, "now": now, "shadow": effect.repository_id}
            await connection.execute(_MENTION, where)
        return True

    async def said(
        self,
        repository_id: int,
        *,
        since: datetime,
        numbers: Collection[int] | None = None,
        limit: int | None = None,
    ) -> Sequence[Effect]:
        """What would have been done since then (in these threads only): the last so many, the latest last."""
        where = {
            "repository": repository_id,
            "since": since,
            "all": numbers is None,
            "numbers": sorted(numbers or ()),
            "limit": limit,
        }
        return [effect_in(row) for row in reversed(await self._database.fetch(_SAID, where))]

    async def bring_back(self, connection: AsyncConnection, effect: Effect) -> bool:
        """Have an effect done after all that waited when the shadow began; False for what came in shadow."""
        return (await connection.execute(_BRING_BACK, {"id": effect.id})).rowcount > 0

    async def clear(self, connection: AsyncConnection, repository_id: int, *, now: datetime) -> int:
        """Begin anew: nothing is so in its shadow any more, and what waits is never said; how much that is.

        What was begun before may be on GitHub, and is left to whoever is at it; checks of commits go on.
        """
        where = {"repository": repository_id}
        await connection.execute(_CLEAR_RECORDS, where)
        await connection.execute(_CLEAR_MENTIONS, where)
        return (await connection.execute(_CLEAR_EFFECTS, {**where, "now": now})).rowcount


_KEEP = text(
    """UPDATE effects SET state = 'shadowed', shadow = true, action = CAST(:action AS jsonb), why = NULL,
           held = NULL, paced = false, done_at = :now
       WHERE id = :id AND state IN ('due', 'doing') AND key IS NOT NULL"""
)
_BRING_BACK = text(
    """UPDATE effects SET state = 'due', done_at = NULL
       WHERE id = :id AND state = 'shadowed' AND NOT shadow AND key IS NOT NULL"""
)
_MENTION = text(
    """INSERT INTO mentions (person_id, effect_id, at, shadow_of)
       SELECT DISTINCT person, :effect, CAST(:now AS timestamptz), :shadow
       FROM unnest(CAST(:people AS bigint[])) AS person
       ON CONFLICT DO NOTHING"""
)
_SAID = text(
    f"""{SELECT_EFFECTS} AND state = 'shadowed' AND repository_id = :repository AND done_at >= :since
        AND (CAST(:all AS boolean) OR number = ANY(CAST(:numbers AS int[])))
        ORDER BY done_at DESC, id DESC LIMIT CAST(:limit AS int)"""
)
_CLEAR_RECORDS = text("DELETE FROM records WHERE shadow_of = :repository AND shadow_of <> 0")
_CLEAR_MENTIONS = text("DELETE FROM mentions WHERE shadow_of = :repository AND shadow_of <> 0")
_CLEAR_EFFECTS = text(
    """UPDATE effects SET state = 'shadowed', why = NULL, held = NULL, paced = false, done_at = :now
       WHERE repository_id = :repository AND state = 'due' AND attempts = 0 AND kind <> 'PublishCheckRun'"""
)
