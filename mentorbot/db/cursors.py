"""Where the program goes on after a restart: what has a place of its own nowhere else."""

from __future__ import annotations

from typing import Any

from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess

SINCE_BACKUP = "deliveries since the backup"
"""The cursor that a restore leaves behind: what was delivered after its `until` is not in the store."""


class Cursors(DataAccess):
    """Reads and writes cursors, by name; the table calls them bookmarks."""

    async def get(self, name: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = await self._database.fetch_value(_GET, {"name": name})
        return found

    async def put(self, name: str, value: dict[str, Any]) -> None:
        await self._database.execute(_PUT, {"name": name, "value": json_text(value)})

    async def remove(self, name: str) -> None:
        await self._database.execute(_REMOVE, {"name": name})


_REMOVE = text("DELETE FROM bookmarks WHERE name = :name")
_GET = text("SELECT value FROM bookmarks WHERE name = :name")
_PUT = text(
    """INSERT INTO bookmarks (name, value) VALUES (:name, CAST(:value AS jsonb))
       ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
)
