"""Greetings in workflows: actions/first-interaction, comments of peter-evans' action, and scripts.

https://github.com/actions/first-interaction#usage · https://github.com/peter-evans/create-or-update-comment
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mentorbot.config.other_bots.greeting_texts import (
    FIRST_MERGE,
    HABITS,
    WELCOME_ISSUE,
    WELCOME_PULL_REQUEST,
)
from mentorbot.config.other_bots.reading import DEFAULT, FileReading
from mentorbot.config.other_bots.workflows import WorkflowStep

FIRST_INTERACTION = "actions/first-interaction"
COMMENT = "peter-evans/create-or-update-comment"
SCRIPT = "actions/github-script"
_TEXTS = {
    # Until v2 with hyphens, since then with underscores.
    **dict.fromkeys(("issue-message", "issue_message"), WELCOME_ISSUE),
    **dict.fromkeys(("pr-message", "pr_message", "pr-opened-message"), WELCOME_PULL_REQUEST),
    "pr-merged-message": FIRST_MERGE,
}
_TOKENS = frozenset({"repo-token", "repo_token", "token", "github-token"})
_NEWCOMERS = re.compile(
    r"author_association.{0,200}(?:FIRST_TIME_CONTRIBUTOR|FIRST_TIMER|NONE)"
    r"|(?:FIRST_TIME_CONTRIBUTOR|FIRST_TIMER|NONE).{0,200}author_association",
    re.DOTALL,
)
_WORDS = re.compile(r"welcome|greet|thank|hello|first[- ]?(?:time|pr|pull|issue|contribut)", re.IGNORECASE)
_MERGED = re.compile(r"pull_request\.merged\b|action\s*==\s*['\"]closed['\"]")
_OPENED = re.compile(r"action\s*==\s*['\"]opened['\"]")
_COMMENTS = re.compile(r"\bcreateComment\b|\bgh\s+(?:pr|issue)\s+comment\b")
_ONLY_NEWCOMERS = "said to everybody there; here it is said to newcomers only"
_WRITTEN_BY_SCRIPT = "a script writes this; copy its words by hand"


def read_first_interaction(step: WorkflowStep, reading: FileReading) -> None:
    said = {name: place for name, place in _TEXTS.items() if _is_said(step, name) and _happens(step, place)}
    if said and step.triggers.runs_by_itself:
        reading.found(FIRST_INTERACTION, step.line, *dict.fromkeys(HABITS[place] for place in said.values()))
    for name in step.inputs:
        line = step.line_of(name)
        if name in said:
            reading.carry_text(said[name], step.inputs[name], line=line, key=name)
        elif name in _TEXTS:
            reading.leave_out(
                name, line, "nothing starts this workflow when that would be said, or it is empty"
            )
        elif name in _TOKENS:
            reading.leave_out(name, line, "mentorbot has its own")
        else:
            reading.unknown(name, line)


def read_comment(step: WorkflowStep, reading: FileReading) -> None:
    """A comment on what was just opened is a greeting where it is for newcomers, or its words say so."""
    if "comment-id" in step.inputs or not _is_greeting(step, str(step.inputs.get("body", ""))):
        return
    places = list(_occasions(step))
    if not places:
        return
    reading.found(COMMENT, step.line, *(HABITS[place] for place in places))
    note = "" if _is_for_newcomers(step) else _ONLY_NEWCOMERS
    for place in places:
        if "body" in step.inputs:
            line = step.line_of("body")
            reading.carry_text(place, step.inputs["body"], line=line, key="body", note=note)
        else:
            reading.leave_out("body-path", step.line, "its words are in another file; copy them by hand")
            reading.carry(place, DEFAULT, line=step.line, key=COMMENT, note="the built-in words, see below")


def read_script(step: WorkflowStep, reading: FileReading) -> None:
    """A script that comments on what was just opened, for newcomers or in a step that is named so."""
    script = step.run or str(step.inputs.get("script", ""))
    if not _COMMENTS.search(script) or not (_is_for_newcomers(step, script) or _WORDS.search(step.words)):
        return
    places = list(_occasions(step))
    if not places:
        return
    name = SCRIPT if step.action == SCRIPT else "a script"
    reading.found(name, step.line, *(HABITS[place] for place in places))
    reading.leave_out("script" if step.action == SCRIPT else "run", step.line, _WRITTEN_BY_SCRIPT)
    for place in places:
        reading.carry(place, DEFAULT, line=step.line, key=name, note="the built-in words, see below")


def _is_said(step: WorkflowStep, name: str) -> bool:
    text = step.inputs.get(name)
    return isinstance(text, str) and bool(text.strip())


def _happens(step: WorkflowStep, place: str) -> bool:
    """True where what starts the workflow can lead there, also by hand or as part of another workflow."""
    if not step.triggers.runs_by_itself:
        return bool(step.triggers.events)
    if place == WELCOME_ISSUE:
        return step.triggers.at_issues("opened")
    return step.triggers.at_pull_requests("closed" if place == FIRST_MERGE else "opened")


def _occasions(step: WorkflowStep) -> Iterator[str]:
    """What its comment is about: something that was opened, or a merge."""
    conditions = " && ".join(step.conditions)
    if _MERGED.search(conditions) and not _OPENED.search(conditions):
        if step.triggers.at_pull_requests("closed") and _is_for_newcomers(step):
            yield FIRST_MERGE
        return
    if not (step.triggers.are_openings_only or _OPENED.search(conditions) or _is_for_newcomers(step)):
        return  # what is said at every push, or label, is no greeting
    if step.triggers.at_issues("opened"):
        yield WELCOME_ISSUE
    if step.triggers.at_pull_requests("opened"):
        yield WELCOME_PULL_REQUEST


def _is_greeting(step: WorkflowStep, body: str) -> bool:
    return _is_for_newcomers(step) or _WORDS.search(f"{step.words} {body}") is not None


def _is_for_newcomers(step: WorkflowStep, script: str = "") -> bool:
    """True where an association that newcomers have is asked for, and not for everybody else."""
    found = _NEWCOMERS.search(" ".join((*step.conditions, script)))
    return found is not None and "!=" not in found[0]
