"""The clock's memory: which due moment of which schedule was taken care of last."""

from __future__ import annotations

from datetime import datetime

from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess


class ScheduleRuns(DataAccess):
    async def last_due(self) -> dict[tuple[int, str], datetime]:
        """The last due moment taken care of, by repository id and round."""
        rows = await self._database.fetch(text("SELECT repository_id, round, due_at FROM rounds"))
        return {(row.repository_id, row.round): row.due_at for row in rows}

    async def take(
        self,
        connection: AsyncConnection,
        repository_id: int,
        round_: str,
        *,
        due_at: datetime,
        last: datetime | None,
    ) -> bool:
        """Take care of a due moment; False where somebody else did since `last` was read."""
        values = {"repository": repository_id, "round": round_, "due_at": due_at, "last": last}
        statement = _BEGIN if last is None else _ADVANCE
        return (await connection.execute(statement, values)).rowcount == 1


_BEGIN = text(
    """INSERT INTO rounds (repository_id, round, due_at) VALUES (:repository, :round, :due_at)
       ON CONFLICT DO NOTHING"""
)
_ADVANCE = text(
    """UPDATE rounds SET due_at = :due_at
       WHERE repository_id = :repository AND round = :round AND due_at = :last"""
)
