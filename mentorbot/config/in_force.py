"""What is in force in a repository: its sections, its mode, and what is wrong with its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar, CalendarSection
from mentorbot.config.durations import Duration
from mentorbot.config.file import ConfigProblem
from mentorbot.config.ignore import IGNORE, SETTLE, IgnoreSection, SettleSection
from mentorbot.config.language import LANGUAGE, NamesLanguage
from mentorbot.config.mode import MODE, Mode, ModeSection
from mentorbot.config.other_bots.reading import Habit, OtherBot
from mentorbot.config.other_bots.section import OTHER_BOTS, OtherBotsSection
from mentorbot.config.section import Section
from mentorbot.core.languages import SOURCE


@dataclass(frozen=True, slots=True)
class EffectiveValue:
    """A setting in force, and where it comes from. `value` is JSON."""

    path: str
    value: Any
    origin: Literal["repository", "owner", "default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What is in force in a repository.

    `sections` are those that are on. `problems` lists what is wrong with the files as they are now; what a
    broken section had last is in `sections` nevertheless. `good_values` (JSON) is to be kept and handed to
    the next `read_configuration`. `known` are the sections there can be. `other_bots` are those that act in
    this repository; None where nobody knows. `mode_since` is since when it is in shadow, or live again; None
    where it was never otherwise. `renamed` are the keys written under a former name, with the present one, by
    their paths.
    """

    exists: bool
    sections: Mapping[str, Section] = field(default_factory=dict)
    problems: tuple[ConfigProblem, ...] = ()
    values_with_origin: tuple[EffectiveValue, ...] = ()
    good_values: Mapping[str, Any] = field(default_factory=dict)
    switched_off: frozenset[str] = frozenset()
    known: Mapping[str, type[Section]] = field(default_factory=dict)
    other_bots: tuple[OtherBot, ...] | None = None
    mode_since: datetime | None = None
    renamed: tuple[tuple[str, str], ...] = ()

    def section(self, name: str) -> Section:
        """The section in force, or its defaults where no file names it. Raises KeyError if unknown."""
        return self.sections[name] if name in self.sections else self.known[name]()

    def is_on(self, name: str) -> bool:
        """True where a file names this section and does not switch it off."""
        return name in self.sections

    @property
    def calendar(self) -> Calendar:
        section = self.sections.get("calendar")
        return section.calendar() if isinstance(section, CalendarSection) else DEFAULT_CALENDAR

    @property
    def own_labels(self) -> frozenset[str]:
        """All labels that the bot itself puts on and takes off here."""
        return frozenset[str]().union(*(section.own_labels for section in self.sections.values()))

    @property
    def ignore(self) -> IgnoreSection:
        """In which threads nothing is said."""
        section = self.sections.get(IGNORE)
        if isinstance(section, IgnoreSection):
            return section
        return IgnoreSection(labels=()) if IGNORE in self.switched_off else IgnoreSection()

    @property
    def heeded_bots(self) -> tuple[OtherBot, ...]:
        """The other bots at work here, those left out that maintainers say are off."""
        if OTHER_BOTS in self.switched_off or self.other_bots is None:
            return ()
        section = self.sections.get(OTHER_BOTS)
        if not isinstance(section, OtherBotsSection):
            return self.other_bots
        return tuple(bot for bot in self.other_bots if not section.ignores(bot.path))

    def left_to(self, *habits: Habit) -> OtherBot | None:
        """The bot that does one of these here, so that we don't; None where none does.

        In shadow nothing is left to anybody: it shows what there will be when the others are gone.
        """
        if self.is_shadow:
            return None
        return next((bot for bot in self.heeded_bots if any(map(bot.does, habits))), None)

    @property
    def settle(self) -> Duration | None:
        """For how long nothing is said in a new thread."""
        section = self.sections.get(SETTLE)
        return section.settle if isinstance(section, SettleSection) else None

    @property
    def is_shadow(self) -> bool:
        """True where nothing is to be written; also where what stands there is no mode, and never was.

        So it is with a slip in the key itself (`Mode: shadow`): who wrote it wanted no surprise.
        """
        section = self.sections.get(MODE)
        if isinstance(section, ModeSection):
            return section.mode == Mode.SHADOW
        return any(MODE in {problem.section, problem.suggestion} for problem in self.problems)

    @property
    def live_since(self) -> datetime | None:
        """When the repository left the shadow: all before is past. None where it is in it, or never was."""
        return None if self.is_shadow else self.mode_since

    @property
    def language(self) -> str:
        """What everything written here is written in, as in `core.languages`."""
        own_first = sorted(self.sections.items(), key=lambda named: named[0] != LANGUAGE)
        named = (section.language for _, section in own_first if isinstance(section, NamesLanguage))
        return next(filter(None, named), SOURCE)
