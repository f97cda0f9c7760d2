"""One issue while the default branch's config file can't be used: opened, kept up to date, closed.

In an owner's `.github` repository the same file is the one for all of the owner's repositories: where the App
is installed there, its issue is opened there as well; elsewhere nobody is bothered with somebody else's file.
"""

from __future__ import annotations

from dataclasses import dataclass

from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue, Remember
from mentorbot.core.config import CONFIG_PATH, Problem, proposed_configuration
from mentorbot.core.events import BranchPushed, IssueClosed
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.core.ports import Ports, Record
from mentorbot.features.config_check import messages
from mentorbot.features.config_check.config import ConfigCheck

_RECORD = ("broken", "default branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultBranch:
    """The file on the default branch after a push; `problems` is None where the push left it alone.

    `goes_on` are the sections that are in force as they were before they broke. `told` is the record of the
    issue that is open about it.
    """

    head_sha: str
    problems: tuple[Problem, ...] | None = None
    goes_on: frozenset[str] = frozenset()
    told: Record | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedIssue:
    """An issue that was closed; `is_ours`: the one about the config file, and not by ourselves."""

    is_ours: bool


async def default_branch(event: BranchPushed, _section: ConfigCheck, ports: Ports) -> DefaultBranch:
    """The file as it is now, if this push may have changed it; one without commits may, too."""
    may_change_it = CONFIG_PATH in event.touched_paths or not event.commits
    if not event.is_on_default_branch or not may_change_it:
        return DefaultBranch(head_sha=event.after)
    text = await ports.github.file_at(CONFIG_PATH, event.branch)
    problems = proposed_configuration(text, ports.configuration).problems
    broken = {problem.section for problem in problems}
    return DefaultBranch(
        head_sha=event.after,
        problems=problems,
        goes_on=frozenset(name for name in ports.configuration.sections if name in broken or "" in broken),
        told=await ports.records.get(*_RECORD),
    )


def report(facts: DefaultBranch, section: ConfigCheck) -> Plan:
    """Maintainers learn once, where they look, that their file can't be used, and once more when it can."""
    if facts.problems is None:
        return no_concern_of_ours(f"The push does not change {CONFIG_PATH} on the default branch")
    if not facts.problems:
        return _all_is_well(facts)
    if not section.issue:
        return leave_alone(f"{CONFIG_PATH} is broken, but no issue about that is wanted here")
    known = [[problem.line, problem.path, problem.message] for problem in facts.problems]
    body = messages.issue_body(facts.problems, facts.goes_on, head_sha=facts.head_sha)
    if facts.told is None:
        issue = f"broken since {facts.head_sha}"
        return plan(
            OpenIssue(key=issue, title=messages.ISSUE_TITLE, body=body),
            Remember(kind=_RECORD[0], key=_RECORD[1], value={"issue": issue, "problems": known}, expected=0),
            because=f"{CONFIG_PATH} on the default branch has {messages.counted(facts.problems)}",
        )
    if facts.told.value["problems"] == known:
        return leave_alone("The issue about it says already what is broken")
    issue = facts.told.value["issue"]
    return plan(
        EditIssue(key=f"{issue}/as of {facts.head_sha}", issue=issue, title=messages.ISSUE_TITLE, body=body),
        Remember(
            kind=_RECORD[0],
            key=_RECORD[1],
            value={"issue": issue, "problems": known},
            expected=facts.told.version,
        ),
        because=f"What is broken in {CONFIG_PATH} has changed",
    )


def _all_is_well(facts: DefaultBranch) -> Plan:
    if facts.told is None:
        return leave_alone(f"{CONFIG_PATH} is in order")
    issue = facts.told.value["issue"]
    return plan(
        CloseIssue(
            key=f"{issue}/mended by {facts.head_sha}", issue=issue, body=messages.mended(facts.head_sha)
        ),
        Forget(kind=_RECORD[0], key=_RECORD[1]),
        because=f"{CONFIG_PATH} is in order again",
    )


async def closed_issue(event: IssueClosed, _section: ConfigCheck, ports: Ports) -> ClosedIssue:
    """Whether somebody closed the issue about the config file."""
    is_about_it = event.thread.author == ports.bot and event.thread.title == messages.ISSUE_TITLE
    if not is_about_it or event.by == ports.bot:
        return ClosedIssue(is_ours=False)
    return ClosedIssue(is_ours=await ports.records.get(*_RECORD) is not None)


def let_go(facts: ClosedIssue, _section: ConfigCheck) -> Plan:
    """Who closes the issue has read it; only the next change that leaves the file broken opens another."""
    if not facts.is_ours:
        return no_concern_of_ours(f"It is not an issue of mine about {CONFIG_PATH}")
    return plan(
        Forget(kind=_RECORD[0], key=_RECORD[1]),
        because="Somebody closed the issue before the file was mended",
    )
