"""Bots that keep their greetings under a key each: behaviorbot and boring-cyborg."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorbot.config.other_bots.reading import FileReading, Habit, YamlFile

WELCOME_ISSUE, WELCOME_PULL_REQUEST, FIRST_MERGE = (
    "welcome.issue",
    "welcome.pull_request",
    "first_merge.message",
)
"""Where greetings stand in `mentorbot.yml`."""

HABITS = {
    WELCOME_ISSUE: Habit.GREETS_ISSUES,
    WELCOME_PULL_REQUEST: Habit.GREETS_PULL_REQUESTS,
    FIRST_MERGE: Habit.CELEBRATES_MERGES,
}

_LABELS_BY_PATH = "labels by path: actions/labeler does that; mentorbot's labels show whose turn it is"
_MORE_INFORMATION = "mentorbot asks for no further information"

_BEHAVIORBOT = {
    "newIssueWelcomeComment": WELCOME_ISSUE,
    "newPRWelcomeComment": WELCOME_PULL_REQUEST,
    "firstPRMergeComment": FIRST_MERGE,
}
_BEHAVIORBOT_REASONS = {
    **dict.fromkeys(
        (
            "requestInfoReplyComment",
            "requestInfoDefaultTitles",
            "requestInfoLabelToAdd",
            "requestInfoOn",
            "requestInfoUserstoExclude",
            "checkIssueTemplate",
            "checkPullRequestTemplate",
        ),
        _MORE_INFORMATION,
    ),
    **dict.fromkeys(
        ("sentimentBotToxicityThreshold", "sentimentBotReplyComment"), "mentorbot judges nobody's tone"
    ),
    **dict.fromkeys(
        ("updateDocsComment", "updateDocsWhiteList", "updateDocsTargetFiles"),
        "mentorbot doesn't look into what a pull request changes",
    ),
}
_CYBORG = {
    "firstIssueWelcomeComment": WELCOME_ISSUE,
    "firstPRWelcomeComment": WELCOME_PULL_REQUEST,
    "firstPRMergeComment": FIRST_MERGE,
}
_CYBORG_REASONS = {
    "labelPRBasedOnFilePath": _LABELS_BY_PATH,
    "labelerFlags": _LABELS_BY_PATH,
    "addReviewerBasedOnLabel": (
        "reviewers by label: CODEOWNERS or `stalled.reviewers.then` name whom to ask; choose them by hand"
    ),
    "verifyTitles": "mentorbot checks no titles or commit messages",
    "verifyCommitMessages": "mentorbot checks no titles or commit messages",
    "insertIssueLinkInPrDescription": "mentorbot changes nobody's words",
    "checkUpToDate": "mentorbot doesn't ask for rebases",
}


def read_behaviorbot(file: YamlFile) -> FileReading:
    """`.github/config.yml`, which other bots use as well: only what is behaviorbot's makes it one of its.

    https://github.com/behaviorbot/welcome#readme
    """
    reading = _read(file, "behaviorbot", _BEHAVIORBOT, _BEHAVIORBOT_REASONS)
    others = [one.key for one in reading.left_out if one.is_unknown]
    known = [key for key in file.values if key not in others]
    if others and known:
        reading.is_whole = False
        reading.leftovers = f"only {', '.join(known)}: other bots may use the rest"
    return reading if known else FileReading(path=file.path, is_whole=False)


def read_boring_cyborg(file: YamlFile) -> FileReading:
    """`.github/boring-cyborg.yml`.

    https://github.com/kaxil/boring-cyborg#readme
    """
    return _read(file, "boring-cyborg", _CYBORG, _CYBORG_REASONS)


def _read(file: YamlFile, name: str, greetings: Mapping[str, str], reasons: Mapping[str, str]) -> FileReading:
    reading = FileReading(path=file.path)
    said = {key: place for key, place in greetings.items() if _is_said(file.values.get(key))}
    if said:
        first = min(file.line(key) for key in said)
        reading.found(name, first, *(HABITS[place] for place in said.values()))
    for key, value in file.values.items():
        if key in said:
            text = value[0] if isinstance(value, list) else value
            note = "the first of several texts" if isinstance(value, list) and len(value) > 1 else ""
            reading.carry_text(said[key], text, line=file.line(key), key=key, note=note)
        elif key in greetings:
            reading.leave_out(key, file.line(key), "it is empty: nothing was said there")
        elif key in reasons:
            reading.leave_out(key, file.line(key), reasons[key])
        else:
            reading.unknown(key, file.line(key))
    return reading


def _is_said(value: Any) -> bool:
    text = value[0] if isinstance(value, list) and value else value
    return isinstance(text, str) and bool(text.strip())
