"""The statements that find what is about a person, and erase it."""

from __future__ import annotations

import re


def patterns_of(login: str) -> list[str]:
    """What a text with the name in it is like; whether as a whole word is looked at afterwards.

    `core.markdown.as_text` puts a character without width behind an @, and others before what is no letter.
    """
    loose = re.sub(r"[^a-z0-9]", "%", login.lower())
    return [f"%@{loose}%", f"%@\u200b{loose}%"] if login else []


def _mentions(column: str) -> str:
    # Most texts have no @ at all, and finding that out costs next to nothing.
    return f"(strpos({column}, '@') > 0 AND lower({column}) LIKE ANY(CAST(:mentions AS text[])))"


PEOPLE = "DELETE FROM people WHERE id = :id"
STANDINGS = "DELETE FROM standings WHERE person_id = :id"
THREADS = "UPDATE threads SET author_id = NULL, title = '' WHERE author_id = :id"
REVIEWS = "DELETE FROM reviews WHERE person_id = :id"
ANSWERS = "DELETE FROM answers WHERE person_id = :id"
MENTIONS = "DELETE FROM mentions WHERE person_id = :id"
REQUESTS = "DELETE FROM requests WHERE person_id = :id"

TITLES = f"SELECT repository_id, number, title FROM threads WHERE {_mentions('title')}"  # noqa: S608 - constants
RETITLE = """UPDATE threads SET title = told.title
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:titles AS text[]))
         AS told (repository_id, number, title)
    WHERE threads.repository_id = told.repository_id AND threads.number = told.number"""

TIMELINES = f"""SELECT repository_id, number, opening FROM timelines
    WHERE opening->'author'->>'id' = :id_text OR {_mentions("opening->>'body'")}
       OR {_mentions("opening->>'opened_title'")}"""  # noqa: S608 - constants
REOPEN = """UPDATE timelines SET opening = told.opening
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:openings AS jsonb[]))
         AS told (repository_id, number, opening)
    WHERE timelines.repository_id = told.repository_id AND timelines.number = told.number"""

ACTS = f"""SELECT repository_id, number, id, value FROM acts
    WHERE value->'by'->>'id' = :id_text OR value->'subject'->>'id' = :id_text
       OR {_mentions("value->>'body'")} OR {_mentions("value->>'title_before'")}
       OR {_mentions("value->>'title_after'")}
    ORDER BY repository_id, number, id"""  # noqa: S608 - constants
REENACT = """UPDATE acts SET value = told.value
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:ids AS text[]),
                CAST(:acts AS jsonb[])) AS told (repository_id, number, id, value)
    WHERE acts.repository_id = told.repository_id AND acts.number = told.number AND acts.id = told.id"""

RECORDS = f"""SELECT feature, repository_id, kind, key, value, person_id, people FROM records
    WHERE people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("CAST(value AS text)")}"""  # noqa: S608 - constants
_RECORDS_TOLD = """unnest(CAST(:features AS text[]), CAST(:repositories AS bigint[]),
    CAST(:kinds AS text[]), CAST(:keys AS text[])"""
_SAME_RECORD = """records.feature = told.feature AND records.repository_id = told.repository_id
    AND records.kind = told.kind AND records.key = told.key"""
DELETE_RECORDS = f"""DELETE FROM records USING {_RECORDS_TOLD})
    AS told (feature, repository_id, kind, key) WHERE {_SAME_RECORD}"""  # noqa: S608 - constants
REMEMBER = f"""UPDATE records
    SET value = told.value, people = CAST(told.people AS bigint[]), version = version + 1
    FROM {_RECORDS_TOLD}, CAST(:values AS jsonb[]), CAST(:people AS text[]))
         AS told (feature, repository_id, kind, key, value, people)
    WHERE {_SAME_RECORD}"""  # noqa: S608 - constants

JOURNAL = f"""SELECT id, because, person_id, people FROM journal
    WHERE person_id = :id OR people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("because")}"""  # noqa: S608 - constants
DELETE_ENTRIES = "DELETE FROM journal WHERE id = ANY(CAST(:ids AS bigint[]))"
RETELL = """UPDATE journal SET because = told.because, people = CAST(told.people AS bigint[])
    FROM unnest(CAST(:ids AS bigint[]), CAST(:sentences AS text[]), CAST(:people AS text[]))
         AS told (id, because, people)
    WHERE journal.id = told.id"""

EFFECTS = f"""SELECT id, key, because, why, drops, action, people FROM effects
    WHERE key IS NOT NULL
      AND (people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("key")} OR {_mentions("because")}
           OR {_mentions("why")} OR {_mentions("CAST(drops AS text)")}
           OR {_mentions("CAST(action AS text)")})"""  # noqa: S608 - constants
# What is to be done yet, or was given up, is not to be done (again): they are not to be written to.
_OPEN = "state IN ('collecting', 'due', 'doing', 'parked')"
WIPE = f"""UPDATE effects
    SET key = NULL, action = '{{}}', recheck = NULL, result = NULL, delivery = NULL, because = :nobody,
        why = NULL,
        drops = (SELECT coalesce(jsonb_agg('null'::jsonb), '[]') FROM jsonb_array_elements(drops)),
        people = '{{}}', state = CASE WHEN {_OPEN} THEN 'dropped' ELSE state END
    WHERE id = ANY(CAST(:ids AS bigint[]))"""  # noqa: S608 - constants
REDACT = f"""UPDATE effects
    SET because = told.because, action = told.action, drops = told.drops,
        people = CAST(told.people AS bigint[]),
        why = CASE WHEN told.notified AND {_OPEN} THEN :nobody ELSE told.why END,
        state = CASE WHEN told.notified AND {_OPEN} THEN 'dropped' ELSE state END
    FROM unnest(CAST(:ids AS bigint[]), CAST(:sentences AS text[]), CAST(:whys AS text[]),
                CAST(:drops AS jsonb[]), CAST(:actions AS jsonb[]), CAST(:people AS text[]),
                CAST(:notified AS boolean[]))
         AS told (id, because, why, drops, action, people, notified)
    WHERE effects.id = told.id"""  # noqa: S608 - constants

REASONS = f"SELECT id, reason FROM deliveries WHERE {_mentions('reason')}"  # noqa: S608 - constants
REASON = """UPDATE deliveries SET reason = told.reason
    FROM unnest(CAST(:ids AS text[]), CAST(:reasons AS text[])) AS told (id, reason)
    WHERE deliveries.id = told.id"""
PAYLOADS = """SELECT id, payload FROM deliveries
    WHERE payload IS NOT NULL AND state <> 'received' AND id > :last ORDER BY id LIMIT :limit"""
DROP_PAYLOADS = """UPDATE deliveries
    SET payload = NULL, reason = CASE WHEN state = 'parked' THEN :nobody ELSE reason END,
        state = CASE WHEN state = 'parked' THEN 'ignored' ELSE state END
    WHERE id = ANY(CAST(:ids AS text[]))"""
DROP_DONE = "UPDATE deliveries SET payload = NULL WHERE id = ANY(:ids) AND state = 'done'"

FORMER = "SELECT former FROM people WHERE id = :id"
KNOWN = """SELECT id FROM people
    UNION SELECT person_id FROM standings UNION SELECT author_id FROM threads WHERE author_id IS NOT NULL
    UNION SELECT person_id FROM reviews UNION SELECT person_id FROM answers
    UNION SELECT person_id FROM mentions UNION SELECT person_id FROM requests
    UNION SELECT unnest(people) FROM records
    UNION SELECT unnest(people) FROM effects UNION SELECT unnest(people) FROM journal
    UNION SELECT person_id FROM journal WHERE person_id IS NOT NULL
    UNION SELECT CAST(value->'by'->>'id' AS bigint) FROM acts WHERE value->'by'->>'id' IS NOT NULL
    UNION SELECT CAST(value->'subject'->>'id' AS bigint) FROM acts WHERE value->'subject'->>'id' IS NOT NULL
    UNION SELECT CAST(opening->'author'->>'id' AS bigint) FROM timelines
          WHERE opening->'author'->>'id' IS NOT NULL"""
LOGIN = """SELECT login FROM (
        SELECT login FROM people WHERE id = :id
        UNION ALL SELECT opening->'author'->>'login' FROM timelines
                  WHERE opening->'author'->>'id' = :id_text
        UNION ALL SELECT value->'by'->>'login' FROM acts WHERE value->'by'->>'id' = :id_text
    ) AS known LIMIT 1"""
