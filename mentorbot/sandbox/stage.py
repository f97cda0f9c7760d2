"""Where a story is played: its clock, and the bot that answers before it goes on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, time, timedelta

import aiohttp

from mentorbot.sandbox.page.log import Log, LogLine
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.page.world import repositories
from mentorbot.sandbox.simulated_github import SimulatedGitHub

_DAY = timedelta(days=1)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MORNING = time(9)
_MOMENT = re.compile(rf"(?:week (?P<week>\d+) )?(?P<day>{'|'.join(_DAYS)}) (?P<hour>\d\d):(?P<minute>\d\d)")


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

        Raises TimeoutError when that takes too long.
        """
        if self._github.host.settled is not None:
            await self._github.host.settled()
        for repository in repositories(self._github.world):
            fresh = await reasons(self._http, self._bot_url, repository.full_name)
            self._log.explain(repository.full_name, fresh)
        lines = self._log.lines(self._told)
        self._told = self._log.count
        return lines

    def end(self) -> None:
        self._log.stop()


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
