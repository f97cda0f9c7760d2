"""Who is logged in, as far as a server has to know: that a session has begun, and has not been ended."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from mentorbot.db.connection import text
from mentorbot.db.database import DataAccess


class SessionStore(DataAccess):
    """Sessions that go on. Only a digest of each is kept: no person, and nothing to log in with."""

    async def begin(self, session: str, *, lasts: timedelta) -> None:
        """Let a session go on for so long; forget those that are over."""
        async with self._database.transaction(durable=True) as connection:
            await connection.execute(text("DELETE FROM sessions WHERE ends_at <= now()"))
            await connection.execute(_BEGIN, {"digest": _digest(session), "lasts": lasts})

    async def goes_on(self, session: str) -> bool:
        """False where it was ended, is over, or never began."""
        return bool(await self._database.fetch_value(_GOES_ON, {"digest": _digest(session)}))

    async def end(self, session: str) -> None:
        """End a session, wherever its cookie may have been copied to."""
        async with self._database.transaction(durable=True) as connection:
            await connection.execute(
                text("DELETE FROM sessions WHERE digest = :digest"), {"digest": _digest(session)}
            )


def _digest(session: str) -> bytes:
    return hashlib.sha256(session.encode()).digest()


_BEGIN = text(
    """INSERT INTO sessions (digest, ends_at) VALUES (:digest, now() + CAST(:lasts AS interval))
       ON CONFLICT DO NOTHING"""
)
_GOES_ON = text("SELECT true FROM sessions WHERE digest = :digest AND ends_at > now()")
