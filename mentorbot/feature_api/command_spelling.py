"""How commands start in a repository: `/turn`, or `/mentorbot turn` where short forms aren't wanted."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from mentorbot.config.configuration import Configuration
from mentorbot.domain.command_parser import BOT

LONG_PREFIX = f"/{BOT} "
SHORT_PREFIX = "/"


@runtime_checkable
class AllowsShortCommands(Protocol):
    """A section that says whether `/turn` is understood beside `/mentorbot turn`."""

    @property
    def short_commands(self) -> bool: ...


def short_commands_are_allowed(configuration: Configuration) -> bool:
    return all(
        section.short_commands
        for section in configuration.sections.values()
        if isinstance(section, AllowsShortCommands)
    )


def command_prefix(configuration: Configuration) -> str:
    """What is written before the name of a command that has a short form."""
    return SHORT_PREFIX if short_commands_are_allowed(configuration) else LONG_PREFIX
