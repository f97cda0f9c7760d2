"""Plays a story in the sandbox and tells it line by line: who did what, what the bot did, and why."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import aiohttp

from mentorbot.sandbox import stories
from mentorbot.sandbox.clock import read_stamp
from mentorbot.sandbox.page_log import LogLine
from mentorbot.sandbox.page_world import bot_url as where_the_bot_is
from mentorbot.sandbox.story_stage import Stage

if TYPE_CHECKING:
    from mentorbot.sandbox.server import SimulatedGitHub

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
    deeds = _once(line.text for line in lines if line.kind == "did")
    if deeds or acted:
        features = f" ({', '.join(_once(line.feature or '' for line in acted))})" if acted else ""
        because = f", because: {'; '.join(_once(line.text for line in acted))}" if acted else ""
        return f"{bot} {' and '.join(deeds) or 'took note'}{features}{because}"
    left = _once(line.text for line in lines if line.acted is False)
    left = [text for text in left if who and f"@{who}" in text] or left
    return f"{bot} left it alone: {'; '.join(left)}" if left else f"{bot} had nothing to do"


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
