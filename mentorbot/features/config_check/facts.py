"""What the config file is on the default branch, and what it would be after a merge.

What is proposed is asked for only where something hints that the file changes.

GitHub's payloads name the paths of a push, but not those of a pull request, and most pull requests don't
touch the file: for pull requests only words, a maintainer as author, or an earlier look are hints; the hourly
round looks at the others that come from forks.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorbot.config.configuration import CONFIG_PATH, ConfigProblem, Configuration
from mentorbot.core.entities import PullRequest
from mentorbot.core.events import BranchPushed, Event, IssueClosed, PullRequestEvent, PullRequestPushed
from mentorbot.core.translator import say
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.config_check.config import ConfigCheck
from mentorbot.features.config_check.records import BrokenConfig, LastLook, ProposedChange

MOST_LOOKS_AN_HOUR = 10
_LOOKS_BACK = timedelta(days=1)
_SOUNDS_LIKE_CONFIG = re.compile(r"mentor|welcom|newcomer|config|\.github|\bya?ml\b|\bbot\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFile:
    """A head commit, and the configuration it would bring; `proposed` is None where it changes nothing in it.

    `key` is what a record of a change is kept under ("pull request 7", "branch topic"), `known` whether there
    is one. `unchanged` is the sentence for the journal where `proposed` is None. `looked_until` is set by the
    hourly round. `page` is the address of the repository's page.
    """

    number: int
    head_sha: str
    key: str
    current: Configuration
    proposed: Configuration | None = None
    is_deleted: bool = False
    known: bool = False
    unchanged: str = ""
    looked_until: datetime | None = None
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultBranch:
    """The file on the default branch after a push; `problems` is None where the push left it alone.

    `head_sha` is empty where no push told of it. `goes_on` are the sections that are in force as they were
    before they broke. `told` is the record of the issue about it, which somebody may have closed since.
    """

    head_sha: str
    problems: tuple[ConfigProblem, ...] | None = None
    goes_on: frozenset[str] = frozenset()
    told: Record[BrokenConfig] | None = None
    is_shadow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedIssue:
    """An issue that was closed; `told` is the record where it is the one about the config file.

    None too where we have closed it ourselves.
    """

    told: Record[BrokenConfig] | None = None


async def opened(event: PullRequestEvent, _section: ConfigCheck, ports: Ports) -> ProposedFile:
    """A pull request as it arrives: looked at where its words, or who it is by, hint at the file."""
    is_hinted_at = _speaks_of_it(event.thread) or event.thread.association.is_insider
    return await _looked_at(event.thread.number, event.thread.head_sha, ports, is_hinted_at=is_hinted_at)


async def pushed(event: PullRequestPushed, _section: ConfigCheck, ports: Ports) -> ProposedFile:
    """A pull request with new commits: looked at where it spoke of the file, or changed it before."""
    number = event.thread.number
    is_hinted_at = _speaks_of_it(event.thread) or bool(await ports.records.get(ProposedChange, _key(number)))
    return await _looked_at(number, event.thread.head_sha, ports, is_hinted_at=is_hinted_at)


async def branch(event: BranchPushed, _section: ConfigCheck, ports: Ports) -> ProposedFile:
    """A branch of the repository itself: its push names the paths, so that nothing has to be asked for."""
    key = f"branch {event.branch}"
    nothing = ProposedFile(
        number=0, head_sha=event.after, key=key, current=ports.configuration, page=_page(ports)
    )
    if event.is_on_default_branch:
        return replace(nothing, unchanged=say("what is on the default branch is in force, not proposed"))
    known = await ports.records.get(ProposedChange, key) is not None
    if not known and CONFIG_PATH not in event.touched_paths:
        return replace(nothing, unchanged=say("the push does not change {file}", file=CONFIG_PATH))
    is_gone = not event.after.strip("0")
    text = None if is_gone else await ports.github.file_at(CONFIG_PATH, event.after)
    proposed = await ports.proposals.configuration(text)
    if is_gone or _says_the_same(proposed, ports.configuration):
        return replace(
            nothing,
            known=known,
            unchanged=say("the branch has the {file} that is in force", file=CONFIG_PATH),
        )
    return replace(nothing, known=known, proposed=proposed, is_deleted=text is None)


async def not_looked_at(_section: ConfigCheck, ports: Ports) -> AsyncIterator[Case[ProposedFile]]:
    """Pull requests from forks that were opened or pushed to since the last round, the earliest first."""
    record = await ports.records.get(LastLook, LastLook.KEY)
    since = record.value.until if record else ports.now - _LOOKS_BACK
    owner = ports.repository.owner.login
    fresh = [
        timeline
        async for timeline in ports.timelines.open()
        if _last_push(timeline) > since and timeline.head.partition(":")[0] != owner
    ]
    for timeline in sorted(fresh, key=_last_push)[:MOST_LOOKS_AN_HOUR]:
        looked = await _looked_at(timeline.number, timeline.current_head, ports)
        yield Case(timeline.number, replace(looked, looked_until=_last_push(timeline)))


def _last_push(timeline: PullRequestTimeline) -> datetime:
    return max((timeline.opened_at, *(act.at for act in timeline.acts if act.is_push)))


def _speaks_of_it(pull_request: PullRequest) -> bool:
    """True where title or branch sound like configuration, or the text names the file."""
    names = f"{pull_request.title} {pull_request.head_ref}"
    return _SOUNDS_LIKE_CONFIG.search(names) is not None or "mentorbot.yml" in pull_request.body.lower()


def _key(number: int) -> str:
    return f"pull request {number}"


async def _looked_at(number: int, head_sha: str, ports: Ports, *, is_hinted_at: bool = True) -> ProposedFile:
    """What GitHub says about the file in this pull request: one question, a second where it is changed."""
    found = ProposedFile(
        number=number,
        head_sha=head_sha,
        key=_key(number),
        current=ports.configuration,
        page=_page(ports),
        unchanged=say("nothing hints so far that it changes {file}", file=CONFIG_PATH),
    )
    if not is_hinted_at:
        return found
    known = await ports.records.get(ProposedChange, found.key) is not None
    found = replace(found, known=known, unchanged=say("it does not change {file}", file=CONFIG_PATH))
    # Compared with the file on the default branch, older pull requests would seem to change it back.
    changed = next((one for one in await ports.github.files(number) if one.path == CONFIG_PATH), None)
    if changed is None:
        return found
    text = await ports.github.file_at(CONFIG_PATH, head_sha)
    if text is None and changed.status != "removed":
        return replace(
            found, unchanged=say("GitHub does not show me the {file} that is proposed", file=CONFIG_PATH)
        )
    proposed = await ports.proposals.configuration(text)
    return replace(found, proposed=proposed, is_deleted=text is None)


def _page(ports: Ports) -> str:
    return f"{ports.public_url}/{ports.repository.full_name}" if ports.public_url else ""


def _says_the_same(proposed: Configuration, current: Configuration) -> bool:
    in_force = tuple(problem for problem in current.problems if problem.origin == "repository")
    return proposed.problems == in_force and proposed.good_values.get("repository", {}) == (
        current.good_values.get("repository", {})
    )


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
        told=await _told(ports),
        is_shadow=ports.configuration.is_shadow,
    )


async def in_force(_event: Event, _section: ConfigCheck, ports: Ports) -> DefaultBranch:
    """The file as we have read it, at no cost: it may have been broken before we came."""
    problems = tuple(one for one in ports.configuration.problems if one.origin == "repository")
    return DefaultBranch(
        head_sha="",
        problems=problems,
        goes_on=_goes_on(ports.configuration, problems),
        told=await _told(ports) if problems else None,
        is_shadow=ports.configuration.is_shadow,
    )


def _goes_on(configuration: Configuration, problems: Sequence[ConfigProblem]) -> frozenset[str]:
    broken = {problem.section for problem in problems}
    return frozenset(name for name in configuration.sections if name in broken or "" in broken)


async def closed_issue(event: IssueClosed, _section: ConfigCheck, ports: Ports) -> ClosedIssue:
    author = event.thread.author
    # The title is in whatever language it was opened in; the name of the file is in all of them.
    is_about_it = author is not None and author.is_bot and CONFIG_PATH in event.thread.title
    if not is_about_it or event.by.is_bot:
        return ClosedIssue()
    return ClosedIssue(told=await _told(ports))


async def _told(ports: Ports) -> Record[BrokenConfig] | None:
    return await ports.records.get(BrokenConfig, BrokenConfig.KEY)
