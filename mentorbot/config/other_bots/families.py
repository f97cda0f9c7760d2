"""Which module reads which file, and how files are told apart that many bots may be in: workflows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mentorbot.config.other_bots import (
    actions_stale,
    files,
    greeting_steps,
    greeting_texts,
    no_response,
    probot_stale,
    triagebot,
    zulipbot,
)
from mentorbot.config.other_bots.reading import FileReading, Habit, YamlFile
from mentorbot.config.other_bots.workflows import (
    Workflow,
    WorkflowCall,
    WorkflowStep,
    read_workflow,
    with_callers,
)
from mentorbot.config.yaml_reader import UnreadableYAML, read_yaml

_LEE_DOHM = "lee-dohm/no-response"
_YAML: Mapping[str, Callable[[YamlFile], FileReading]] = {
    files.STALE: probot_stale.read,
    files.BEHAVIORBOT: greeting_texts.read_behaviorbot,
    files.BORING_CYBORG: greeting_texts.read_boring_cyborg,
    files.NO_RESPONSE: no_response.read,
}
_HINTS = re.compile(
    r"actions/stale|first-interaction|create-or-update-comment|lee-dohm/no-response|createComment"
    r"|gh\s+(?:pr|issue)\s+comment|uses:\s*['\"]?[\w.-]+/[\w.-]+/\.github/workflows/[^\n]{0,200}(?:stale|greet|welcom)",
    re.IGNORECASE,
)
_CALLS = re.compile(r"uses:\s*['\"]?\./\.github/workflows/")
_ELSEWHERE = re.compile(r"stale|greet|welcom", re.IGNORECASE)


def worth_reading(texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the files in which a known bot may be: most workflows build and test, and are never parsed."""
    hinted = {path for path, text in texts.items() if not files.is_workflow(path) or _HINTS.search(text)}
    if any(files.is_workflow(path) for path in hinted):
        hinted |= {path for path, text in texts.items() if _CALLS.search(text)}
    return {path: text for path, text in texts.items() if path in hinted}


def read_all(texts: Mapping[str, str]) -> list[FileReading]:
    """What each file says, in the order of their paths; those with nothing of other bots are left out."""
    texts = worth_reading(texts)
    readings: dict[str, FileReading] = {}
    workflows: list[Workflow] = []
    for path in sorted(texts):
        if path == files.TRIAGEBOT:
            readings[path] = triagebot.read(path, texts[path])
        elif path in files.ZULIPBOT:
            readings[path] = zulipbot.read(path, texts[path])
        elif path in _YAML or files.is_workflow(path):
            try:
                file = YamlFile(path, read_yaml(texts[path]))
            except UnreadableYAML as broken:
                why = f"line {broken.mark.line}: {broken.message}"
                readings[path] = FileReading(path=path, unreadable=why)
                continue
            if path in _YAML:
                readings[path] = _YAML[path](file)
                file.tell_flaws(readings[path])
            else:
                workflows.append(read_workflow(file))
    for workflow in with_callers(workflows):
        readings[workflow.path] = _read_steps(workflow)
    return [reading for _, reading in sorted(readings.items()) if _says_anything(reading)]


def _says_anything(reading: FileReading) -> bool:
    return bool(reading.bots or reading.carried or reading.left_out or reading.unreadable)


def _read_steps(workflow: Workflow) -> FileReading:
    reading = FileReading(path=workflow.path)
    others = 0
    for step in workflow.steps:
        before = len(reading.bots) + len(reading.left_out) + len(reading.carried)
        _read_step(step, reading)
        is_one = len(reading.bots) + len(reading.left_out) + len(reading.carried) > before
        others += not is_one and not step.action.startswith("actions/checkout")
        if is_one and step.is_repeated:
            why = "it runs once for each entry of a matrix, which is not followed: look at it by hand"
            reading.leave_out("strategy.matrix", step.line, why)
    for call in workflow.calls:
        if _ELSEWHERE.search(call.uses) and not call.local_path:
            _tell_call(call, reading)
        else:
            others += 1
    if others and _says_anything(reading):
        reading.is_whole = False
        reading.leftovers = "only the steps named above: it has others"
    return reading


def _read_step(step: WorkflowStep, reading: FileReading) -> None:
    if step.action == actions_stale.NAME:
        actions_stale.read(step, reading)
    elif step.action == greeting_steps.FIRST_INTERACTION:
        greeting_steps.read_first_interaction(step, reading)
    elif step.action == greeting_steps.COMMENT:
        greeting_steps.read_comment(step, reading)
    elif step.action == greeting_steps.SCRIPT or step.run:
        greeting_steps.read_script(step, reading)
    elif step.action == _LEE_DOHM:
        _read_lee_dohm(step, reading)


def _read_lee_dohm(step: WorkflowStep, reading: FileReading) -> None:
    if step.triggers.runs_by_itself:
        reading.found(_LEE_DOHM, step.line, Habit.CLOSES_ISSUES)
    for name in step.inputs:
        if name in no_response.REASONS:
            reading.leave_out(name, step.line_of(name), no_response.REASONS[name])
        else:
            reading.unknown(name, step.line_of(name))


def _tell_call(call: WorkflowCall, reading: FileReading) -> None:
    """Whatever a workflow of another repository does can't be seen from here."""
    why = "what a workflow of another repository does can't be seen from here: look there, and copy by hand"
    reading.leave_out(f"uses: {call.uses}", call.line, why)
