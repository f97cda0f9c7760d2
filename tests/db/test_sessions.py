from __future__ import annotations

from datetime import timedelta

from mentorbot.db.connection import text
from mentorbot.db.store import Store

HOUR = timedelta(hours=1)


async def test_a_session_goes_on_until_it_is_ended_on_whatever_server(store: Store) -> None:
    await store.sessions.begin("one", lasts=HOUR)
    await store.sessions.begin("two", lasts=HOUR)
    other = Store(store.url)
    assert await other.sessions.goes_on("one")
    await other.sessions.end("one")
    assert not await store.sessions.goes_on("one")
    assert await store.sessions.goes_on("two")
    assert not await store.sessions.goes_on("never begun")
    await other.database.close()


async def test_a_session_is_over_after_its_time_and_forgotten_then(store: Store) -> None:
    await store.sessions.begin("short", lasts=timedelta(0))
    assert not await store.sessions.goes_on("short")
    await store.sessions.begin("another", lasts=HOUR)
    async with store.database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM sessions")) == 1


async def test_what_is_kept_lets_nobody_in(store: Store) -> None:
    await store.sessions.begin("cookie", lasts=HOUR)
    async with store.database.reading() as connection:
        rows = (await connection.execute(text("SELECT * FROM sessions"))).all()
    assert "cookie" not in str(rows)
