from __future__ import annotations

import asyncio
import socket

import psycopg
import pytest

from mentorbot.db.connection import AsyncConnection, text
from mentorbot.db.connection_pool import ConnectionPool, PoolExhausted
from tests.patience import PATIENCE

_WHO = text("SELECT pg_backend_pid()")


def a_pool(url: str, *, most: int = 2, turn: float = PATIENCE) -> ConnectionPool:
    return ConnectionPool(url, kept=1, most=most, settings={"application_name": "tested"}, turn=turn)


async def who_serves(pool: ConnectionPool) -> int:
    async with pool.connection() as connection:
        return int(await connection.scalar(_WHO))


async def test_one_connection_serves_one_user_after_the_other_with_its_settings(database_url: str) -> None:
    pool = a_pool(database_url)
    assert await who_serves(pool) == await who_serves(pool)
    async with pool.connection() as connection:
        assert await connection.scalar(text("SHOW application_name")) == "tested"
    await pool.close()


async def test_a_connection_that_the_server_hung_up_is_not_lent_again(database_url: str) -> None:
    pool = a_pool(database_url)
    first = await who_serves(pool)
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as other:
        # The second number: it waits so many milliseconds until that one has gone.
        await other.execute("SELECT pg_terminate_backend(%s, 10000)", [first])
    assert await who_serves(pool) != first
    await pool.close()


async def test_after_one_broke_in_use_the_others_are_not_lent_either(database_url: str) -> None:
    pool = ConnectionPool(database_url, kept=2, most=2, settings={})
    async with pool.connection() as one:
        resting = await who_serves(pool)
        with pytest.raises(psycopg.OperationalError):
            await one.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert await who_serves(pool) != resting
    await pool.close()


async def test_what_somebody_left_undone_is_not_handed_on(database_url: str) -> None:
    pool = a_pool(database_url)
    async with pool.connection() as connection:
        first = await connection.scalar(_WHO)
        await connection.execute(text("BEGIN"))
        await connection.execute(text("INSERT INTO secrets (name, value) VALUES ('left', 'undone')"))
    async with pool.connection() as connection:
        assert await connection.scalar(_WHO) != first
        assert await connection.scalar(text("SELECT count(*) FROM secrets WHERE name = 'left'")) == 0
    await pool.close()


async def test_whoever_gave_up_waiting_for_an_answer_leaves_nothing_behind(database_url: str) -> None:
    pool = a_pool(database_url, most=1)
    asked = asyncio.Event()

    async def ask() -> None:
        async with pool.connection() as connection:
            asked.set()
            await connection.execute(text("SELECT pg_sleep(60)"))

    asking = asyncio.create_task(ask())
    await asked.wait()
    asking.cancel()
    await asyncio.wait([asking])

    assert await who_serves(pool)
    await pool.close()


async def test_who_comes_too_many_waits_for_a_turn_and_is_told_when_there_is_none(database_url: str) -> None:
    pool = a_pool(database_url, most=1)
    async with pool.connection():
        waiting = asyncio.create_task(who_serves(pool))
    assert await waiting
    await pool.close()

    hurried = a_pool(database_url, most=1, turn=0.01)
    async with hurried.connection():
        with pytest.raises(PoolExhausted):
            await who_serves(hurried)
    await hurried.close()


async def test_a_database_that_is_not_there_is_told_as_it_is() -> None:
    with socket.socket() as taken:  # nobody listens there
        taken.bind(("127.0.0.1", 0))
        pool = a_pool(f"postgresql://nobody@127.0.0.1:{taken.getsockname()[1]}/nothing")
        with pytest.raises(psycopg.OperationalError):
            await who_serves(pool)


async def test_transactions_nest_and_what_fails_is_undone_alone(database_url: str) -> None:
    put = text("INSERT INTO secrets (name, value) VALUES (:name, '100%')")
    pool = a_pool(database_url)

    async def fail(connection: AsyncConnection) -> None:
        async with connection.begin():
            await connection.execute(put, {"name": "inner"})
            raise LookupError

    async with pool.connection() as connection:
        async with connection.begin():
            await connection.execute(put, {"name": "outer"})
            with pytest.raises(LookupError):
                await fail(connection)
        found = await connection.execute(text("SELECT name, value FROM secrets WHERE name LIKE '%er'"))
    await pool.close()

    assert [row._asdict() for row in found] == [{"name": "outer", "value": b"100%"}]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        pytest.param("x = :a AND y = ANY(:b_2)", b"x = %(a)s AND y = ANY(%(b_2)s)", id="names"),
        pytest.param("x::text = 'y'::regclass", b"x::text = 'y'::regclass", id="casts"),
        pytest.param("LIKE '%one%'", b"LIKE '%%one%%'", id="per cent"),
        pytest.param("at = '12:30' OR x[1:2]", b"at = '12:30' OR x[1:2]", id="moments and slices"),
    ],
)
def test_names_are_values_and_nothing_else_is(written: str, sent: bytes) -> None:
    assert text(written).sql == sent
