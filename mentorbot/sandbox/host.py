"""What the program around the sandbox hands in, which by itself knows no bot: its commands, its schedules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedCommand:
    """A command that the bot understands, as the page offers it: what to type, what for, and who may."""

    text: str
    what: str
    who: str
    on: str = "anything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the sandbox can ask of the program that runs it; nothing of it has to be there.

    `settled` waits until the bot has answered everything; it raises TimeoutError where that takes too long.
    `time_passed` is awaited after each jump of the clock: what else goes by it does what is due then.
    `begin_story` clears the sandbox and lets the story of that name play.
    """

    commands: Sequence[OfferedCommand] = ()
    settled: Callable[[], Awaitable[None]] | None = None
    time_passed: Callable[[timedelta], Awaitable[None]] | None = None
    begin_story: Callable[[str], None] | None = None
