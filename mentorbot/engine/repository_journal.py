"""What features may know of what the bot did in a repository: its journal, silences, whom it mentioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.entities import Repository
from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Person
from mentorbot.db.store import Store
from mentorbot.engine.configuration import Configurations
from mentorbot.engine.would_have_said import told_of_shadow
from mentorbot.feature_api.muting import Mute, Pause
from mentorbot.feature_api.ports import ToldOfShadow
from mentorbot.feature_api.records import typed


@dataclass(frozen=True, slots=True)
class RepositoryJournal:
    store: Store
    repository: Repository
    configurations: Configurations
    shadow_of: int

    @property
    def repository_id(self) -> int:
        return self.repository.id

    async def about(self, number: int, *, limit: int = 50) -> Sequence[JournalEntry]:
        return await self.store.journal.about(self.repository_id, number, limit=limit)

    async def muted_until(self, number: int, *, thread_only: bool = False) -> datetime | None:
        mutes = await self.store.records.anybodys(self.repository_id, Mute.KIND, str(number))
        ends = [typed(record, Mute).value.ends for record in mutes]
        if not thread_only:
            pauses = await self.store.records.anybodys(self.repository_id, Pause.KIND, Pause.KEY)
            ends += [typed(record, Pause).value.until for record in pauses]
        return max(ends, default=None)

    async def held_greetings(self) -> int:
        return await self.store.held_greetings.waiting(self.repository_id)

    async def mentions_since(self, person: Person, since: datetime) -> int:
        return await self.store.write_counts.mentions_of(person, since=since, shadow_of=self.shadow_of)

    async def would_have_said(self, full_name: str) -> ToldOfShadow | None:
        return await told_of_shadow(
            self.store, self.configurations, full_name, owner_id=self.repository.owner.id
        )
