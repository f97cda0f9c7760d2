"""What of the bot's own doing still stands on GitHub as far as is known, and where it was all taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.actions import Action, AddLabel, RequestReview
from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess
from mentorbot.db.effects import action_from_json

_KEEPER, _KIND, _KEY = "mentorbot", "tidied", "repository"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMark:
    """Something that a feature put on GitHub and did not take back since. `number` is its thread's."""

    feature: str
    number: int
    action: Action


@dataclass(frozen=True, slots=True)
class TakingBack:
    """An effect that takes something back: how it stands, and why it waits, was dropped or failed."""

    id: int
    key: str
    kind: str
    number: int
    state: str
    why: str | None


class Tidying(DataAccess):
    async def standing(self, repository_id: int) -> Sequence[StandingMark]:
        """Labels, review requests and issues of ours, as far as nothing of ours took them back; by thread."""
        rows = await self._database.fetch(_STANDING, {"repository": repository_id})
        found = [
            StandingMark(
                feature=row.feature, number=row.number, action=action_from_json(row.kind, row.action)
            )
            for row in rows
        ]
        last = {_target(one): one for one in found}  # of the same thing put on twice, the last
        return sorted(last.values(), key=lambda one: one.number)

    async def taking_back(self, repository_id: int, keys: Collection[str]) -> Sequence[TakingBack]:
        """How effects stand that take something back, by the order in which they were planned."""
        values = {"repository": repository_id, "keys": list(keys)}
        rows = await self._database.fetch(_TAKING_BACK, values)
        return [TakingBack(row.id, row.key, row.kind, row.number, row.state, row.why) for row in rows]

    async def hold(self, repository_id: int, *, seen: str, now: datetime) -> None:
        """From now on nothing else is begun in this repository. `seen` tells its config file as it is now."""
        value = json_text({"seen": seen, "since": now.isoformat()})
        async with self._database.transaction(durable=True) as connection:
            await connection.execute(_HOLD, {**_where(repository_id), "value": value})

    async def held(self, repository_id: int) -> str | None:
        """What told its config file when the repository was tidied; None where it was not."""
        found = await self._database.fetch_value(_HELD, _where(repository_id))
        return None if found is None else str(found)

    async def lift(self, repository_ids: Collection[int]) -> None:
        """The bot works there again, by what the config files say now."""
        values = {"ids": list(repository_ids), "keeper": _KEEPER, "kind": _KIND, "key": _KEY}
        await self._database.execute(_LIFT, values)


def _where(repository_id: int) -> dict[str, object]:
    return {"repository": repository_id, "keeper": _KEEPER, "kind": _KIND, "key": _KEY}


def _target(one: StandingMark) -> tuple[object, ...]:
    action = one.action
    if isinstance(action, AddLabel):
        return one.number, action.label.lower()
    if isinstance(action, RequestReview):
        return one.number, action.reviewer.id if action.reviewer else action.team
    return one.feature, action.key


# What was begun may have been done: GitHub is asked in any case before anything is taken back.
_STANDING = text(
    """SELECT mine.feature, mine.kind, mine.action,
              CASE mine.kind WHEN 'OpenIssue' THEN coalesce(CAST(mine.result->>'number' AS int), 0)
              ELSE mine.number END AS number
       FROM effects AS mine
       WHERE mine.repository_id = :repository AND mine.key IS NOT NULL
         AND mine.kind IN ('AddLabel', 'RequestReview', 'OpenIssue')
         AND (mine.state = 'done' OR mine.attempts > 0)
         AND (mine.kind <> 'OpenIssue' OR mine.result->>'number' IS NOT NULL)
         AND NOT EXISTS (
             SELECT FROM effects AS later
             WHERE later.repository_id = mine.repository_id AND later.state = 'done'
               AND (later.created_at, later.id) > (mine.created_at, mine.id)
               AND CASE mine.kind
                   WHEN 'AddLabel' THEN later.kind = 'RemoveLabel' AND later.number = mine.number
                       AND lower(later.action->>'label') = lower(mine.action->>'label')
                   WHEN 'RequestReview' THEN later.kind = 'RemoveReviewRequest'
                       AND later.number = mine.number
                       AND later.action->'reviewer'->'id' IS NOT DISTINCT FROM mine.action->'reviewer'->'id'
                       AND later.action->>'team' IS NOT DISTINCT FROM mine.action->>'team'
                   ELSE later.kind = 'CloseIssue' AND later.feature = mine.feature
                       AND later.action->>'issue' = mine.action->>'key'
                   END)
       ORDER BY mine.created_at, mine.id"""
)
_TAKING_BACK = text(
    """SELECT id, key, kind, number, state, why FROM effects
       WHERE repository_id = :repository AND key = ANY(CAST(:keys AS text[])) ORDER BY id"""
)
_HOLD = text(
    """WITH held AS (
           INSERT INTO records AS known (feature, repository_id, kind, key, value, version)
           VALUES (:keeper, :repository, :kind, :key, CAST(:value AS jsonb), 1)
           ON CONFLICT (feature, repository_id, kind, key, shadow_of)
               DO UPDATE SET value = excluded.value, version = known.version + 1
           RETURNING repository_id)
       UPDATE configs SET stale = true WHERE repository_id IN (SELECT repository_id FROM held)"""
)
_HELD = text(
    """SELECT value->>'seen' FROM records
       WHERE feature = :keeper AND repository_id = :repository AND kind = :kind AND key = :key"""
)
_LIFT = text(
    """WITH lifted AS (
           DELETE FROM records
           WHERE feature = :keeper AND repository_id = ANY(:ids) AND kind = :kind AND key = :key
           RETURNING repository_id)
       UPDATE configs SET stale = true WHERE repository_id IN (SELECT repository_id FROM lifted)"""
)
