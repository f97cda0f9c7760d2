"""What is asked when somebody opens an issue or pull request: who they are here, how long answers take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.events import IssueOpened, PullRequestOpened
from mentorbot.core.people import Association, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.response_time import Estimate, estimate
from mentorbot.feature_api.guidance import NO_GUIDANCE, Guidance, guidance_for, guides_by_path
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record, StoredMoment
from mentorbot.features.welcome.config import Welcome

RECENT = timedelta(days=365)
"""How far back waits tell something about today."""


class GreetingOccasion(StrEnum):
    FIRST_ISSUE = "issue"
    FIRST_PULL_REQUEST = "pull request"
    FIRST_PULL_REQUEST_AFTER_AN_ISSUE = "pull request after an issue"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Greeted:
    """Where a person (the key: their id) was greeted last; issues and pull requests come in any order."""

    KIND: ClassVar[str] = "greeted"
    number: int
    opened_at: StoredMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedThread:
    """Somebody opened an issue or a pull request.

    `past` is what its author did here before; None where the event itself says that nobody is to be greeted.
    `greeted` is where they were greeted so far. `may_merge` is True where their rights tell that they belong
    to the project, which GitHub does not say of everybody who does.
    `waits` is how long pull requests wait here for their first answer, None where too little is known.
    `guidance` is what other sections of the config have for newcomers.
    """

    now: datetime
    repository: Repository
    thread: Issue | PullRequest
    by: Person
    past: ContributorHistory | None
    greeted: Record[Greeted] | None = None
    may_merge: bool = False
    waits: Estimate | None = None
    calendar: Calendar = DEFAULT_CALENDAR
    guidance: Guidance = NO_GUIDANCE

    @property
    def kind(self) -> str:
        return "pull request" if self.thread.is_pull_request else "issue"

    @property
    def was_greeted_on_what_came_later(self) -> bool:
        """True for a pull request whose author was greeted on what was opened later, but heard of before.

        A pull request after an issue is an occasion of its own; an issue after a pull request is none.
        """
        if self.greeted is None or not self.thread.is_pull_request:
            return False
        last = self.greeted.value
        return (last.opened_at, last.number) > (self.thread.opened_at, self.thread.number)

    @property
    def has_commits_here(self) -> bool:
        """True where something of the author's was merged here before, as far as is known."""
        known = self.past is not None and self.past.contributor
        return known or self.thread.association is Association.CONTRIBUTOR

    def occasion(self, config: Welcome) -> GreetingOccasion | None:
        """Why this is a moment for a greeting; None where it isn't, as far as their past tells."""
        past, pull_request = self.past, self.thread.is_pull_request
        if past is None:
            return None
        is_new = past.is_new_to_pull_requests and not self.has_commits_here
        if pull_request and is_new and past.issues:
            return GreetingOccasion.FIRST_PULL_REQUEST_AFTER_AN_ISSUE
        if pull_request and is_new:
            return GreetingOccasion.FIRST_PULL_REQUEST
        if is_new and past.opened_nothing_and_reviewed_nothing:
            return GreetingOccasion.FIRST_ISSUE
        if config.back is None or config.back_after is None or past.last_seen is None:
            return None
        is_back = config.back_after.has_passed(past.last_seen, self.thread.opened_at, self.calendar)
        return GreetingOccasion.RETURN if is_back else None


async def opening(event: IssueOpened | PullRequestOpened, config: Welcome, ports: Ports) -> OpenedThread:
    thread = event.thread
    asks = config.greets_on(pull_request=thread.is_pull_request)
    found = OpenedThread(
        now=ports.now,
        repository=ports.repository,
        thread=thread,
        by=event.by,
        past=await _past(thread, ports) if asks else None,
        calendar=ports.calendar,
    )
    if thread.author is None or found.past is None:
        return found
    # What follows may cost requests: nothing is asked where nobody would be greeted in any case.
    if found.past.insider or not found.past.certain or found.occasion(config) is None:
        return found
    permission = await ports.github.permission(thread.author)
    waits = None
    if config.eta and thread.is_pull_request:
        waits = estimate(await ports.people.waits(since=ports.now - RECENT))
    return replace(
        found,
        greeted=await ports.records.get(Greeted, str(thread.author.id)),
        may_merge=permission.is_maintainer,
        waits=waits,
        guidance=await _guidance(thread, ports),
    )


async def _guidance(thread: Issue | PullRequest, ports: Ports) -> Guidance:
    """A guide and a mentor. The touched files are asked for only where they tell which guide fits."""
    configuration, paths = ports.configuration, list[str]()
    if isinstance(thread, PullRequest) and guides_by_path(configuration):
        try:
            paths = [file.path for file in await ports.github.files(thread.number)]
        except (GitHubUnavailable, Impossible):  # a greeting is worth more than its guide
            paths = []
    return await guidance_for(thread.author, ports, labels=thread.labels, paths=paths, text=thread.body)


async def _past(thread: Issue | PullRequest, ports: Ports) -> ContributorHistory | None:
    """What the author did here before; not asked, as it may cost a request, where the payload says enough."""
    if thread.author is None or thread.author.is_bot or thread.association.is_insider:
        return None
    return await ports.people.contributor_history(
        thread.author, before=thread.opened_at, number=thread.number
    )
