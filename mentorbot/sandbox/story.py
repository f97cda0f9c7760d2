"""Plays a story in the sandbox and tells it line by line: who did what, what the bot did, and why."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from importlib import import_module
from pkgutil import iter_modules
from time import monotonic

import aiohttp

from mentorbot.sandbox import stories
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.page.log import Log, LogLine
from mentorbot.sandbox.page.reasons import reasons
from mentorbot.sandbox.page.world import bot_url as where_the_bot_is
from mentorbot.sandbox.page.world import repositories
from mentorbot.sandbox.simulated_github import SimulatedGitHub

STORIES: tuple[str, ...] = tuple(sorted(module.name for module in iter_modules(stories.__path__)))
"""What can be played."""


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def play(
    story: str,
    github: SimulatedGitHub,
    *,
    bot_url: str | None = None,
    pause: float = 1.0,
    say: Callable[[str], None] = _print,
) -> None:
    """Play a story to its end, with `pause` seconds between its scenes; the clock is moved as it goes.

    The bot must be running and GitHub deliver to it; where its pages are is known from that, or given as
    `bot_url`. The story begins on the next Monday morning by the sandbox's clock. Raises LookupError for a
    story that there is not, or when nobody listens; TimeoutError when the bot does not get done.
    """
    if story not in STORIES:
        raise LookupError(f"there is no story {story!r}: choose one of {', '.join(STORIES)}")
    address = bot_url or where_the_bot_is(github)
    if address is None or github.webhooks.url is None:
        raise LookupError("nobody would answer: start the bot, and github.deliver_to(…) it, before a story")
    told = import_module(f"{stories.__name__}.{story}")
    async with aiohttp.ClientSession() as http:
        stage = Stage(github, bot_url=address, http=http)
        try:
            told.furnish(github.acts, stage.monday)
            for _ in told.scenes(stage):
                say(sentence(await stage.answered(), bot=github.app.slug))
                await asyncio.sleep(pause)
        finally:
            stage.end()
    say(f"The story is over, and the sandbox is yours: {github.url}")


def sentence(lines: Sequence[LogLine], *, bot: str) -> str:
    """A scene in one line: `Mon 09:12  ada opened issue #1 → mentorbot commented (welcome), because: …`."""
    heard = [line for line in lines if line.kind == "heard"]
    if not heard:
        return f"→ {answer(lines, bot=bot)}"
    # A merge is a push, too: what happened to an issue or pull request tells more.
    first = next((line for line in heard if line.number is not None), heard[0])
    when = read_stamp(first.at).strftime("%a %H:%M")
    return f"{when}  {first.who} {first.text} → {answer(lines, bot=bot, who=first.who)}"


def answer(lines: Sequence[LogLine], *, bot: str, who: str = "") -> str:
    """What the bot did about it, because of what; or that it left it alone, and why (best: about `who`)."""
    acted = [line for line in lines if line.acted]
    deeds = _once(sorted((line.text for line in lines if line.kind == "did"), key=_reactions_first))
    if deeds or acted:
        features = f" ({', '.join(_once(line.feature or '' for line in acted))})" if acted else ""
        because = f", because: {'; '.join(_once(line.text for line in acted))}" if acted else ""
        return f"{bot} {' and '.join(deeds) or 'took note'}{features}{because}"
    left = _once(line.text for line in lines if line.acted is False)
    left = [text for text in left if who and f"@{who}" in text] or left
    return f"{bot} left it alone: {'; '.join(left)}" if left else f"{bot} had nothing to do"


def _reactions_first(deed: str) -> bool:
    """A reaction and a comment are done at the same time, and told in one order."""
    return not deed.startswith("reacted")


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MORNING = time(9)
_WORK = re.compile(r'^mentorbot_(?:jobs_waiting|oldest_job_seconds\{state="running"\}) (\S+)$', re.MULTILINE)
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


def next_monday(moment: datetime) -> datetime:
    """The Monday morning that is not before `moment`."""
    morning = moment.replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=-morning.weekday() % 7)
    return monday if monday >= moment.replace(microsecond=0) else monday + timedelta(days=7)
