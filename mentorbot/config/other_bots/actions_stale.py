"""actions/stale in a workflow, all versions.

https://github.com/actions/stale#all-options
"""

from __future__ import annotations

from typing import Any

from mentorbot.config.other_bots import reminders
from mentorbot.config.other_bots.reading import FileReading, Habit, is_off, is_on, whole_days
from mentorbot.config.other_bots.workflows import WorkflowStep

NAME = "actions/stale"
_DEFAULT_DAYS, _DEFAULT_CLOSE = 60, 7
_DAYS = ("days-before-pr-stale", "days-before-stale")
_EXEMPT = ("exempt-pr-labels", "exempt-pr-label")  # the second one until v2
_DRAFTS = "exempt-draft-pr"
_SILENT = "this step reminds nobody in pull requests: it has no words for that, or is to do it never"

_CLOSING = ("days-before-close", "days-before-issue-close", "days-before-pr-close")
_REASONS: dict[str, str] = {
    **dict.fromkeys(
        (*_CLOSING, "close-issue-message", "close-pr-message", "close-issue-label", "close-pr-label"),
        reminders.NEVER_CLOSES,
    ),
    **dict.fromkeys(("close-issue-reason", "delete-branch"), reminders.NEVER_CLOSES),
    **dict.fromkeys(("stale-issue-label", "stale-pr-label"), reminders.TURN_LABELS),
    **dict.fromkeys(
        ("labels-to-add-when-unstale", "labels-to-remove-when-unstale", "labels-to-remove-when-stale"),
        reminders.TURN_LABELS,
    ),
    **dict.fromkeys(("stale-pr-message", "skip-stale-pr-message"), reminders.OWN_WORDS),
    **dict.fromkeys(
        (
            "stale-issue-message",
            "skip-stale-issue-message",
            "days-before-issue-stale",
            "exempt-issue-label",
            "exempt-issue-labels",
            "exempt-issue-milestones",
            "exempt-all-issue-milestones",
            "exempt-issue-assignees",
            "exempt-all-issue-assignees",
            "any-of-issue-labels",
            "only-issue-labels",
            "only-issue-types",
            "ignore-issue-updates",
            "remove-issue-stale-when-updated",
        ),
        reminders.NO_ISSUES,
    ),
    **dict.fromkeys(
        (
            "only-labels",
            "only-pr-labels",
            "any-of-labels",
            "any-of-pr-labels",
            "exempt-milestones",
            "exempt-pr-milestones",
            "exempt-all-milestones",
            "exempt-all-pr-milestones",
            "exempt-assignees",
            "exempt-pr-assignees",
            "exempt-all-assignees",
            "exempt-all-pr-assignees",
            "include-only-assigned",
            "start-date",
        ),
        reminders.EVERYTHING,
    ),
    **dict.fromkeys(
        (
            "remove-stale-when-updated",
            "remove-pr-stale-when-updated",
            "ignore-updates",
            "ignore-pr-updates",
        ),
        reminders.BY_HUMAN_ACTS,
    ),
    **dict.fromkeys(("operations-per-run", "ascending", "sort-by"), reminders.PACED),
    **dict.fromkeys(("repo-token", "enable-statistics"), "mentorbot needs no such thing"),
    "debug-only": "mentorbot's `mode: shadow` is for trying it out",
}


def read(step: WorkflowStep, reading: FileReading) -> None:
    nudges_pulls = _marks(step, "pr")
    habits = [
        *([Habit.NUDGES_PULL_REQUESTS] if nudges_pulls else []),
        *([Habit.NUDGES_ISSUES] if _marks(step, "issue") else []),
        *([Habit.CLOSES_PULL_REQUESTS] if _closes(step, "pr") else []),
        *([Habit.CLOSES_ISSUES] if _closes(step, "issue") else []),
    ]
    if step.triggers.runs_by_itself and not is_on(step.inputs.get("debug-only")):
        reading.found(NAME, step.line, *habits)
    if nudges_pulls:
        _carry(step, reading)
    _sort_out(step, reading, carried=nudges_pulls)


def _carry(step: WorkflowStep, reading: FileReading) -> None:
    days = next((name for name in _DAYS if name in step.inputs), "")
    value, note = (step.inputs[days], "") if days else (_DEFAULT_DAYS, f"{NAME}'s default")
    reminders.carry_days(reading, value, line=step.line_of(days), key=days or _DAYS[1], note=note)
    for name in _EXEMPT:
        if name in step.inputs:
            reminders.carry_exempt_labels(reading, step.inputs[name], line=step.line_of(name), key=name)
    if is_on(step.inputs.get(_DRAFTS)):
        reading.carry("stalled.ignore.drafts", True, line=step.line_of(_DRAFTS), key=_DRAFTS)


def _sort_out(step: WorkflowStep, reading: FileReading, *, carried: bool) -> None:
    for name in step.inputs:
        line = step.line_of(name)
        if name in {*_DAYS, *_EXEMPT, _DRAFTS}:
            if not carried:
                is_for_pulls = name in {_DAYS[0], _EXEMPT[0], _DRAFTS}
                reading.leave_out(name, line, _SILENT if is_for_pulls else reminders.NO_ISSUES)
            elif name == _DAYS[1] and _DAYS[0] in step.inputs:
                reading.leave_out(name, line, f"`{_DAYS[0]}` says otherwise for pull requests")
            elif name == _DRAFTS and not is_on(step.inputs[name]):
                reading.leave_out(name, line, "drafts get no reminders: see `stalled.ignore.drafts`")
        elif name in _REASONS:
            reading.leave_out(name, line, _REASONS[name])
        else:
            reading.unknown(name, line)


def _marks(step: WorkflowStep, kind: str) -> bool:
    """True where a comment is written: there are words for it, and a number of days that isn't "never"."""
    words = step.inputs.get(f"stale-{kind}-message")
    if (
        not isinstance(words, str)
        or not words.strip()
        or is_on(step.inputs.get(f"skip-stale-{kind}-message"))
    ):
        return False
    return _is_ever(_first(step, f"days-before-{kind}-stale", "days-before-stale", _DEFAULT_DAYS))


def _closes(step: WorkflowStep, kind: str) -> bool:
    """True where something is closed in time, which only happens to what was marked, by it or by a person."""
    return _is_ever(
        _first(step, f"days-before-{kind}-close", "days-before-close", _DEFAULT_CLOSE)
    ) and _is_ever(_first(step, f"days-before-{kind}-stale", "days-before-stale", _DEFAULT_DAYS))


def _first(step: WorkflowStep, special: str, general: str, default: int) -> Any:
    for name in (special, general):
        value = step.inputs.get(name)
        if value is not None and value != "":
            return value
    return default


def _is_ever(value: Any) -> bool:
    """What can't be told is taken for "yes": somebody wrote it to be used."""
    number = whole_days(value)
    return not is_off(value) if number is None else number >= 0
