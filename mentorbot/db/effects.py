"""What the bot does to the world, once per key: due, doing, done; or dropped or parked, and why.

Or shadowed: what it would have done, but for its repository being in shadow.

The one place that knows how an action lies in the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from mentorbot.core import actions
from mentorbot.core.actions import Action, Comment, Occasion
from mentorbot.core.people import Person
from mentorbot.core.storable_text import storable
from mentorbot.db.advisory_locks import EffectLocks
from mentorbot.db.bulk_rows import array_text, column_arrays, json_text
from mentorbot.db.connection import AsyncConnection, Row, text
from mentorbot.db.database import Database

_CAME_LATER = {"Comment": "is_a_first", "RemoveReviewRequest": "team"}
"""Fields that are stored only where they say something."""
_SETTING = actions.AddLabel | actions.RemoveLabel | actions.EditComment | actions.EditIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An action with all that performing it takes.

    `recheck` names the trigger whose rule has to want it still, just before acting. `attempts` counts the
    times it was begun, GitHub's plain refusals left out; `tried_ago` is how many seconds ago it was begun
    last. `doubtful`: there may be two of it, which is still to be looked into. `people` are the ids of
    everybody it tells of: whom its key and its texts name, whose words they quote. `asked` tells that a
    command led to it. `held` names the batch in which a greeting is held back, or says that it was let go.
    What was decided in `shadow` is never done.
    """

    key: str
    feature: str
    installation_id: int
    repository_id: int
    action: Action
    because: str
    delivery: str | None = None
    recheck: Mapping[str, Any] | None = None
    priority: int = 0
    id: int = 0
    state: str = "due"
    attempts: int = 0
    tried_ago: float | None = None
    doubtful: bool = False
    result: Mapping[str, Any] | None = None
    why: str | None = None
    created_at: datetime | None = None
    done_at: datetime | None = None
    people: tuple[int, ...] = ()
    asked: bool = False
    held: str | None = None
    shadow: bool = False

    @property
    def is_held(self) -> bool:
        """True while maintainers are to say what becomes of it."""
        return self.held is not None and self.held.startswith("held ")

    @property
    def number(self) -> int:
        """The issue or pull request it happens in; 0 where it opens one."""
        return self.action.number

    @property
    def kind(self) -> str:
        return kind_of(self.action)

    @property
    def occasion(self) -> Occasion | None:
        return self.action.occasion if isinstance(self.action, Comment) else None

    @property
    def mentions(self) -> tuple[Person, ...]:
        return self.action.mentions if isinstance(self.action, Comment) else ()


@dataclass(frozen=True, slots=True)
class FailingEffect:
    """How often something went wrong with an effect, and for how many seconds that has been going on."""

    times: int
    seconds: float


class Effects:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._salt: bytes | None = None
        self._holding = EffectLocks(database)

    async def fingerprint(self, key: str, *, within: AsyncConnection | None = None) -> bytes:
        """What makes an effect unique. Keyed, so that nobody can guess a forgotten person from it.

        `within` is the transaction that is under way, if one is: who holds a connection must not wait for a
        second one, as the others may all be held by those who do the same.
        """
        if self._salt is None:
            found = await (within.scalar(_SALT) if within else self._database.fetch_value(_SALT))
            self._salt = bytes(found)
        return hashlib.blake2b(storable(key).encode(), key=self._salt[:64], digest_size=24).digest()

    async def add(
        self, connection: AsyncConnection, effects: Sequence[Effect], *, now: datetime
    ) -> list[tuple[int, Effect]]:
        """Add effects; return those that are to be done with their ids, in the given order.

        An effect whose key is known already is not, unless it was dropped before: then it is due again. So is
        what was shadowed, once it is decided anew outside of the shadow: labels and reminders are about what
        still is so. Greetings and celebrations have had their occasion.
        """
        unique = {storable(effect.key): effect for effect in effects}
        if not unique:
            return []
        rows = [
            (await self.fingerprint(key, within=connection), *values_of(effect), effect.shadow, now)
            for key, effect in unique.items()
        ]
        # Sorted, so that two transactions with the same keys wait for each other instead of locking up.
        found = await connection.execute(
            _ADD, column_arrays(_ADD_COLUMNS, sorted(rows, key=lambda row: row[0]))
        )
        ids = {row.key: row.id for row in found}
        return [(ids[key], effect) for key, effect in unique.items() if key in ids]

    async def get(self, id_: int) -> Effect | None:
        """One effect; None where it doesn't exist or concerned somebody who is forgotten."""
        row = await self._database.fetch_row(_GET, {"id": id_})
        return effect_in(row) if row else None

    async def keyed(self, key: str) -> Effect | None:
        fingerprint = await self.fingerprint(key)
        row = await self._database.fetch_row(_KEYED, {"fingerprint": fingerprint})
        return effect_in(row) if row else None

    def held(self, id_: int) -> AbstractAsyncContextManager[bool]:
        """Hold an effect while doing it, so that no other worker does; False where another one holds it."""
        return self._holding.of(id_)

    async def begin(self, connection: AsyncConnection, effect: Effect, *, now: datetime) -> int | None:
        """Mark an effect as being done; return which attempt it is, counted from 1.

        None where it was dropped meanwhile: whoever it concerns may have asked to be forgotten. The mentions
        in a nudge count from now on, not only once GitHub has answered.
        """
        attempt: int | None = (await connection.execute(_BEGIN, {"id": effect.id})).scalar()
        if attempt is None:
            return None
        if effect.occasion is Occasion.NUDGE and effect.mentions:
            people = [person.id for person in effect.mentions]
            await connection.execute(_MENTION, {"effect": effect.id, "people": people, "now": now})
        return attempt

    async def unbegin(self, id_: int) -> None:
        """GitHub surely did nothing: the attempt doesn't count, neither as one nor for the pace."""
        await self._database.execute(_UNBEGIN, {"id": id_})

    async def put_back(self, id_: int, *, why: str) -> None:
        """An effect that has to wait, without any fault of its own."""
        await self._database.execute(_PUT_BACK, {"id": id_, "why": why})

    async def failed(self, id_: int, *, why: str) -> FailingEffect:
        """An effect with which something went wrong, to be tried again; how often that was.

        One that was dropped meanwhile stays so, as the next try finds.
        """
        row = await self._database.fetch_row(_FAILED, {"id": id_, "why": why})
        return FailingEffect(row.failures, row.seconds) if row is not None else FailingEffect(1, 0.0)

    async def pace_down(self, id_: int) -> None:
        """An effect that waits for its turn to be written."""
        await self._database.execute(_PACE_DOWN, {"id": id_})

    async def overtaken(self, effect: Effect) -> bool:
        """True where a later effect has set the same label, or rewritten the same text, in the meantime."""
        where = {
            "repository": effect.repository_id, "number": effect.number, "feature": effect.feature,
            "id": effect.id, "target": json_text(target_of(effect.action)),
        }  # fmt: skip
        return bool(await self._database.fetch_value(_OVERTAKEN, where))

    async def doubt(self, connection: AsyncConnection, id_: int) -> None:
        """There may be two of what an effect made: `resolve` follows."""
        await connection.execute(_DOUBT, {"id": id_})

    async def resolve(self, connection: AsyncConnection, id_: int, *, result: Mapping[str, Any]) -> None:
        await connection.execute(_RESOLVE, {"id": id_, "result": json_text(result)})

    async def finish(
        self,
        connection: AsyncConnection,
        effect: Effect,
        *,
        state: str,
        now: datetime,
        result: Mapping[str, Any] | None = None,
        why: str | None = None,
    ) -> None:
        await connection.execute(
            _FINISH,
            {"id": effect.id, "state": state, "now": now, "result": json_text(result), "why": why},
        )
        if state != "done" and effect.mentions:
            await connection.execute(_UNMENTION, {"effect": effect.id})

    async def drop_all(self, repository_ids: Sequence[int], *, why: str) -> int:
        """Drop what is still due in these repositories; return how many."""
        return await self._database.execute(_DROP_ALL, {"ids": list(repository_ids), "why": why})


def values_of(effect: Effect) -> tuple[Any, ...]:
    """Its columns, from the key to the priority."""
    return (
        effect.key,
        effect.feature,
        effect.kind,
        effect.installation_id,
        effect.repository_id,
        effect.number,
        json_text(action_to_json(effect.action)),
        effect.occasion,
        json_text(effect.recheck),
        effect.because,
        effect.delivery,
        effect.priority,
        array_text(effect.people),
        effect.asked,
    )


def effect_in(row: Row) -> Effect:
    stored = {field.name: getattr(row, field.name) for field in fields(Effect)}
    action = action_from_json(row.kind, row.action)
    return Effect(**{**stored, "action": action, "people": tuple(row.people)})


def kind_of(action: Action) -> str:
    """The name under which an action is stored and counted: "Comment"."""
    return type(action).__name__


def action_to_json(action: Action) -> dict[str, Any]:
    """As it lies in the store; what came later is left out where it says nothing."""
    kind = kind_of(action)
    stored: dict[str, Any] = _adapter(kind).dump_python(action, mode="json")
    return {name: value for name, value in stored.items() if name != _CAME_LATER.get(kind) or value}


def target_of(action: Action) -> dict[str, str] | None:
    """What says of a later action, in JSON, that it sets the same thing; None where that has no meaning."""
    names = ("label", "comment", "issue")
    found = {name: getattr(action, name) for name in names if hasattr(action, name)}
    return found if isinstance(action, _SETTING) else None


def action_from_json(kind: str, stored: Mapping[str, Any]) -> Action:
    """The action that `action_to_json` wrote. Raises KeyError for a kind that no longer exists."""
    action: Action = _adapter(kind).validate_python(dict(stored))
    return action


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(action_kinds()[kind])


def action_kinds() -> dict[str, type[Action]]:
    """All kinds of actions by name.

    Not by `__subclasses__`: there, classes with slots still have the one they were made from beside them.
    """
    return {
        name: kind
        for name, kind in vars(actions).items()
        if isinstance(kind, type) and issubclass(kind, Action) and kind is not Action
    }


_ADD_COLUMNS = (
    "fingerprints", "keys", "features", "kinds", "installations", "repositories", "numbers", "actions",
    "occasions", "rechecks", "becauses", "deliveries", "priorities", "people", "asked", "shadows",
    "moments",
)  # fmt: skip
_ADD = text(
    """INSERT INTO effects AS known
           (fingerprint, key, feature, kind, installation_id, repository_id, number, action, occasion,
            recheck, because, delivery, priority, people, asked, shadow, created_at)
       SELECT fingerprint, key, feature, kind, installation, repository, number, action, occasion, recheck,
              because, delivery, priority, CAST(people AS bigint[]), asked, shadow, moment
       FROM unnest(
           CAST(:fingerprints AS bytea[]), CAST(:keys AS text[]), CAST(:features AS text[]),
           CAST(:kinds AS text[]), CAST(:installations AS bigint[]), CAST(:repositories AS bigint[]),
           CAST(:numbers AS int[]), CAST(:actions AS jsonb[]), CAST(:occasions AS text[]),
           CAST(:rechecks AS jsonb[]), CAST(:becauses AS text[]), CAST(:deliveries AS text[]),
           CAST(:priorities AS smallint[]), CAST(:people AS text[]), CAST(:asked AS boolean[]),
           CAST(:shadows AS boolean[]), CAST(:moments AS timestamptz[]))
           AS told (fingerprint, key, feature, kind, installation, repository, number, action, occasion,
                    recheck, because, delivery, priority, people, asked, shadow, moment)
       ON CONFLICT (fingerprint) DO UPDATE
           SET state = 'due', action = excluded.action, because = excluded.because, why = NULL,
               drops = known.drops || CASE known.state
                   WHEN 'shadowed' THEN jsonb_build_array(jsonb_build_object('shadowed', known.done_at))
                   ELSE jsonb_build_array(known.why) END,
               recheck = excluded.recheck, people = excluded.people, asked = excluded.asked, held = NULL,
               shadow = excluded.shadow, done_at = NULL,
               installation_id = excluded.installation_id, delivery = excluded.delivery,
               created_at = excluded.created_at,
               priority = excluded.priority, failures = 0, failing_since = NULL, paced = false
           WHERE known.key IS NOT NULL AND (known.state = 'dropped' OR (
               known.state = 'shadowed' AND NOT excluded.shadow AND excluded.kind <> 'React'
               AND coalesce(excluded.occasion, '') NOT IN ('greeting', 'celebration')))
       RETURNING id, key"""
)
# Where the clock was set back since, nobody knows how long ago it was.
SELECT_EFFECTS = """SELECT *, CASE WHEN tried_at < now() + interval '1 minute'
           THEN extract(epoch FROM now() - tried_at)::float END AS tried_ago
    FROM effects WHERE key IS NOT NULL"""
_GET = text(f"{SELECT_EFFECTS} AND id = :id")
_SALT = text("SELECT value FROM secrets WHERE name = 'effects'")
_KEYED = text(f"{SELECT_EFFECTS} AND fingerprint = :fingerprint")
# After a restore nobody knows what was done since the backup: every attempt counts as another one, which
# looks first.
_BEGIN = text(
    """UPDATE effects SET state = 'doing', attempts = attempts + 1, tried_at = now(), why = NULL,
           paced = false
       WHERE id = :id AND state IN ('due', 'doing') AND key IS NOT NULL
         AND (held NOT LIKE 'held %') IS NOT FALSE
       RETURNING attempts
           + (SELECT count(*) FROM restores WHERE at > now() - interval '30 days')::int"""
)
# An earlier attempt, if there was one, was looked into before this one began: its moment counts no more.
_UNBEGIN = text(
    """UPDATE effects SET attempts = attempts - 1, tried_at = NULL,
           state = CASE state WHEN 'doing' THEN 'due' ELSE state END
       WHERE id = :id"""
)
_PUT_BACK = text("UPDATE effects SET state = 'due', why = :why WHERE id = :id AND state IN ('due', 'doing')")
_FAILED = text(
    """UPDATE effects SET state = 'due', why = :why, paced = false, failures = failures + 1,
           failing_since = coalesce(failing_since, tried_at, now())
       WHERE id = :id AND state IN ('due', 'doing')
       RETURNING failures, extract(epoch FROM now() - failing_since)::float AS seconds"""
)
_PACE_DOWN = text("UPDATE effects SET paced = true WHERE id = :id AND NOT paced")
_OVERTAKEN = text(
    """SELECT EXISTS (SELECT FROM effects
       WHERE repository_id = :repository AND number = :number AND feature = :feature AND id > :id
         AND state IN ('doing', 'done') AND kind IN ('AddLabel', 'RemoveLabel', 'EditComment', 'EditIssue')
         AND action @> CAST(:target AS jsonb))"""
)
_DOUBT = text("UPDATE effects SET doubtful = true WHERE id = :id")
_RESOLVE = text(
    "UPDATE effects SET doubtful = false, result = CAST(:result AS jsonb) WHERE id = :id AND state = 'done'"
)
_FINISH = text(
    """UPDATE effects SET state = :state, why = :why,
           result = CASE WHEN key IS NOT NULL THEN CAST(:result AS jsonb) END,
           done_at = CASE WHEN :state = 'done' THEN :now ELSE done_at END
       WHERE id = :id AND (state IN ('due', 'doing') OR :state = 'done')"""
)
_MENTION = text(
    """INSERT INTO mentions AS known (person_id, effect_id, at)
       SELECT DISTINCT person, :effect, CAST(:now AS timestamptz) FROM unnest(CAST(:people AS bigint[])) AS
       person
       ON CONFLICT (person_id, effect_id) DO UPDATE SET at = excluded.at, shadow_of = 0
           WHERE known.shadow_of <> 0"""
)
_UNMENTION = text("DELETE FROM mentions WHERE effect_id = :effect")
_DROP_ALL = text(
    "UPDATE effects SET state = 'dropped', why = :why WHERE state = 'due' AND repository_id = ANY(:ids)"
)
