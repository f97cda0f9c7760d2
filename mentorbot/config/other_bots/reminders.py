"""What stale bots and we have in common: when authors are reminded, and of which pull requests never."""

from __future__ import annotations

from typing import Any

from mentorbot.config.other_bots.reading import MOST_DAYS, FileReading, days, is_label, labels_in, whole_days

NEVER_CLOSES = "closing: mentorbot never closes"
OWN_WORDS = "mentorbot's reminder says what is open in this very pull request; its words can't be set"
NO_ISSUES = "mentorbot reminds nobody about issues"
TURN_LABELS = "mentorbot's labels show whose turn it is: see `stalled.labels`"
BY_HUMAN_ACTS = "mentorbot goes by what people did last, whatever labels and bots do"
PACED = "mentorbot paces itself: see `stalled.nudges_a_day`"
EVERYTHING = "mentorbot looks at every open pull request; `stalled.ignore` leaves some alone, by label"
OWN_DAYS = "14 days"
_MOST_LABELS = 50
_LONGEST_LABEL = 50


def carry_days(reading: FileReading, value: Any, *, line: int, key: str, note: str = "") -> None:
    """After how many days authors are reminded."""
    number = whole_days(value)
    if number is None or not 1 <= number <= MOST_DAYS:
        reading.leave_out(key, line, "this is no number of days that can be known here: choose one by hand")
        reading.carry(
            "stalled.author.after", OWN_DAYS, line=line, key=key, note="mentorbot's default, see below"
        )
        return
    reading.carry("stalled.author.after", days(number), line=line, key=key, note=note)


def carry_exempt_labels(reading: FileReading, value: Any, *, line: int, key: str, note: str = "") -> None:
    """Labels of pull requests that are left alone."""
    labels = labels_in(value)
    if "${{" in str(value):
        reading.leave_out(key, line, "only a workflow can compute this; copy the labels by hand")
    elif len(labels) > _MOST_LABELS or any(len(label) > _LONGEST_LABEL for label in labels):
        reading.leave_out(key, line, "there are too many, or too long ones; copy those that matter by hand")
    elif labels:
        if isinstance(value, list) and not all(map(is_label, value)):
            reading.leave_out(key, line, "some of what is listed there is no label, and is left out")
        reading.carry("stalled.ignore.labels", list(labels), line=line, key=key, note=note)
