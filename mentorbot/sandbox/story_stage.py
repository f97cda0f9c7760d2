"""Where a story plays: its clock, its acts, and how to tell that the bot has answered."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING

import aiohttp

from mentorbot.sandbox.page_log import Log, LogLine
from mentorbot.sandbox.page_reasons import reasons
from mentorbot.sandbox.page_world import repositories

if TYPE_CHECKING:
    from mentorbot.sandbox.acts import Acts
    from mentorbot.sandbox.server import SimulatedGitHub

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MORNING = time(9)
_WAITING = re.compile(r"^mentorbot_jobs_waiting (\S+)$", re.MULTILINE)
_POLL = 0.05
_CALM_FOR = 4
_TIME_LIMIT = aiohttp.ClientTimeout(total=5)
PATIENCE = 20.0
"""Seconds in which a bot that is well answers, even while it gets to know a repository."""


class Stage:
    """One playing of a story, beginning on the Monday morning `monday`."""

    def __init__(self, github: SimulatedGitHub, *, bot_url: str, http: aiohttp.ClientSession) -> None:
        self._github = github
        self._bot_url = bot_url
        self._http = http
        self._log = Log(github)
        self._told = 0
        self.monday = next_monday(github.clock.now())

    @property
    def acts(self) -> Acts:
        """What people can do."""
        return self._github.acts

    def at(self, moment: str) -> None:
        """Let it be `Tue 11:20` of the story's week; time only goes forward."""
        day, _, clock = moment.partition(" ")
        midnight = self.monday.replace(hour=0) + timedelta(days=_DAYS.index(day))
        hour, minute = map(int, clock.split(":"))
        self._github.clock.set(
            max(self._github.clock.now(), midnight + timedelta(hours=hour, minutes=minute))
        )
        self._github.world.changed()

    async def answered(self) -> list[LogLine]:
        """What happened since the last call, once the bot has nothing more to do.

        Raises TimeoutError when that does not come to pass in `PATIENCE` seconds.
        """
        await self._github.settled()
        calm, seen, deadline = 0, -1, monotonic() + PATIENCE
        while calm < _CALM_FOR:
            if monotonic() > deadline:
                raise TimeoutError(f"the bot has had work for {PATIENCE:.0f} s: is its worker running?")
            await asyncio.sleep(_POLL)
            await self._learn()
            waits = await self._has_work()
            calm = calm + 1 if self._log.count == seen and not waits else 0
            seen = self._log.count
        lines = self._log.lines(self._told)
        self._told = self._log.count
        return lines

    def end(self) -> None:
        """Watch no more."""
        self._log.stop()

    async def _learn(self) -> None:
        for repository in repositories(self._github.world):
            fresh = await reasons(self._http, self._bot_url, repository.full_name)
            self._log.explain(repository.full_name, fresh)

    async def _has_work(self) -> bool:
        """Whether jobs wait to be done, by the bot's own figures."""
        async with self._http.get(f"{self._bot_url}/metrics", timeout=_TIME_LIMIT) as answer:
            found = _WAITING.search(await answer.text())
        return found is not None and float(found[1]) > 0


def next_monday(moment: datetime) -> datetime:
    """The Monday morning that is not before `moment`."""
    morning = moment.replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=-morning.weekday() % 7)
    return monday if monday >= moment.replace(microsecond=0) else monday + timedelta(days=7)
