"""The statements that read and write effects."""

from __future__ import annotations

from sqlalchemy import text

LOCK_SPACE, PACE_SPACE, MENTION_SPACE = 7_263_002, 7_263_003, 7_263_004
LOCK = text("SELECT pg_advisory_xact_lock(:space, :id)")
ADD_COLUMNS = (
    "fingerprints", "keys", "features", "kinds", "installations", "repositories", "numbers", "actions",
    "occasions", "rechecks", "becauses", "deliveries", "priorities", "moments",
)  # fmt: skip
ADD = text(
    """INSERT INTO effects AS known
           (fingerprint, key, feature, kind, installation_id, repository_id, number, action, occasion,
            recheck, because, delivery, priority, created_at)
       SELECT * FROM unnest(
           CAST(:fingerprints AS bytea[]), CAST(:keys AS text[]), CAST(:features AS text[]),
           CAST(:kinds AS text[]), CAST(:installations AS bigint[]), CAST(:repositories AS bigint[]),
           CAST(:numbers AS int[]), CAST(:actions AS jsonb[]), CAST(:occasions AS text[]),
           CAST(:rechecks AS jsonb[]), CAST(:becauses AS text[]), CAST(:deliveries AS text[]),
           CAST(:priorities AS smallint[]), CAST(:moments AS timestamptz[]))
       ON CONFLICT (fingerprint) DO UPDATE
           SET state = 'due', action = excluded.action, because = excluded.because, why = NULL,
               recheck = excluded.recheck, installation_id = excluded.installation_id
           WHERE known.state = 'dropped' AND known.key IS NOT NULL
       RETURNING id, key"""
)
_SELECT = "SELECT * FROM effects WHERE key IS NOT NULL"
GET = text(f"{_SELECT} AND id = :id")
KEYED = text(f"{_SELECT} AND fingerprint = :fingerprint")
IN_REPOSITORY = text(f"{_SELECT} AND repository_id = :repository ORDER BY id")
PACE = text(
    """SELECT count(*) FILTER (WHERE tried_at > now() - interval '1 minute') AS last_minute,
              count(*) AS last_hour,
              coalesce(extract(epoch FROM min(tried_at) FILTER (
                  WHERE tried_at > now() - interval '1 minute') + interval '1 minute' - now()), 0)::float
                  AS minute_frees_in,
              coalesce(extract(epoch FROM min(tried_at) + interval '1 hour' - now()), 0)::float
                  AS hour_frees_in
       FROM effects WHERE installation_id = :installation AND tried_at > now() - interval '1 hour'"""
)
BEGIN = text(
    """UPDATE effects SET state = 'doing', attempts = attempts + 1, tried_at = now(), why = NULL
       WHERE id = :id RETURNING attempts"""
)
UNBEGIN = text("UPDATE effects SET state = 'due', attempts = attempts - 1, why = :why WHERE id = :id")
PUT_BACK = text("UPDATE effects SET state = 'due', why = :why WHERE id = :id AND state = 'doing'")
FINISH = text(
    """UPDATE effects SET state = :state, why = :why, result = CAST(:result AS jsonb),
           done_at = CASE WHEN :state = 'done' THEN :now ELSE done_at END
       WHERE id = :id"""
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
PARKED = text(
    """SELECT id, feature, kind, repository_id, number, why FROM effects WHERE state = 'parked'
       ORDER BY id DESC LIMIT :limit"""
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
