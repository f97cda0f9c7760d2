"""Every kind of text, through every column that takes people's words."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB

from mentorbot.config.file import Source
from mentorbot.core.actions import Comment, Forget, Occasion, Remember
from mentorbot.core.entities import Repository
from mentorbot.core.people import Association, Person
from mentorbot.core.storable_text import storable
from mentorbot.db.bulk_rows import as_key
from mentorbot.db.connection import text
from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.effects import Effect
from mentorbot.db.ingest import ingest
from mentorbot.db.jobs import Job
from mentorbot.db.journal import DecisionNote
from mentorbot.db.store import Store
from mentorbot.db.tables import metadata
from mentorbot.domain.contributions import IngestBatch, ThreadSeen
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from tests.builders import NOW

_numbers = itertools.count(1)
_ESCAPES = st.sampled_from(
    [r"\u0000", r"\\u0000", "\\", r"\ud800", "\0", "\ud800", "\udc00", "\ud83d\ude00", '"', "{}", "$1", "%s"]
)
EVERY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.one_of(_ESCAPES, st.text(max_size=5)), max_size=8).map("".join),
)

# Written by us alone; the words in them are our own.
_OURS = {
    "effects.feature", "effects.held", "effects.kind", "effects.occasion", "effects.state",
    "effects.delivery",
    "deliveries.state", "installations.state", "journal.feature", "journal.place", "journal.delivery",
    "records.feature", "records.kind", "repositories.seeding", "rounds.round", "schemas.name",
    "schemas.version", "secrets.name", "bookmarks.name", "requests.delivery", "requests.part",
    "unread.what",
}  # fmt: skip
_COVERED = {
    "acts.id", "acts.value", "configs.sources", "configs.last_good",
    "configs.other_bots", "decisions.delivery", "decisions.part",
    "deliveries.id", "deliveries.event", "deliveries.action", "deliveries.headers", "deliveries.reason",
    "bookmarks.value", "effects.drops", "unread.why",
    "effects.key", "effects.action", "effects.because", "effects.recheck", "effects.result", "effects.why",
    "installations.account_login", "journal.because", "people.login", "records.key", "records.value",
    "repositories.cursor", "repositories.default_branch", "repositories.full_name",
    "repositories.owner_login", "threads.labels", "threads.title", "timelines.head_sha", "timelines.opening",
}  # fmt: skip


def test_every_column_of_text_is_ours_or_tested_here() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text | JSONB)
    }

    assert found == _OURS | _COVERED


async def of(store: Store, statement: str, **values: Any) -> Any:
    async with store.transaction() as connection:
        return (await connection.execute(text(statement), values)).scalar()


_everything = settings(max_examples=40, suppress_health_check=list(HealthCheck))
_LONG = "☃\ud800\0" + r"\u0000" * 30_000


@_everything
@example(words=r"the passphrase \u0000 is quoted from a proposal")
@example(words="\0\ud800")
@example(words=_LONG)
@given(words=EVERY_TEXT)
async def test_a_delivery_takes_every_text(store: Store, words: str) -> None:
    id_ = as_key(f"{next(_numbers)} {words}")
    delivery = StoredDelivery(
        id=id_, event=words, action=words, received_at=NOW, payload=words.encode("utf-8", "surrogatepass"),
        headers={words: words},
    )  # fmt: skip
    job = Job(task="t", arguments={words: [words]}, lock=words, once=id_)
    assert await store.deliveries.receive([(delivery, job)]) == {id_}
    async with store.transaction() as connection:
        await store.deliveries.park(connection, id_, reason=words, now=NOW)

    found = (await store.deliveries.load([id_]))[id_]
    clean = storable(words)
    assert (found.event, found.action, found.reason, found.headers) == (clean, clean, clean, {clean: clean})
    assert found.payload == delivery.payload
    arguments = await of(
        store, "SELECT args FROM procrastinate_jobs WHERE queueing_lock = :id", id=as_key(id_)
    )
    assert arguments == {clean: [clean]}
    async with store.transaction() as connection:
        assert await store.decisions.mark(connection, id_, [as_key(words)], now=NOW) == {as_key(words)}
    assert await store.decisions.made(id_) == {as_key(words)}


@_everything
@example(words=r"the passphrase \u0000 is quoted from a proposal")
@example(words="\0\ud800")
@example(words=_LONG)
@given(words=EVERY_TEXT)
async def test_an_effect_and_its_journal_take_every_text(store: Store, words: str) -> None:
    number, clean = next(_numbers), storable(words)
    effect = Effect(
        key=f"{number} {words}", feature="f", installation_id=5, repository_id=1, because=words,
        action=Comment(key=words, number=number, body=words, occasion=Occasion.ANSWER),
        recheck={"trigger": words},
    )  # fmt: skip
    note = DecisionNote(at=NOW, feature="f", acted=True, because=words, repository_id=1, number=number)
    async with store.transaction() as connection:
        [(id_, _)] = await store.effects.add(connection, [effect], now=NOW)
        added = replace(effect, id=id_)
        await store.journal.write(connection, [note])
    again = replace(effect, because=words)
    async with store.transaction() as connection:
        await store.effects.finish(connection, added, state="dropped", now=NOW, why=words)
        assert [one for one, _ in await store.effects.add(connection, [again], now=NOW)] == [id_]
        await store.effects.add(connection, [effect], now=NOW)
    assert await of(store, "SELECT drops ->> 0 FROM effects WHERE id = :id", id=id_) == clean
    await store.effects.put_back(id_, why=words)
    async with store.transaction() as connection:
        await store.effects.finish(connection, added, state="done", now=NOW, result={words: words}, why=words)

    found = await store.effects.keyed(f"{number} {words}")
    assert found is not None
    assert (found.key, found.because, found.recheck) == (f"{number} {clean}", clean, {"trigger": clean})
    assert isinstance(found.action, Comment)
    assert found.action.body == clean
    assert [entry.because for entry in await store.journal.about(1, number, limit=9)] == [clean]


@_everything
@example(words=r"the passphrase \u0000 is quoted from a proposal")
@example(words="\0\ud800")
@example(words=_LONG)
@given(words=EVERY_TEXT)
async def test_what_is_learned_takes_every_text(store: Store, words: str) -> None:
    number, clean = next(_numbers), storable(words)
    author = Person(number, words)
    thread = ThreadSeen(
        number=number, is_pull_request=True, author=author, association=Association.NONE, title=words,
        opened_at=NOW, labels=frozenset({words}),
    )  # fmt: skip
    act = Act(kind=ActKind.COMMENTED, at=NOW, id=words, by=author, body=words, label=words, path=words)
    twin = Act(kind=ActKind.COMMENTED, at=NOW, id=clean, by=author, body=words)
    timeline = PullRequestTimeline(
        number=number, author=author, opened_at=NOW, opened_title=words, head_sha=words, body=words
    )
    lesson = IngestBatch(
        repository_id=1, as_of=NOW, sightings=[thread], beginnings=[timeline],
        acts=[(number, act), (number, twin)], acts_on_heads=[(words, act)],
    )  # fmt: skip
    async with store.transaction() as connection:
        await ingest(connection, [lesson])

    assert await of(store, "SELECT login FROM people WHERE id = :n", n=number) == as_key(words)
    assert await of(store, "SELECT title FROM threads WHERE number = :n", n=number) == clean
    assert await of(store, "SELECT labels->>0 FROM threads WHERE number = :n", n=number) == clean
    found = await store.timelines.get(1, number)
    assert found is not None
    assert (found.opened_title, found.body, [a.body for a in found.acts]) == (clean, clean, [clean])
    assert number in {t.number for t in await store.timelines.with_head(1, words)}


@_everything
@example(words=r"the passphrase \u0000 is quoted from a proposal")
@example(words="\0\ud800")
@example(words=_LONG)
@given(words=EVERY_TEXT)
async def test_places_their_config_and_records_take_every_text(store: Store, words: str) -> None:
    number, clean = next(_numbers), storable(words)
    owner = Person(number, words)
    repository = Repository(
        id=number, full_name=f"{number}/{words}", owner=owner, private=False, archived=False,
        default_branch=words,
    )  # fmt: skip
    await store.repositories.put_installation(number, owner, state="active", as_of=NOW)
    await store.repositories.put(number, [repository], as_of=NOW)
    source = Source("repository", words, words, words)
    good = {words: [words, float("nan")]}
    await store.configs.put(number, [source], good, now=NOW)
    await store.read_failures.note(number, "reviews", why=words, now=NOW)
    await store.cursors.put(f"place {number}", {words: words})
    assert [one.why for one in await store.read_failures.of(number)] == [clean]
    assert await store.cursors.get(f"place {number}") == {clean: clean}
    async with store.transaction() as connection:
        await store.repositories.progress(connection, number, stage="threads", cursor=words, pages=1)
        action = Remember(kind="k", key=words, value={words: words})
        await store.records.remember(connection, "f", number, action)

    workplace = await store.repositories.get(number)
    assert workplace is not None
    assert (workplace.repository.default_branch, workplace.cursor) == (clean, clean)
    config = (await store.configs.load([number]))[number]
    assert config.sources[0].text == clean
    assert config.last_good == {clean: [clean, None]}
    record = await store.records.get("f", number, "k", words)
    assert record is not None
    assert record.value == {clean: clean}
    async with store.transaction() as connection:
        await store.records.forget(connection, "f", number, Forget(kind="k", key=words))
    assert await store.records.get("f", number, "k", words) is None


def test_keys_are_told_apart_however_long_they_are() -> None:
    assert as_key("x" * 300) != as_key("x" * 301)
    assert as_key("short") == "short"


@pytest.mark.parametrize("length", [300, 3_000])
def test_a_key_that_was_made_one_stays_as_it_is(length: int) -> None:
    key = as_key("☃" * length)

    assert as_key(key) == key
