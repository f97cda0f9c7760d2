"""What was decided, why, and what became of it: for `/mentorbot why`, `mentorbot explain` and the pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mentorbot.core.journal import EffectOutcome, JournalEntry, Outcome, decision_outcome
from mentorbot.db.bulk_rows import array_text, column_arrays
from mentorbot.db.connection import AsyncConnection, Row, text
from mentorbot.db.database import DataAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNote:
    """An entry to be written. Of notes with the same `place` in a repository only the last one stays.

    `acted` tells that something is to be done, `refused` that somebody is told no; `decision` is what the
    effects are linked to. `people` are the ids of everybody it tells of.
    """

    at: datetime
    feature: str
    acted: bool
    because: str
    repository_id: int
    number: int | None = None
    person_id: int | None = None
    delivery: str | None = None
    place: str | None = None
    refused: bool = False
    decision: UUID | None = None
    people: tuple[int, ...] = ()


class JournalStore(DataAccess):
    async def write(self, connection: AsyncConnection, notes: Sequence[DecisionNote]) -> None:
        last = {(note.repository_id, note.place): note for note in notes if note.place is not None}
        wanted = [
            note for note in notes if note.place is None or last[note.repository_id, note.place] is note
        ]
        if wanted:
            rows = [(*(getattr(note, name) for name in _FIELDS), array_text(note.people)) for note in wanted]
            await connection.execute(_WRITE, column_arrays((*_FIELDS, "people"), rows))

    async def link(
        self, connection: AsyncConnection, links: Sequence[tuple[UUID, bytes]], *, added: Collection[int]
    ) -> None:
        """Link entries to effects, by decision and fingerprint; `added` are the ids of those that are new.

        What became of an entry is read from its effects, so that it can't be out of date.
        """
        if links:
            rows = column_arrays(("decisions", "fingerprints"), links)
            await connection.execute(_LINK, {**rows, "added": list(added)})

    async def about(
        self, repository_id: int, number: int, *, limit: int, feature: str | None = None
    ) -> Sequence[JournalEntry]:
        """Entries on an issue or pull request, newest first."""
        where = {"repository": repository_id, "number": number, "limit": limit, "feature": feature}
        return [entry for _, entry in await self._read(_ABOUT, where)]

    async def latest(
        self, *, repository_ids: Sequence[int] | None = None, limit: int = 50
    ) -> Sequence[tuple[int, JournalEntry]]:
        """The newest entries (of these repositories), each with the id of its repository."""
        where = {
            "all": repository_ids is None,
            "repositories": list(repository_ids or ()),
            "limit": limit,
        }
        return await self._read(_LATEST, where)

    async def _read(self, statement: Any, where: Mapping[str, Any]) -> list[tuple[int, JournalEntry]]:
        rows = await self._database.fetch(statement, where)
        effects = [effect for row in rows for effect in row.led_to or ()]
        waiting = [effect["id"] for effect in effects if effect["state"] in _WAITING]
        found = await self._database.fetch(_NEXT_TRIES, {"effects": waiting}) if waiting else ()
        tries = {row.effect: row.at for row in found}
        return [(row.repository_id, _entry(row, tries)) for row in rows]


def _entry(row: Row, tries: Mapping[int, datetime]) -> JournalEntry:
    effects = [
        EffectOutcome(
            kind=effect["kind"],
            outcome=_OUTCOMES[effect["state"]],
            why=effect["why"],
            url=effect["url"],
            next_try=tries.get(effect["id"]) if effect["state"] in _WAITING else None,
            added=effect["added"],
            key=_key_of_action(effect["key"]),
        )
        for effect in row.led_to or ()
    ]
    of_all = decision_outcome(effects, decided=row.acted)
    return JournalEntry(
        **{name: getattr(row, name) for name in _SHOWN},
        **asdict(of_all),
        is_reply=any(effect.kind == "React" for effect in effects),  # only words get a reaction
    )


def _key_of_action(key: str | None) -> str:
    """What follows on the feature and the repository in an effect's key (see `engine.persist.key_of`)."""
    return key.split("/", 2)[-1] if key else ""


_OUTCOMES = {
    "collecting": Outcome.WAITING,
    "due": Outcome.WAITING,
    "doing": Outcome.WAITING,
    "done": Outcome.DONE,
    "dropped": Outcome.DROPPED,
    "parked": Outcome.FAILED,
    "shadowed": Outcome.SHADOWED,
}
_WAITING = {"collecting", "due", "doing"}
_FIELDS = (
    "at", "feature", "acted", "because", "repository_id", "number", "person_id", "delivery", "place",
    "refused", "decision",
)  # fmt: skip
_SHOWN = ("at", "feature", "refused", "because", "number", "person_id", "delivery")
_WRITE = text(
    """INSERT INTO journal AS known
           (at, feature, acted, because, repository_id, number, person_id, delivery, place, refused, decision,
            people)
       SELECT at, feature, acted, because, repository_id, number, person_id, delivery, place, refused,
              decision, CAST(people AS bigint[])
       FROM unnest(
           CAST(:at AS timestamptz[]), CAST(:feature AS text[]), CAST(:acted AS boolean[]),
           CAST(:because AS text[]), CAST(:repository_id AS bigint[]), CAST(:number AS int[]),
           CAST(:person_id AS bigint[]), CAST(:delivery AS text[]), CAST(:place AS text[]),
           CAST(:refused AS boolean[]), CAST(:decision AS uuid[]), CAST(:people AS text[]))
           AS told (at, feature, acted, because, repository_id, number, person_id, delivery, place, refused,
                    decision, people)
       ON CONFLICT (repository_id, place) DO UPDATE
           SET at = excluded.at, because = excluded.because, acted = excluded.acted,
               person_id = excluded.person_id, people = excluded.people"""
)
_LINK = text(
    """INSERT INTO consequences (decision, effect_id, round, added)
       SELECT DISTINCT wanted.decision, effects.id, jsonb_array_length(effects.drops),
              effects.id = ANY(CAST(:added AS bigint[]))
       FROM unnest(CAST(:decisions AS uuid[]), CAST(:fingerprints AS bytea[]))
                AS wanted (decision, fingerprint)
           JOIN effects ON effects.fingerprint = wanted.fingerprint
           JOIN journal ON journal.decision = wanted.decision"""
)
# An effect that is due again after it was dropped belongs to a newer entry: the older one keeps its end.
_ENTRIES = """
    SELECT repository_id, at, feature, acted, refused, because, number, person_id, delivery,
        (SELECT jsonb_agg(jsonb_build_object(
             'id', effects.id, 'key', effects.key, 'kind', effects.kind, 'added', consequences.added,
             'state', CASE WHEN NOT is_over THEN effects.state
                 WHEN jsonb_typeof(effects.drops -> consequences.round) = 'object' THEN 'shadowed'
                 ELSE 'dropped' END,
             'why', CASE WHEN NOT is_over THEN effects.why
                 WHEN jsonb_typeof(effects.drops -> consequences.round) <> 'object'
                 THEN effects.drops ->> consequences.round END,
             'url', coalesce(effects.result ->> 'url', effects.action -> 'to' ->> 'url')) ORDER BY effects.id)
         FROM consequences JOIN effects ON effects.id = consequences.effect_id,
             LATERAL (SELECT consequences.round < jsonb_array_length(effects.drops) AS is_over) AS state
         WHERE consequences.decision = journal.decision) AS led_to
    FROM journal"""
_ABOUT = text(
    f"""{_ENTRIES} WHERE repository_id = :repository AND number = :number
         AND (CAST(:feature AS text) IS NULL OR feature = :feature)
       ORDER BY at DESC, id DESC LIMIT :limit"""
)
_LATEST = text(
    f"""{_ENTRIES} WHERE :all OR repository_id = ANY(:repositories) ORDER BY at DESC, id DESC LIMIT :limit"""
)
_NEXT_TRIES = text(
    """SELECT CAST(args ->> 'effect' AS bigint) AS effect, min(scheduled_at) AS at FROM procrastinate_jobs
       WHERE status = 'todo' AND task_name = 'act' AND scheduled_at > now()
         AND CAST(args ->> 'effect' AS bigint) = ANY(:effects)
       GROUP BY 1"""
)
