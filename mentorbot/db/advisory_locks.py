"""Advisory locks: what only one at a time may do in the whole database, each kind in a space of its own."""

from __future__ import annotations

from enum import IntEnum

from mentorbot.db.connection import AsyncConnection, text


class LockSpace(IntEnum):
    """What is locked. Never renumber: bots of two versions may work on one database."""

    MIGRATION = 7_263_001  # two servers that start together migrate one after the other
    EFFECT = 7_263_002
    WRITE_RATE = 7_263_003
    MENTION = 7_263_004
    COMMAND_QUOTA = 7_263_005


def lock_key(id_: int) -> int:
    """An id as a key within a space, which has 32 bits; two ids that share one merely wait for each other."""
    return id_ % 2**31


async def lock_until_commit(connection: AsyncConnection, space: LockSpace, id_: int) -> None:
    """Wait until nobody else holds this, and hold it until the transaction ends."""
    await connection.execute(_LOCK, {"space": space, "id": lock_key(id_)})


_LOCK = text("SELECT pg_advisory_xact_lock(:space, :id)")
