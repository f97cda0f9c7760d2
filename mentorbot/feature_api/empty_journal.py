"""The journal of a past that is played once more: the bot was not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Person


class EmptyJournal:
    """Nothing was written, and nobody mentioned."""

    async def about(self, number: int, *, limit: int = 50) -> Sequence[JournalEntry]:  # noqa: ARG002
        return ()

    async def muted_until(self, number: int, *, thread_only: bool = False) -> datetime | None:  # noqa: ARG002
        return None

    async def held_greetings(self) -> int:
        return 0

    async def mentions_since(self, person: Person, since: datetime) -> int:  # noqa: ARG002
        return 0

    async def would_have_said(self, full_name: str) -> None:  # noqa: ARG002
        return None
