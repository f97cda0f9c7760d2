"""Config files as last read, so that later events cost no question to GitHub; and the last good ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from mentorbot.config.file import Source
from mentorbot.config.other_bots.reading import Habit, OtherBot
from mentorbot.db.bulk_rows import json_text
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.database import DataAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConfig:
    """The files as last read. `stale` asks for a new look; `version` grows with that, and when they change.

    `other_bots` are those whose own files were found beside them; None where GitHub didn't tell. `mode_since`
    is since when nothing is written to the repository (`shadow`), or something is; None where that never was
    otherwise.
    """

    sources: tuple[Source, ...]
    last_good: Mapping[str, Any]
    version: int
    fetched_at: datetime
    stale: bool
    other_bots: tuple[OtherBot, ...] | None = None
    shadow: bool = False
    mode_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfigVersion:
    """Which version of a repository's files is stored, and whether it asks for a new look at GitHub's."""

    version: int
    stale: bool


class ConfigStore(DataAccess):
    async def versions(self, repository_ids: Collection[int]) -> dict[int, ConfigVersion]:
        """The versions of stored files, without the files; by repository id."""
        rows = await self._database.fetch(_VERSIONS, {"ids": sorted(repository_ids)})
        return {row.repository_id: ConfigVersion(row.version, row.stale) for row in rows}

    async def load(self, repository_ids: Collection[int]) -> dict[int, StoredConfig]:
        """The files of repositories, as far as they were read before; by repository id."""
        rows = await self._database.fetch(_LOAD, {"ids": sorted(repository_ids)})
        return {
            row.repository_id: StoredConfig(
                sources=tuple(Source(**source) for source in row.sources),
                last_good=row.last_good,
                version=row.version,
                fetched_at=row.fetched_at,
                stale=row.stale,
                other_bots=_as_bots(row.other_bots),
                shadow=row.shadow,
                mode_since=row.mode_since,
            )
            for row in rows
        }

    async def put(
        self,
        repository_id: int,
        sources: Sequence[Source],
        last_good: Mapping[str, Any],
        *,
        now: datetime,
        other_bots: Sequence[OtherBot] | None = None,
        shadow: bool = False,
        seen: int | None = None,
        within: AsyncConnection | None = None,
    ) -> None:
        """Keep files just read. The version grows only where they differ from those before.

        `shadow` is whether they say that nothing is to be written; `within` is the transaction under way.
        `seen` is the version that was kept when reading began: where it is another one by now, a new look was
        asked for meanwhile, or somebody else had one, and nobody knows which of the two is the later.
        """
        stored = [
            {"origin": s.origin, "full_name": s.full_name, "path": s.path, "text": s.text} for s in sources
        ]
        values = {
            "repository": repository_id,
            "sources": json_text(stored),
            "last_good": json_text(last_good),
            "other_bots": None if other_bots is None else json_text(_as_stored(other_bots)),
            "now": now,
            "shadow": shadow,
            "seen": seen,
        }
        await (within.execute(_PUT, values) if within else self._database.execute(_PUT, values))

    async def is_in_shadow(self, repository_id: int, *, within: AsyncConnection | None = None) -> bool | None:
        """Whether nothing is to be written to a repository; None where its files were never read."""
        where = {"repository": repository_id}
        if within is not None:
            found: bool | None = await within.scalar(_IS_IN_SHADOW, where)
            return found
        return cast("bool | None", await self._database.fetch_value(_IS_IN_SHADOW, where))

    async def mark_stale(self, *, repository_id: int | None = None, owner_id: int | None = None) -> None:
        """Ask for a new look: at a repository's files, or at those of all repositories of an owner."""
        await self._database.execute(_STALE, {"repository": repository_id, "owner": owner_id})

    async def in_need_of_a_look(self, *, read_before: datetime) -> Sequence[int]:
        """Repositories we work in whose files are stale or were last read before that moment."""
        return await self._database.fetch_column(_OLD, {"moment": read_before})


def _as_stored(bots: Sequence[OtherBot]) -> list[dict[str, Any]]:
    return [
        {"name": bot.name, "path": bot.path, "line": bot.line, "habits": [habit.name for habit in bot.habits]}
        for bot in bots
    ]


def _as_bots(stored: Sequence[Mapping[str, Any]] | None) -> tuple[OtherBot, ...] | None:
    """Habits are kept by name; one that is not known (any more) is none."""
    if stored is None:
        return None
    return tuple(
        OtherBot(
            name=bot["name"],
            path=bot["path"],
            line=bot["line"],
            habits=tuple(Habit[name] for name in bot["habits"] if name in Habit.__members__),
        )
        for bot in stored
    )


_VERSIONS = text("SELECT repository_id, version, stale FROM configs WHERE repository_id = ANY(:ids)")
_LOAD = text(
    """SELECT repository_id, sources, last_good, version, fetched_at, stale, other_bots, shadow, mode_since
       FROM configs WHERE repository_id = ANY(:ids)"""
)
_PUT = text(
    """INSERT INTO configs AS known (
           repository_id, sources, last_good, other_bots, version, fetched_at, stale, shadow, mode_since)
       VALUES (:repository, CAST(:sources AS jsonb), CAST(:last_good AS jsonb),
           CAST(:other_bots AS jsonb), 1, :now, false, :shadow,
           CASE WHEN CAST(:shadow AS boolean) THEN CAST(:now AS timestamptz) END)
       ON CONFLICT (repository_id) DO UPDATE
           SET version = known.version + CASE
                   WHEN (known.sources, known.last_good, known.shadow)
                      = (excluded.sources, excluded.last_good, excluded.shadow)
                       AND known.other_bots IS NOT DISTINCT FROM excluded.other_bots THEN 0
                   ELSE 1 END,
               sources = excluded.sources, last_good = excluded.last_good,
               other_bots = excluded.other_bots, fetched_at = excluded.fetched_at,
               stale = coalesce(known.version <> CAST(:seen AS int), false),
               shadow = excluded.shadow,
               mode_since = CASE WHEN known.shadow = excluded.shadow THEN known.mode_since
                   ELSE excluded.fetched_at END"""
)
_IS_IN_SHADOW = text("SELECT shadow FROM configs WHERE repository_id = :repository")
_STALE = text(
    """UPDATE configs SET stale = true, version = version + 1
       WHERE repository_id = :repository
          OR repository_id IN (SELECT id FROM repositories WHERE owner_id = :owner)"""
)
_OLD = text(
    """SELECT configs.repository_id FROM configs JOIN repositories ON repositories.id = configs.repository_id
       WHERE repositories.active AND (configs.stale OR configs.fetched_at < :moment)
       ORDER BY configs.fetched_at"""
)
