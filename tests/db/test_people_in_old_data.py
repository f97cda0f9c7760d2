"""What the version before stored without saying whom it is about is read by its shapes alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from mentorbot.core.people import Person
from mentorbot.db import schema
from mentorbot.db.connection import text
from mentorbot.db.schema import migrate
from mentorbot.db.store import Store
from mentorbot.db.url import sqlalchemy_url
from tests.postgres import PostgresForTests

_ADA, _EVE = {"id": 7, "login": "ada"}, {"id": 8, "login": "ada-lovelace"}
# feature, kind, key, value; whose it is, and everybody in it
RECORDS: tuple[tuple[str, str, str, dict[str, Any], int | None, set[int]], ...] = (
    ("review_exchange", "entry", "7/earned/in1.pr8/review-8",
     {"outlives_people": True, "person": _ADA, "about": _EVE, "amount": 8}, 7, {7, 8}),
    ("review_exchange", "account", "7", {"last_taken_from": "…"}, 7, {7}),
    ("review_exchange", "exchange", "pr8/7",
     {"outlives_people": True, "author": _ADA, "asked": [{"person": _EVE}], "number": 8}, 7, {7, 8}),
    ("review_exchange", "waiting", "pr7/8", {"reviewer": _EVE, "author": None, "number": 7}, 8, {8}),
    ("mentoring", "pair", "7/docs", {"login": "ada", "thread": "#8"}, 7, {7}),
    ("mentoring", "bond", "7/docs", {"mentor": 8, "login": "ada-lovelace"}, 7, {7, 8}),
    ("mentoring", "story", "7/docs/00001", {"by": None, "mentor": 8, "mentor_login": "…"}, 7, {7, 8}),
    ("mentoring", "apart", "7/8", {"until": None}, 7, {7, 8}),
    ("mentoring", "listed", "ada", _ADA, 7, {7}),
    ("mentoring", "posted", "1/maintainers", {"issue": "…", "about": [7, 8]}, None, {7, 8}),
    ("mentoring", "posted", "7/8", {"issue": "…", "about": []}, None, {8}),
    ("mentoring", "for the desk", "maintainers", {"about": [8]}, None, {8}),
    ("mentoring", "tree", "seats", {}, None, set()),
    ("first_merge", "landed", "7", {"numbers": [8]}, 7, {7}),
    ("stalled", "correction", "7", {"acts": [{"by": _EVE, "id": "x"}]}, None, {8}),
    ("stalled", "helper", "7", {"person": _EVE, "team": ""}, None, {8}),
    ("stalled", "told", "7", {"in": 8, "key": "…", "rung": 7}, None, set()),
    ("help", "mute", "7", {"until": None, "by": 8}, None, set()),
    ("config_check", "changes", "pull request 7", {"head": "7"}, None, set()),
)  # fmt: skip
# key, action, because; everybody it tells of
EFFECTS: tuple[tuple[str | None, dict[str, Any], str, set[int]], ...] = (
    ("welcome/1/person 7/issue", {"key": "…", "number": 8, "body": "Hi"}, "first issue by @ada", {7}),
    ("stalled/1/pull request 7/reviewers since …/rung 1", {"mentions": [_EVE]}, "Asked", {8}),
    ("stalled/1/pull request 7/reviewers since …/rung 1/ask 8", {"reviewer": _EVE}, "Asked", {8}),
    ("stalled/1/pull request 8/label x on after 7 changes", {"number": 7}, "for @ada-lovelace.", {8}),
    ("mentoring/1/notice 7/8/2026-W01", {"title": "…"}, "the notice of week 7", {8}),
    (None, {}, "…", set()),
)


async def test_old_data_is_about_those_whom_its_shapes_name(postgres: PostgresForTests) -> None:
    url = postgres.empty_database()
    _as_before(url)

    await migrate(url)

    engine = create_engine(sqlalchemy_url(url))
    with engine.connect() as connection:
        found = connection.execute(
            sqlalchemy.text("SELECT feature, kind, key, person_id, people FROM records")
        ).all()
        told = {(row.feature, row.kind, row.key): (row.person_id, set(row.people)) for row in found}
        assert told == {(one[0], one[1], one[2]): (one[4], one[5]) for one in RECORDS}
        effects = connection.execute(sqlalchemy.text("SELECT people FROM effects ORDER BY id")).scalars()
        assert [set(people) for people in effects] == [one[3] for one in EFFECTS]
        journal = connection.execute(sqlalchemy.text("SELECT people FROM journal ORDER BY id")).scalars()
        assert [set(people) for people in journal] == [{7, 8}, set()]
    engine.dispose()
    await _forget(url, Person(8, "ada-lovelace"))
    postgres.drop(url)


async def _forget(url: str, person: Person) -> None:
    store = Store(url)
    await store.start()
    await store.forgetting.forget(person)
    async with store.database.reading() as connection:
        left = set((await connection.execute(text("SELECT feature || '/' || kind FROM records"))).scalars())
        people = (await connection.execute(text("SELECT unnest(people) FROM records"))).scalars()
    await store.close()
    gone = {f"{one[0]}/{one[1]}" for one in RECORDS} - left
    assert gone == {
        "review_exchange/waiting", "mentoring/bond", "mentoring/story", "mentoring/apart",
        "mentoring/posted", "mentoring/for the desk", "stalled/helper",
    }  # fmt: skip
    assert set(people) == {7}


def _as_before(url: str) -> None:
    engine = create_engine(sqlalchemy_url(url))
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    before = ScriptDirectory.from_config(config).get_revision("0007").down_revision
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))
        _fill(connection)
        connection.commit()
    engine.dispose()


def _fill(connection: Connection) -> None:
    for person in (_ADA, _EVE):
        connection.execute(sqlalchemy.text("INSERT INTO people VALUES (:id, :login, false, now())"), person)
    for feature, kind, key, value, *_ in RECORDS:
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO records VALUES (:feature, 1, :kind, :key, CAST(:value AS jsonb), 1)"
            ),
            {"feature": feature, "kind": kind, "key": key, "value": json.dumps(value)},
        )
    for place, (effect, action, because, _) in enumerate(EFFECTS):
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO effects (fingerprint, key, feature, kind, installation_id, repository_id,"
                " number, action, because, created_at) VALUES"
                " (:place, :key, 'f', 'Comment', 5, 1, 7, CAST(:action AS jsonb), :because, now())"
            ),
            {"place": bytes([place]), "key": effect, "action": json.dumps(action), "because": because},
        )
    for person_id, because in ((7, "for @Ada-Lovelace's 7 things"), (None, "7 of 8 things")):
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO journal (at, feature, acted, because, repository_id, person_id)"
                " VALUES (now(), 'f', true, :because, 1, :person)"
            ),
            {"because": because, "person": person_id},
        )
