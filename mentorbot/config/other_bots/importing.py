"""A `mentorbot.yml` made of other bots' settings, and what of them isn't in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mentorbot.config.other_bots.families import read_all
from mentorbot.config.other_bots.greeting_texts import HABITS, WELCOME_ISSUE, WELCOME_PULL_REQUEST
from mentorbot.config.other_bots.reading import (
    DEFAULT,
    OFF,
    CarriedSetting,
    LeftOut,
    OtherBot,
)
from mentorbot.config.other_bots.writing import written

_LARGEST_TEXTS = 40 * 1024  # of the 64 KiB that a config file may have


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToDelete:
    """A file that is of no use any more; `only` says which part of it, where the rest is something else's."""

    path: str
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of other bots' settings.

    `text` is the new `mentorbot.yml`; empty where there is nothing in them that mentorbot does. `unreadable`
    are files of which nothing could be made, by path, and why.
    """

    text: str
    carried: Sequence[CarriedSetting] = ()
    left_out: Sequence[LeftOut] = ()
    bots: Sequence[OtherBot] = ()
    to_delete: Sequence[FileToDelete] = ()
    unreadable: Mapping[str, str]


def import_from(texts: Mapping[str, str]) -> Imported:
    """Carry over what these files (by path) say."""
    readings = read_all(texts)
    bots = [bot for reading in readings for bot in reading.bots]
    carried, doubled = _without_doubles(setting for reading in readings for setting in reading.carried)
    carried = [*carried, *_greetings_off(carried, bots), *_reminders_off(carried)]
    left_out = [*(one for reading in readings for one in reading.left_out), *doubled]
    to_delete = [
        FileToDelete(path=reading.path, only=reading.leftovers)
        for reading in readings
        if (reading.bots or reading.carried) and (reading.is_whole or reading.leftovers)
    ]
    return Imported(
        text=written(carried, left_out, _lines_of(to_delete)) if carried else "",
        carried=carried,
        left_out=left_out,
        bots=bots,
        to_delete=to_delete,
        unreadable={reading.path: reading.unreadable for reading in readings if reading.unreadable},
    )


def _lines_of(to_delete: Iterable[FileToDelete]) -> list[str]:
    return [f"{one.path} ({one.only})" if one.only else one.path for one in to_delete]


def _without_doubles(settings: Iterable[CarriedSetting]) -> tuple[list[CarriedSetting], list[LeftOut]]:
    """One value for each place: the first, or the first that says more than the built-in words."""
    chosen: dict[tuple[str, ...], CarriedSetting] = {}
    others: list[CarriedSetting] = []
    room = _LARGEST_TEXTS
    for setting in settings:
        size = len(str(setting.value).encode())
        before = chosen.get(setting.place)
        if size > room:
            others.append(setting)
        elif before is None or (_is_built_in(before.value) and not _is_built_in(setting.value)):
            chosen[setting.place] = setting
            room -= size
        elif before.value != setting.value and not _is_built_in(setting.value):
            others.append(setting)
    return list(chosen.values()), [_doubled(one, chosen.get(one.place)) for one in others]


def _doubled(setting: CarriedSetting, instead: CarriedSetting | None) -> LeftOut:
    place = ".".join(setting.place)
    why = f"there is no room for so much text: shorten it, and write it under `{place}` by hand"
    if instead is not None:
        why = f"`{place}` has the value of {instead.path}, line {instead.line}, already: choose by hand"
    return LeftOut(path=setting.path, line=setting.line, key=setting.key, why=why)


def _is_built_in(value: Any) -> bool:
    return bool(value == DEFAULT)


def _greetings_off(carried: Sequence[CarriedSetting], bots: Sequence[OtherBot]) -> list[CarriedSetting]:
    """Greetings that nobody gave so far stay off, though the section for the others is on."""
    places = {setting.place for setting in carried}
    if not any(place[0] == "welcome" for place in places):
        return []
    missing = [
        place for place in (WELCOME_PULL_REQUEST, WELCOME_ISSUE) if tuple(place.split(".")) not in places
    ]
    first = next(setting for setting in carried if setting.place[0] == "welcome")
    return [
        replace(
            first,
            place=tuple(place.split(".")),
            value=OFF,
            key="",
            note="nothing greets there so far; `default` for the built-in words",
        )
        for place in missing
        if not any(bot.does(HABITS[place]) for bot in bots)
    ]


def _reminders_off(carried: Sequence[CarriedSetting]) -> list[CarriedSetting]:
    """Who only had labels that show whose turn it is goes on with labels only."""
    labels = [setting for setting in carried if setting.place[:2] == ("stalled", "labels")]
    if not labels or any(setting.place == ("stalled", "author", "after") for setting in carried):
        return []
    note = "nothing reminds anybody so far; `true`, and mentorbot does"
    places = (("author", "nudge"), ("reviewers", "nudge"), ("digest",))
    return [replace(labels[0], place=("stalled", *place), value=False, key="", note=note) for place in places]
