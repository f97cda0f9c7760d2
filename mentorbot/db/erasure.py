"""Erases one person from what is stored: rows that are theirs go, in others' rows they are left out.

What is theirs is told by columns and by what features declared; texts are searched for their name with an @,
and those that are known to tell of them for their name as a word.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from isal import isal_zlib

from mentorbot.core.actions import OUTLIVES_PEOPLE
from mentorbot.core.people import Person
from mentorbot.db.bulk_rows import array_text, column_arrays, json_text
from mentorbot.db.connection import AsyncConnection, Row, text
from mentorbot.db.forget_list import pseudonym, pseudonym_secrets
from mentorbot.domain.anonymization import (
    FORGOTTEN,
    Anonymizer,
    contains_login,
    in_strings,
    is_person,
    without_mention,
    without_name,
    without_person,
)
from mentorbot.domain.timeline import Act, PullRequestTimeline

_PAYLOADS_AT_ONCE = 200


async def erase(connection: AsyncConnection, person: Person) -> dict[str, int]:
    """Erase a person who is on the list; how many rows of what were touched. Their login may be unknown."""
    secret = (await pseudonym_secrets(connection, [person.id]))[person.id]
    former = await connection.scalar(text(_FORMER), {"id": person.id})
    erasing = _Erasing(connection, person, secret, former or ())
    # In the order in which others write, so that nobody waits for somebody who waits for them.
    return {
        "people": await erasing.count(_PEOPLE),
        "standings": await erasing.count(_STANDINGS),
        "threads": await erasing.count(_THREADS) + await erasing.titles(),
        "reviews": await erasing.count(_REVIEWS),
        "answers": await erasing.count(_ANSWERS),
        "timelines": await erasing.timelines(),
        "acts": await erasing.acts(),
        "records": await erasing.records(),
        "journal": await erasing.journal(),
        "effects": await erasing.effects(),
        "mentions": await erasing.count(_MENTIONS),
        "requests": await erasing.count(_REQUESTS),
        "deliveries": await erasing.reasons() + await erasing.payloads(),
    }


async def drop_payloads(connection: AsyncConnection, ids: Sequence[str]) -> None:
    """Let go of what deliveries brought, once they are done."""
    await connection.execute(text(_DROP_DONE), {"ids": sorted(ids)})


class _Erasing:
    """One person's erasure, in a transaction."""

    def __init__(
        self, connection: AsyncConnection, person: Person, secret: bytes, former: Sequence[str]
    ) -> None:
        self._connection = connection
        self._former = former
        self._secret = secret
        self._id = person.id
        self._login = person.login
        self._where = {
            "id": person.id,
            "id_text": str(person.id),
            "mentions": _patterns_of(person.login),
            "login": person.login or "@",
        }

    async def count(self, statement: str) -> int:
        return (await self._connection.execute(text(statement), {"id": self._id})).rowcount

    async def titles(self) -> int:
        rows = await self._rows(_TITLES)
        changed = [
            (r.repository_id, r.number, new) for r in rows if (new := self._unmentioned(r.title)) != r.title
        ]
        return await self._write(_RETITLE, ("repositories", "numbers", "titles"), changed)

    async def timelines(self) -> int:
        changed = []
        for row in await self._rows(_TIMELINES):
            anonymizer = self._anonymizer(row)
            before = PullRequestTimeline.from_json({**row.opening, "acts": []})
            after = anonymizer.opening(before)
            if after != before or after.author is not before.author:
                changed.append((row.repository_id, row.number, json_text(after.to_json())))
        return await self._write(_REOPEN, ("repositories", "numbers", "openings"), changed)

    async def acts(self) -> int:
        """What they did becomes somebody's, without their words; in others' words their name goes."""
        changed = []
        for row in await self._rows(_ACTS):
            anonymizer = self._anonymizer(row)
            before = Act.from_json(row.value)
            after = anonymizer.act(before).to_json()
            if after != before.to_json():
                changed.append((row.repository_id, row.number, row.id, json_text(after)))
        return await self._write(_REENACT, ("repositories", "numbers", "ids", "acts"), changed)

    async def records(self) -> int:
        """Records that are theirs go, and those that don't outlive them; in the others they become null."""
        gone, changed = [], []
        for row in await self._rows(_RECORDS):
            place = (row.feature, row.repository_id, row.kind, row.key, row.shadow_of)
            if self._id not in row.people:
                value = in_strings(row.value, self._unmentioned)
                if value != row.value:
                    changed.append((*place, json_text(value), array_text(row.people)))
            elif row.person_id == self._id or not (row.value or {}).get(OUTLIVES_PEOPLE):
                gone.append(place)
            else:
                value = in_strings(without_person(row.value, self._id), self._unnamed)
                changed.append((*place, json_text(value), array_text(self._others(row.people))))
        names_ = ("features", "repositories", "kinds", "keys", "shadows")
        touched = await self._write(_DELETE_RECORDS, names_, gone)
        return touched + await self._write(_REMEMBER, (*names_, "values", "people"), changed)

    async def journal(self) -> int:
        """Entries about them alone go; in the others their name does."""
        gone, changed = [], []
        for row in await self._rows(_JOURNAL):
            if row.person_id == self._id or set(row.people) == {self._id}:
                gone.append((row.id,))
            elif (new := self._sentence(row)) != row.because or self._id in row.people:
                changed.append((row.id, new, array_text(self._others(row.people))))
        touched = await self._write(_DELETE_ENTRIES, ("ids",), gone)
        return touched + await self._write(_RETELL, ("ids", "sentences", "people"), changed)

    async def effects(self) -> int:
        """Of effects whose key names them only the fingerprint stays; from the others they are left out."""
        gone, changed = [], []
        for row in await self._rows(_EFFECTS):
            told = self._id in row.people
            if (told and self._is_to_go(row)) or self._unmentioned(row.key) != row.key:
                gone.append((row.id,))
                continue
            change = self._unnamed if told else self._unmentioned
            action = in_strings(without_person(row.action, self._id) if told else row.action, change)
            why, drops = in_strings(row.why, change), in_strings(row.drops, change)
            new = (self._sentence(row), why, drops, action)
            if told or new != (row.because, row.why, row.drops, row.action):
                notifies = any(is_person(one, self._id) for one in row.action.get("mentions", ()))
                people = array_text(self._others(row.people))
                changed.append((row.id, new[0], why, json_text(drops), json_text(action), people, notifies))
        touched = await self._write(_WIPE, ("ids",), gone, nobody=FORGOTTEN)
        names_ = ("ids", "sentences", "whys", "drops", "actions", "people", "notified")
        return touched + await self._write(_REDACT, names_, changed, nobody=FORGOTTEN)

    async def reasons(self) -> int:
        rows = await self._rows(_REASONS)
        changed = [(row.id, new) for row in rows if (new := self._unmentioned(row.reason)) != row.reason]
        return await self._write(_REASON, ("ids", "reasons"), changed)

    async def payloads(self) -> int:
        """Payloads that show them; those that are still to be worked off are needed, and go with time."""
        if not self._login:
            return 0
        shows, last, touched = shows_login(self._login), "", 0
        while True:
            where = {"last": last, "limit": _PAYLOADS_AT_ONCE}
            page = (await self._connection.execute(text(_PAYLOADS), where)).all()
            if not page:
                return touched
            last = page[-1].id
            found = await asyncio.to_thread(_showing, page, shows)
            touched += await self._write(
                _DROP_PAYLOADS, ("ids",), [(id_,) for id_ in found], nobody=FORGOTTEN
            )

    async def _rows(self, statement: str) -> Sequence[Row]:
        return (await self._connection.execute(text(statement), self._where)).all()

    async def _write(
        self, statement: str, names_: Sequence[str], rows: Sequence[tuple[Any, ...]], **more: str
    ) -> int:
        if not rows:
            return 0
        values = {**column_arrays(names_, sorted(rows, key=_place)), **more}
        return (await self._connection.execute(text(statement), values)).rowcount

    def _anonymizer(self, row: Row) -> Anonymizer:
        pseudonyms = {self._id: pseudonym(self._secret, row.repository_id, row.number)}
        return Anonymizer(pseudonyms, (self._login,) if self._login else ())

    def _sentence(self, row: Row) -> str:
        """A sentence without them; nothing is left of it where nobody knows what they are called."""
        if self._id not in row.people:
            return self._unmentioned(row.because)
        return self._unnamed(row.because) if self._login else FORGOTTEN

    def _unmentioned(self, written: str) -> str:
        return without_mention(written, self._login)

    def _unnamed(self, written: str) -> str:
        """For what is known to tell of them: there, what they were called once is them, too."""
        for login in (self._login, *self._former):
            written = without_name(written, login)
        return written

    def _others(self, people: Sequence[int]) -> list[int]:
        return [id_ for id_ in people if id_ != self._id]

    def _is_to_go(self, effect: Row) -> bool:
        """True where an effect's key names them, or it is nothing without them."""
        in_key = re.search(rf"(?<![0-9A-Za-z]){self._id}(?![0-9A-Za-z])", effect.key)
        return (
            in_key is not None
            or contains_login(effect.key, self._login)
            or is_person(effect.action.get("reviewer"), self._id)
        )


def shows_login(login: str) -> re.Pattern[bytes]:
    """What a payload has where it shows somebody: an account with this login, or their name with an @.

    Also a repository of theirs, and how commits tell who wrote them: by user name, and by address.
    """
    escaped = re.escape(login.encode())
    return re.compile(
        rb'"(?:login|username)":\s*"' + escaped + rb'"'
        rb'|"full_name":\s*"' + escaped + rb"/"
        rb'|["+]' + escaped + rb"@users\.noreply\."
        rb"|(?<![A-Za-z0-9])@" + escaped + rb"(?![-_]*[A-Za-z0-9])",
        re.IGNORECASE,
    )


def _showing(page: Sequence[Row], shows: re.Pattern[bytes]) -> list[str]:
    return [row.id for row in page if shows.search(isal_zlib.decompress(row.payload))]


def _place(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, row[:4]))


def _patterns_of(login: str) -> list[str]:
    """What a text with the name in it is like; whether as a whole word is looked at afterwards.

    `core.markdown.as_text` puts a character without width behind an @, and others before what is no letter.
    """
    loose = re.sub(r"[^a-z0-9]", "%", login.lower())
    return [f"%@{loose}%", f"%@\u200b{loose}%"] if login else []


def _mentions(column: str) -> str:
    # Most texts have no @ at all, and finding that out costs next to nothing.
    return f"(strpos({column}, '@') > 0 AND lower({column}) LIKE ANY(CAST(:mentions AS text[])))"


_PEOPLE = "DELETE FROM people WHERE id = :id"
_STANDINGS = "DELETE FROM standings WHERE person_id = :id"
_THREADS = "UPDATE threads SET author_id = NULL, title = '' WHERE author_id = :id"
_REVIEWS = "DELETE FROM reviews WHERE person_id = :id"
_ANSWERS = "DELETE FROM answers WHERE person_id = :id"
_MENTIONS = "DELETE FROM mentions WHERE person_id = :id"
_REQUESTS = "DELETE FROM requests WHERE person_id = :id"

_TITLES = f"SELECT repository_id, number, title FROM threads WHERE {_mentions('title')}"  # noqa: S608 - constants
_RETITLE = """UPDATE threads SET title = told.title
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:titles AS text[]))
         AS told (repository_id, number, title)
    WHERE threads.repository_id = told.repository_id AND threads.number = told.number"""

_TIMELINES = f"""SELECT repository_id, number, opening FROM timelines
    WHERE opening->'author'->>'id' = :id_text OR {_mentions("opening->>'body'")}
       OR {_mentions("opening->>'opened_title'")}"""  # noqa: S608 - constants
_REOPEN = """UPDATE timelines SET opening = told.opening
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:openings AS jsonb[]))
         AS told (repository_id, number, opening)
    WHERE timelines.repository_id = told.repository_id AND timelines.number = told.number"""

_ACTS = f"""SELECT repository_id, number, id, value FROM acts
    WHERE value->'by'->>'id' = :id_text OR value->'subject'->>'id' = :id_text
       OR value->'by'->>'is_bot' = 'true' AND strpos(lower(value->>'body'), lower(:login)) > 0
       OR {_mentions("value->>'body'")} OR {_mentions("value->>'title_before'")}
       OR {_mentions("value->>'title_after'")}
    ORDER BY repository_id, number, id"""  # noqa: S608 - constants
_REENACT = """UPDATE acts SET value = told.value
    FROM unnest(CAST(:repositories AS bigint[]), CAST(:numbers AS int[]), CAST(:ids AS text[]),
                CAST(:acts AS jsonb[])) AS told (repository_id, number, id, value)
    WHERE acts.repository_id = told.repository_id AND acts.number = told.number AND acts.id = told.id"""

_RECORDS = f"""SELECT feature, repository_id, kind, key, shadow_of, value, person_id, people FROM records
    WHERE people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("CAST(value AS text)")}"""  # noqa: S608 - constants
_RECORDS_TOLD = """unnest(CAST(:features AS text[]), CAST(:repositories AS bigint[]),
    CAST(:kinds AS text[]), CAST(:keys AS text[]), CAST(:shadows AS bigint[])"""
_SAME_RECORD = """records.feature = told.feature AND records.repository_id = told.repository_id
    AND records.kind = told.kind AND records.key = told.key AND records.shadow_of = told.shadow_of"""
_DELETE_RECORDS = f"""DELETE FROM records USING {_RECORDS_TOLD})
    AS told (feature, repository_id, kind, key, shadow_of) WHERE {_SAME_RECORD}"""  # noqa: S608 - constants
_REMEMBER = f"""UPDATE records
    SET value = told.value, people = CAST(told.people AS bigint[]), version = version + 1
    FROM {_RECORDS_TOLD}, CAST(:values AS jsonb[]), CAST(:people AS text[]))
         AS told (feature, repository_id, kind, key, shadow_of, value, people)
    WHERE {_SAME_RECORD}"""  # noqa: S608 - constants

_JOURNAL = f"""SELECT id, because, person_id, people FROM journal
    WHERE person_id = :id OR people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("because")}"""  # noqa: S608 - constants
_DELETE_ENTRIES = "DELETE FROM journal WHERE id = ANY(CAST(:ids AS bigint[]))"
_RETELL = """UPDATE journal SET because = told.because, people = CAST(told.people AS bigint[])
    FROM unnest(CAST(:ids AS bigint[]), CAST(:sentences AS text[]), CAST(:people AS text[]))
         AS told (id, because, people)
    WHERE journal.id = told.id"""

_EFFECTS = f"""SELECT id, key, because, why, drops, action, people FROM effects
    WHERE key IS NOT NULL
      AND (people @> ARRAY[CAST(:id AS bigint)] OR {_mentions("key")} OR {_mentions("because")}
           OR {_mentions("why")} OR {_mentions("CAST(drops AS text)")}
           OR {_mentions("CAST(action AS text)")})"""  # noqa: S608 - constants
# What is to be done yet, or was given up, is not to be done (again): they are not to be written to.
_OPEN = "state IN ('collecting', 'due', 'doing', 'parked')"
_WIPE = f"""UPDATE effects
    SET key = NULL, action = '{{}}', recheck = NULL, result = NULL, delivery = NULL, because = :nobody,
        why = NULL,
        drops = (SELECT coalesce(jsonb_agg('null'::jsonb), '[]') FROM jsonb_array_elements(drops)),
        people = '{{}}', state = CASE WHEN {_OPEN} THEN 'dropped' ELSE state END
    WHERE id = ANY(CAST(:ids AS bigint[]))"""  # noqa: S608 - constants
_REDACT = f"""UPDATE effects
    SET because = told.because, action = told.action, drops = told.drops,
        people = CAST(told.people AS bigint[]),
        why = CASE WHEN told.notified AND {_OPEN} THEN :nobody ELSE told.why END,
        state = CASE WHEN told.notified AND {_OPEN} THEN 'dropped' ELSE state END
    FROM unnest(CAST(:ids AS bigint[]), CAST(:sentences AS text[]), CAST(:whys AS text[]),
                CAST(:drops AS jsonb[]), CAST(:actions AS jsonb[]), CAST(:people AS text[]),
                CAST(:notified AS boolean[]))
         AS told (id, because, why, drops, action, people, notified)
    WHERE effects.id = told.id"""  # noqa: S608 - constants

_REASONS = f"SELECT id, reason FROM deliveries WHERE {_mentions('reason')}"  # noqa: S608 - constants
_REASON = """UPDATE deliveries SET reason = told.reason
    FROM unnest(CAST(:ids AS text[]), CAST(:reasons AS text[])) AS told (id, reason)
    WHERE deliveries.id = told.id"""
_PAYLOADS = """SELECT id, payload FROM deliveries
    WHERE payload IS NOT NULL AND state <> 'received' AND id > :last ORDER BY id LIMIT :limit"""
_DROP_PAYLOADS = """UPDATE deliveries
    SET payload = NULL, reason = CASE WHEN state = 'parked' THEN :nobody ELSE reason END,
        state = CASE WHEN state = 'parked' THEN 'ignored' ELSE state END
    WHERE id = ANY(CAST(:ids AS text[]))"""
_DROP_DONE = "UPDATE deliveries SET payload = NULL WHERE id = ANY(:ids) AND state = 'done'"

_FORMER = "SELECT former FROM people WHERE id = :id"
