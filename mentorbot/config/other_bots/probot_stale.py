"""probot/stale: `.github/stale.yml`.

https://github.com/probot/stale#usage
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorbot.config.other_bots import reminders
from mentorbot.config.other_bots.reading import FileReading, Habit, YamlFile, is_off, whole_days

NAME = "probot/stale"
_DAYS, _EXEMPT = "daysUntilStale", "exemptLabels"
_DEFAULTS: Mapping[str, Any] = {
    _DAYS: 60,
    _EXEMPT: ["pinned", "security"],
    "daysUntilClose": 7,
    "markComment": "Is this still relevant?",
}
_REASONS = {
    "daysUntilClose": reminders.NEVER_CLOSES,
    "closeComment": reminders.NEVER_CLOSES,
    "staleLabel": reminders.TURN_LABELS,
    "markComment": reminders.OWN_WORDS,
    "unmarkComment": "mentorbot folds its reminder away when it is answered",
    "onlyLabels": reminders.EVERYTHING,
    "exemptProjects": reminders.EVERYTHING,
    "exemptMilestones": reminders.EVERYTHING,
    "exemptAssignees": reminders.EVERYTHING,
    "limitPerRun": reminders.PACED,
    "perform": "mentorbot's `mode: shadow` is for trying it out",
}
_PULLS, _ISSUES = "pulls", "issues"


def read(file: YamlFile) -> FileReading:
    """What an empty file leaves out goes by probot/stale's own defaults."""
    reading = FileReading(path=file.path)
    only = file.values.get("only")
    nudges_pulls = only != _ISSUES and _comments(file, _PULLS)
    nudges_issues = only != _PULLS and _comments(file, _ISSUES)
    habits = [
        *([Habit.NUDGES_PULL_REQUESTS] if nudges_pulls else []),
        *([Habit.NUDGES_ISSUES] if nudges_issues else []),
        *([Habit.CLOSES_PULL_REQUESTS] if only != _ISSUES and _closes(file, _PULLS) else []),
        *([Habit.CLOSES_ISSUES] if only != _PULLS and _closes(file, _ISSUES) else []),
    ]
    if not is_off(file.values.get("perform")):
        reading.found(NAME, 1, *habits)
    if nudges_pulls:
        _carry(reading, file)
    for key in file.values:
        if key in {_PULLS, _ISSUES}:
            _sort_out_part(reading, file, key)
        else:
            _sort_out(reading, (key,), file, carried=nudges_pulls)
    return reading


def _of(file: YamlFile, part: str, key: str) -> tuple[Any, tuple[str, ...]]:
    """A setting for issues or for pull requests, and where it stands (nowhere, for a default)."""
    own = file.values.get(part)
    if isinstance(own, dict) and key in own:
        return own[key], (part, key)
    if key in file.values:
        return file.values[key], (key,)
    return _DEFAULTS.get(key), ()


def _comments(file: YamlFile, part: str) -> bool:
    is_marked = whole_days(_of(file, part, _DAYS)[0]) is not None
    return is_marked and not is_off(_of(file, part, "markComment")[0])


def _closes(file: YamlFile, part: str) -> bool:
    return whole_days(_of(file, part, "daysUntilClose")[0]) is not None


def _carry(reading: FileReading, file: YamlFile) -> None:
    for key, carry in ((_DAYS, reminders.carry_days), (_EXEMPT, reminders.carry_exempt_labels)):
        value, place = _of(file, _PULLS, key)
        note = "" if place else f"{NAME}'s default"
        carry(reading, value, line=file.line(*place), key=".".join(place) or key, note=note)


def _sort_out_part(reading: FileReading, file: YamlFile, part: str) -> None:
    values = file.values[part]
    if part == _ISSUES:
        reading.leave_out(part, file.line(part), reminders.NO_ISSUES)
        return
    for key in values if isinstance(values, dict) else ():
        _sort_out(reading, (part, key), file, carried=True)


def _sort_out(reading: FileReading, place: tuple[str, ...], file: YamlFile, *, carried: bool) -> None:
    key, name, line = place[-1], ".".join(place), file.line(*place)
    if key in {_DAYS, _EXEMPT}:
        overridden = _of(file, _PULLS, key)[1] != place
        if not carried:
            reading.leave_out(name, line, reminders.NO_ISSUES)
        elif overridden:
            reading.leave_out(
                name, line, "`pulls` says otherwise for pull requests, and " + reminders.NO_ISSUES
            )
    elif key == "only":
        why = (
            reminders.NO_ISSUES if file.values[key] == _ISSUES else "mentorbot reminds of pull requests only"
        )
        reading.leave_out(name, line, why)
    elif key == "_extends":
        reading.leave_out(name, line, "what is in the file that this one extends isn't read; import it there")
    elif key in _REASONS:
        reading.leave_out(name, line, _REASONS[key])
    else:
        reading.unknown(name, line)
