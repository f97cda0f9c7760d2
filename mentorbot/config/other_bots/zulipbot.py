"""zulip/zulipbot: `config/config.js` or `config/default.ts` in a checkout of the bot itself.

What it says holds for the repositories that it names. https://github.com/zulip/zulipbot/wiki/configuration
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mentorbot.config.other_bots.javascript import UnreadableScript, exported_values
from mentorbot.config.other_bots.reading import MOST_DAYS, FileReading, days, whole_days

NAME = "zulipbot"
_LONGEST_LABEL = 50
_ISSUES = "mentorbot neither assigns nor labels issues, and reminds nobody about them"
_REASONS = (
    ("issues", _ISSUES),
    ("pulls.status.mergeConflicts", "mentorbot's reminder names conflicts; it labels and tells none at once"),
    ("pulls.status.size", "labels by size: actions/labeler and others do that"),
    ("pulls.references", "mentorbot checks no commit messages"),
    ("pulls.ci", "mentorbot doesn't repeat what checks say"),
    ("activity.check.repositories", "mentorbot works where its App is installed and a mentorbot.yml lies"),
    ("activity.check.interval", "mentorbot looks every weekday"),
    ("activity.check.limit", "mentorbot takes nobody off an issue"),
    ("activity.issues", _ISSUES),
    ("activity.pulls.autoUpdate", "mentorbot's labels follow by themselves"),
    ("activity.pulls.reviewed.assignee", "mentorbot assigns nobody"),
    ("activity.pulls.needsReview.ignore", "mentorbot reminds reviewers, too: `stalled.reviewers.nudge`"),
    ("auth", "mentorbot is a GitHub App of its own"),
    ("eventsDelay", "`settle` is how long mentorbot waits in a new thread"),
)
_LABELS = {
    "activity.inactive": "stalled.ignore.labels",
    "activity.pulls.reviewed.label": "stalled.labels.author",
    "activity.pulls.needsReview.label": "stalled.labels.reviewers",
}
_REMINDER, _WIP = "activity.check.reminder", "pulls.status.wip"
_WORD = re.compile(r"[\w -]{2,40}")


def read(path: str, text: str) -> FileReading:
    """Nothing of it acts in the repository at hand: this is where the bot itself is kept."""
    reading = FileReading(path=path, is_whole=False, leftovers="in the zulipbot that runs, where it is kept")
    try:
        exported = exported_values(text)
    except UnreadableScript as broken:
        reading.unreadable = f"line {broken.line} is more than plain settings: copy by hand what you want"
        return reading
    reading.found(NAME, 1)
    for key, (value, line) in _leaves(exported):
        if value in (None, "", [], {}):
            continue
        if key in _LABELS:
            _carry_label(reading, key, value, line)
        elif key == _REMINDER and (number := whole_days(value)) is not None and 1 <= number <= MOST_DAYS:
            reading.carry("stalled.author.after", days(number), line=line, key=key)
        elif key == _WIP and isinstance(value, str) and _WORD.fullmatch(word := value.strip("[]() :")):
            reading.carry("stalled.words.unfinished", [word], line=line, key=key)
        else:
            why = next((why for start, why in _REASONS if key == start or key.startswith(f"{start}.")), "")
            reading.leave_out(key, line, why) if why else reading.unknown(key, line)
    return reading


def _carry_label(reading: FileReading, key: str, value: Any, line: int) -> None:
    if not isinstance(value, str) or len(value) > _LONGEST_LABEL:
        reading.leave_out(key, line, "this is no label that can be known here")
        return
    place = _LABELS[key]
    reading.carry(place, [value] if place.endswith("ignore.labels") else value, line=line, key=key)


def _leaves(exported: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, int]]]:
    """Each setting by its whole name, with its line; groups that are not carried at all as one."""
    whole = {start for start, _ in _REASONS}

    def within(name: str, entry: tuple[Any, int]) -> Iterator[tuple[str, tuple[Any, int]]]:
        value, _ = entry
        if isinstance(value, dict) and value and name not in whole:
            for key, inner in value.items():
                yield from within(f"{name}.{key}", inner)
        else:
            yield name, entry

    for name, entry in exported.items():
        yield from within(name, entry)
