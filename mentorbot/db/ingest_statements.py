"""The statements that write lessons down: each takes one array per column, and doesn't mind repetitions.

What is known already is filtered out first: a row that conflicts is locked until the end of the transaction,
even if nothing about it changes, and everybody meets the same few people.
"""

from __future__ import annotations

from sqlalchemy import text

PEOPLE = text(
    """INSERT INTO people AS known (id, login, is_bot, as_of)
       SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:logins AS text[]), CAST(:bots AS boolean[]),
                            CAST(:moments AS timestamptz[])) AS told (id, login, is_bot, as_of)
       WHERE NOT EXISTS (SELECT FROM people AS same WHERE same.id = told.id
                         AND same.login = told.login AND same.is_bot = told.is_bot)
       ON CONFLICT (id) DO UPDATE
           SET login = excluded.login, is_bot = excluded.is_bot, as_of = excluded.as_of,
               former = CASE WHEN excluded.login = ANY(known.former || known.login) THEN known.former
                             ELSE known.former || known.login END
           WHERE excluded.as_of >= known.as_of
             AND (known.login, known.is_bot) IS DISTINCT FROM (excluded.login, excluded.is_bot)"""
)
STANDINGS = text(
    """INSERT INTO standings AS known (repository_id, person_id, insider_at, contributor_at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:people AS bigint[]),
                            CAST(:insiders AS timestamptz[]), CAST(:contributors AS timestamptz[]))
            AS told (repository_id, person_id, insider_at, contributor_at)
       WHERE NOT EXISTS (
           SELECT FROM standings AS same
           WHERE same.repository_id = told.repository_id AND same.person_id = told.person_id
             AND (told.insider_at IS NULL OR same.insider_at <= told.insider_at)
             AND (told.contributor_at IS NULL OR same.contributor_at <= told.contributor_at))
       ON CONFLICT (repository_id, person_id) DO UPDATE
           SET insider_at = least(known.insider_at, excluded.insider_at),
               contributor_at = least(known.contributor_at, excluded.contributor_at)
           WHERE (known.insider_at, known.contributor_at) IS DISTINCT FROM
                 (least(known.insider_at, excluded.insider_at),
                  least(known.contributor_at, excluded.contributor_at))"""
)
THREADS = text(
    """INSERT INTO threads AS known
           (repository_id, number, is_pull_request, author_id, title, opened_at, closed_at, merged_at, as_of)
       SELECT * FROM unnest(
           CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:pulls AS boolean[]),
           CAST(:authors AS bigint[]), CAST(:titles AS text[]), CAST(:opened AS timestamptz[]),
           CAST(:closed AS timestamptz[]), CAST(:merged AS timestamptz[]), CAST(:moments AS timestamptz[]))
            AS told (repository_id, number, is_pull_request, author_id, title, opened_at, closed_at,
                     merged_at, as_of)
       WHERE NOT EXISTS (
           SELECT FROM threads AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND (same.author_id, same.title, same.closed_at, same.merged_at)
                 IS NOT DISTINCT FROM (told.author_id, told.title, told.closed_at, told.merged_at))
       ON CONFLICT (repository_id, number) DO UPDATE
           SET title = excluded.title, closed_at = excluded.closed_at, as_of = excluded.as_of,
               merged_at = coalesce(excluded.merged_at, known.merged_at),
               author_id = coalesce(known.author_id, excluded.author_id)
           WHERE excluded.as_of > known.as_of
              OR (excluded.as_of = known.as_of
                  AND (excluded.closed_at IS NOT NULL OR known.closed_at IS NULL))"""
)
REVIEWS = text(
    """INSERT INTO reviews (repository_id, person_id, number, at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:people AS bigint[]),
                            CAST(:numbers AS int[]), CAST(:moments AS timestamptz[]))
       ON CONFLICT DO NOTHING"""
)
ANSWERS = text(
    """INSERT INTO answers AS known (repository_id, number, person_id, first_at, last_at)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]),
                            CAST(:people AS bigint[]), CAST(:firsts AS timestamptz[]),
                            CAST(:lasts AS timestamptz[]))
            AS told (repository_id, number, person_id, first_at, last_at)
       WHERE NOT EXISTS (
           SELECT FROM answers AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND same.person_id = told.person_id
             AND same.first_at <= told.first_at AND same.last_at >= told.last_at)
       ON CONFLICT (repository_id, number, person_id) DO UPDATE
           SET first_at = least(known.first_at, excluded.first_at),
               last_at = greatest(known.last_at, excluded.last_at)"""
)
_INTO_TIMELINES = """INSERT INTO timelines AS known (repository_id, number, opening, head_sha, as_of)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]),
                            CAST(:openings AS jsonb[]), CAST(:heads AS text[]),
                            CAST(:moments AS timestamptz[]))
            AS told (repository_id, number, opening, head_sha, as_of)"""
BEGINNINGS = text(
    _INTO_TIMELINES
    + """
       WHERE NOT EXISTS (
           SELECT FROM timelines AS same
           WHERE same.repository_id = told.repository_id AND same.number = told.number
             AND same.head_sha = told.head_sha)
       ON CONFLICT (repository_id, number) DO UPDATE
           SET head_sha = excluded.head_sha, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of AND excluded.head_sha <> known.head_sha"""
)
TIMELINES = text(
    _INTO_TIMELINES
    + """ ON CONFLICT (repository_id, number) DO UPDATE
           SET opening = excluded.opening, head_sha = excluded.head_sha, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of"""
)
_KEEP_THE_FRESHER = """
       ON CONFLICT (repository_id, number, id) DO UPDATE
           SET fresh_at = excluded.fresh_at, value = excluded.value
           WHERE excluded.fresh_at > known.fresh_at"""
ACTS = text(
    """INSERT INTO acts AS known (repository_id, number, id, fresh_at, value)
       SELECT * FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:ids AS text[]),
                            CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))"""  # noqa: S608 - constants
    + _KEEP_THE_FRESHER
)
ACTS_ON_HEADS = text(
    """INSERT INTO acts AS known (repository_id, number, id, fresh_at, value)
       SELECT told.repository_id, timelines.number, told.id, told.fresh_at, told.value
       FROM unnest(CAST(:repositories AS bigint[]), CAST(:heads AS text[]), CAST(:ids AS text[]),
                   CAST(:moments AS timestamptz[]), CAST(:acts AS jsonb[]))
            AS told (repository_id, head_sha, id, fresh_at, value)
       JOIN timelines USING (repository_id, head_sha)
       ORDER BY told.repository_id, timelines.number, told.id"""  # noqa: S608 - constants
    + _KEEP_THE_FRESHER
)
