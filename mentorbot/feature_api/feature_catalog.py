"""What all feature cards add up to: commands, config sections, permissions, help, menu, schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from mentorbot.config.calendar import CalendarSection
from mentorbot.config.configuration import Configuration
from mentorbot.config.ignore import IGNORE, SETTLE, IgnoreSection, SettleSection
from mentorbot.config.json_schema import json_schema
from mentorbot.config.language import LANGUAGE, LanguageSection
from mentorbot.config.mode import MODE, ModeSection
from mentorbot.config.other_bots.section import OTHER_BOTS, OtherBotsSection
from mentorbot.config.section import Section, UnreadSection
from mentorbot.core.actions import Action
from mentorbot.core.languages import LANGUAGES
from mentorbot.core.markdown import code, folded, table
from mentorbot.core.translator import say
from mentorbot.feature_api import reference
from mentorbot.feature_api.authorization import Authorization
from mentorbot.feature_api.command_spelling import short_commands_are_allowed
from mentorbot.feature_api.feature import Access, Feature, OutsideFeature, PlainWords
from mentorbot.feature_api.ports import MenuEntry
from mentorbot.feature_api.reference import ListedCommand

SHARED_SECTIONS: Mapping[str, type[Section]] = {
    MODE: ModeSection,
    LANGUAGE: LanguageSection,
    "calendar": CalendarSection,
    IGNORE: IgnoreSection,
    SETTLE: SettleSection,
    OTHER_BOTS: OtherBotsSection,
}
"""Sections that belong to no feature, as all of them go by it."""

MODE_EXAMPLE = """\
mode: shadow    # or live
"""

LANGUAGE_EXAMPLE = f"""\
language: pt-BR    # {", ".join(LANGUAGES)}
"""

IGNORE_EXAMPLE = """\
ignore:
  labels: [spam, invalid, duplicate]
"""

SETTLE_EXAMPLE = """\
settle: 10 minutes
"""

OTHER_BOTS_EXAMPLE = """\
other_bots:
  ignore: [.github/workflows/greetings.yml]    # it is disabled
"""

CALENDAR_EXAMPLE = """\
calendar:
  timezone: Europe/Berlin
  holidays: DE-BY
  freeze:
    - {from: 2026-12-21, to: 2027-01-03}
"""

NOBODY_KNOWS: Mapping[str, Sequence[str]] = MappingProxyType({})
MOST_HELP_LINES = 8
"""How many commands somebody is shown at first."""


class FeatureCatalog:
    """Everything that is derived from the cards. Raises ValueError where two cards contradict each other.

    `outside` are the features that were asked for from installed packages, also those that were left out.
    """

    def __init__(
        self, features: tuple[Feature[Any], ...], *, outside: tuple[OutsideFeature, ...] = ()
    ) -> None:
        names = [*SHARED_SECTIONS, *(feature.name for feature in features)]
        if twice := [name for place, name in enumerate(names) if name in names[:place]]:
            raise ValueError(f"there is a section {twice[0]!r} already: rename the feature")
        self.features = features
        self.outside = outside
        self._commands: dict[str, ListedCommand] = {}
        for feature in features:
            for command in feature.commands():
                taken = self._commands.get(command.name)
                if taken is not None:
                    raise ValueError(
                        f"{feature.name} and {taken.feature.name} both know {command.name!r}: rename one"
                    )
                self._commands[command.name] = ListedCommand(feature, command)
        defaults = [listed for listed in self._commands.values() if listed.command.is_default]
        if len(defaults) > 1:
            both = " and ".join(listed.command.name for listed in defaults)
            raise ValueError(f"the bot's name alone can't ask for both {both}: only one is the default")
        self.default_command = defaults[0] if defaults else None
        self.plain_words = next(
            (
                (feature, trigger)
                for feature in features
                for trigger in feature.triggers
                if isinstance(trigger, PlainWords)
            ),
            None,
        )
        """What answers those who speak to the bot as to a person, and the feature whose answer it is."""

    def commands(self) -> tuple[ListedCommand, ...]:
        return tuple(self._commands.values())

    def command(self, name: str) -> ListedCommand | None:
        return self._commands.get(name)

    def written_in_shadow(self, name: str) -> tuple[type[Action], ...]:
        """What a feature writes even in shadow; where it does, it remembers what really is so."""
        return next((one.written_in_shadow for one in self.features if one.name == name), ())

    def is_on(self, feature: Feature[Any], configuration: Configuration) -> bool:
        """True where this feature works: named in the config, or one that needs only a config file."""
        if feature.name in configuration.switched_off:
            return False
        return configuration.is_on(feature.name) or (feature.always_on and configuration.exists)

    def menu(self, configuration: Configuration) -> tuple[MenuEntry, ...]:
        return tuple(
            MenuEntry(feature.name, feature.summary, self.is_on(feature, configuration))
            for feature in self.features
        )

    def spoken_names(self, configuration: Configuration) -> tuple[frozenset[str], frozenset[str]]:
        """The names understood here behind `/mentorbot`, and those understood behind `/` alone.

        Commands of features that are off are known as well: whoever gives one is told that it is off.
        """
        allowed = short_commands_are_allowed(configuration)
        on = {listed.command.name for listed in self.commands() if self.is_on(listed.feature, configuration)}
        short = {name for name, listed in self._commands.items() if listed.command.short and name in on}
        return frozenset(self._commands), frozenset(short if allowed else ())

    def features_on(self, configuration: Configuration) -> tuple[Feature[Any], ...]:
        return tuple(feature for feature in self.features if self.is_on(feature, configuration))

    def help_for(
        self,
        authorization: Authorization,
        configuration: Configuration,
        *,
        on_pull_request: bool,
        useful: Mapping[str, Sequence[str]] = NOBODY_KNOWS,
    ) -> str:
        """What somebody can ask of the bot in this thread now, and folded away all the rest, as Markdown.

        `useful` are the names of commands that would do something for them, by feature, the best first;
        of features that don't say so, every command is.
        """
        wrong_place = "issues" if on_pull_request else "pull requests"
        here = [
            listed
            for listed in self.commands()
            if self.is_on(listed.feature, configuration) and listed.command.on != wrong_place
        ]
        yours = [listed for listed in here if authorization.may(listed.command.who)]
        first = _best_of_each(_useful_by_feature(yours, useful))[:MOST_HELP_LINES]
        rest = [listed for listed in here if listed not in first]
        short = short_commands_are_allowed(configuration)
        lines = [
            f"- {code(reference.spelled(one, short=short))}: {say(one.command.help)}"
            for one in sorted(first, key=here.index)
        ]
        text = (
            say("You can ask this of me here, in a comment, on a line of its own:")
            + "\n\n"
            + "\n".join(lines)
        )
        if not rest:
            return text
        rows = [
            (code(reference.spelled(one, short=short)), say(one.command.who.value), say(one.command.help))
            for one in rest
        ]
        more = table((say("Write"), say("Who"), say("What it does")), rows)
        return text + "\n\n" + folded(say("All other commands"), more)

    def json_schema(self) -> dict[str, Any]:
        return json_schema(self.sections())

    def config_reference(self) -> str:
        examples = {feature.name: feature.example for feature in self.features}
        read = {name: model for name, model in self.sections().items() if model is not UnreadSection}
        return reference.config_reference(
            read,
            {
                MODE: MODE_EXAMPLE,
                LANGUAGE: LANGUAGE_EXAMPLE,
                "calendar": CALENDAR_EXAMPLE,
                IGNORE: IGNORE_EXAMPLE,
                SETTLE: SETTLE_EXAMPLE,
                OTHER_BOTS: OTHER_BOTS_EXAMPLE,
                **examples,
            },
        )

    def command_table(self) -> str:
        return reference.command_table(self.commands())

    def sections(self) -> dict[str, type[Section]]:
        """The config file's sections: the shared ones, then the features'; those left out go unread."""
        read = {**SHARED_SECTIONS, **{feature.name: feature.config for feature in self.features}}
        unread = [one.name for one in self.outside if one.left_out_because and one.name not in read]
        return {**read, **dict.fromkeys(unread, UnreadSection)}

    def permissions(self) -> dict[str, Access]:
        """What the App must be granted so that every feature can do its work."""
        granted: dict[str, Access] = {}
        for feature in self.features:
            for name, access in feature.permissions.items():
                if granted.get(name) != "write":
                    granted[name] = access
        return dict(sorted(granted.items()))


def _useful_by_feature(
    yours: Iterable[ListedCommand], useful: Mapping[str, Sequence[str]]
) -> list[list[ListedCommand]]:
    """The commands that would do something, by feature, the best first."""
    found: dict[str, list[ListedCommand]] = {}
    for listed in yours:
        name = listed.feature.name
        if name not in useful or listed.command.name in useful[name]:
            found.setdefault(name, []).append(listed)
    return [_in_order(listed, useful.get(name, ())) for name, listed in found.items()]


def _in_order(listed: Sequence[ListedCommand], names: Sequence[str]) -> list[ListedCommand]:
    places = {name: place for place, name in enumerate(names)}
    return sorted(listed, key=lambda one: places.get(one.command.name, 0))


def _best_of_each(features: Iterable[Sequence[ListedCommand]]) -> list[ListedCommand]:
    """First the best command of each feature, then the second of each, and so on."""
    rounds = zip_longest(*features)
    return [listed for one in rounds for listed in one if listed is not None]
