"""What could not be read of a repository: not knowing is told as such, and ends when it is read after all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """A part of a repository that GitHub did not let us read, with its reason, and since when."""

    repository_id: int
    what: str
    why: str
    since: datetime


class ReadFailures(DataAccess):
    async def note(self, repository_id: int, what: str, *, why: str, now: datetime) -> None:
        """It could not be read, again perhaps: then the reason is the last one, the moment the first."""
        values = {"repository": repository_id, "what": what, "why": why, "now": now}
        await self._database.execute(_NOTE, values)

    async def clear(self, repository_id: int, what: Collection[str]) -> None:
        await self._database.execute(_CLEAR, {"repository": repository_id, "what": list(what)})

    async def of(self, repository_id: int) -> list[ReadFailure]:
        """What is unread of one repository, the longest first."""
        return await self._some({"all": False, "repository": repository_id})

    async def all(self) -> list[ReadFailure]:
        """What is unread anywhere that the bot may work."""
        return await self._some({"all": True, "repository": 0})

    async def _some(self, where: dict[str, object]) -> list[ReadFailure]:
        return [ReadFailure(**row._asdict()) for row in await self._database.fetch(_SOME, where)]


_NOTE = text(
    """INSERT INTO unread (repository_id, what, why, since) VALUES (:repository, :what, :why, :now)
       ON CONFLICT (repository_id, what) DO UPDATE SET why = excluded.why"""
)
_CLEAR = text("DELETE FROM unread WHERE repository_id = :repository AND what = ANY(:what)")
_SOME = text(
    """SELECT repository_id, what, why, since FROM unread JOIN repositories ON id = repository_id
       WHERE active AND (:all OR repository_id = :repository) ORDER BY since, repository_id, what"""
)
