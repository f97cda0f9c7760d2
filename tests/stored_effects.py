"""What the bot wanted to write, as it lies in a store."""

from __future__ import annotations

from mentorbot.db.connection import text
from mentorbot.db.effects import Effect, effect_in
from mentorbot.db.store import Store

_EFFECTS = text(
    """SELECT *, extract(epoch FROM now() - tried_at)::float AS tried_ago FROM effects
       WHERE key IS NOT NULL AND repository_id = :repository ORDER BY id"""
)


async def effects_of(store: Store, repository_id: int) -> list[Effect]:
    """All effects in a repository, oldest first."""
    return [effect_in(row) for row in await store.database.fetch(_EFFECTS, {"repository": repository_id})]
