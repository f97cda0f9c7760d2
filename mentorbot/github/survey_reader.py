"""Reads all open work of a repository with somebody's own token, as far as it gets.

First what newcomers are told by, then the light listing, newest first; then issues; then what the listing
left out of long pull requests. `SurveyReading` keeps what there is, to be told whenever the reading ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentorbot.core.errors import Impossible
from mentorbot.core.translator import english_plural
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Turn, TurnSettings, whose_turn
from mentorbot.feature_api.survey import MergedWork, OpenPullRequest, OpenThread, Survey
from mentorbot.github import project_listings, survey_queries
from mentorbot.github.closed_references import closed_references, numbers_waited_for, with_closed
from mentorbot.github.light_timelines import ListedPull, PullListing
from mentorbot.github.other_bots_files import other_bots_files
from mentorbot.github.project_listings import AboutRepository
from mentorbot.github.questions import Questions

TurnOf = Callable[[PullRequestTimeline, datetime, frozenset[int]], Turn]
"""Whose turn a pull request is at a moment; the ids are of those whose word counts here by what they did."""

_POINTS_A_PAGE = 11
_SHARE_OF_LONG_ONES = 0.25
_LONG_ONES_A_QUESTION = 70


def usual_turn(timeline: PullRequestTimeline, now: datetime, trusted: frozenset[int]) -> Turn:
    """Whose turn it is by the rules alone, without what a config says."""
    return whose_turn(timeline, TurnSettings(maintainers=trusted), now=now)


def most_requests(open_pulls: int, *, has_shrunk: bool) -> int:
    """How many requests a survey takes at most: 120 for 5,000 pull requests, 400 where pages are small."""
    return 30 + math.ceil(open_pulls * (0.074 if has_shrunk else 0.018))


@dataclass(slots=True)
class SurveyReading:
    """A survey while it is made; `survey` tells what there is at any time."""

    questions: Questions
    turn_of: TurnOf = usual_turn
    about: AboutRepository | None = None
    listing: PullListing = field(default_factory=PullListing)
    issues: dict[int, OpenThread] = field(default_factory=dict)
    base: MergedWork = field(default_factory=MergedWork)
    mergers: frozenset[int] = frozenset()
    waits: tuple[Wait, ...] = ()
    closed: frozenset[int] = frozenset()
    other_bots: Mapping[str, str] = field(default_factory=dict)
    _cut_short: str = ""
    _turns: dict[int, tuple[PullRequestTimeline, Turn]] = field(default_factory=dict)
    _known: tuple[datetime, frozenset[int]] | None = None
    _decided_at: datetime | None = None

    async def read(self, full_name: str) -> None:
        """Read everything. Raises what `core.errors` names; what was read by then is kept."""
        self.about = about = await project_listings.about(self.questions, full_name)
        self._plan(about)
        self.other_bots = await _other_bots(self.questions, about)
        _, self.base, self.mergers = await project_listings.merged_work(self.questions, about)
        await self._list_pulls(about)
        self._tell(about)
        await project_listings.open_issues(self.questions, about, self.base, self.issues)
        now = self.questions.clock()
        self.waits = await project_listings.recent_waits(self.questions, about, now=now)
        self._cut_short = await self.listing.read_the_rest(
            self.questions,
            owner=about.owner,
            name=about.name,
            may_ask=self._may_ask,
            tell=lambda: self._tell(about),
        )
        self._decided_at = self._at  # what is asked after this changes no turn but those it is about
        numbers = numbers_waited_for(self._decided().values())
        self.closed = await closed_references(self.questions, about, numbers)
        self.questions.finish()

    def survey(self, *, incomplete: str = "") -> Survey | None:
        """What was read; None where that is nothing. `incomplete` is why it ended before its end."""
        about = self.about
        if about is None:
            return None
        at, decided = self._at, self._decided()
        return Survey(
            repository=about.full_name,
            at=at,
            read_from=self.questions.first_at or at,
            is_private=about.is_private,
            pulls=tuple(self._open_pull(one, decided) for one in self.listing.pulls.values()),
            total_pulls=max(about.open_pulls, len(self.listing.pulls)),
            issues=tuple(self.issues.values()),
            total_issues=max(about.open_issues, len(self.issues)),
            base=self.base,
            waits=self.waits,
            config=about.config,
            other_bots=self.other_bots,
            requests=self.questions.count.sent,
            incomplete=incomplete or self._cut_short,
            caveats=caveats(self.questions),
        )

    @property
    def _at(self) -> datetime:
        return self._decided_at or self.questions.last_at or self.questions.clock()

    def _decided(self) -> Mapping[int, tuple[PullRequestTimeline, Turn]]:
        """Whose turn each is that was read as a whole; decided once, and anew only where there is news."""
        people = PastOfPeople(one.timeline for one in self.listing.pulls.values()).until(self._at)
        known = (self._at, people.trusted | self.mergers)
        if known != self._known:
            self._turns, self._known = {}, known
        for listed in self.listing.pulls.values():
            timeline = with_closed(listed.timeline, self.closed)
            decided = self._turns.get(listed.number)
            if listed.is_whole and (decided is None or decided[0] != timeline):
                self._turns[listed.number] = timeline, self.turn_of(timeline, *known)
        return self._turns

    def _open_pull(
        self, listed: ListedPull, decided: Mapping[int, tuple[PullRequestTimeline, Turn]]
    ) -> OpenPullRequest:
        timeline, turn = decided.get(listed.number, (listed.timeline, None))
        answered = any(
            act.is_remark and act.by != timeline.author and project_listings.is_human(act.by)
            for act in timeline.standing_acts()
        )
        return OpenPullRequest(
            number=timeline.number,
            title=listed.title,
            url=timeline.url,
            author=timeline.author,
            opened_at=timeline.opened_at,
            updated_at=listed.updated_at,
            labels=listed.labels,
            is_answered=answered if answered or listed.is_whole else None,
            is_newcomers=project_listings.is_newcomer(timeline.author, timeline.association, self.base),
            is_draft=listed.is_draft,
            turn=turn,
            timeline=timeline,
            is_whole=listed.is_whole,
        )

    def _plan(self, about: AboutRepository) -> None:
        merged = project_listings.pages_of(about.merged_pulls, most=project_listings.MOST_MERGED_PAGES)
        issues = project_listings.pages_of(about.open_issues, most=project_listings.MOST_ISSUE_PAGES)
        recent = project_listings.pages_of(about.all_pulls, most=project_listings.RECENT_PAGES)
        pulls = project_listings.pages_of(about.open_pulls)
        rest = math.ceil(about.open_pulls * _SHARE_OF_LONG_ONES / _LONG_ONES_A_QUESTION)
        self.questions.listener.planned(
            self.questions.plan(
                english_plural("{count} open pull request", "{count} open pull requests", about.open_pulls)
                + " and "
                + english_plural("{count} open issue", "{count} open issues", about.open_issues),
                requests=2 + merged + issues + recent + pulls + rest,
                most=most_requests(about.open_pulls, has_shrunk=False),
                most_if_small=most_requests(about.open_pulls, has_shrunk=True),
                points=2 + merged + 2 * issues + 3 * recent + _POINTS_A_PAGE * pulls + 8 * rest,
                points_left=about.points_left,
                resets_at=about.resets_at,
            )
        )

    async def _list_pulls(self, about: AboutRepository) -> None:
        listing = project_listings.pages(
            self.questions, about, survey_queries.LIGHT_OPEN, "pullRequests", key="open"
        )
        async for page in listing:
            self.listing.take_in(page.objects("nodes"))
            self._tell(about)

    def _may_ask(self) -> bool:
        """As long as it keeps the limit of requests that was told before."""
        if self.about is None:
            return False
        most = most_requests(self.about.open_pulls, has_shrunk=self.questions.size.has_shrunk)
        return self.questions.count.sent < most

    def _tell(self, about: AboutRepository) -> None:
        size, total = self.questions.size.now, max(about.open_pulls, len(self.listing.pulls))
        left = math.ceil((total - len(self.listing.pulls)) / size) + self.listing.questions_left(size)
        self.questions.listener.reached(
            "open pull requests", self.listing.whole, total, requests=self.questions.count.sent, left=left
        )


async def _other_bots(questions: Questions, about: AboutRepository) -> Mapping[str, str]:
    """The files by which other bots are set up; none where the token may not read files."""
    try:
        return await other_bots_files(_Asked(questions), about.full_name) or {}
    except Impossible:
        return {}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A client that keeps the answer to its one question as the reading keeps all of its own."""

    questions: Questions

    async def query(self, document: str, **variables: Any) -> dict[str, Any]:
        return await self.questions.ask("other bots", document, **variables)


def caveats(questions: Questions) -> tuple[str, ...]:
    """What the token may not read, and what therefore isn't known."""
    if not questions.refused:
        return ()
    what = ", ".join(sorted(questions.refused))
    said = (
        f"This token may not read {what}: what that would tell isn't known here. "
        "A classic token with the scope `repo` may."
    )
    return (said,)
