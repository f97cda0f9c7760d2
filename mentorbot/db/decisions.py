"""Which parts of a delivery were decided already, so that working it off again does not decide them twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess


class Decisions(DataAccess):
    async def made(self, delivery: str) -> set[str]:
        made = text("SELECT part FROM decisions WHERE delivery = :delivery")
        return set(await self._database.fetch_column(made, {"delivery": delivery}))

    async def mark(
        self, connection: AsyncConnection, delivery: str, parts: Sequence[str], *, now: datetime
    ) -> set[str]:
        """Mark parts as decided; return those that were not before (the others are somebody else's)."""
        rows = await connection.execute(
            text(
                """INSERT INTO decisions (delivery, part, at)
                   SELECT :delivery, part, CAST(:now AS timestamptz) FROM unnest(CAST(:parts AS text[])) AS
                   part
                   ON CONFLICT DO NOTHING RETURNING part"""
            ),
            {"delivery": delivery, "parts": sorted(parts), "now": now},
        )
        return set(rows.scalars())

    async def unmark(self, connection: AsyncConnection, delivery: str, parts: Collection[str]) -> None:
        """Take marks back, in the same transaction: these parts have to be decided again."""
        if parts:
            await connection.execute(
                text("DELETE FROM decisions WHERE delivery = :delivery AND part = ANY(:parts)"),
                {"delivery": delivery, "parts": list(parts)},
            )
