"""SQL on psycopg's connections: statements with `:names`, and rows whose columns are attributes.

SQLAlchemy could do it, too, and a hundred times more: that took each process 20 MB and a quarter of its start
(`docs/decisions/0010`). It is loaded where migrations are missing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import namedtuple_row

if TYPE_CHECKING:

    class Row(tuple[Any, ...]):  # noqa: SLOT001 - nobody makes one
        """What a statement found: a named tuple."""

        def __getattr__(self, name: str) -> Any: ...
        def _asdict(self) -> dict[str, Any]: ...

else:
    Row = tuple

Values = Mapping[str, Any] | None
DriverConnection = psycopg.AsyncConnection[Any]

_NAME = re.compile(r"(?<![:\w]):(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as psycopg wants it; `text` makes it."""

    sql: bytes


def text(sql: str) -> Statement:
    """A statement whose values are written `:name`."""
    return Statement(_NAME.sub(r"%(\1)s", sql.replace("%", "%%")).encode())


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement did: the rows that it returned, and how many it touched."""

    rows: Sequence[Row]
    rowcount: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def all(self) -> Sequence[Row]:
        return self.rows

    def one(self) -> Row:
        """The only row. Raises ValueError where there are none, or several."""
        [row] = self.rows
        return row

    def scalar(self) -> Any:
        """The first column of the first row; None where there is no row."""
        return self.rows[0][0] if self.rows else None

    def scalars(self) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows]


class AsyncConnection:
    """A connection to the database, for one user at a time."""

    def __init__(self, driver: DriverConnection) -> None:
        self._driver = driver

    async def execute(self, statement: Statement, values: Values = None) -> Result:
        """Execute a statement. Raises psycopg.Error; its text may show rows that people wrote."""
        cursor = self._driver.cursor(row_factory=namedtuple_row)
        await cursor.execute(statement.sql, values or {})
        rows: Sequence[Any] = () if cursor.description is None else await cursor.fetchall()
        return Result(rows, cursor.rowcount)

    async def scalar(self, statement: Statement, values: Values = None) -> Any:
        """The first column of the first row that a statement finds; None where it finds none."""
        return (await self.execute(statement, values)).scalar()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        """A transaction during the block, or within one a savepoint: undone when something is raised."""
        async with self._driver.transaction():
            yield

    async def close(self) -> None:
        """Disconnect: whatever was begun is undone, whatever was held is let go."""
        await self._driver.close()
