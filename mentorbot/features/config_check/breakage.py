"""One issue while the default branch's config file can't be used: opened, kept up to date, closed.

In an owner's `.github` repository the same file is the one for all of the owner's repositories: where the App
is installed there, its issue is opened there as well; elsewhere nobody is bothered with somebody else's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from mentorbot.config.configuration import CONFIG_PATH, ConfigProblem, Configuration
from mentorbot.core.actions import CloseIssue, EditIssue, Forget, OpenIssue, Remember
from mentorbot.core.events import BranchPushed, Event, IssueClosed
from mentorbot.core.plan import Plan, leave_alone, no_concern_of_ours, plan
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.config_check import messages
from mentorbot.features.config_check.config import ConfigCheck

_RECORD = ("broken", "default branch")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultBranch:
    """The file on the default branch after a push; `problems` is None where the push left it alone.

    `head_sha` is empty where no push told of it. `goes_on` are the sections that are in force as they were
    before they broke. `told` is the record of the issue about it, which somebody may have closed since.
    """

    head_sha: str
    problems: tuple[ConfigProblem, ...] | None = None
    goes_on: frozenset[str] = frozenset()
    told: StoredRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedIssue:
    """An issue that was closed; `told` is the record where it is the one about the config file.

    None too where we have closed it ourselves.
    """

    told: StoredRecord | None = None


async def default_branch(event: BranchPushed, _section: ConfigCheck, ports: Ports) -> DefaultBranch:
    """The file as it is now, if this push may have changed it; one without commits may, too."""
    may_change_it = CONFIG_PATH in event.touched_paths or not event.commits
    if not event.is_on_default_branch or not may_change_it:
        return DefaultBranch(head_sha=event.after)
    text = await ports.github.file_at(CONFIG_PATH, event.branch)
    problems = (await ports.proposals.configuration(text)).problems
    return DefaultBranch(
        head_sha=event.after,
        problems=problems,
        goes_on=_goes_on(ports.configuration, problems),
        told=await ports.records.get(*_RECORD),
    )


async def in_force(_event: Event, _section: ConfigCheck, ports: Ports) -> DefaultBranch:
    """The file as we have read it, at no cost: it may have been broken before we came."""
    problems = tuple(one for one in ports.configuration.problems if one.origin == "repository")
    return DefaultBranch(
        head_sha="",
        problems=problems,
        goes_on=_goes_on(ports.configuration, problems),
        told=await ports.records.get(*_RECORD) if problems else None,
    )


def _goes_on(configuration: Configuration, problems: Sequence[ConfigProblem]) -> frozenset[str]:
    broken = {problem.section for problem in problems}
    return frozenset(name for name in configuration.sections if name in broken or "" in broken)


def notice(facts: DefaultBranch, section: ConfigCheck) -> Plan:
    """A file that is broken without a push that told so gets its issue with the first thing that happens."""
    if not facts.problems or not section.issue:
        return no_concern_of_ours(f"Nothing is to be said about {CONFIG_PATH}")
    if facts.told is not None:
        return no_concern_of_ours(f"It was said already what is broken in {CONFIG_PATH}")
    return report(facts, section)


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
    if facts.told is None or _was_let_go(facts.told):
        seen = facts.head_sha or f"before {sha256(repr(known).encode()).hexdigest()[:16]}"
        issue = f"broken since {seen}"
        return plan(
            OpenIssue(key=issue, title=messages.ISSUE_TITLE, body=body),
            Remember(
                kind=_RECORD[0],
                key=_RECORD[1],
                value={"issue": issue, "problems": known},
                expected=facts.told.version if facts.told else 0,
            ),
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
    forget, because = Forget(kind=_RECORD[0], key=_RECORD[1]), f"{CONFIG_PATH} is in order again"
    if _was_let_go(facts.told):
        return plan(forget, because=because)
    issue = facts.told.value["issue"]
    close = CloseIssue(
        key=f"{issue}/mended by {facts.head_sha}", issue=issue, body=messages.mended(facts.head_sha)
    )
    return plan(close, forget, because=because)


def _was_let_go(told: StoredRecord) -> bool:
    return bool(told.value.get("let_go"))


async def closed_issue(event: IssueClosed, _section: ConfigCheck, ports: Ports) -> ClosedIssue:
    """Whether somebody closed the issue about the config file."""
    author = event.thread.author
    is_about_it = author is not None and author.is_bot and event.thread.title == messages.ISSUE_TITLE
    if not is_about_it or event.by.is_bot:
        return ClosedIssue()
    return ClosedIssue(told=await ports.records.get(*_RECORD))


def let_go(facts: ClosedIssue, _section: ConfigCheck) -> Plan:
    """Who closes the issue has read it; only the next change that leaves the file broken opens another."""
    if facts.told is None or _was_let_go(facts.told):
        return no_concern_of_ours(f"It is not an issue of mine about {CONFIG_PATH}")
    return plan(
        Remember(
            kind=_RECORD[0],
            key=_RECORD[1],
            value={**facts.told.value, "let_go": True},
            expected=facts.told.version,
        ),
        because="Somebody closed the issue before the file was mended",
    )
