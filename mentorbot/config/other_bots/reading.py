"""What one file of another bot's says: what the bot does with it, what becomes ours, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mentorbot.config.other_bots.texts import as_template
from mentorbot.config.yaml_reader import Place, YamlText
from mentorbot.core.translator import english_plural, phrase

DEFAULT, OFF = "default", "off"
"""What stands in `mentorbot.yml` for the text that is built in, and for none at all."""


class Habit(StrEnum):
    """What another bot does here unasked."""

    GREETS_ISSUES = phrase("greets people on their first issue")
    GREETS_PULL_REQUESTS = phrase("greets people on their first pull request")
    CELEBRATES_MERGES = phrase("celebrates first merges")
    NUDGES_PULL_REQUESTS = phrase("reminds authors of pull requests")
    NUDGES_ISSUES = phrase("reminds authors of issues")
    CLOSES_PULL_REQUESTS = phrase("closes pull requests")
    CLOSES_ISSUES = phrase("closes issues")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBot:
    """A bot that a file sets up, with the line in it, and what it does."""

    name: str
    path: str
    line: int
    habits: tuple[Habit, ...]

    def does(self, habit: Habit) -> bool:
        return habit in self.habits


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedSetting:
    """A value for `mentorbot.yml`, and where it comes from: the key in the other file, and its line."""

    place: tuple[str, ...]
    value: Any
    path: str
    line: int
    key: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A setting that is not carried over, and why; `is_unknown` where nobody knows what it is."""

    path: str
    line: int
    key: str
    why: str
    is_unknown: bool = False


@dataclass(slots=True, kw_only=True)
class FileReading:
    """Gathers what a file says. `unreadable` says why nothing could be made of it.

    `is_whole` is true where the file is for nothing else, so that it can be deleted; otherwise `leftovers`
    says what else is in it.
    """

    path: str
    bots: list[OtherBot] = field(default_factory=list)
    carried: list[CarriedSetting] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unreadable: str = ""
    is_whole: bool = True
    leftovers: str = ""

    def carry(self, place: str, value: Any, *, line: int, key: str, note: str = "") -> None:
        setting = CarriedSetting(
            place=tuple(place.split(".")), value=value, path=self.path, line=line, key=key, note=note
        )
        self.carried.append(setting)

    def carry_text(self, place: str, text: Any, *, line: int, key: str, note: str = "") -> None:
        """Carry words over, in our spelling; the built-in ones, where theirs can't be."""
        translated = as_template(text)
        if translated.problem:
            self.leave_out(key, line, translated.problem)
            self.carry(place, DEFAULT, line=line, key=key, note="the built-in words, see below")
            return
        notes = "; ".join(filter(None, (note, *translated.notes)))
        self.carry(place, translated.text, line=line, key=key, note=notes)

    def leave_out(self, key: str, line: int, why: str) -> None:
        self.left_out.append(LeftOut(path=self.path, line=line, key=key, why=why))

    def unknown(self, key: str, line: int) -> None:
        why = "nobody knows this setting here"
        self.left_out.append(LeftOut(path=self.path, line=line, key=key, why=why, is_unknown=True))

    def found(self, name: str, line: int, *habits: Habit) -> None:
        self.bots.append(OtherBot(name=name, path=self.path, line=line, habits=habits))


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file of settings with the line of each."""

    path: str
    text: YamlText

    @property
    def values(self) -> Mapping[str, Any]:
        return self.text.values

    def line(self, *place: str | int) -> int:
        """Where a key stands, or what is nearest above it."""
        found: Place = place
        while found:
            mark = self.text.keys.get(found) or self.text.marks.get(found)
            if mark is not None:
                return mark.line
            found = found[:-1]
        return 1

    def tell_flaws(self, reading: FileReading) -> None:
        """List what of the file itself could not be understood."""
        for flaw in self.text.problems:
            key = ".".join(map(str, flaw.place)) or "the file"
            reading.leave_out(key, flaw.mark.line, flaw.message)


def is_off(value: Any) -> bool:
    """True for what says no in YAML, as it is or as a text."""
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def is_on(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def whole_days(value: Any) -> int | None:
    """A number of days, also as a text; None where it is no whole number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < _MOST_DIGITS:
        return int(value.strip())
    return None


_MOST_DIGITS = 10
MOST_DAYS = 3650


def days(number: int) -> str:
    return english_plural("{count} day", "{count} days", number)


def labels_in(value: Any) -> tuple[str, ...]:
    """Labels as a list, or as one text with commas between them; YAML has numbers for some."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(dict.fromkeys(text for part in parts if is_label(part) and (text := str(part).strip())))


def is_label(value: Any) -> bool:
    """True for what can be a label's name; not for `null`, `true`, lists and the like."""
    return isinstance(value, str | int) and not isinstance(value, bool)
