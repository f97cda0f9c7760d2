"""What is asked when a pull request is closed: was it merged, which of its author's is it, and what next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible
from mentorbot.core.events import PullRequestClosed
from mentorbot.core.people import Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.suggested_reviews import ReviewCandidate, SuggestedReview, suggest
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.first_merge.config import FirstMerge


@dataclass(frozen=True, slots=True)
class Landed:
    """A person's (the key: their id) pull requests that commits merged, so that GitHub doesn't count them."""

    KIND: ClassVar[str] = "landed"
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A pull request was closed.

    `by_commit` is true where a merge bot put the work on the base branch and closed the pull request.
    `past` is what its author had done here before; None where nobody is to be celebrated anyway. `landed` is
    the record of their pull requests merged by commits. `may_merge` is True where their rights tell that they
    belong to the project, which GitHub does not say of everybody who does. `beginner_issue` is one to
    suggest, `to_review` a pull request of somebody else that suits them.
    """

    now: datetime
    at: datetime
    repository: Repository
    thread: PullRequest
    by: Person
    past: ContributorHistory | None = None
    landed: Record[Landed] | None = None
    by_commit: bool = False
    may_merge: bool = False
    beginner_issue: Issue | None = None
    to_review: SuggestedReview | None = None

    @property
    def merged(self) -> bool:
        """True where the work is on the base branch now."""
        return self.thread.merged or self.by_commit

    @property
    def earlier_landed(self) -> tuple[int, ...]:
        """Numbers of the author's other pull requests that were merged by a commit."""
        numbers = self.landed.value.numbers if self.landed else ()
        return tuple(number for number in numbers if number != self.thread.number)

    @property
    def count(self) -> int:
        """1 where this is its author's first merged pull request, 2 where it is the second, and so on."""
        return (self.past.merged if self.past else 0) + len(self.earlier_landed) + 1

    @property
    def is_by_an_insider(self) -> bool:
        known = self.may_merge or (self.past is not None and self.past.insider)
        return known or self.thread.association.is_insider

    @property
    def is_a_newcomers_first(self) -> bool:
        """True where nothing of the author's was here before, and they don't belong to the project."""
        if self.past is None or self.past.contributor or self.is_by_an_insider:
            return False
        return self.count == 1

    def is_an_occasion(self, config: FirstMerge) -> bool:
        """True where this merge would be their first, or a milestone, as far as is known for certain."""
        known = self.past is not None and self.past.certain
        return known and (self.count == 1 or self.count in config.milestones)


async def merge(event: PullRequestClosed, config: FirstMerge, ports: Ports) -> Merge:
    thread = event.thread
    found = Merge(
        now=ports.now,
        at=thread.merged_at or thread.closed_at or event.at,
        repository=ports.repository,
        thread=thread,
        by=event.by,
    )
    if thread.author is None or thread.author.is_bot or not _may_be_merged(event):
        return found
    past = await _past(thread.author, found.at, thread.number, ports)
    landed = await ports.records.get(Landed, str(thread.author.id))
    found = replace(found, past=past, landed=landed)
    # Each question below may cost a request: none is asked where nothing would be said in any case.
    if not thread.merged and _is_worth_asking(found, config):
        found = replace(found, by_commit=await ports.github.was_merged_by_commit(thread.number))
    if found.merged and found.is_a_newcomers_first:
        permission = await ports.github.permission(thread.author)
        found = replace(found, may_merge=permission.is_maintainer)
    if found.merged and found.is_a_newcomers_first:
        found = replace(found, to_review=await _to_review(thread.author, ports))
        if config.beginner_labels:
            found = replace(found, beginner_issue=await _beginner_issue(thread.author, config, ports))
    return found


async def _past(author: Person, at: datetime, number: int, ports: Ports) -> ContributorHistory:
    """What the author had done before the merge; the merge itself makes them a contributor for GitHub."""
    past = await ports.people.contributor_history(author, before=at, number=number)
    if not past.contributor or past.merged:
        return past
    just_before = await ports.people.contributor_history(
        author, before=at - timedelta(seconds=1), number=number
    )
    return replace(past, contributor=just_before.contributor)


def _may_be_merged(event: PullRequestClosed) -> bool:
    """Merged, or closed by somebody else than its author: maybe a merge bot, or whoever pushed a commit."""
    return event.thread.merged or event.by != event.thread.author


def _is_worth_asking(found: Merge, config: FirstMerge) -> bool:
    """Where earlier ones of theirs were merged by commits, each further one counts towards the milestones."""
    return found.is_an_occasion(config) or bool(found.earlier_landed and config.milestones)


async def _beginner_issue(author: Person, config: FirstMerge, ports: Ports) -> Issue | None:
    """An open issue for beginners that is not their own; no celebration fails for want of one."""
    try:
        open_issues = await ports.github.open_issues(labels=config.beginner_labels)
    except (GitHubUnavailable, AccessLost, Impossible):
        return None
    return next((issue for issue in open_issues if issue.author != author), None)


async def _to_review(author: Person, ports: Ports) -> SuggestedReview | None:
    """The open pull request that suits them best for a first review, from what we know already."""
    pulls = [
        ReviewCandidate(timeline=timeline)
        async for timeline in ports.timelines.open()
        if ports.configuration.ignore.label_among(timeline.labels) is None
    ]
    found = suggest(author, pulls, await ports.people.expertise(), now=ports.now) if pulls else []
    return found[0] if found else None
