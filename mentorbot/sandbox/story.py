"""Plays a story in the sandbox and tells it line by line: who did what, what the bot did, and why."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from itertools import groupby
from operator import attrgetter
from pkgutil import iter_modules

import aiohttp

from mentorbot.sandbox import stories
from mentorbot.sandbox.acts import Acts
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.page.log import LogLine
from mentorbot.sandbox.page.world import bot_url as where_the_bot_is
from mentorbot.sandbox.playing import Playing
from mentorbot.sandbox.simulated_github import SimulatedGitHub
from mentorbot.sandbox.stage import Stage

STORIES: tuple[str, ...] = tuple(sorted(module.name for module in iter_modules(stories.__path__)))
"""What can be played."""

_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story of `days` days that somebody can choose by its `title` and what it is `about`, in a sentence.

    `furnish` tells the past up to a Monday morning. `scenes` yields the moment of each scene ("Tue 11:20",
    "week 3 Tue 11:20") and then lets somebody act; the bot answers before the next one begins.
    """

    title: str
    about: str
    days: int
    furnish: Callable[[Acts, datetime], None]
    scenes: Callable[[Acts], Iterator[str]]


@cache
def story_named(name: str) -> Story:
    """The story of that name; LookupError when there is none."""
    if name not in STORIES:
        raise LookupError(f"there is no story {name!r}: choose one of {', '.join(STORIES)}")
    story = import_module(f"{stories.__name__}.{name}").STORY
    assert isinstance(story, Story), name  # noqa: S101 - a story of ours without its card
    return story


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def play(
    name: str,
    github: SimulatedGitHub,
    *,
    pause: float = 1.0,
    say: Callable[[str], None] = _print,
) -> None:
    """Play a story to its end, with `pause` seconds between its scenes; the clock is moved as it goes.

    The bot must be running, GitHub deliver to it, and its host tell when it is done. The story begins on
    the next Monday morning by the sandbox's clock. Raises LookupError for a story that there is not, or when
    nobody listens; TimeoutError when the bot does not get done.
    """
    story = story_named(name)
    address = where_the_bot_is(github)
    if address is None or github.host.settled is None:
        raise LookupError("nobody would answer: start the bot, introduce and github.deliver_to(…) it before")
    async with aiohttp.ClientSession() as http:
        stage = Stage(github, bot_url=address, http=http)
        playing = github.playing = Playing(story=name, days=story.days, since=stage.monday)
        try:
            await _Teller(story, stage, playing, github, say).tell(pause)
            playing.state = "over"
        finally:
            if playing.state != "over":
                playing.state = "broken off"
            stage.end()
            github.world.changed()
    say(f"The story is over, and the sandbox is yours: {github.url}")


class _Teller:
    """Goes through a story's scenes, and says what came of each, and what happened of itself in between."""

    def __init__(
        self,
        story: Story,
        stage: Stage,
        playing: Playing,
        github: SimulatedGitHub,
        say: Callable[[str], None],
    ) -> None:
        self._story, self._stage, self._playing, self._github = story, stage, playing, github
        self._say = say
        self._since = stage.monday if story.days > _WEEK else None

    async def tell(self, pause: float) -> None:
        self._story.furnish(self._github.acts, self._stage.monday)
        await self._github.pass_time(self._stage.monday - self._github.clock.precise())
        scenes = self._story.scenes(self._github.acts)
        moment = next(scenes, None)
        while moment is not None:
            async for lines in self._stage.until(moment):
                for about in _by_thread(line for line in lines if line.kind != "reason" or line.acted):
                    self._told(about)
            moment = next(scenes, None)
            self._told(await self._stage.answered())
            await asyncio.sleep(pause)
            await self._playing.wait_while_paused()

    def _told(self, lines: Sequence[LogLine]) -> None:
        self._playing.told = sentence(lines, bot=self._github.app.slug, since=self._since)
        self._say(self._playing.told)
        self._github.world.changed()


def _by_thread(lines: Iterable[LogLine]) -> list[list[LogLine]]:
    """Lines by the thread they are about, those of the repository as a whole first."""
    in_order = sorted(lines, key=lambda line: line.number or 0)
    return [list(about) for _, about in groupby(in_order, key=attrgetter("number"))]


def sentence(lines: Sequence[LogLine], *, bot: str, since: datetime | None = None) -> str:
    """A scene in one line: `Mon 09:12  ada opened issue #1 → mentorbot commented (welcome), because: …`.

    In a story of several weeks, `since` a Monday, the week is told, too.
    """
    heard = [line for line in lines if line.kind == "heard"]
    if heard:
        # A merge is a push, too: what happened to an issue or pull request tells more.
        first = next((line for line in heard if line.number is not None), heard[0])
        return f"{_when(first, since)}  {first.who} {first.text} → {answer(lines, bot=bot, who=first.who)}"
    if not lines:
        return f"→ {bot} had nothing to do"
    about = f"on #{lines[0].number}, " if lines[0].number is not None else ""
    return f"{_when(lines[0], since)}  {about}nobody did anything → {answer(lines, bot=bot)}"


def _when(line: LogLine, since: datetime | None) -> str:
    at = read_stamp(line.at)
    week = f"Week {(at.date() - since.date()).days // _WEEK + 1} " if since else ""
    return f"{week}{at:%a %H:%M}"


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
