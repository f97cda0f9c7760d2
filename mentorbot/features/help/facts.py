"""What is asked before the bot speaks about itself: who wants to know, what is in force, what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import Configuration
from mentorbot.core.events import CommandGiven
from mentorbot.core.journal import JournalEntry
from mentorbot.core.people import Person
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.ports import MenuEntry, Ports
from mentorbot.features.help.config import Help
from mentorbot.features.help.muting.facts import muted_until
from mentorbot.features.help.silence.facts import paused_until


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableCommands:
    """What `by` can ask for here, as Markdown, and the features there are."""

    by: Person
    explained: str
    menu: Sequence[MenuEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsInForce:
    by: Person
    configuration: Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadJournal:
    """What the bot did and did not do in a thread, newest first, and until when it is to be silent there.

    `paused_until` is until when it is to be silent in the whole repository. `unknown` is what it could not
    read of this repository, and `coming` what it will do in the thread if nothing happens, both in sentences.
    """

    by: Person
    entries: Sequence[JournalEntry]
    muted_until: datetime | None
    calendar: Calendar
    menu: Sequence[MenuEntry]
    paused_until: datetime | None = None
    unknown: str = ""
    coming: Sequence[str] = ()


async def useful_commands(
    event: CommandGiven, authorization: Authorization, _section: Help, ports: Ports
) -> Sequence[str]:
    """Why it did something, for everybody; silence for who may ask for it, its end where there is one."""
    is_mute = await muted_until(event.thread.number, ports) is not None
    silence = ["unmute" if is_mute else "mute"]
    return ["why", *silence, *(["config"] if authorization.permission.is_maintainer else [])]


async def available_commands(event: CommandGiven, _section: Help, ports: Ports) -> AvailableCommands:
    asker = Authorization.of(
        event.by, thread=event.thread, permission=await ports.github.permission(event.by)
    )
    explained = ports.catalog.help_for(
        asker,
        ports.configuration,
        on_pull_request=event.thread.is_pull_request,
        useful=await ports.outlook.useful_commands(event, asker),
    )
    return AvailableCommands(by=event.by, explained=explained, menu=ports.catalog.menu(ports.configuration))


async def settings(event: CommandGiven, _section: Help, ports: Ports) -> SettingsInForce:
    return SettingsInForce(by=event.by, configuration=ports.configuration)


async def thread_journal(event: CommandGiven, _section: Help, ports: Ports) -> ThreadJournal:
    """What this repository's journal holds about this thread, questions about the bot itself left out.

    What was refused is told, also in its own name: that is where a misspelt command is put right.
    """
    number = event.thread.number
    entries = await ports.journal.about(number, limit=200)
    return ThreadJournal(
        by=event.by,
        entries=tuple(entry for entry in entries if entry.feature != "help" or entry.refused),
        muted_until=await muted_until(number, ports),
        calendar=ports.calendar,
        menu=ports.catalog.menu(ports.configuration),
        paused_until=await paused_until(ports),
        unknown=await ports.timelines.unknown(),
        coming=await ports.outlook.coming(event),
    )
