"""One simulated GitHub: its world, what can be done in it, and what was asked of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.answers import Json
from mentorbot.sandbox.apps import App
from mentorbot.sandbox.auth import Tokens
from mentorbot.sandbox.clock import Clock
from mentorbot.sandbox.faults import Faults
from mentorbot.sandbox.host import Host
from mentorbot.sandbox.limits import CallerLimits
from mentorbot.sandbox.playing import Playing
from mentorbot.sandbox.webhooks import Webhooks
from mentorbot.sandbox.world import World

_DAY = timedelta(days=1)
_MOST_STEPS = 30


@dataclass(slots=True, kw_only=True)
class RecordedRequest:
    """A request that came in; `status` 0 means that it got no answer, `fault` what struck it."""

    method: str
    path: str
    query: str
    at: datetime
    status: int = 0
    caller: str = "anonymous"
    installation_id: int | None = None
    body: Json = field(default_factory=dict)
    fault: str = ""
    fault_lasts: float = 0.0

    @property
    def graphql(self) -> str | None:
        """The query of a GraphQL request."""
        return self.body.get("query") if self.path.endswith("/graphql") else None


class SimulatedGitHub:
    """One simulated GitHub: its world, what can be done in it, and what was asked of it."""

    def __init__(self, *, start: datetime | None = None) -> None:
        self.clock = Clock(start)
        self.world = World(self.clock)
        self.faults = Faults()
        self.webhooks = Webhooks(self.world, self.faults)
        self.acts = Acts(self.world, self.webhooks)
        self.tokens = Tokens(self.world)
        self.limits = CallerLimits(self.clock)
        self.requests: list[RecordedRequest] = []
        self.host = Host()
        self.playing: Playing | None = None
        self.id = secrets.token_hex(8)
        self._passing_time = asyncio.Lock()

    @property
    def app(self) -> App:
        """The App under test: its id, private key and webhook secret."""
        return self.world.app

    @property
    def url(self) -> str:
        """Where the REST API is; GraphQL is at `/graphql` below it."""
        return self.world.api_url

    def deliver_to(self, url: str | None) -> None:
        """Let webhooks go to `url` from now on, or nowhere (as long as that is so, none are made)."""
        self.webhooks.url = url

    async def settled(self) -> None:
        await self.webhooks.settled()

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, a day after the other (longer steps for months): what is due meanwhile is done."""
        step = max(_DAY, by / _MOST_STEPS)
        async with self._passing_time:
            while by > timedelta(0):
                this_time = min(step, by)
                by -= this_time
                self.clock.move(this_time)
                self.world.changed()
                if self.host.time_passed is not None:
                    await self.host.time_passed(this_time)

    def listen_at(self, url: str) -> None:
        """Say where this GitHub is reached, for all the links it gives out."""
        self.world.api_url = self.world.html_url = url
