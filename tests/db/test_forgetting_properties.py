"""Whoever is forgotten, whatever they are called and whatever numbers there are: the others lose nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorbot.core.actions import OUTLIVES_PEOPLE, Remember
from mentorbot.core.people import Association, Person
from mentorbot.db.connection import text
from mentorbot.db.journal import DecisionNote
from mentorbot.db.store import Store
from mentorbot.db.tables import metadata
from mentorbot.domain.contributions import AnswerSeen, IngestBatch, ReviewSeen, ThreadSeen
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from tests.builders import NOW
from tests.db.test_forgetting import a_comment, add, an_effect, deliver, keep, learn, write

LOGINS = (
    "ada",
    "ada-lovelace",
    "lovelace-ada",
    "ada_x",
    "x_ada",
    "Ad",
    "adam",
    "a",
    "ada-a",
    "a-ada",
    "7",
    "id",
)
TABLES = [table.name for table in metadata.sorted_tables if table.name not in {"secrets", "schemas"}]
SERIAL = {"effects": ("id", "fingerprint"), "journal": ("id",), "mentions": ("effect_id",)}


@dataclass(frozen=True)
class Fact:
    """Something that is stored about people, of whom the first is whose it is; `number` is any number."""

    kind: str
    people: tuple[int, ...]
    number: int


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Sequence[Person], Sequence[Fact]]:
    """People with nasty names and numbers, and what is stored about them. The first is to be forgotten."""
    logins = draw(st.lists(st.sampled_from(LOGINS), min_size=2, max_size=5, unique_by=str.lower))
    ids = draw(st.lists(st.integers(1, 12), min_size=len(logins), max_size=len(logins), unique=True))
    people = [Person(id_, login) for id_, login in zip(ids, logins, strict=True)]
    some = st.lists(st.integers(0, len(people) - 1), max_size=3, unique=True).map(tuple)
    facts = st.builds(Fact, kind=st.sampled_from(sorted(TELL)), people=some, number=st.integers(1, 12))
    return people, draw(
        st.lists(facts, min_size=1, max_size=12, unique_by=lambda fact: (fact.kind, fact.number))
    )


async def tell_acts(store: Store, people: Sequence[Person], number: int) -> None:
    by, subject = (*people, None, None)[:2]
    body = f"#{number}, {number}: {_named(people)}!"
    acts = (
        Act(kind=ActKind.COMMENTED, at=NOW, id=f"comment-{number}", by=by, subject=subject, body=body),
        Act(kind=ActKind.PUSHED, at=NOW, id=f"push-{number}", sha=str(number), body="checks"),
    )
    opening = PullRequestTimeline(
        number=number, author=by, opened_at=NOW, opened_title=f"Fix {_named(people)}", acts=acts,
        head=f"{by.login if by else ''}:fix-{number}",
    )  # fmt: skip
    await learn(store, IngestBatch(repository_id=number, as_of=NOW, timelines=(opening,)))


async def tell_threads(store: Store, people: Sequence[Person], number: int) -> None:
    author = people[0] if people else None
    seen = ThreadSeen(
        number=number, is_pull_request=True, author=author, association=Association.MEMBER,
        title=f"{number} {_named(people)}", opened_at=NOW,
    )  # fmt: skip
    others = [
        one
        for person in people
        for one in (
            ReviewSeen(number=number, by=person, at=NOW),
            AnswerSeen(number=number, by=person, at=NOW),
        )
    ]
    await learn(store, IngestBatch(repository_id=number, as_of=NOW, sightings=(seen, *others)))


async def tell_note(store: Store, people: Sequence[Person], number: int) -> None:
    ids = tuple(person.id for person in people)
    because = f"{number} things in #{number} for {_named(people)}."
    note = DecisionNote(at=NOW, feature="f", acted=True, because=because, repository_id=number, number=number,
                person_id=ids[0] if ids else None, people=ids)  # fmt: skip
    await write(store, note)


async def tell_effect(store: Store, people: Sequence[Person], number: int) -> None:
    key = f"person {people[0].id}/{number}th" if people else f"pull request x{number}/rung 1"
    comment = a_comment(key, *people, body=f"{number}: {_named(people)}", number=number)
    await add(store, an_effect(comment, *people, because=f"{number} by {_named(people)}"))


async def tell_shared_effect(store: Store, people: Sequence[Person], number: int) -> None:
    comment = a_comment(f"pull request x{number}/rung 1", *people, body=f"{number}: {_named(people)}")
    await add(store, an_effect(comment, *people, because=f"{number} by {_named(people)}"))


async def tell_record(store: Store, people: Sequence[Person], number: int) -> None:
    ids = [person.id for person in people]
    value = {"comment": number, "numbers": [number], "who": [_json(person) for person in people]}
    whose = ids[0] if ids else None
    await keep(store, Remember(kind="own", key=str(number), value=value, whose=whose, about=tuple(ids)))


async def tell_shared_record(store: Store, people: Sequence[Person], number: int) -> None:
    ids = tuple(person.id for person in people)
    value = {
        OUTLIVES_PEOPLE: True,
        "id": number,
        "count": [number],
        "text": f"{number} {_named(people)}",
        "acts": [{"by": _json(person), "id": number} for person in people],
        "person": _json(people[0]) if people else None,
    }
    await keep(store, Remember(kind="shared", key=f"pr{number}", value=value, about=ids))


async def tell_delivery(store: Store, people: Sequence[Person], number: int) -> None:
    payload = {"number": number, "id": number, "users": [_json(person) for person in people]}
    await deliver(store, f"d-{number}", payload, state="done")


TELL = {
    "acts": tell_acts,
    "threads": tell_threads,
    "note": tell_note,
    "effect": tell_effect,
    "shared effect": tell_shared_effect,
    "record": tell_record,
    "shared record": tell_shared_record,
    "delivery": tell_delivery,
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds())
def test_forgetting_one_leaves_exactly_what_is_about_the_others(
    database_url: str, world: tuple[Sequence[Person], Sequence[Fact]]
) -> None:
    asyncio.run(_check(database_url, *world))


async def _check(url: str, people: Sequence[Person], facts: Sequence[Fact]) -> None:
    store = Store(url)
    await store.start()
    try:
        without = await _told(store, people, [fact for fact in facts if 0 not in fact.people])
        await _told(store, people, facts)
        await store.forgetting.forget(people[0])
        after = await _rows(store)
    finally:
        await store.close()
    for table in TABLES:
        left = list(after[table])
        for row in without[table]:
            if table == "people":  # how they are called is told by other facts, too
                continue
            assert row in left, f"{table} lost {row}"
            left.remove(row)
        for row in left:
            problems = list(_traces(row, people[0], table))
            assert not problems, f"{table} still tells: {row}"


async def _told(
    store: Store, people: Sequence[Person], facts: Sequence[Fact]
) -> dict[str, list[dict[str, Any]]]:
    async with store.transaction() as connection:
        await connection.execute(text(f"TRUNCATE {', '.join(TABLES)}"))
    for fact in facts:
        await TELL[fact.kind](store, [people[place] for place in fact.people], fact.number)
    return await _rows(store)


async def _rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    found = {}
    async with store.database.reading() as connection:
        for table in TABLES:
            rows = await connection.execute(text(f"SELECT to_jsonb(t)::text FROM {table} AS t"))  # noqa: S608 - our own tables
            found[table] = [_plain(json.loads(row), table) for row in rows.scalars()]
    return found


def _plain(row: dict[str, Any], table: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in SERIAL.get(table, ())}


def _traces(row: Any, who: Person, table: str) -> Iterator[str]:
    """Where a row has the person: their id where a person stands, their login as a whole word with an @."""
    for name, value in row.items():
        if name in {"person_id", "author_id"} and value == who.id:
            yield name
        if name == "people" and table != "people" and who.id in value:
            yield name
        yield from _traces_in(value, who)


def _traces_in(value: Any, who: Person) -> Iterator[str]:
    if isinstance(value, dict):
        if "login" in value and (value.get("id") == who.id or value["login"].lower() == who.login.lower()):
            yield "a person"
        for one in value.values():
            yield from _traces_in(one, who)
    elif isinstance(value, list):
        for one in value:
            yield from _traces_in(one, who)
    elif isinstance(value, str) and any(_mine(word, who) for word in value.split()):
        yield value


def _mine(word: str, who: Person) -> bool:
    """Told by other means than the program's own: whatever stands around an @login can't be part of one."""
    found = re.fullmatch(r"\W*@([\w-]*\w)\W*|([\w-]+):fix-\d+", word)
    return found is not None and (found[1] or found[2]).lower() == who.login.lower()


def _named(people: Sequence[Person]) -> str:
    return ", ".join(f"@{person.login}" for person in people) or "nobody"


def _json(person: Person) -> dict[str, Any]:
    return {"id": person.id, "login": person.login}
