"""All that is remembered, in one place: the tables of the database under one roof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import text

from mentorbot.db.command_quota import CommandQuota
from mentorbot.db.command_replies import CommandReplies
from mentorbot.db.configs import ConfigStore
from mentorbot.db.cursors import Cursors
from mentorbot.db.database import STORE_DOWN, Database
from mentorbot.db.decisions import Decisions
from mentorbot.db.deliveries import Deliveries
from mentorbot.db.effects import Effects
from mentorbot.db.forgetting import Forgetting
from mentorbot.db.jobs import Jobs, queue_at
from mentorbot.db.journal import JournalStore
from mentorbot.db.parked import ParkedRows
from mentorbot.db.people import PeopleStore
from mentorbot.db.postgres_programs import StoreUnusable
from mentorbot.db.procrastinate_schema import mismatch
from mentorbot.db.read_failures import ReadFailures
from mentorbot.db.records import RecordStore
from mentorbot.db.repositories import Repositories
from mentorbot.db.schedule_runs import ScheduleRuns
from mentorbot.db.sessions import SessionStore
from mentorbot.db.timelines import TimelineStore

# A row that is changed in place fits into its page even where the disk is full. A new file does not, where
# it is as large as a delivery (64 KB).
_LITTLE = text("CREATE TEMPORARY TABLE readiness ON COMMIT DROP AS SELECT generate_series(1, 1800) AS n")


class Store:
    """The database. Call `start` before anything else and `close` at the end."""

    def __init__(self, url: str, *, database: Database | None = None, jobs: Jobs | None = None) -> None:
        self.url = url
        self.database = database or Database(url)
        self.transaction = self.database.transaction
        self.jobs = jobs or Jobs(queue_at(url), self.database)
        self.deliveries = Deliveries(self.database)
        self.decisions = Decisions(self.database)
        self.effects = Effects(self.database)
        self.records = RecordStore(self.database)
        self.people = PeopleStore(self.database)
        self.journal = JournalStore(self.database)
        self.repositories = Repositories(self.database)
        self.configs = ConfigStore(self.database)
        self.timelines = TimelineStore(self.database)
        self.schedule_runs = ScheduleRuns(self.database)
        self.cursors = Cursors(self.database)
        self.parked = ParkedRows(self.database)
        self.read_failures = ReadFailures(self.database)
        self.sessions = SessionStore(self.database)
        self.forgetting = Forgetting(self.database)
        self.command_replies = CommandReplies(self.effects)
        self.command_quota = CommandQuota()

    async def start(self) -> None:
        """Connect. Raises StoreUnusable; where nobody answers yet, the first question will tell."""
        with suppress(*STORE_DOWN):
            await self.check()
        await self.jobs.open()

    async def check(self) -> None:
        """Raise StoreUnusable where the queue's tables are not those that its package needs."""
        async with self.database.reading() as connection:
            if (problem := await connection.run_sync(mismatch)) is not None:
                raise StoreUnusable(problem)

    async def close(self) -> None:
        await self.jobs.close()
        await self.database.close()

    async def takes_writes(self) -> None:
        """Write a little, down to the disk. Raises what SQLAlchemy raises where that is not possible."""
        async with self.database.transaction(durable=True) as connection:
            await connection.execute(_LITTLE)

    @asynccontextmanager
    async def dry_run(self) -> AsyncIterator[Store]:
        async with self.database.dry_run() as database:
            yield Store(self.url, database=database, jobs=self.jobs.within(database))
