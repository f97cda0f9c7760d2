"""What is said about config files: a check run where one is proposed, an issue where one is broken.

In an owner's `.github` repository the same file is the one for all of the owner's repositories: where the App
is installed there, its issue is opened there as well; elsewhere nobody is bothered with somebody else's file.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from mentorbot.config.configuration import CONFIG_PATH, MOST_PROBLEMS, ConfigProblem, Configuration
from mentorbot.core.actions import (
    Annotation,
    CloseIssue,
    Doable,
    EditIssue,
    Forget,
    OpenIssue,
    PublishCheckRun,
)
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.translator import say
from mentorbot.feature_api.records import remember
from mentorbot.features.config_check import messages
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.facts import ClosedIssue, DefaultBranch, ProposedFile
from mentorbot.features.config_check.records import BrokenConfig, LastLook, ProposedChange


def check(facts: ProposedFile, _section: ConfigCheck) -> Plan:
    """Whoever changes the config file sees, before the merge, what will be on and what has to be mended."""
    looked = _looked(facts)
    if facts.proposed is None:
        if facts.known:
            return plan(
                *_taken_back(facts),
                *looked,
                because=say("{file} is not changed here any more", file=CONFIG_PATH),
            )
        return replace(no_concern_of_ours(facts.unchanged), actions=looked)
    return plan(
        _check_run(facts, facts.proposed),
        remember(ProposedChange(facts.head_sha), key=facts.key),
        *looked,
        because=messages.works(facts.proposed),
    )


def _taken_back(facts: ProposedFile) -> tuple[Doable, ...]:
    """Whoever saw a red check here sees that nothing is left to mend, unless the branch is gone."""
    forget = Forget(kind=ProposedChange.KIND, key=facts.key)
    if not facts.head_sha.strip("0"):
        return (forget,)
    return (
        PublishCheckRun(
            key=f"head {facts.head_sha}",
            number=facts.number,
            head_sha=facts.head_sha,
            name=messages.CHECK,
            conclusion="success",
            title=say("The file is not changed here any more"),
            summary=say("`{file}` stays as it is. There is nothing to fix.", file=CONFIG_PATH),
        ),
        forget,
    )


def _looked(facts: ProposedFile) -> tuple[Doable, ...]:
    if facts.looked_until is None:
        return ()
    return (remember(LastLook(facts.looked_until), key=LastLook.KEY),)


def _check_run(facts: ProposedFile, proposed: Configuration) -> PublishCheckRun:
    problems = proposed.problems
    return PublishCheckRun(
        key=f"head {facts.head_sha}",
        number=facts.number,
        head_sha=facts.head_sha,
        name=messages.CHECK,
        conclusion="failure" if problems else "neutral" if facts.is_deleted else "success",
        title=messages.check_title(proposed, is_deleted=facts.is_deleted),
        summary=messages.check_summary(proposed, facts.current, is_deleted=facts.is_deleted, page=facts.page),
        annotations=tuple(_annotation(problem) for problem in problems[:MOST_PROBLEMS]),
    )


def _annotation(problem: ConfigProblem) -> Annotation:
    return Annotation(
        path=CONFIG_PATH,
        line=problem.line,
        column=problem.column,
        title=problem.path or say("The whole file"),
        message=problem.message,
    )


def report_once(facts: DefaultBranch, section: ConfigCheck) -> Plan:
    """A file that is broken without a push that told so gets its issue with the first thing that happens."""
    if not facts.problems or not section.issue or facts.is_shadow:
        return no_concern_of_ours(say("there is nothing to say about {file}", file=CONFIG_PATH))
    if facts.told is not None:
        return no_concern_of_ours(say("I said already what is broken in {file}", file=CONFIG_PATH))
    return report(facts, section)


def report(facts: DefaultBranch, section: ConfigCheck) -> Plan:  # noqa: PLR0911 - a rule is its guard clauses
    """Maintainers learn once, where they look, that their file can't be used, and once more when it can."""
    if facts.problems is None:
        return no_concern_of_ours(
            say("the push does not change {file} on the default branch", file=CONFIG_PATH)
        )
    if facts.is_shadow:  # what an issue says is kept in step once it can be written again
        return leave_alone(say("I write no issue about {file} in shadow mode", file=CONFIG_PATH))
    if not facts.problems:
        return _all_is_well(facts)
    if not section.issue:
        return leave_alone(say("{file} is broken, but no issue about that is wanted here", file=CONFIG_PATH))
    known = tuple((problem.line, problem.path, problem.fact) for problem in facts.problems)
    body = messages.issue_body(facts.problems, facts.goes_on, head_sha=facts.head_sha)
    if facts.told is None or facts.told.value.let_go:
        seen = facts.head_sha or f"before {_digest(known)}"
        broken = BrokenConfig(issue=f"broken since {seen}", problems=known)
        return plan(
            OpenIssue(key=broken.issue, title=messages.issue_title(), body=body),
            remember(broken, key=BrokenConfig.KEY, expected=facts.told.version if facts.told else 0),
            because=messages.broken(facts.problems),
        )
    broken = replace(facts.told.value, problems=known)
    if broken == facts.told.value:
        return leave_alone(say("the issue about it says already what is broken"))
    return plan(
        EditIssue(
            key=f"{broken.issue}/as of {facts.head_sha}",
            issue=broken.issue,
            title=messages.issue_title(),
            body=body,
        ),
        remember(broken, key=BrokenConfig.KEY, expected=facts.told.version),
        because=say("what is broken in {file} has changed", file=CONFIG_PATH),
    )


def _all_is_well(facts: DefaultBranch) -> Plan:
    if facts.told is None:
        return leave_alone(say("{file} works", file=CONFIG_PATH))
    forget = Forget(kind=BrokenConfig.KIND, key=BrokenConfig.KEY)
    because = say("{file} works again", file=CONFIG_PATH)
    if facts.told.value.let_go:
        return plan(forget, because=because)
    issue = facts.told.value.issue
    close = CloseIssue(
        key=f"{issue}/mended by {facts.head_sha}", issue=issue, body=messages.mended(facts.head_sha)
    )
    return plan(close, forget, because=because)


def respect_closing(facts: ClosedIssue, _section: ConfigCheck) -> Plan:
    """Who closes the issue has read it; only the next change that leaves the file broken opens another."""
    if facts.told is None or facts.told.value.let_go:
        return no_concern_of_ours(say("it is no issue of mine about {file}", file=CONFIG_PATH))
    return plan(
        remember(replace(facts.told.value, let_go=True), key=BrokenConfig.KEY, expected=facts.told.version),
        because=say("somebody closed the issue before the file was fixed"),
    )


def _digest(known: tuple[tuple[int, str, str], ...]) -> str:
    """The same for the same problems. Lists, as they were written when keys of issues began."""
    return sha256(repr([list(problem) for problem in known]).encode()).hexdigest()[:16]
