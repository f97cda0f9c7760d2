"""Looks through what a bot has stored: everybody who is told of somewhere has to be declared there.

What isn't declared isn't found when somebody asks to be forgotten, but for names with an @, which are
searched for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mentorbot.db.connection import text
from mentorbot.db.store import Store
from mentorbot.domain.anonymization import contains_login, people_in, without_mention

_LOOKED_THROUGH = {
    "records": "SELECT feature, kind, key, value, people FROM records",
    "effects": "SELECT key, because, why, action, people FROM effects WHERE key IS NOT NULL",
    "journal": "SELECT feature, because, person_id, people FROM journal",
}


async def undeclared(store: Store, people: Mapping[int, str]) -> list[str]:
    """Where somebody is told of whom the row doesn't name. `people` are all there are, with their logins."""
    found = []
    async with store.database.reading() as connection:
        former = set((await connection.execute(text("SELECT lower(unnest(former)) FROM people"))).scalars())
        people = {id_: login for id_, login in people.items() if login.lower() not in former}
        for table, statement in _LOOKED_THROUGH.items():
            for row in (row._asdict() for row in await connection.execute(text(statement))):
                declared = set(row["people"]) | {row.get("person_id")}
                found += [
                    f"{table}: {people[id_]} ({id_}) in {json.dumps(dict(row), ensure_ascii=False)}"
                    for id_ in sorted(set(_told_of(row, people)) - declared)
                ]
    return found


def _told_of(row: Mapping[Any, Any], people: Mapping[int, str]) -> Iterator[int]:
    written = [one for name, value in row.items() if name != "people" for one in _strings(value)]
    numbers = {
        int(number) for number in re.findall(r"(?<![0-9A-Za-z])\d+(?![0-9A-Za-z])", row.get("key") or "")
    }
    # A login may have been somebody else's before: the one who is meant is there with their id.
    meant = {login.lower() for value in (row.get("value"), row.get("action")) for login in _logins(value)}
    for id_, login in people.items():
        named = login.lower() not in meant and any(
            contains_login(without_mention(one, login), login) for one in written
        )
        if id_ in numbers or named:
            yield id_
    for value in (row.get("value"), row.get("action")):
        yield from (id_ for id_ in people_in(value) if id_ in people)


def _logins(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "id" in value and "login" in value:
            yield value["login"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _logins(one)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
