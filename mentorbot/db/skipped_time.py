"""Lets time that nobody waited for pass in the database, too, whose clock can't be moved: for the sandbox."""

from __future__ import annotations

from datetime import timedelta

from mentorbot.db.connection import text
from mentorbot.db.store import Store

_JOBS = text(
    "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - CAST(:by AS interval) WHERE status = 'todo'"
)
_TRIES = text("UPDATE effects SET tried_at = tried_at - CAST(:by AS interval)")


async def skip_time(store: Store, by: timedelta) -> None:
    """What waits for a moment is due so much earlier, and what was tried was tried so much longer ago."""
    async with store.transaction() as connection:
        await connection.execute(_JOBS, {"by": by})
        await connection.execute(_TRIES, {"by": by})
