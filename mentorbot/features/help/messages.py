"""What the bot says about itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.config.configuration import ConfigProblem, Configuration, EffectiveValue
from mentorbot.core.journal import JournalEntry
from mentorbot.core.markdown import as_text, code, folded, table
from mentorbot.core.translator import english_plural
from mentorbot.feature_api.command_spelling import LONG_PREFIX
from mentorbot.feature_api.muting import FOR_EVER
from mentorbot.features.help.facts import AvailableCommands, ThreadJournal

_SHOWN_AT_ONCE = 10
_LONGEST_STORY = 50
_ORIGINS = {"repository": "this repository", "owner": "its owner", "default": "built in"}


def what_i_can_do(facts: AvailableCommands) -> str:
    features = "\n".join(
        f"- **{entry.name}**{'' if entry.is_on else ' (off here)'}: {entry.summary}" for entry in facts.menu
    )
    return f"{facts.explained}\n\n{folded('What I do by myself', features)}"


def settings(configuration: Configuration) -> str:
    parts = [_problems(configuration.problems)] if configuration.problems else []
    parts.extend(
        folded(name, _values(value for value in configuration.values_with_origin if _is_in(value, name)))
        for name in configuration.sections
    )
    on = ", ".join(code(name) for name in configuration.sections)
    first = f"On here: {on}." if on else "No section is on here: I only answer commands."
    return "\n\n".join((first, *parts))


def thread_journal(facts: ThreadJournal) -> str:
    parts = [] if facts.muted_until is None else [silence_told(facts.muted_until, facts.calendar)]
    if facts.unknown:
        unknown = as_text(facts.unknown, limit=600)
        parts.append(f"There is something I don't know here, so I may be missing something. {unknown}")
    lines = _told(facts.entries, facts.calendar)
    if not lines and facts.unknown:
        return "\n\n".join((*parts, "So far I have done nothing in this thread."))
    if not lines:
        on = ", ".join(code(entry.name) for entry in facts.menu if entry.is_on)
        parts.append(
            "I have done nothing here yet, because nothing has happened in this thread that I look after. "
            f"On in this repository: {on or 'nothing'}."
        )
        return "\n\n".join(parts)
    parts.append("What I did and did not do here, the latest first:\n\n" + "\n".join(lines[:_SHOWN_AT_ONCE]))
    if len(lines) > _SHOWN_AT_ONCE:
        parts.append(folded("Before that", "\n".join(lines[_SHOWN_AT_ONCE:_LONGEST_STORY])))
    return "\n\n".join(parts)


def silence_told(until: datetime, calendar: Calendar) -> str:
    """How long the bot says nothing unasked-for, and what ends that."""
    how_long = "" if until.year == FOR_EVER.year else f" until {moment(until, calendar)}"
    return f"I say nothing unasked-for here{how_long}. `{LONG_PREFIX}unmute` ends that."


def moment(at: datetime, calendar: Calendar) -> str:
    """A moment on the repository's clock: "2 March 2026, 11:00 CET"."""
    local = calendar.local(at)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"


def _told(entries: Iterable[JournalEntry], calendar: Calendar) -> list[str]:
    """One line for each decision; what was decided again and again with the same end is told once."""
    alike: dict[tuple[str, str, str], list[JournalEntry]] = {}
    for entry in entries:
        alike.setdefault((entry.feature, entry.verb, entry.sentence), []).append(entry)
    return [
        f"- {moment(same[0].at, calendar)}{_repeated(len(same) - 1)}, "
        # Journal sentences hold logins and titles: nobody is to be notified because somebody asked why.
        f"**{feature}** {verb}: {as_text(sentence, limit=400)}{_where_or_when(same[0], calendar)}"
        for (feature, verb, sentence), same in alike.items()
    ]


def _where_or_when(entry: JournalEntry, calendar: Calendar) -> str:
    """Where to look at what was done, or when what waits is tried again."""
    if entry.url:
        return f" ([there]({entry.url}))"
    return f" (I try again on {moment(entry.next_try, calendar)})" if entry.next_try else ""


def _repeated(times: int) -> str:
    if not times:
        return ""
    return english_plural(" and once before", " and {count} times before", times)


def _problems(problems: Iterable[ConfigProblem]) -> str:
    lines = "\n".join(
        f"- Line {problem.line} of the file of {_ORIGINS[problem.origin]}: {problem.message}"
        for problem in problems
    )
    return f"Something is to be mended; until then the last good version is in force:\n\n{lines}"


def _is_in(value: EffectiveValue, section: str) -> bool:
    return value.path.partition(".")[0] == section


def _values(values: Iterable[EffectiveValue]) -> str:
    rows = ((code(value.path), _shown(value.value), _ORIGINS[value.origin]) for value in values)
    return table(("Setting", "Value", "From"), rows)


def _shown(value: object) -> str:
    if value is None or value in ([], {}, ""):
        return "–"
    return code(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), limit=120)
