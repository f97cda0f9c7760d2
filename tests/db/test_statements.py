"""What is written in SQL fits the tables there are: PostgreSQL plans each statement, none is run."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import psycopg

import mentorbot.db
from mentorbot.db.connection import Statement

_VALUE = re.compile(r"%\((\w+)\)s")
_NAMES_NOTHING = (
    psycopg.errors.InvalidColumnReference,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.SyntaxError,
)


def statements() -> Iterator[tuple[str, Statement]]:
    for module in pkgutil.walk_packages(mentorbot.db.__path__, "mentorbot.db."):
        if ".migrations." in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Statement):
                yield f"{module.name}.{name}", value


def test_every_statement_names_columns_and_keys_that_there_are(database_url: str) -> None:
    wrong, planned = [], 0
    with psycopg.connect(database_url, autocommit=True) as connection:
        for name, statement in statements():
            values: dict[str, int] = {}
            sql = _VALUE.sub(
                lambda found: f"${values.setdefault(found[1], len(values) + 1)}",  # noqa: B023 - called here
                statement.sql.decode(),
            ).replace("%%", "%")
            try:
                connection.execute(f"EXPLAIN (GENERIC_PLAN) {sql}".encode())
                planned += 1
            except _NAMES_NOTHING as error:
                wrong.append(f"{name}: {error}")
            except psycopg.errors.DatatypeMismatch:
                pass  # a value whose type nothing tells but who sends it
    assert wrong == []
    assert planned > 100
