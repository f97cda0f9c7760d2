"""Writes a `mentorbot.yml` in which each line says where it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mentorbot.config.other_bots.reading import DEFAULT, OFF, CarriedSetting, LeftOut

_SECTIONS = ("welcome", "first_merge", "stalled")
_MOST_REMARKS = 200
_LONGEST_REMARK = 200
_PLAIN = re.compile(r"[A-Za-z][\w -]{0,80}", re.ASCII)
_WORDS_OF_YAML = frozenset({"true", "false", "null", "on", "off", "yes", "no", "y", "n", "default"})
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_BLOCK = re.compile("[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

_HEAD = """\
# Written by `mentorbot import`, from the settings of other bots.
#
# It starts in shadow: mentorbot hears everything, writes nothing here, and tells what it would have said.
# To go live: delete the files that are listed at the end, and write `mode: live`. As long as another bot
# greets, celebrates or reminds authors here, mentorbot leaves that to it.

mode: shadow
"""
_REVIEWERS = (
    "  # Reviewers are reminded as well when it is their turn, and a weekly list is kept.",
    "  # To switch that off: `reviewers: {nudge: false}` and `digest: false`.",
)


def written(carried: Sequence[CarriedSetting], left_out: Sequence[LeftOut], to_delete: Sequence[str]) -> str:
    """The file. Whatever the other files held, nothing of it gets out of its value or its comment."""
    parts = [_HEAD]
    for section in _SECTIONS:
        settings = [one for one in carried if one.place[0] == section]
        if settings:
            lines = [f"{section}:", *_lines(settings, depth=1)]
            if section == "stalled" and not any(one.place[-1] == "nudge" for one in settings):
                lines += _REVIEWERS
            parts.append("\n".join(lines) + "\n")
    known = [one for one in left_out if not one.is_unknown]
    unknown = [one for one in left_out if one.is_unknown]
    parts += _remarks("Not carried over:", [f"{_where(one)}: {one.why}" for one in known])
    parts += _remarks("Unknown here, so not carried over:", [_where(one) for one in unknown])
    parts += _remarks("To delete once this is live:", to_delete)
    return "\n".join(parts)


def _lines(settings: Sequence[CarriedSetting], *, depth: int) -> Iterator[str]:
    """The settings of a section, those with deeper places below a line of their own."""
    indent = "  " * depth
    for key in dict.fromkeys(one.place[depth] for one in settings):
        within = [one for one in settings if one.place[depth] == key]
        if len(within[0].place) > depth + 1:
            yield f"{indent}{key}:"
            yield from _lines(within, depth=depth + 1)
        else:
            yield from _setting(within[0], indent)


def _setting(setting: CarriedSetting, indent: str) -> Iterator[str]:
    key, value = setting.place[-1], setting.value
    remark = _remark("; ".join(filter(None, (_origin(setting), setting.note))))
    if isinstance(value, str) and "\n" in value and not _BLOCK.search(value):
        yield f"{indent}{key}: |  # {remark}"
        yield from (f"{indent}  {line}".rstrip() for line in value.split("\n"))
    else:
        yield f"{indent}{key}: {_value(value)}  # {remark}"


def _origin(setting: CarriedSetting) -> str:
    return f"{setting.path}, line {setting.line}: {setting.key}" if setting.key else ""


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_quoted(one) for one in value)}]"
    text = str(value)
    if text in {DEFAULT, OFF} or re.fullmatch(r"\d{1,4} days?", text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS_OF_YAML:
        return text
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _where(one: LeftOut) -> str:
    return f"{one.path}, line {one.line}: {one.key}"


def _remarks(title: str, lines: Iterable[str]) -> list[str]:
    """A list in comments; a very long one ends with how many more there are."""
    every = list(lines)
    if not every:
        return []
    shown = [f"# - {_remark(line)}" for line in every[:_MOST_REMARKS]]
    if len(every) > _MOST_REMARKS:
        shown.append(f"# … and {len(every) - _MOST_REMARKS} more")
    return ["\n".join((f"# {title}", *shown)) + "\n"]


def _remark(text: str) -> str:
    """One line that stays a comment, whatever was in it."""
    line = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return line if len(line) <= _LONGEST_REMARK else line[: _LONGEST_REMARK - 1] + "…"
