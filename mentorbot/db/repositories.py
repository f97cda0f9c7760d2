"""Where the App is installed: installations, their repositories, and how far each one's past was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorbot.core.entities import Repository
from mentorbot.core.people import Person
from mentorbot.db.bulk_rows import as_key, column_arrays, json_text
from mentorbot.db.connection import AsyncConnection, Row, text
from mentorbot.db.database import DataAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledRepository:
    """A repository in an installation. `active` tells whether the bot may work there now.

    `seeding` is the stage of reading its past: waiting, threads, reviews, timelines, finished; `cursor` where
    the stage goes on, `pages` how many were read. `tidied`: all that was ours was taken back there, and
    nothing more is written.
    """

    repository: Repository
    installation_id: int
    active: bool
    seeding: str = "waiting"
    cursor: Any = None
    pages: int = 0
    seeded_at: datetime | None = None
    tidied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInstallation:
    """An account that installed the App. `state` is active, suspended or deleted."""

    id: int
    account: Person
    state: str


class Repositories(DataAccess):
    async def get(self, repository_id: int) -> InstalledRepository | None:
        row = await self._database.fetch_row(_BY_ID, {"id": repository_id})
        return _installed(row) if row else None

    async def named(self, full_name: str) -> InstalledRepository | None:
        """One repository, by present name in any case."""
        row = await self._database.fetch_row(_BY_NAME, {"name": full_name})
        return _installed(row) if row else None

    async def active(self) -> Sequence[InstalledRepository]:
        return [_installed(row) for row in await self._database.fetch(_ACTIVE)]

    async def active_ids(self, installation_id: int) -> set[int]:
        statement = text("SELECT id FROM repositories WHERE installation_id = :id AND active")
        return set(await self._database.fetch_column(statement, {"id": installation_id}))

    async def installations(self) -> Sequence[StoredInstallation]:
        """All installations that were not deleted."""
        rows = await self._database.fetch(_INSTALLATIONS)
        return [
            StoredInstallation(id=row.id, account=Person(row.account_id, row.account_login), state=row.state)
            for row in rows
        ]

    async def put(
        self, installation_id: int, repositories: Sequence[Repository], *, as_of: datetime
    ) -> set[int]:
        """Keep repositories the bot may work in; return the ids of those that were not known or not active.

        What was learned later than `as_of` stays.
        """
        rows = [
            (
                repository.id,
                installation_id,
                as_key(repository.full_name),
                repository.owner.id,
                repository.owner.login,
                repository.private,
                repository.archived,
                repository.default_branch,
                as_of,
            )
            for repository in sorted(repositories, key=lambda repository: repository.id)
        ]
        if not rows:
            return set()
        # Durable, as workers remember whom they have met, and would not write it again.
        async with self._database.transaction(durable=True) as connection:
            ids = {"ids": [row[0] for row in rows]}
            known = set((await connection.execute(_KNOWN_ACTIVE, ids)).scalars())
            put = set((await connection.execute(_PUT, column_arrays(_PUT_COLUMNS, rows))).scalars())
        return put - known

    async def put_installation(
        self, installation_id: int, account: Person, *, state: str, as_of: datetime
    ) -> None:
        """Keep an installation and its state. What was learned later than `as_of` stays."""
        await self._database.execute(
            _PUT_INSTALLATION,
            {"id": installation_id, "account": account.id, "login": account.login, "state": state,
             "as_of": as_of},
        )  # fmt: skip

    async def leave(
        self, installation_id: int, repository_ids: Sequence[int] | None, *, as_of: datetime
    ) -> Sequence[int]:
        """The bot may no longer work in these repositories (None: in none of the installation).

        Returns the ids of those left.
        """
        where = {
            "installation": installation_id,
            "all": repository_ids is None,
            "ids": list(repository_ids or ()),
            "as_of": as_of,
        }
        return await self._database.fetch_column(_LEAVE, where)

    async def rename_owner(self, account: Person) -> None:
        """An account has a new login: so have the names of its repositories."""
        await self._database.execute(_RENAME, {"id": account.id, "login": as_key(account.login)})

    async def progress(
        self,
        connection: AsyncConnection,
        repository_id: int,
        *,
        stage: str,
        cursor: Any,
        pages: int,
        now: datetime | None = None,
    ) -> None:
        """Note how far the past of a repository was read, in the transaction that writes what was read."""
        values: Mapping[str, Any] = {
            "id": repository_id,
            "stage": stage,
            "cursor": json_text(cursor),
            "pages": pages,
            "now": now,
        }
        await connection.execute(_PROGRESS, values)


def _installed(row: Row) -> InstalledRepository:
    return InstalledRepository(
        repository=Repository(
            id=row.id,
            full_name=row.full_name,
            owner=Person(row.owner_id, row.owner_login),
            private=row.private,
            archived=row.archived,
            default_branch=row.default_branch,
        ),
        installation_id=row.installation_id,
        active=row.active and row.state in {None, "active"},
        seeding=row.seeding,
        cursor=row.cursor,
        pages=row.pages,
        seeded_at=row.seeded_at,
        tidied=row.tidied,
    )


_SELECT = """SELECT repositories.*, installations.state, EXISTS (
           SELECT FROM records WHERE repository_id = repositories.id AND kind = 'tidied') AS tidied
       FROM repositories LEFT JOIN installations ON installations.id = repositories.installation_id"""
_BY_ID = text(f"{_SELECT} WHERE repositories.id = :id")
_BY_NAME = text(
    f"{_SELECT} WHERE lower(full_name) = lower(:name) ORDER BY active DESC, repositories.as_of DESC LIMIT 1"
)
_ACTIVE = text(
    f"{_SELECT} WHERE active AND coalesce(installations.state, 'active') = 'active' ORDER BY repositories.id"
)
_INSTALLATIONS = text(
    "SELECT id, account_id, account_login, state FROM installations WHERE state <> 'deleted' ORDER BY id"
)
_KNOWN_ACTIVE = text("SELECT id FROM repositories WHERE id = ANY(:ids) AND active")
_PUT_COLUMNS = (
    "ids", "installations", "names", "owners", "logins", "private", "archived", "branches", "moments",
)  # fmt: skip
_PUT = text(
    """INSERT INTO repositories AS known (id, installation_id, full_name, owner_id, owner_login,
                                          private, archived, default_branch, as_of)
       SELECT * FROM unnest(
           CAST(:ids AS bigint[]), CAST(:installations AS bigint[]), CAST(:names AS text[]),
           CAST(:owners AS bigint[]), CAST(:logins AS text[]), CAST(:private AS boolean[]),
           CAST(:archived AS boolean[]), CAST(:branches AS text[]), CAST(:moments AS timestamptz[]))
       ON CONFLICT (id) DO UPDATE
           SET installation_id = excluded.installation_id, full_name = excluded.full_name,
               owner_id = excluded.owner_id, owner_login = excluded.owner_login, private = excluded.private,
               archived = excluded.archived, default_branch = excluded.default_branch,
               as_of = excluded.as_of, active = true
           WHERE excluded.as_of >= known.as_of
       RETURNING id"""
)
_PUT_INSTALLATION = text(
    """INSERT INTO installations AS known (id, account_id, account_login, state, as_of)
       VALUES (:id, :account, :login, :state, :as_of)
       ON CONFLICT (id) DO UPDATE
           SET account_login = excluded.account_login, state = excluded.state, as_of = excluded.as_of
           WHERE excluded.as_of >= known.as_of AND known.state <> 'deleted'"""
)
_LEAVE = text(
    """UPDATE repositories SET active = false, as_of = :as_of
       WHERE installation_id = :installation AND active AND (:all OR id = ANY(:ids)) AND as_of <= :as_of
       RETURNING id"""
)
_RENAME = text(
    """UPDATE repositories
       SET owner_login = :login, full_name = :login || '/' || split_part(full_name, '/', 2)
       WHERE owner_id = :id"""
)
_PROGRESS = text(
    """UPDATE repositories
       SET seeding = :stage, cursor = CAST(:cursor AS jsonb), pages = :pages,
           seeded_at = CASE WHEN :stage = 'finished' THEN :now ELSE seeded_at END
       WHERE id = :id"""
)
