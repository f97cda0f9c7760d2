"""What is said about a config file that somebody proposes."""

from __future__ import annotations

from dataclasses import replace

from mentorbot.config.configuration import CONFIG_PATH, MOST_PROBLEMS, ConfigProblem, Configuration
from mentorbot.core.actions import Annotation, Doable, Forget, PublishCheckRun, Remember
from mentorbot.core.plan import Plan, no_concern_of_ours, plan
from mentorbot.features.config_check import messages
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.facts import ProposedFile


def check(facts: ProposedFile, _section: ConfigCheck) -> Plan:
    """Whoever changes the config file sees, before the merge, what will be on and what has to be mended."""
    looked = _looked(facts)
    if facts.proposed is None:
        if facts.known:
            return plan(*_taken_back(facts), *looked, because=f"{CONFIG_PATH} is not changed here any more")
        return replace(no_concern_of_ours(facts.unchanged), actions=looked)
    problems = facts.proposed.problems
    verdict = f"has {messages.counted(problems)}" if problems else "works"
    return plan(
        _check_run(facts, facts.proposed),
        Remember(kind="changes", key=facts.key, value={"head": facts.head_sha}),
        *looked,
        because=f"{CONFIG_PATH} is changed here, and what is proposed {verdict}",
    )


def _taken_back(facts: ProposedFile) -> tuple[Doable, ...]:
    """Whoever saw a red check here sees that nothing is left to mend, unless the branch is gone."""
    forget = Forget(kind="changes", key=facts.key)
    if not facts.head_sha.strip("0"):
        return (forget,)
    return (
        PublishCheckRun(
            key=f"head {facts.head_sha}",
            number=facts.number,
            head_sha=facts.head_sha,
            name=messages.CHECK,
            conclusion="success",
            title="The file is not changed here any more",
            summary=f"`{CONFIG_PATH}` stays as it is. There is nothing to mend.",
        ),
        forget,
    )


def _looked(facts: ProposedFile) -> tuple[Doable, ...]:
    if facts.looked_until is None:
        return ()
    return (Remember(kind="looked", key="pushes", value={"until": facts.looked_until.isoformat()}),)


def _check_run(facts: ProposedFile, proposed: Configuration) -> PublishCheckRun:
    problems = proposed.problems
    return PublishCheckRun(
        key=f"head {facts.head_sha}",
        number=facts.number,
        head_sha=facts.head_sha,
        name=messages.CHECK,
        conclusion="failure" if problems else "neutral" if facts.is_deleted else "success",
        title=messages.check_title(proposed, is_deleted=facts.is_deleted),
        summary=messages.check_summary(proposed, facts.current, is_deleted=facts.is_deleted),
        annotations=tuple(_annotation(problem) for problem in problems[:MOST_PROBLEMS]),
    )


def _annotation(problem: ConfigProblem) -> Annotation:
    return Annotation(
        path=CONFIG_PATH,
        line=problem.line,
        column=problem.column,
        title=problem.path or "The whole file",
        message=problem.message,
    )
