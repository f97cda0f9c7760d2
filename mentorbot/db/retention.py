"""How long deliveries, journal entries and timelines are kept, and deletes what is older."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess
from mentorbot.db.held_greetings import KEPT as GREETINGS_KEPT

PAYLOADS_KEPT = timedelta(days=14)
IDS_KEPT = timedelta(days=30)
JOURNAL_KEPT = timedelta(days=180)
CLOSED_TIMELINES_KEPT = timedelta(days=90)


class Retention(DataAccess):
    """Deletes what need not be kept."""

    async def prune(self, *, now: datetime) -> dict[str, int]:
        """Drop what is old: payloads of deliveries that are done, ids, journal entries, closed timelines."""
        values = {
            "payloads": now - PAYLOADS_KEPT,
            "ids": now - IDS_KEPT,
            "journal": now - JOURNAL_KEPT,
            "timelines": now - CLOSED_TIMELINES_KEPT,
            "greetings": now - GREETINGS_KEPT,
        }
        touched = {}
        for table, statement in _PRUNE:
            touched[table] = await self._database.execute(text(statement), values)
        return touched


_PRUNE = (
    (
        "deliveries",
        """UPDATE deliveries SET payload = NULL
           WHERE payload IS NOT NULL AND received_at < :payloads AND state IN ('done', 'ignored')""",
    ),
    ("delivery ids", "DELETE FROM deliveries WHERE received_at < :ids AND state <> 'received'"),
    ("decisions", "DELETE FROM decisions WHERE at < :ids"),
    ("requests", "DELETE FROM requests WHERE at < :ids"),
    # That somebody wants to be talked to needs to be known only while an older word of theirs may arrive.
    ("left alone", "DELETE FROM left_alone WHERE NOT wanted AND at < :ids"),
    (
        "greetings",
        """UPDATE effects SET state = 'dropped', held = NULL, why = 'nobody said in time what becomes of it'
           WHERE held LIKE 'held %' AND occasion = 'greeting' AND state = 'due'
             AND created_at < :greetings""",
    ),
    ("journal", "DELETE FROM journal WHERE at < :journal"),
    (
        "acts",
        """DELETE FROM acts USING threads
           WHERE threads.repository_id = acts.repository_id AND threads.number = acts.number
             AND threads.closed_at < :timelines""",
    ),
    (
        "timelines",
        """DELETE FROM timelines USING threads
           WHERE threads.repository_id = timelines.repository_id AND threads.number = timelines.number
             AND threads.closed_at < :timelines""",
    ),
)
