"""Who was here before: answers from what was learned, without a question to GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.db.bulk_rows import as_key
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.forget_list import forgotten_among
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.project_people import DEEDS, ProjectPeople
from mentorbot.domain.response_time import Wait


@dataclass(frozen=True, slots=True)
class KnownHistory:
    """What the store knows of somebody's past in a repository.

    `is_complete` tells whether that is all there is: the repository's past was read, or GitHub was asked.
    """

    contributor_history: ContributorHistory
    is_complete: bool


class PeopleStore(DataAccess):
    async def contributor_history(
        self, repository_id: int, person: Person, *, before: datetime, number: int
    ) -> KnownHistory:
        """What they had done in the repository before the thread `number` that was opened at `before`."""
        where = {"repository": repository_id, "person": person.id, "before": before, "number": number}
        [row] = await self._database.fetch(_HISTORY, where)
        found = row._asdict()
        is_complete = found.pop("is_complete")
        return KnownHistory(ContributorHistory(person=person, **found), is_complete)

    async def remember_asking(self, repository_id: int, person: Person, *, now: datetime) -> None:
        """GitHub was asked about this person's past here; its answer has been learned."""
        async with self._database.reading() as connection:
            if not await forgotten_among(connection, [person.id]):
                where = {"repository": repository_id, "person": person.id, "now": now}
                await connection.execute(_ASKED, where)

    async def project_people(self, repository_id: int) -> ProjectPeople:
        """Who has a name in the repository by what they did there, as far as it is stored."""
        where = {"repository": repository_id, "deeds": [kind.value for kind in sorted(DEEDS)]}
        return ProjectPeople(
            merged=frozenset(await self._database.fetch_column(_MERGED, where)),
            trusted=frozenset(await self._database.fetch_column(_TRUSTED, where)),
        )

    async def waits(self, repository_id: int, *, since: datetime, now: datetime) -> Sequence[Wait]:
        """How long pull requests since then waited for another human; those of bots and insiders left out."""
        rows = await self._database.fetch(_WAITS, {"repository": repository_id, "since": since, "now": now})
        return [Wait(**row._asdict()) for row in rows]

    async def named(self, login: str, *, repository_id: int | None = None) -> Person | None:
        """Somebody we met (in the repository, where one is named), by present login in any case."""
        where = {"login": as_key(login), "repository": repository_id}
        row = await self._database.fetch_row(_NAMED, where)
        return Person(row.id, row.login, is_bot=row.is_bot) if row else None


async def ids_of(connection: AsyncConnection, logins: Iterable[str]) -> dict[str, frozenset[int]]:
    """The ids of people with these logins, which are in small letters."""
    rows = await connection.execute(_IDS, {"logins": sorted(logins)})
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row.login, set()).add(row.id)
    return {login: frozenset(ids) for login, ids in found.items()}


# Threads are told apart by date, then number: deliveries arrive in any order.
_MERGED = text(
    """SELECT DISTINCT author_id FROM threads
       WHERE repository_id = :repository AND merged_at IS NOT NULL AND author_id IS NOT NULL"""
)
_TRUSTED = text(
    """SELECT DISTINCT CAST(acts.value->'by'->>'id' AS bigint)
       FROM acts JOIN threads USING (repository_id, number)
       WHERE repository_id = :repository AND acts.value->>'kind' = ANY(:deeds)
         AND NOT CAST(acts.value->'by'->>'is_bot' AS boolean)
         AND CAST(acts.value->'by'->>'id' AS bigint) IS DISTINCT FROM threads.author_id"""
)
_HISTORY = text(
    """WITH earlier AS (
           SELECT is_pull_request, opened_at, merged_at FROM threads
           WHERE repository_id = :repository AND author_id = :person AND number <> :number
             AND (opened_at < :before OR (opened_at = :before AND number < :number))
       ), reviewed AS (
           SELECT at FROM reviews
           WHERE repository_id = :repository AND person_id = :person AND at <= :before AND number <> :number
       ), standing AS (
           SELECT * FROM standings WHERE repository_id = :repository AND person_id = :person
       )
       SELECT (SELECT count(*) FROM earlier WHERE NOT is_pull_request) AS issues,
              (SELECT count(*) FROM earlier WHERE is_pull_request) AS pull_requests,
              (SELECT count(*) FROM reviewed) AS reviews,
              (SELECT count(*) FROM threads
               WHERE repository_id = :repository AND author_id = :person AND number <> :number
                 AND (merged_at < :before OR (merged_at = :before AND number < :number))) AS merged,
              coalesce((SELECT insider_at <= :before FROM standing), false) AS insider,
              coalesce((SELECT contributor_at <= :before FROM standing), false) AS contributor,
              greatest(
                  (SELECT max(opened_at) FROM earlier),
                  (SELECT max(merged_at) FROM earlier WHERE merged_at < :before),
                  (SELECT max(at) FROM reviewed),
                  (SELECT max(CASE WHEN last_at < :before THEN last_at ELSE first_at END) FROM answers
                   WHERE repository_id = :repository AND person_id = :person
                     AND first_at < :before AND number <> :number)) AS last_seen,
              coalesce((SELECT seeding = 'finished' FROM repositories WHERE id = :repository), false)
                  OR coalesce((SELECT asked_at IS NOT NULL FROM standing), false) AS is_complete"""
)
_ASKED = text(
    """INSERT INTO standings (repository_id, person_id, asked_at) VALUES (:repository, :person, :now)
       ON CONFLICT (repository_id, person_id) DO UPDATE SET asked_at = excluded.asked_at"""
)
_WAITS = text(
    """SELECT threads.opened_at,
              (SELECT min(first_at) FROM answers JOIN people ON people.id = answers.person_id
               WHERE answers.repository_id = threads.repository_id AND answers.number = threads.number
                 AND answers.person_id <> threads.author_id AND NOT people.is_bot
                 AND answers.first_at <= :now) AS answered_at,
              least(coalesce(threads.closed_at, :now), :now) AS until
       FROM threads
       JOIN people AS author ON author.id = threads.author_id AND NOT author.is_bot
       LEFT JOIN standings ON standings.repository_id = threads.repository_id
                          AND standings.person_id = threads.author_id
       WHERE threads.repository_id = :repository AND threads.is_pull_request
         AND threads.opened_at >= :since AND threads.opened_at < :now
         AND standings.insider_at IS NULL
       ORDER BY threads.opened_at"""
)
_IDS = text("SELECT lower(login) AS login, id FROM people WHERE lower(login) = ANY(:logins)")
_NAMED = text(
    """SELECT id, login, is_bot FROM people
       WHERE lower(login) = lower(:login)
         AND (CAST(:repository AS bigint) IS NULL
              OR EXISTS (SELECT FROM threads WHERE repository_id = :repository AND author_id = people.id)
              OR EXISTS (SELECT FROM answers WHERE repository_id = :repository AND person_id = people.id)
              OR EXISTS (SELECT FROM reviews WHERE repository_id = :repository AND person_id = people.id)
              OR EXISTS (SELECT FROM standings WHERE repository_id = :repository AND person_id = people.id))
       ORDER BY as_of DESC LIMIT 1"""
)
