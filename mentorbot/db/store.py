"""All that is remembered, in one place: the tables of the database under one roof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mentorbot.db.command_quota import CommandQuota
from mentorbot.db.command_replies import CommandReplies
from mentorbot.db.configs import ConfigStore
from mentorbot.db.cursors import Cursors
from mentorbot.db.database import Database
from mentorbot.db.deliveries import Decisions
from mentorbot.db.effects import Effects
from mentorbot.db.forgetting import Forgetting
from mentorbot.db.held_greetings import HeldGreetings
from mentorbot.db.intake_store import IntakeStore
from mentorbot.db.jobs import Jobs
from mentorbot.db.journal import JournalStore
from mentorbot.db.people import PeopleStore
from mentorbot.db.records import RecordStore
from mentorbot.db.retention import Retention
from mentorbot.db.schedule_runs import ScheduleRuns
from mentorbot.db.shadow import Shadow
from mentorbot.db.silence import Silence
from mentorbot.db.tidying import Tidying
from mentorbot.db.timelines import TimelineStore
from mentorbot.db.write_limits import WriteCounts


class Store(IntakeStore):
    """The database. Call `start` before anything else and `close` at the end."""

    def __init__(self, url: str, *, database: Database | None = None, jobs: Jobs | None = None) -> None:
        super().__init__(url, database=database, jobs=jobs)
        self.decisions = Decisions(self.database)
        self.effects = Effects(self.database)
        self.records = RecordStore(self.database)
        self.people = PeopleStore(self.database)
        self.journal = JournalStore(self.database)
        self.configs = ConfigStore(self.database)
        self.timelines = TimelineStore(self.database)
        self.schedule_runs = ScheduleRuns(self.database)
        self.cursors = Cursors(self.database)
        self.forgetting = Forgetting(self.database)
        self.retention = Retention(self.database)
        self.command_replies = CommandReplies(self.effects)
        self.command_quota = CommandQuota()
        self.silence = Silence(self.database)
        self.shadow = Shadow(self.database)
        self.held_greetings = HeldGreetings(self.database)
        self.tidying = Tidying(self.database)
        self.write_counts = WriteCounts(self.database)

    async def start(self) -> None:
        await super().start()
        await self.jobs.open()

    async def close(self) -> None:
        await self.jobs.close()
        await super().close()

    @asynccontextmanager
    async def dry_run(self) -> AsyncIterator[Store]:
        async with self.database.dry_run() as database:
            yield Store(self.url, database=database, jobs=self.jobs.within(database))
