"""What is asked when somebody opens an issue or pull request: who they are here, how long answers take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.core.entities import Issue, PullRequest, Repository
from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.core.events import IssueOpened, PullRequestOpened
from mentorbot.core.people import Association, Person
from mentorbot.domain.contributor_history import ContributorHistory
from mentorbot.domain.response_time import Estimate, estimate
from mentorbot.feature_api.guidance import NO_GUIDANCE, Guidance, guidance_for, guides_by_path
from mentorbot.feature_api.ports import Ports
from mentorbot.features.welcome.config import Welcome

RECENT = timedelta(days=365)
"""How far back waits tell something about today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedThread:
    """Somebody opened an issue or a pull request.

    `past` is what its author did here before; None where the event itself says that nobody is to be greeted.
    `waits` is how long pull requests wait here for their first answer, None where too little is known.
    `guidance` is what other sections of the config have for newcomers.
    """

    now: datetime
    repository: Repository
    thread: Issue | PullRequest
    by: Person
    past: ContributorHistory | None
    waits: Estimate | None = None
    calendar: Calendar = DEFAULT_CALENDAR
    guidance: Guidance = NO_GUIDANCE

    @property
    def kind(self) -> str:
        return "pull request" if self.thread.is_pull_request else "issue"

    @property
    def has_commits_here(self) -> bool:
        """True where something of the author's was merged here before, as far as is known."""
        known = self.past is not None and self.past.contributor
        return known or self.thread.association is Association.CONTRIBUTOR


async def opening(event: IssueOpened | PullRequestOpened, config: Welcome, ports: Ports) -> OpenedThread:
    thread = event.thread
    asks = config.greets_on(pull_request=thread.is_pull_request)
    past = await _past(thread, ports) if asks else None
    waits = None
    guided = NO_GUIDANCE
    if past is not None and not past.pull_requests:
        guided = await _guidance(thread, ports)
        if config.eta and thread.is_pull_request:
            waits = estimate(await ports.people.waits(since=ports.now - RECENT))
    return OpenedThread(
        now=ports.now,
        repository=ports.repository,
        thread=thread,
        by=event.by,
        past=past,
        waits=waits,
        calendar=ports.calendar,
        guidance=guided,
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
