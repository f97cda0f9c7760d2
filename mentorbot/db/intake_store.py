"""What taking deliveries in, and telling how it goes, needs of the store: a web server needs no more."""

from __future__ import annotations

from contextlib import suppress

from mentorbot.db.connection import text
from mentorbot.db.database import STORE_DOWN, Database
from mentorbot.db.deliveries import Deliveries
from mentorbot.db.jobs import Jobs, queue_at
from mentorbot.db.parked import ParkedRows
from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.procrastinate_schema import mismatch
from mentorbot.db.read_failures import ReadFailures
from mentorbot.db.repositories import Repositories
from mentorbot.db.sessions import SessionStore

# A row that is changed in place fits into its page even where the disk is full. A new file does not, where
# it is as large as a delivery (64 KB).
_LITTLE = text("CREATE TEMPORARY TABLE readiness ON COMMIT DROP AS SELECT generate_series(1, 1800) AS n")


class IntakeStore:
    """The database. Call `start` before anything else and `close` at the end. `Store` has all of it."""

    def __init__(self, url: str, *, database: Database | None = None, jobs: Jobs | None = None) -> None:
        self.url = url
        self.database = database or Database(url)
        self.transaction = self.database.transaction
        self.jobs = jobs or Jobs(queue_at(url), self.database)
        self.deliveries = Deliveries(self.database)
        self.parked = ParkedRows(self.database)
        self.read_failures = ReadFailures(self.database)
        self.repositories = Repositories(self.database)
        self.sessions = SessionStore(self.database)

    async def start(self) -> None:
        """Connect. Raises StoreUnusable; where nobody answers yet, the first question will tell."""
        with suppress(*STORE_DOWN):
            await self.check()

    async def check(self) -> None:
        """Raise StoreUnusable where the queue's tables are not those that its package needs."""
        async with self.database.reading() as connection:
            if (problem := await mismatch(connection)) is not None:
                raise StoreUnusable(problem)

    async def close(self) -> None:
        await self.database.close()

    async def takes_writes(self) -> None:
        """Write a little, down to the disk. Raises psycopg.Error where that is not possible."""
        async with self.database.transaction(durable=True) as connection:
            await connection.execute(_LITTLE)
