"""What all feature cards add up to: commands, config sections, permissions, help, menu, schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentorbot.core.calendar import CalendarSection
from mentorbot.core.section import Section

if TYPE_CHECKING:
    from mentorbot.core.feature import Access, Command, Feature

SHARED_SECTIONS: Mapping[str, type[Section]] = {"calendar": CalendarSection}
"""Sections that belong to no feature, as all of them go by it."""


@dataclass(frozen=True, slots=True)
class ListedCommand:
    """A command and the feature whose card it is on."""

    feature: Feature[Any]
    command: Command[Any, Any]


class Handbook:
    """Everything that is derived from the cards. Raises ValueError where two cards contradict each other."""

    def __init__(self, features: tuple[Feature[Any], ...]) -> None:
        self.features = features
        self._commands: dict[str, ListedCommand] = {}
        for feature in features:
            for command in feature.commands():
                taken = self._commands.get(command.name)
                if taken is not None:
                    raise ValueError(
                        f"{feature.name} and {taken.feature.name} both know {command.name!r}: rename one"
                    )
                self._commands[command.name] = ListedCommand(feature, command)

    def commands(self) -> tuple[ListedCommand, ...]:
        """All commands, in the order of the cards."""
        return tuple(self._commands.values())

    def command(self, name: str) -> ListedCommand | None:
        """The command with this name ("mentor me"), if there is one."""
        return self._commands.get(name)

    def sections(self) -> dict[str, type[Section]]:
        """The config file's sections: the shared ones, then the features'."""
        return {**SHARED_SECTIONS, **{feature.name: feature.config for feature in self.features}}

    def permissions(self) -> dict[str, Access]:
        """What the App must be granted so that every feature can do its work."""
        granted: dict[str, Access] = {}
        for feature in self.features:
            for name, access in feature.permissions.items():
                if granted.get(name) != "write":
                    granted[name] = access
        return dict(sorted(granted.items()))

    def events(self) -> tuple[str, ...]:
        """The webhook events the cards name, as in the App manifest."""
        return tuple(sorted({event for feature in self.features for event in feature.events}))
