"""Reads a repository's past with somebody's own token: what a simulation lives through.

Pull requests to which anything happened since then, the latest first, with their whole past; the issues that
were opened since; and who had something merged before. What that costs is told before it starts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.core.translator import english_plural
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.survey import MergedWork, PastIssue, ProjectPast
from mentorbot.github import project_listings, survey_queries
from mentorbot.github.archive import with_references
from mentorbot.github.json_reader import parsing_response
from mentorbot.github.light_timelines import PullListing
from mentorbot.github.project_listings import AboutRepository
from mentorbot.github.questions import Questions
from mentorbot.github.survey_reader import caveats

MOST_MERGED_PAGES = 50
"""Five thousand merged pull requests: further back, who was here before is told for fewer people."""

_POINTS_A_PAGE = 11
_SHARE_OF_LONG_ONES = 0.3
_LONG_ONES_A_QUESTION = 60


@dataclass(slots=True)
class PastReading:
    """A past while it is read; `past` tells what there is at any time."""

    questions: Questions
    since: datetime
    about: AboutRepository | None = None
    listing: PullListing = field(default_factory=PullListing)
    issues: dict[int, PastIssue] = field(default_factory=dict)
    earlier: MergedWork = field(default_factory=MergedWork)
    _read_back_to: datetime | None = None
    _is_whole: bool = False
    _pulls: int = 0
    _cut_short: str = ""

    async def read(self, full_name: str) -> None:
        """Read everything. Raises what `core.errors` names; what was read by then is kept."""
        self.about = about = await project_listings.about(self.questions, full_name)
        counts = await project_listings.how_many_since(self.questions, about, self.since)
        pulls, issues = counts or (about.all_pulls, about.all_pulls)
        self._pulls = pulls
        self._plan(about, pulls, issues)
        await self._list_pulls(about)
        await project_listings.opened_issues(self.questions, about, since=self.since, into=self.issues)
        first, base, _ = await project_listings.merged_work(
            self.questions, about, most_pages=MOST_MERGED_PAGES
        )
        self.earlier = MergedWork(
            pull_requests=base.pull_requests,
            authors=frozenset(id_ for id_, at in first.items() if at < self.since),
            since=base.since,
            is_all=base.is_all,
        )
        self._cut_short = await self.listing.read_the_rest(
            self.questions, owner=about.owner, name=about.name, tell=self._tell
        )
        self.questions.finish()

    def past(self, *, incomplete: str = "") -> ProjectPast | None:
        """What was read; None where that is no pull request. `incomplete` is why it ended before its end."""
        about = self.about
        if about is None or not self.listing.pulls:
            return None
        until = self.questions.first_at or self.questions.clock()
        whole = [one.timeline for one in self.listing.pulls.values() if one.is_whole]
        return ProjectPast(
            repository=about.full_name,
            until=until,
            is_private=about.is_private,
            pulls=tuple(one for one in with_references(whole) if isinstance(one, PullRequestTimeline)),
            not_read=len(self.listing.pulls) - len(whole),
            issues=tuple(self.issues.values()),
            known_since=self.since if self._is_whole else self._read_back_to,
            earlier=self.earlier,
            config=about.config,
            requests=self.questions.count.sent,
            incomplete=incomplete or self._cut_short,
            read_from=until,
            caveats=caveats(self.questions),
        )

    def _plan(self, about: AboutRepository, pulls: int, issues: int) -> None:
        merged = project_listings.pages_of(about.merged_pulls, most=MOST_MERGED_PAGES)
        listed, opened = project_listings.pages_of(pulls), project_listings.pages_of(issues)
        rest = math.ceil(pulls * _SHARE_OF_LONG_ONES / _LONG_ONES_A_QUESTION)
        requests = 2 + listed + opened + merged + rest
        self.questions.listener.planned(
            self.questions.plan(
                english_plural("{count} pull request", "{count} pull requests", pulls)
                + " and "
                + english_plural("{count} issue", "{count} issues", issues)
                + f" since {self.since:%Y-%m-%d}",
                requests=requests,
                most=math.ceil(1.5 * requests) + 5,
                most_if_small=5 * requests + 10,
                points=2 + merged + 2 * opened + _POINTS_A_PAGE * listed + 8 * rest,
                points_left=about.points_left,
                resets_at=about.resets_at,
            )
        )

    async def _list_pulls(self, about: AboutRepository) -> None:
        listing = project_listings.pages(
            self.questions, about, survey_queries.LIGHT_PAST, "pullRequests", key="past"
        )
        async for page in listing:
            with parsing_response():
                nodes = page.each("nodes")
                moments = [one.moment("updatedAt") for one in nodes]
            raw = page.objects("nodes")
            wanted = [one for one, at in zip(raw, moments, strict=True) if at >= self.since]
            self.listing.take_in(wanted)
            self._read_back_to = min(moments, default=self._read_back_to)
            self._tell()
            if len(wanted) < len(nodes):
                break
        self._is_whole = True

    def _tell(self) -> None:
        size, total = self.questions.size.now, max(self._pulls, len(self.listing.pulls))
        left = math.ceil((total - len(self.listing.pulls)) / size) + self.listing.questions_left(size)
        self.questions.listener.reached(
            "pull requests", self.listing.whole, total, requests=self.questions.count.sent, left=left
        )
