"""Which of procrastinate's schemas the database has, and whether the installed package fits it.

Our first migration lays down the schema of the procrastinate that is installed; procrastinate itself keeps no
note of it. A newer one may call functions that are not there.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from mentorbot.db.connection import AsyncConnection, text

NAME = "procrastinate"


def bundled_version() -> str:
    """The last migration of procrastinate's schema that the installed package brings: "03.04.00_50"."""
    package = find_spec("procrastinate")  # without loading it
    folder = Path(package.origin or "").parent if package is not None else Path()
    last = max(file.name for file in (folder / "sql" / "migrations").glob("*.sql"))
    return "_".join(last.split("_")[:2])


async def mismatch(connection: AsyncConnection) -> str | None:
    """What is wrong and how to mend it; None where database and package fit, or nothing is there yet."""
    if await connection.scalar(text("SELECT to_regclass('schemas')")) is None:
        return None
    found = await connection.scalar(text("SELECT version FROM schemas WHERE name = :name"), {"name": NAME})
    if found == (installed := bundled_version()):
        return None
    return (
        f"The database has procrastinate's schema {found}, the installed procrastinate needs {installed}: "
        "install the version that requirements.lock names (`make run` does; or `pip install --require-hashes "
        "-r requirements.lock`), or the mentorbot that belongs to the database."
    )
