"""The list of those who asked to be forgotten: who is on it can be told, but not read from it.

It keeps a keyed hash of each one's id. The key is in `secrets`, which is left out of dumps.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.db.connection import AsyncConnection, text
from mentorbot.domain.anonymization import anonymous


class NoKey(Exception):  # noqa: N818 - says what is the case, as callers read it
    """Nobody can tell who is on the list: its key is gone."""


async def forgotten_among(connection: AsyncConnection, people: Iterable[int]) -> frozenset[int]:
    """Which of these people are on the list, or are nameless for being on it. Raises NoKey."""
    ids = frozenset(people)
    return frozenset(await _found(connection, ids)) | {id_ for id_ in ids if id_ < 0}


async def pseudonym_secrets(connection: AsyncConnection, people: Iterable[int]) -> Mapping[int, bytes]:
    """Those of these people who are on the list, each with a secret to make pseudonyms from. Raises NoKey."""
    found = await _found(connection, people)
    key = await _needed_key(connection) if found else b""
    return {id_: hmac.digest(key, b"face" + fingerprint, "sha256") for id_, fingerprint in found.items()}


def pseudonym(secret: bytes, repository_id: int, number: int) -> Person:
    """Who stands for somebody in one pull request; in every other one it is somebody else."""
    place = f"{repository_id}/{number}".encode()
    return anonymous(int.from_bytes(hmac.digest(secret, place, "sha256")[:6], "big"))


async def add_to_list(connection: AsyncConnection, person_id: int, *, now: datetime) -> None:
    """Put somebody on the list. Raises NoKey."""
    fingerprint = _fingerprint(await _needed_key(connection), person_id)
    await connection.execute(_PUT_ON, {"fingerprint": fingerprint, "now": now})


async def take_off_list(connection: AsyncConnection, person_id: int, *, listed_before: datetime) -> bool:
    """Take somebody off the list; False where they weren't on it before that moment. Raises NoKey."""
    if person_id not in await forgotten_among(connection, [person_id]):
        return False
    fingerprint = _fingerprint(await _needed_key(connection), person_id)
    taken = await connection.execute(_TAKE_OFF, {"fingerprint": fingerprint, "before": listed_before})
    if not taken.rowcount:
        return False
    # The next reading of open pull requests has them as they are, instead of nameless.
    await connection.execute(_TELL_AGAIN)
    return True


async def _found(connection: AsyncConnection, people: Iterable[int]) -> dict[int, bytes]:
    ids = {id_ for id_ in people if id_ >= 0}
    if not ids or not await connection.scalar(_ANYBODY):
        return {}
    key = await _needed_key(connection)
    by_fingerprint = {_fingerprint(key, id_): id_ for id_ in ids}
    rows = await connection.execute(_AMONG, {"fingerprints": list(by_fingerprint)})
    return {by_fingerprint[bytes(found)]: bytes(found) for found in rows.scalars()}


async def list_key(connection: AsyncConnection) -> bytes:
    """The key of this list, and of the one of those who want to be left alone. Raises NoKey."""
    return await _needed_key(connection)


async def _needed_key(connection: AsyncConnection) -> bytes:
    key = await connection.scalar(_KEY)
    if key is None:
        raise NoKey(
            "The key of the list of forgotten people is gone: restore `secrets` from the file that"
            " `mentorbot backup` wrote beside the dump."
        )
    return bytes(key)


def _fingerprint(key: bytes, person_id: int) -> bytes:
    return hmac.digest(key, str(person_id).encode(), "sha256")


_KEY = text("SELECT value FROM secrets WHERE name = 'forgotten'")
_ANYBODY = text("SELECT EXISTS (SELECT FROM forgotten)")
_AMONG = text("SELECT id_hmac FROM forgotten WHERE id_hmac = ANY(CAST(:fingerprints AS bytea[]))")
_PUT_ON = text(
    """INSERT INTO forgotten AS known (id_hmac, at) VALUES (:fingerprint, :now)
       ON CONFLICT (id_hmac) DO UPDATE SET at = greatest(known.at, excluded.at)"""
)
_TAKE_OFF = text("DELETE FROM forgotten WHERE id_hmac = :fingerprint AND at < :before")
_TELL_AGAIN = text(
    "UPDATE acts SET fresh_at = to_timestamp(0) WHERE CAST(value->'by'->>'id' AS bigint) < 0"
    " OR CAST(value->'subject'->>'id' AS bigint) < 0"
)
