"""Empties a database, so that a sandbox begins anew with nobody known."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from mentorbot.db.url import sqlalchemy_url


async def start_afresh(url: str) -> None:
    """Drop everything in the database. Only for databases of ours: nothing can bring it back."""
    engine = create_async_engine(sqlalchemy_url(url), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
