"""However few connections there are: who holds one never waits for a second, so that all go on."""

from __future__ import annotations

import ast
from pathlib import Path

import mentorbot
from mentorbot.core.actions import AddLabel, Comment, Occasion
from mentorbot.core.plan import plan
from mentorbot.db.database import Database
from mentorbot.db.store import Store
from mentorbot.engine.decide import Decision
from mentorbot.engine.persist import persist
from tests.builders import NOW, a_repository
from tests.engine.office import a_pull_by
from tests.engine.test_command_quota import Writer, an_office_that_labels
from tests.stored_effects import effects_of


async def test_what_was_decided_is_written_over_one_connection(database_url: str) -> None:
    store = Store(database_url, database=Database(database_url, most_connections=1))
    actions = (
        AddLabel(key="label", number=1, label="new"),
        Comment(key="hello", number=1, body="Hello", occasion=Occasion.CELEBRATION),
    )
    decision = Decision(
        feature="greeter",
        repository=a_repository(),
        installation_id=5,
        plan=plan(*actions, because="they are new"),
        at=NOW,
        number=1,
    )
    async with store.transaction() as connection:
        await persist(connection, store, [decision], now=NOW)

    assert len(await effects_of(store, 1)) == 2
    await store.close()


async def test_many_at_once_get_by_with_two_connections(database_url: str) -> None:
    store = Store(database_url, database=Database(database_url, most_connections=2))
    await store.start()
    office = an_office_that_labels(store)
    ada = Writer(office)
    for number in range(10, 16):
        await office.hear("pull_request", a_pull_by(f"p{number}", id_=number, number=number))
        await ada.write(f"/label l{number}", number=number)

    await office.work()

    assert {f"Hello @p{number}" for number in range(10, 16)} <= set(office.said)
    await store.close()


def test_whatever_is_awaited_while_a_connection_is_held_is_given_it() -> None:
    forgotten = [
        f"{file}:{awaited.lineno} {ast.unparse(awaited.value)}"
        for file in sorted(Path(mentorbot.__file__).parent.rglob("*.py"))
        for block in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(block, ast.AsyncWith) and any(map(is_held, block.items))
        for awaited in ast.walk(ast.Module(block.body, []))
        if isinstance(awaited, ast.Await) and isinstance(awaited.value, ast.Call)
        if "connection" not in ast.unparse(awaited.value)
    ]
    assert forgotten == []


def is_held(item: ast.withitem) -> bool:
    """True for `store.transaction(…) as connection` and `database.reading() as connection`."""
    called = item.context_expr.func if isinstance(item.context_expr, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in {"transaction", "reading"}
