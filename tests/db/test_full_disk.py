"""A store whose disk is full takes no deliveries, and does not pretend to."""

from __future__ import annotations

import asyncio
import secrets
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from mentorbot.db.deliveries import StoredDelivery
from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.db.schema import migrate
from mentorbot.db.store import Store
from tests.builders import NOW

ROOM = "160m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk with little room, where PostgreSQL's account may go; only somebody who may mount has one."""
    place = Path(tempfile.mkdtemp(prefix="mentorbot-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=755", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)  # noqa: S603 - fixed arguments
    except (OSError, subprocess.CalledProcessError):
        place.rmdir()
        pytest.skip("Nothing can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607 - the same
        place.rmdir()


@pytest.fixture
async def small_store(small_disk: Path) -> AsyncIterator[Store]:
    embedded = EmbeddedPostgres(small_disk / "data", own=True)
    url = await asyncio.to_thread(embedded.start)
    await migrate(url)
    store = Store(url)
    await store.start()
    yield store
    await store.close()
    await asyncio.to_thread(embedded.stop)


async def receive(store: Store) -> None:
    payload = secrets.token_bytes(24_000)
    delivery = StoredDelivery(id=secrets.token_hex(8), event="issues", received_at=NOW, payload=payload)
    await store.deliveries.receive([(delivery, None)])


def fill(place: Path) -> Path:
    """Leave no room."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65_536)
        except OSError:
            return filler


async def receive_until_it_fails(store: Store) -> None:
    """A few still fit into files that are there."""
    for _ in range(200):
        await receive(store)


async def test_a_full_disk_is_not_ready_and_one_with_room_again_is(
    small_disk: Path, small_store: Store
) -> None:
    await small_store.takes_writes()
    await receive(small_store)

    filler = fill(small_disk)
    with pytest.raises(psycopg.OperationalError, match="No space left"):
        await receive_until_it_fails(small_store)
    with pytest.raises(psycopg.OperationalError, match="No space left"):
        await small_store.takes_writes()

    filler.unlink()
    await small_store.takes_writes()
    await receive(small_store)
