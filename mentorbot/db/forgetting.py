"""Forgets a person on request, and again where something of them comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from mentorbot.core.people import Person
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess
from mentorbot.db.erasure import erase
from mentorbot.db.forget_list import add_to_list, forgotten_among, take_off_list


class Forgetting(DataAccess):
    """Deletes what must not be kept."""

    async def forget(self, person: Person, *, now: datetime | None = None) -> dict[str, int]:
        """Erase all that is remembered about a person; return how many rows of which table were touched.

        They are on the list from then on, so that nothing is kept of them again. Of what was said to them
        only keyed fingerprints stay, so that they are not greeted as new once more. Their login may be empty
        where it isn't known: then texts are erased as far as they are known to tell of them.
        """
        async with self._database.transaction(durable=True) as connection:
            await add_to_list(connection, person.id, now=now or datetime.now(UTC))
            return await erase(connection, person)

    async def erase_again(self) -> dict[str, int]:
        """Erase what has come back of those on the list: out of an older dump, or written at the same time.

        Whoever is on the list is found by trying everybody whom the store knows. Costs nothing where nobody
        is.
        """
        touched: Counter[str] = Counter()
        async with self._database.transaction(durable=True) as connection:
            for id_ in sorted(await self._back(connection)):
                login = await connection.scalar(text(_LOGIN), {"id": id_, "id_text": str(id_)})
                touched.update(await erase(connection, Person(id_, login or "")))
        return {what: rows for what, rows in touched.items() if rows}

    async def forgotten_among(self, people: Iterable[int]) -> frozenset[int]:
        async with self._database.reading() as connection:
            return await forgotten_among(connection, people)

    async def remember_again(self, person: Person, *, said_at: datetime) -> bool:
        """Somebody wants to have to do with us again; False where they weren't on the list then.

        What they said before they asked to be forgotten may well reach us only afterwards.
        """
        async with self._database.transaction() as connection:
            return await take_off_list(connection, person.id, listed_before=said_at)

    async def last(self) -> datetime | None:
        last: datetime | None = await self._database.fetch_value(text("SELECT max(at) FROM forgotten"))
        return last

    async def _back(self, connection: AsyncConnection) -> frozenset[int]:
        if not await connection.scalar(text("SELECT EXISTS (SELECT FROM forgotten)")):
            return frozenset()
        known = (await connection.execute(text(_KNOWN))).scalars()
        return await forgotten_among(connection, (id_ for id_ in known if id_ >= 0))


_KNOWN = """SELECT id FROM people
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
_LOGIN = """SELECT login FROM (
        SELECT login FROM people WHERE id = :id
        UNION ALL SELECT opening->'author'->>'login' FROM timelines
                  WHERE opening->'author'->>'id' = :id_text
        UNION ALL SELECT value->'by'->>'login' FROM acts WHERE value->'by'->>'id' = :id_text
    ) AS known LIMIT 1"""
