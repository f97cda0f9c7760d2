"""Where a story is played: its clock, and the bot that answers before it goes on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, time, timedelta
from time import monotonic

import aiohttp

from mentorbot.sandbox.page.log import Log, LogLine
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.page.world import repositories
from mentorbot.sandbox.simulated_github import SimulatedGitHub

PATIENCE = 20.0
"""Seconds in which a bot that is well answers, even while it gets to know a repository."""

_DAY = timedelta(days=1)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MORNING = time(9)
_MOMENT = re.compile(rf"(?:week (?P<week>\d+) )?(?P<day>{'|'.join(_DAYS)}) (?P<hour>\d\d):(?P<minute>\d\d)")
_WORK = re.compile(r'^mentorbot_(?:jobs_waiting|oldest_job_seconds\{state="running"\}) (\S+)$', re.MULTILINE)
_POLL = 0.05
_CALM_FOR = 4
_TIME_LIMIT = aiohttp.ClientTimeout(total=5)


class Stage:
    """One playing of a story, beginning on the Monday morning `monday`."""

    def __init__(self, github: SimulatedGitHub, *, bot_url: str, http: aiohttp.ClientSession) -> None:
        self._github = github
        self._bot_url = bot_url
        self._http = http
        self._log = Log(github)
        self._told = 0
        self.monday = next_monday(github.clock.now())

    async def until(self, moment: str) -> AsyncIterator[Sequence[LogLine]]:
        """Let it become `Tue 11:20`, or `week 3 Tue 11:20`; yield what happened of itself on each day before.

        Time only goes forward. Raises ValueError for what is no such moment.
        """
        target = moment_of(moment, self.monday)
        while (left := target - self._github.clock.precise()) > timedelta(0):
            await self._github.pass_time(min(left, _DAY))
            yield await self.answered()

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
        self._log.stop()

    async def _learn(self) -> None:
        for repository in repositories(self._github.world):
            fresh = await reasons(self._http, self._bot_url, repository.full_name)
            self._log.explain(repository.full_name, fresh)

    async def _has_work(self) -> bool:
        """Whether jobs wait to be done or are under way, by the bot's own figures (NaN: it can't tell)."""
        async with self._http.get(f"{self._bot_url}/metrics", timeout=_TIME_LIMIT) as answer:
            found = _WORK.findall(await answer.text())
        return any(float(figure) != 0 for figure in found)


def moment_of(moment: str, monday: datetime) -> datetime:
    """The time that `Tue 11:20` or `week 3 Tue 11:20` names in a story that began on that Monday."""
    found = _MOMENT.fullmatch(moment)
    if found is None:
        raise ValueError(f"{moment!r} is no moment of a story: write one like 'week 2 Tue 11:20'")
    days = 7 * (int(found["week"] or 1) - 1) + _DAYS.index(found["day"])
    midnight = monday.replace(hour=0, minute=0)
    return midnight + timedelta(days=days, hours=int(found["hour"]), minutes=int(found["minute"]))


def next_monday(moment: datetime) -> datetime:
    """The Monday morning that is not before `moment`."""
    morning = moment.replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=-morning.weekday() % 7)
    return monday if monday >= moment.replace(microsecond=0) else monday + timedelta(days=7)
