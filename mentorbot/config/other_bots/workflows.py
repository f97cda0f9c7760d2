"""GitHub's workflows as far as bots are in them: steps, what starts them, under which conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mentorbot.config.other_bots.reading import YamlFile

_CALLED = "workflow_call"
_BY_HAND = frozenset({"workflow_dispatch", _CALLED, "repository_dispatch"})
_PULL_REQUEST = ("pull_request", "pull_request_target")
_OPENINGS = frozenset({"opened", "reopened", "ready_for_review"})
_EVENT_NAMED = re.compile(r"github\.event_name\s*(==|!=)\s*['\"](\w+)['\"]", re.IGNORECASE)
_LOCAL = re.compile(r"\./(\.github/workflows/[^/@]+\.ya?ml)(?:@.*)?")
_MOST_STEPS = 1000
_DEEPEST_CALLS = (
    10  # https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
)


@dataclass(frozen=True, slots=True)
class WorkflowTriggers:
    """What starts a workflow: events, each with the activities it is limited to (None: GitHub's default)."""

    events: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    @property
    def runs_by_itself(self) -> bool:
        return any(event not in _BY_HAND for event in self.events)

    def at_issues(self, activity: str) -> bool:
        return self._at("issues", activity, default=True)

    def at_pull_requests(self, activity: str) -> bool:
        is_default = activity in {"opened", "synchronize", "reopened"}
        return any(self._at(event, activity, default=is_default) for event in _PULL_REQUEST)

    @property
    def are_openings_only(self) -> bool:
        """True where what is opened starts it, and not all that happens to it later."""
        watched = [self.events[event] for event in ("issues", *_PULL_REQUEST) if event in self.events]
        return all(activities is not None and activities <= _OPENINGS for activities in watched)

    def _at(self, event: str, activity: str, *, default: bool) -> bool:
        if event not in self.events:
            return False
        activities = self.events[event]
        return default if activities is None else activity in activities

    def __or__(self, other: WorkflowTriggers) -> WorkflowTriggers:
        """Started by either."""
        merged = dict(self.events)
        for event, activities in other.events.items():
            mine = merged.get(event, frozenset())
            merged[event] = None if mine is None or activities is None else mine | activities
        return WorkflowTriggers(merged)

    def limited_by(self, condition: str) -> WorkflowTriggers:
        """Those that a condition leaves, as far as it names events."""
        if _is_never(condition):
            return WorkflowTriggers()
        named = _EVENT_NAMED.findall(condition)
        wanted = {event.lower() for sign, event in named if sign == "=="}
        if not wanted or len(wanted) < len(named):
            return self
        wanted.add(_CALLED)  # the event is the caller's then
        return WorkflowTriggers({event: kinds for event, kinds in self.events.items() if event in wanted})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowStep:
    """One step that uses an action, or runs a script, with what holds for it.

    `action` is without its version ("actions/stale"). `inputs` are by name in small letters. `words` are the
    names of workflow, job and step. `conditions` are those of job and step; `is_repeated` tells of a matrix.
    """

    path: str
    line: int
    action: str
    inputs: Mapping[str, Any]
    lines: Mapping[str, int]
    triggers: WorkflowTriggers
    words: str = ""
    conditions: tuple[str, ...] = ()
    run: str = ""
    is_repeated: bool = False

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowCall:
    """A job that runs a whole other workflow: one of the same repository, or somebody else's."""

    path: str
    line: int
    uses: str
    triggers: WorkflowTriggers

    @property
    def local_path(self) -> str:
        found = _LOCAL.fullmatch(self.uses)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow's steps and calls; `jobs` is how many jobs it has."""

    path: str
    steps: Sequence[WorkflowStep] = ()
    calls: Sequence[WorkflowCall] = ()


def read_workflow(file: YamlFile) -> Workflow:
    triggers = _triggers(file.values.get("on", file.values.get("true")))
    jobs = file.values.get("jobs")
    steps: list[WorkflowStep] = []
    calls: list[WorkflowCall] = []
    for name, job in jobs.items() if isinstance(jobs, dict) else ():
        if not isinstance(job, dict):
            continue
        condition = _condition(job)
        left = triggers.limited_by(condition)
        if isinstance(job.get("uses"), str):
            line = file.line("jobs", name, "uses")
            calls.append(WorkflowCall(path=file.path, line=line, uses=job["uses"].strip(), triggers=left))
        words = " ".join(_names(file.values, {"name": name}, job))
        repeated = isinstance(job.get("strategy"), dict) and "matrix" in job["strategy"]
        steps += [
            replace(step, words=f"{words} {step.words}", is_repeated=repeated)
            for step in _steps(file, str(name), job, left, condition)
        ]
    return Workflow(path=file.path, steps=steps[:_MOST_STEPS], calls=calls)


def with_callers(workflows: Sequence[Workflow]) -> Sequence[Workflow]:
    """The same, where what a workflow of this repository calls is started by what starts the caller."""
    started: dict[str, WorkflowTriggers] = {}
    for _ in range(_DEEPEST_CALLS):
        before = dict(started)
        for workflow in workflows:
            for call in workflow.calls:
                triggers = call.triggers | started.get(workflow.path, WorkflowTriggers())
                started[call.local_path] = started.get(call.local_path, WorkflowTriggers()) | triggers
        if started == before:
            break
    return [
        replace(
            workflow,
            steps=[_started_too(step, started.get(workflow.path)) for step in workflow.steps],
        )
        for workflow in workflows
    ]


def _started_too(step: WorkflowStep, triggers: WorkflowTriggers | None) -> WorkflowStep:
    if triggers is None or not step.triggers.events:
        return step
    for condition in step.conditions:
        triggers = triggers.limited_by(condition)
    return replace(step, triggers=step.triggers | triggers)


def _steps(
    file: YamlFile, name: str, job: Mapping[str, Any], triggers: WorkflowTriggers, condition: str
) -> Iterator[WorkflowStep]:
    steps = job.get("steps")
    for place, step in enumerate(steps if isinstance(steps, list) else ()):
        if not isinstance(step, dict):
            continue
        uses, run = step.get("uses"), step.get("run")
        if not isinstance(uses, str) and not isinstance(run, str):
            continue
        own = _condition(step)
        where = ("jobs", name, "steps", place)
        given = step.get("with")
        written = given if isinstance(given, dict) else {}
        yield WorkflowStep(
            path=file.path,
            line=file.line(*where, "uses" if isinstance(uses, str) else "run"),
            action=uses.partition("@")[0].strip().lower() if isinstance(uses, str) else "",
            inputs={key.lower(): value for key, value in written.items()},
            lines={key.lower(): file.line(*where, "with", key) for key in written},
            triggers=triggers.limited_by(own),
            words=" ".join(_names(step)),
            conditions=tuple(filter(None, (condition, own))),
            run=run if isinstance(run, str) else "",
        )


def _names(*named: Mapping[str, Any]) -> Iterable[str]:
    return (one["name"] for one in named if isinstance(one.get("name"), str))


def _condition(part: Mapping[str, Any]) -> str:
    """What stands under `if`, without the brackets around it."""
    written = part.get("if", "")
    text = "false" if written is False else "" if written is True else str(written or "")
    return text.strip().removeprefix("${{").removesuffix("}}").strip()


def _is_never(condition: str) -> bool:
    return condition.lower() == "false"


def _triggers(on: Any) -> WorkflowTriggers:
    if isinstance(on, str):
        return WorkflowTriggers({on: None})
    if isinstance(on, list):
        return WorkflowTriggers({event: None for event in on if isinstance(event, str)})
    if not isinstance(on, dict):
        return WorkflowTriggers()
    return WorkflowTriggers({event: _activities(limits) for event, limits in on.items()})


def _activities(limits: Any) -> frozenset[str] | None:
    types = limits.get("types") if isinstance(limits, dict) else None
    if isinstance(types, str):
        return frozenset({types})
    if isinstance(types, list):
        return frozenset(one for one in types if isinstance(one, str))
    return None
