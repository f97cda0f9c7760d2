"""Makes deliveries wait by the hundred thousand: copies of ones that the web server took in, made by SQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from psycopg import sql

from bench.generator import load
from bench.place import Place

_EVERY = 0.1

# What makes a copy another one; whatever else a row has stays as it is.
_DELIVERIES: Mapping[str, str] = {"id": "original.id || '-copy-' || copy"}
_JOBS: Mapping[str, str] = {
    "id": "nextval('procrastinate_jobs_id_seq')",
    "lock": "original.lock || '-' || copy %% %(spread)s",
    "args": """jsonb_set(original.args, '{delivery}', to_jsonb(
                   (original.args ->> 'delivery') || '-copy-' || copy))""",
}


class Backlog:
    """Deliveries that wait at a place where no worker runs yet. Use `backlog_at` to make one."""

    def __init__(self, at: Place, originals: int, copying: tuple[sql.Composed, sql.Composed]) -> None:
        self._at = at
        self._originals = originals
        self._copying = copying
        self._copies = 0

    async def fill(self, count: int, *, spread: int = 1) -> None:
        """Add about so many. Those of one thread are put into `spread` threads."""
        copies = max(1, round(count / self._originals))
        values = {"first": self._copies, "last": self._copies + copies - 1, "spread": spread}
        self._copies += copies
        async with self._at.connected() as connection, connection.transaction():
            for statement in self._copying:
                await connection.execute(statement, values)

    async def into_one_thread(self) -> None:
        """Have all that wait wait for one another."""
        await self._at.execute("UPDATE procrastinate_jobs SET lock = 'one thread' WHERE status = 'todo'")

    async def forget_others(self) -> None:
        """Have nothing wait but what was added here: to make a hundred thousand anew takes minutes."""
        await self._at.execute(
            "DELETE FROM procrastinate_jobs WHERE args ->> 'delivery' NOT LIKE '%%-copy-%%'"
        )
        await self._at.execute("DELETE FROM deliveries WHERE id NOT LIKE '%%-copy-%%'")

    async def settle(self) -> None:
        """Have PostgreSQL do now what it does within a minute of so much being written: clean up, and count.

        What took hours to pile up in the world was written here in seconds: measured at once, what is
        slow is the filling.
        """
        await self._at.execute("VACUUM (ANALYZE) deliveries, procrastinate_jobs, procrastinate_events")

    @asynccontextmanager
    async def fed(
        self, *, rate: float | None = None, most: int = 100, spread: int = 1
    ) -> AsyncIterator[None]:
        """Add deliveries during the block: so many a second, or as soon as fewer than `most` wait."""
        feeding = asyncio.create_task(self._feed(rate, most, spread))
        try:
            yield
        finally:
            feeding.cancel()
            with suppress(asyncio.CancelledError):
                await feeding

    async def _feed(self, rate: float | None, most: int, spread: int) -> None:
        due = 0.0
        while True:
            due = most - await self._waiting(most) if rate is None else due + rate * _EVERY
            if due >= self._originals:
                await self.fill(int(due), spread=spread)
                due -= self._originals * round(due / self._originals)
            await asyncio.sleep(_EVERY)

    async def _waiting(self, most: int) -> int:
        [(count,)] = await self._at.execute(
            "SELECT count(*) FROM (SELECT FROM procrastinate_jobs WHERE status = 'todo' LIMIT %s) AS job",
            most,
        )
        return int(count)


async def backlog_at(at: Place, *, originals: int = 50) -> Backlog:
    """Have the web server take some in, and keep them to be copied; nothing else waits then."""
    await at.forget_deliveries()
    async with at.serving("--no-worker"):
        while await at.waiting() < originals:
            await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=1)
    await at.execute("DROP TABLE IF EXISTS bench_deliveries, bench_jobs")
    await at.execute("CREATE TABLE bench_deliveries AS SELECT * FROM deliveries ORDER BY id")
    await at.execute(
        "DELETE FROM bench_deliveries WHERE id IN (SELECT id FROM bench_deliveries OFFSET %s)", originals
    )
    await at.execute(
        "CREATE TABLE bench_jobs AS SELECT job.* FROM procrastinate_jobs AS job "
        "JOIN bench_deliveries AS delivery ON delivery.id = job.args ->> 'delivery'"
    )
    await at.forget_deliveries()
    return Backlog(
        at,
        originals,
        (
            await _copying(at, "deliveries", "bench_deliveries", _DELIVERIES),
            await _copying(at, "procrastinate_jobs", "bench_jobs", _JOBS),
        ),
    )


async def more_repositories(at: Place, count: int) -> None:
    """Copies of the first one, with its configuration: so many in all, those that are there included."""
    [(there,)] = await at.execute("SELECT count(*) FROM repositories")
    first = int(there) + 1
    for table, key in (("repositories", "id"), ("configs", "repository_id")):
        await at.execute(f"DROP TABLE IF EXISTS bench_{table}")
        await at.execute(f"CREATE TABLE bench_{table} AS TABLE {table} ORDER BY {key} LIMIT 1")
        statement = await _copying(at, table, f"bench_{table}", {key: f"original.{key} + 1000000 + copy"})
        async with at.connected() as connection:
            await connection.execute(statement, {"first": first, "last": count})


async def _copying(at: Place, table: str, originals: str, changed: Mapping[str, str]) -> sql.Composed:
    """The statement that adds copies number `first` to `last` of each original."""
    found = await at.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        table,
    )
    columns = [name for (name,) in found]
    values = [
        sql.SQL(changed[name]) if name in changed else sql.SQL("original.{}").format(sql.Identifier(name))
        for name in columns
    ]
    return sql.SQL(
        "INSERT INTO {} ({}) SELECT {} "
        "FROM generate_series(%(first)s::int, %(last)s::int) AS copy, {} AS original ORDER BY copy"
    ).format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(values),
        sql.Identifier(originals),
    )
