"""A PostgreSQL that dies is started again, a few times; then whoever works with it is told."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from mentorbot.db.embedded import EmbeddedPostgres
from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.postgres_supervision import StoreLost, Supervision, address
from tests.patience import PATIENCE
from tests.postgres import an_open_folder


class DiesAtOnce(EmbeddedPostgres):
    """A PostgreSQL that comes up and goes down again, or doesn't come up at all."""

    def __init__(self, folder: Path, *, why: str = "") -> None:
        super().__init__(folder)
        self.tries = 0
        self._why = why

    @property
    def is_alive(self) -> bool:
        return False

    def revive(self) -> None:
        self.tries += 1
        if self._why:
            raise StoreUnusable(self._why)


class Hangs(DiesAtOnce):
    """A PostgreSQL that lives and never answers."""

    @property
    def is_alive(self) -> bool:
        return True


@pytest.fixture
def folder() -> Iterator[Path]:
    with an_open_folder() as path:
        yield path


@pytest.mark.parametrize(
    ("why", "said"),
    [
        pytest.param("", "dies again and again", id="it comes up and dies again"),
        pytest.param("No space left on device", "No space left on device", id="it does not come up"),
    ],
)
async def test_one_that_cannot_be_brought_back_is_given_up_with_the_reason(
    folder: Path, why: str, said: str
) -> None:
    embedded = DiesAtOnce(folder, why=why)
    with pytest.raises(StoreLost, match=rf"3 tries: .*{said}"):
        await asyncio.wait_for(Supervision(embedded, "", pauses=(0, 0, 0)).watch(), PATIENCE)
    assert embedded.tries == 3


async def test_one_that_lives_and_answers_nobody_is_started_again(folder: Path) -> None:
    embedded = Hangs(folder, why="it hangs")
    nobody = "postgresql://u@127.0.0.1:9/none"
    with pytest.raises(StoreLost):
        await asyncio.wait_for(Supervision(embedded, nobody, pauses=(0,), ask=0.0).watch(), PATIENCE)
    assert embedded.tries == 1


async def test_one_that_was_killed_answers_again(folder: Path) -> None:
    async with address(None, embedded_in=folder, own=True) as url:
        before = await began(url)
        kill_postmaster(folder)
        assert await began(url) > before


@pytest.mark.parametrize("gone", ["postgres/data", "postgres"])
async def test_where_its_files_were_taken_away_whoever_works_with_it_is_cancelled_and_told(
    folder: Path, gone: str
) -> None:
    with pytest.raises(StoreLost, match=r"is gone|data are missing"):
        await work_while_it_is_taken_away(folder, folder / gone)


async def work_while_it_is_taken_away(folder: Path, gone: Path) -> None:
    async with address(None, embedded_in=folder, own=True):
        shutil.rmtree(gone, ignore_errors=True)  # PostgreSQL still writes there
        await asyncio.wait_for(asyncio.Event().wait(), 2 * PATIENCE)


def kill_postmaster(folder: Path) -> None:
    os.kill(
        int((folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL
    )


async def began(url: str) -> datetime:
    """When the PostgreSQL that answers was started, once one does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(url) as connection:
                    found = await connection.execute("SELECT pg_postmaster_start_time()")
                    row = await found.fetchone()
            except psycopg.OperationalError:
                await asyncio.sleep(0.05)
            else:
                assert row is not None
                return datetime.fromisoformat(str(row[0]))
