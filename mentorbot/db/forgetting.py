"""Forgets: a person on request, and everybody's old deliveries and journal entries with time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from mentorbot.core.people import Person
from mentorbot.db.database import Database

PAYLOADS_KEPT = timedelta(days=14)
IDS_KEPT = timedelta(days=30)
JOURNAL_KEPT = timedelta(days=180)
CLOSED_TIMELINES_KEPT = timedelta(days=90)
_FORGOTTEN = "somebody who asked to be forgotten"


class Forgetting:
    """Deletes what must not or need not be kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, person: Person) -> dict[str, int]:
        """Erase all that is remembered about a person; return how many rows of which table were touched.

        Of comments addressed to them only keyed fingerprints stay, so that they are not greeted as new once
        more.
        """
        values = {
            "id": person.id,
            "login": person.login,
            "word": rf"\m{person.id}\M",
            "mention": rf"@{person.login}\M",
            "nobody": _FORGOTTEN,
        }
        touched = {}
        async with self._database.transaction(durable=True) as connection:
            for table, statement in _ERASE:
                touched[table] = (await connection.execute(text(statement), values)).rowcount
        return touched

    async def prune(self, *, now: datetime) -> dict[str, int]:
        """Drop what is old: payloads of deliveries that are done, ids, journal entries, closed timelines."""
        values = {
            "payloads": now - PAYLOADS_KEPT,
            "ids": now - IDS_KEPT,
            "journal": now - JOURNAL_KEPT,
            "timelines": now - CLOSED_TIMELINES_KEPT,
        }
        touched = {}
        for table, statement in _PRUNE:
            async with self._database.reading() as connection:
                touched[table] = (await connection.execute(text(statement), values)).rowcount
        return touched


_IS_THEM = "({0} @? CAST('$.**.id ? (@ == ' || :id || ')' AS jsonpath) OR CAST({0} AS text) ~* :mention)"
_HAS_THEM = "({0} @? CAST('$.** ? (@ == ' || :id || ')' AS jsonpath) OR CAST({0} AS text) ~* :mention)"
_ERASE = (
    (
        # Which payloads show them can't be told from outside; those still to be worked off are needed.
        "deliveries",
        """UPDATE deliveries SET payload = NULL
           WHERE payload IS NOT NULL AND state IN ('done', 'ignored') AND repository_id IN (
               SELECT repository_id FROM standings WHERE person_id = :id
               UNION SELECT repository_id FROM threads WHERE author_id = :id
               UNION SELECT repository_id FROM answers WHERE person_id = :id
               UNION SELECT repository_id FROM reviews WHERE person_id = :id)""",
    ),
    ("answers", "DELETE FROM answers WHERE person_id = :id"),
    ("reviews", "DELETE FROM reviews WHERE person_id = :id"),
    ("standings", "DELETE FROM standings WHERE person_id = :id"),
    ("mentions", "DELETE FROM mentions WHERE person_id = :id"),
    ("threads", "UPDATE threads SET author_id = NULL, title = '' WHERE author_id = :id"),
    ("acts", "DELETE FROM acts WHERE " + _IS_THEM.format("value")),  # noqa: S608 - constants
    ("timelines", "DELETE FROM timelines WHERE " + _IS_THEM.format("opening")),  # noqa: S608 - constants
    (
        # A ledger's entries concern several people: the others must not lose theirs. The first two keys of a
        # person are written as PostgreSQL shows JSON, `{"id": 4711, "login": "ada"}`.
        "records of several people",
        """UPDATE records SET version = version + 1, value = CAST(
               regexp_replace(
                   regexp_replace(
                       CAST(value AS text), '\\{"id": ' || :id || ', "login": "[^"]*"[^{}]*\\}', 'null', 'g'
                   ), :mention, '@somebody', 'gi') AS jsonb)
            WHERE value ? 'outlives_people' AND NOT key ~ :word AND """  # noqa: S608 - constants
        + _HAS_THEM.format("value"),
    ),
    (
        "records",
        "DELETE FROM records WHERE key ~ :word OR (NOT value ? 'outlives_people' AND "  # noqa: S608 - constants
        + _HAS_THEM.format("value")
        + ")",
    ),
    ("journal", "DELETE FROM journal WHERE person_id = :id OR because ~* :mention"),
    (
        "effects",
        """UPDATE effects SET key = NULL, action = '{}', recheck = NULL, result = NULL, delivery = NULL,
                  because = :nobody, state = CASE WHEN state IN ('due', 'doing') THEN 'dropped' ELSE state END
            WHERE key ~ :word OR """  # noqa: S608 - constants
        + _IS_THEM.format("action"),
    ),
    ("requests", "DELETE FROM requests WHERE person_id = :id"),
    ("people", "DELETE FROM people WHERE id = :id"),
)
_PRUNE = (
    (
        "deliveries",
        """UPDATE deliveries SET payload = NULL
           WHERE payload IS NOT NULL AND received_at < :payloads AND state IN ('done', 'ignored')""",
    ),
    ("delivery ids", "DELETE FROM deliveries WHERE received_at < :ids AND state <> 'received'"),
    ("decisions", "DELETE FROM decisions WHERE at < :ids"),
    ("requests", "DELETE FROM requests WHERE at < :ids"),
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
