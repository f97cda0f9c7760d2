"""A story that is being told: how far it is, what it said last, and whether somebody has stopped it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PlayState = Literal["playing", "paused", "over", "broken off"]


@dataclass(slots=True, kw_only=True)
class Playing:
    """One telling of a story, which began on the Monday morning `since` and takes so many `days`."""

    story: str
    days: int
    since: datetime
    state: PlayState = "playing"
    told: str = ""
    _may_go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._may_go_on.set()

    def day(self, now: datetime) -> int:
        """Which day of the story it is, from 1 to the last."""
        return self.days if self.state == "over" else max(1, min((now - self.since).days + 1, self.days))

    def pause(self) -> None:
        """Stop before the next scene; a story that has ended stays so."""
        if self.state == "playing":
            self.state = "paused"
            self._may_go_on.clear()

    def go_on(self) -> None:
        if self.state == "paused":
            self.state = "playing"
        self._may_go_on.set()

    async def wait_while_paused(self) -> None:
        await self._may_go_on.wait()
