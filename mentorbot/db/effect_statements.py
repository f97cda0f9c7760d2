"""The statements that read and write effects."""

from __future__ import annotations

from sqlalchemy import text

PACE_SPACE, MENTION_SPACE = 7_263_003, 7_263_004
LOCK = text("SELECT pg_advisory_xact_lock(:space, :id)")
ADD_COLUMNS = (
    "fingerprints", "keys", "features", "kinds", "installations", "repositories", "numbers", "actions",
    "occasions", "rechecks", "becauses", "deliveries", "priorities", "people", "moments",
)  # fmt: skip
ADD = text(
    """INSERT INTO effects AS known
           (fingerprint, key, feature, kind, installation_id, repository_id, number, action, occasion,
            recheck, because, delivery, priority, people, created_at)
       SELECT fingerprint, key, feature, kind, installation, repository, number, action, occasion, recheck,
              because, delivery, priority, CAST(people AS bigint[]), moment
       FROM unnest(
           CAST(:fingerprints AS bytea[]), CAST(:keys AS text[]), CAST(:features AS text[]),
           CAST(:kinds AS text[]), CAST(:installations AS bigint[]), CAST(:repositories AS bigint[]),
           CAST(:numbers AS int[]), CAST(:actions AS jsonb[]), CAST(:occasions AS text[]),
           CAST(:rechecks AS jsonb[]), CAST(:becauses AS text[]), CAST(:deliveries AS text[]),
           CAST(:priorities AS smallint[]), CAST(:people AS text[]), CAST(:moments AS timestamptz[]))
           AS told (fingerprint, key, feature, kind, installation, repository, number, action, occasion,
                    recheck, because, delivery, priority, people, moment)
       ON CONFLICT (fingerprint) DO UPDATE
           SET state = 'due', action = excluded.action, because = excluded.because, why = NULL,
               drops = known.drops || jsonb_build_array(known.why),
               recheck = excluded.recheck, people = excluded.people,
               installation_id = excluded.installation_id, delivery = excluded.delivery,
               created_at = excluded.created_at,
               priority = excluded.priority, failures = 0, failing_since = NULL, paced = false
           WHERE known.state = 'dropped' AND known.key IS NOT NULL
       RETURNING id, key"""
)
_SELECT = (
    "SELECT *, extract(epoch FROM now() - tried_at)::float AS tried_ago FROM effects WHERE key IS NOT NULL"
)
GET = text(f"{_SELECT} AND id = :id")
KEYED = text(f"{_SELECT} AND fingerprint = :fingerprint")
IN_REPOSITORY = text(f"{_SELECT} AND repository_id = :repository ORDER BY id")
# After a restore nobody knows what was done since the backup: every attempt counts as another one, which
# looks first.
BEGIN = text(
    """UPDATE effects SET state = 'doing', attempts = attempts + 1, tried_at = now(), why = NULL,
           paced = false
       WHERE id = :id AND state IN ('due', 'doing') AND key IS NOT NULL
       RETURNING attempts
           + (SELECT count(*) FROM restores WHERE at > now() - interval '30 days')::int"""
)
# An earlier attempt, if there was one, was looked into before this one began: its moment counts no more.
UNBEGIN = text(
    """UPDATE effects SET attempts = attempts - 1, tried_at = NULL,
           state = CASE state WHEN 'doing' THEN 'due' ELSE state END
       WHERE id = :id"""
)
PUT_BACK = text("UPDATE effects SET state = 'due', why = :why WHERE id = :id AND state IN ('due', 'doing')")
FAILED = text(
    """UPDATE effects SET state = 'due', why = :why, paced = false, failures = failures + 1,
           failing_since = coalesce(failing_since, tried_at, now())
       WHERE id = :id AND state IN ('due', 'doing')
       RETURNING failures, extract(epoch FROM now() - failing_since)::float AS seconds"""
)
PACE_DOWN = text("UPDATE effects SET paced = true WHERE id = :id AND NOT paced")
OVERTAKEN = text(
    """SELECT EXISTS (SELECT FROM effects
       WHERE repository_id = :repository AND number = :number AND feature = :feature AND id > :id
         AND state IN ('doing', 'done') AND kind IN ('AddLabel', 'RemoveLabel', 'EditComment', 'EditIssue')
         AND action @> CAST(:target AS jsonb))"""
)
DOUBT = text("UPDATE effects SET doubtful = true WHERE id = :id")
RESOLVE = text(
    "UPDATE effects SET doubtful = false, result = CAST(:result AS jsonb) WHERE id = :id AND state = 'done'"
)
FINISH = text(
    """UPDATE effects SET state = :state, why = :why,
           result = CASE WHEN key IS NOT NULL THEN CAST(:result AS jsonb) END,
           done_at = CASE WHEN :state = 'done' THEN :now ELSE done_at END
       WHERE id = :id AND (state IN ('due', 'doing') OR :state = 'done')"""
)
MENTION = text(
    """INSERT INTO mentions (person_id, effect_id, at)
       SELECT DISTINCT person, :effect, CAST(:now AS timestamptz) FROM unnest(CAST(:people AS bigint[])) AS
       person
       ON CONFLICT DO NOTHING"""
)
UNMENTION = text("DELETE FROM mentions WHERE effect_id = :effect")
DROP_ALL = text(
    "UPDATE effects SET state = 'dropped', why = :why WHERE state = 'due' AND repository_id = ANY(:ids)"
)
NUDGES = text(
    """SELECT coalesce(done_at, created_at) AS at FROM effects
       WHERE repository_id = :repository AND number = :number AND occasion = 'nudge'
         AND id <> :id AND (state = 'doing' OR (state = 'done' AND done_at >= :since))
       ORDER BY at DESC"""
)
MENTIONS = text(
    """SELECT person_id, count(*) AS times FROM mentions
       WHERE person_id = ANY(:people) AND at >= :since AND effect_id <> :but GROUP BY person_id"""
)
