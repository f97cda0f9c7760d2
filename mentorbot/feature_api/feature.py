"""The card: what a feature is, hears, may and can be told. Everything else about it is derived from here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from mentorbot.config.section import Section
from mentorbot.core.actions import Action
from mentorbot.core.events import CommandGiven, Event
from mentorbot.core.plan import Plan
from mentorbot.feature_api.authorization import Authorization, Who
from mentorbot.feature_api.command_line import CommandLine
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.simulation import Simulates

if TYPE_CHECKING:  # only those who type commands wait for it
    import typer

_CADENCE = re.compile(r"hour|(day|weekday|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) ([01]\d|2[0-3]):[0-5]\d")

C = TypeVar("C", bound=Section)
E = TypeVar("E", bound=Event)
F = TypeVar("F")


class Trigger(Generic[C]):
    """What makes a feature look: an event, the clock, or a command."""


@dataclass(frozen=True, slots=True)
class On(Trigger[C], Generic[E, F, C]):
    """When this happens, ask for facts and decide."""

    event: type[E]
    ask: Callable[[E, C, Ports], Awaitable[F]] = field(kw_only=True)
    decide: Callable[[F, C], Plan] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Case(Generic[F]):
    """One thing a sweep looks at: facts about an issue or pull request (`number`), or a repository (None)."""

    number: int | None
    facts: F


@dataclass(frozen=True, slots=True)
class Every(Trigger[C], Generic[F, C]):
    """At this time, in the repository's time zone, look at each case and decide.

    `cadence` reads "hour", "day 06:00", "weekday 06:00" (business days of the repository's calendar) or
    "Monday 06:00"; any other raises ValueError. `fresh`, where given, asks GitHub for the facts of one case
    again just before acting; an effect that the rule no longer wants then is dropped.
    """

    cadence: str
    each: Callable[[C, Ports], AsyncIterator[Case[F]]] = field(kw_only=True)
    decide: Callable[[F, C], Plan] = field(kw_only=True)
    fresh: Callable[[int, C, Ports], Awaitable[F | None]] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not _CADENCE.fullmatch(self.cadence):
            raise ValueError(
                f"{self.cadence!r} is no cadence: write one like 'hour', 'day 06:00' or 'Monday 06:00'"
            )


@dataclass(frozen=True, slots=True)
class Command(Trigger[C], Generic[F, C]):
    """A command. `usage` starts with its name: "snooze <duration>", "mentor me [area]".

    `short` tells whether `/snooze` is understood beside `/mentorbot snooze`. `on` limits it to pull requests
    or issues. `is_default` is for the one that the bot's name alone asks for; `offers_help` for those by
    which somebody wants to help others: nobody gets a 👎 for that.
    """

    usage: str
    help: str = field(kw_only=True)
    who: Who = field(kw_only=True)
    ask: Callable[[CommandGiven, C, Ports], Awaitable[F]] = field(kw_only=True)
    decide: Callable[[F, C], Plan] = field(kw_only=True)
    short: bool = field(default=True, kw_only=True)
    on: Literal["anything", "pull requests", "issues"] = field(default="anything", kw_only=True)
    is_default: bool = field(default=False, kw_only=True)
    offers_help: bool = field(default=False, kw_only=True)

    @property
    def name(self) -> str:
        """The literal words before the first argument: "mentor me"."""
        words = []
        for word in self.usage.split():
            if word[0] in "<[@":
                break
            words.append(word)
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class PlainWords(Trigger[C], Generic[F, C]):
    """When somebody speaks to the bot by its name on GitHub, in words that are no command."""

    ask: Callable[[CommandGiven, C, Ports], Awaitable[F]] = field(kw_only=True)
    decide: Callable[[F, C], Plan] = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something a feature writes unasked, as maintainers read it in docs/what-it-says.md.

    `keys` is the pattern of the keys of its actions ("person */issue"); the first that fits is meant.
    """

    name: str
    keys: str
    when: str
    to: str
    at_most: str


Access = Literal["read", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature(Generic[C]):
    """A folder in `mentorbot/features`: its name is the YAML section, the log label and the test folder.

    `permissions` is what the App must be granted, in the App manifest's names
    (https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest). Which
    webhooks are heard follows from the triggers; `events` names more of them only where a trigger is worth
    hearing of in finer detail (`check_run` besides `check_suite`). `messages` lists what it writes unasked.
    `always_on` features need no section of
    their own, only a config file; `without_config` ones hear events even where there is no file.
    `written_in_shadow` are the kinds of actions that are written even in shadow: a feature that has any
    remembers there what really is so.
    `command_line` puts commands of its own into `mentorbot`. `guided` tells, by id, to whom nobody should
    offer what its section has for newcomers (see `feature_api.guidance`), as they have it or wait for it.

    `simulates` lives through a past by the feature's own rules, and yields what it would have said, oldest
    first; `starter` is the section that is tried where a repository has no config file yet.

    `coming` tells what the feature will do in a thread if nothing happens, in sentences. `useful_commands`
    tells which of its commands would do something for somebody in a thread just now, the most useful first;
    without it that is every one they may give. `forecast` tells operators what its schedules will do in a
    repository on the coming days, in English sentences.
    """

    name: str
    summary: str
    config: type[C]
    triggers: tuple[Trigger[C], ...]
    permissions: Mapping[str, Access] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    always_on: bool = False
    without_config: bool = False
    written_in_shadow: tuple[type[Action], ...] = ()
    example: str = ""  # the section as a maintainer would write it, shown in the reference
    starter: str = ""
    simulates: Simulates[C] | None = None
    command_line: Callable[[typer.Typer, CommandLine], None] | None = None
    guided: Callable[[Ports], Awaitable[frozenset[int]]] | None = None
    coming: Callable[[CommandGiven, C, Ports], Awaitable[Sequence[str]]] | None = None
    useful_commands: Callable[[CommandGiven, Authorization, C, Ports], Awaitable[Sequence[str]]] | None = None
    forecast: Callable[[C, Ports], Awaitable[Sequence[str]]] | None = None

    def message(self, key: str) -> Message | None:
        """Which of its messages an action with this key writes."""
        return next((one for one in self.messages if fnmatchcase(key, one.keys)), None)

    def commands(self) -> tuple[Command[Any, C], ...]:
        return tuple(trigger for trigger in self.triggers if isinstance(trigger, Command))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFeature:
    """One that MENTORBOT_FEATURES names, the package that brings it, and why it was left out, if it was."""

    name: str
    package: str = ""
    left_out_because: str = ""
