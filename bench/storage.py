"""What a delivery and an entry of the journal take on disk, and what is written for a delivery."""

from __future__ import annotations

import asyncio

from bench.figures import Figure
from bench.generator import load
from bench.place import Place
from bench.processes import mentorbot, running
from bench.signed import SIZE

_ENTRIES = 10_000
_PATIENCE = 300.0


async def storage(at: Place) -> list[Figure]:
    """Taken in, worked off, and two weeks later, when payloads are dropped."""
    await at.forget_deliveries()
    begin = await written(at)
    async with at.serving("--no-worker"):
        await load(at.webhook, secret=at.secret, payloads=at.payloads, seconds=2)
    count, taken = await at.waiting(), await written(at)
    async with running(*mentorbot("worker"), env=at.env), asyncio.timeout(_PATIENCE):
        while await at.waiting():  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.5)
    done = await written(at)
    kept = await _size_of(at, "deliveries") / count
    await at.execute("UPDATE deliveries SET payload = NULL")
    dropped = await _size_of(at, "deliveries") / count
    await fill_journal(at, _ENTRIES)
    entry = await _size_of(at, "journal") / _ENTRIES
    wal = (taken - begin) / count, (done - taken) / count
    return [
        Figure(
            key="storage",
            what=f"on disk, a delivery of {SIZE // 1000} KB",
            measured=(
                f"{kept:,.0f} bytes, {dropped:,.0f} without its payload, {entry:,.0f} an entry of the "
                f"journal; write-ahead log {wal[0]:,.0f} bytes taking it in, {wal[1]:,.0f} working it off"
            ),
            values={
                "delivery_bytes": round(kept),
                "dropped_bytes": round(dropped),
                "journal_bytes": round(entry),
                "wal_taken_bytes": round(wal[0]),
                "wal_done_bytes": round(wal[1]),
            },
        )
    ]


async def written(at: Place) -> int:
    """Bytes of write-ahead log so far."""
    [(position,)] = await at.execute("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
    return int(position)


async def fill_journal(at: Place, count: int) -> None:
    """So many entries, as those of half a year in one repository."""
    await at.execute("TRUNCATE journal CASCADE")
    await at.execute(
        "INSERT INTO journal "
        "(at, feature, acted, because, repository_id, number, person_id, delivery, decision, people) "
        "SELECT now() - n * interval '15 seconds', 'welcome', false, "
        "'I left it alone: @ada was here before, number ' || n, (SELECT min(id) FROM repositories), "
        "1 + n %% 20000, 1000 + n %% 5000, 'earlier-' || n, gen_random_uuid(), ARRAY[1000 + n %% 5000] "
        "FROM generate_series(1, %s) AS n",
        count,
    )
    await at.execute("ANALYZE journal")


async def _size_of(at: Place, table: str) -> int:
    """Bytes of a table with its indexes, tightly packed."""
    async with at.connected() as connection:
        await connection.execute(f"VACUUM FULL {table}".encode())
        [(size,)] = await (
            await connection.execute("SELECT pg_total_relation_size(%s::regclass)", (table,))
        ).fetchall()
    return int(size)
