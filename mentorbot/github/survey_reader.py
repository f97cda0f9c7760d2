"""Reads all open work of a repository with somebody's own token, as far as it gets.

First what newcomers are told by, then the light listing, newest first; then issues; then what the listing
left out of long pull requests. `SurveyReading` keeps what there is, to be told whenever the reading ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.response_time import Wait
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.domain.turns import Turn, TurnSettings, whose_turn
from mentorbot.feature_api.survey import MergedWork, OpenPullRequest, OpenThread, Survey
from mentorbot.github import light_timelines, project_listings, survey_queries
from mentorbot.github.closed_references import closed_references, numbers_waited_for, with_closed
from mentorbot.github.error_mapping import RequestDropped
from mentorbot.github.json_reader import parsing_response
from mentorbot.github.light_timelines import ListedPull, UnfinishedPull
from mentorbot.github.project_listings import AboutRepository
from mentorbot.github.questions import Questions, ReadingPlan

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
    listed: dict[int, ListedPull] = field(default_factory=dict)
    unfinished: dict[int, UnfinishedPull] = field(default_factory=dict)
    issues: dict[int, OpenThread] = field(default_factory=dict)
    base: MergedWork = field(default_factory=MergedWork)
    mergers: frozenset[int] = frozenset()
    waits: tuple[Wait, ...] = ()
    closed: frozenset[int] = frozenset()
    _cut_short: str = ""
    _turns: dict[int, tuple[PullRequestTimeline, Turn]] = field(default_factory=dict)
    _known: tuple[datetime, frozenset[int]] | None = None

    async def read(self, full_name: str) -> None:
        """Read everything. Raises what `core.errors` names; what was read by then is kept."""
        self.about = about = await project_listings.about(self.questions, full_name)
        self._plan(about)
        _, self.base, self.mergers = await project_listings.merged_work(self.questions, about)
        await self._list_pulls(about)
        self._tell(about)
        await project_listings.open_issues(self.questions, about, self.base, self.issues)
        now = self.questions.clock()
        self.waits = await project_listings.recent_waits(self.questions, about, now=now)
        await self._read_the_rest(about)
        numbers = numbers_waited_for(self._decided().values())
        self.closed = await closed_references(self.questions, about, numbers)

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
            pulls=tuple(self._open_pull(one, decided) for one in self.listed.values()),
            total_pulls=max(about.open_pulls, len(self.listed)),
            issues=tuple(self.issues.values()),
            total_issues=max(about.open_issues, len(self.issues)),
            base=self.base,
            waits=self.waits,
            config=about.config,
            requests=self.questions.count.sent,
            incomplete=incomplete or self._cut_short,
            caveats=caveats(self.questions),
        )

    @property
    def _at(self) -> datetime:
        return self.questions.last_at or self.questions.clock()

    def _decided(self) -> Mapping[int, tuple[PullRequestTimeline, Turn]]:
        """Whose turn each is that was read as a whole; what was decided once is decided anew only for news."""
        people = PastOfPeople(one.timeline for one in self.listed.values()).until(self._at)
        known = (self._at, people.trusted | self.mergers)
        if known != self._known:
            self._turns, self._known = {}, known
        for listed in self.listed.values():
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
            ReadingPlan(
                what=f"{about.open_pulls:,} open pull requests and {about.open_issues:,} open issues",
                requests=1 + merged + issues + recent + pulls + rest,
                most=most_requests(about.open_pulls, has_shrunk=False),
                most_if_small=most_requests(about.open_pulls, has_shrunk=True),
                points=1 + merged + 2 * issues + 3 * recent + _POINTS_A_PAGE * pulls + 8 * rest,
                kept=len(self.questions.kept),
                points_left=about.points_left,
                resets_at=about.resets_at,
            )
        )

    async def _list_pulls(self, about: AboutRepository) -> None:
        listing = project_listings.pages(
            self.questions, about, survey_queries.LIGHT_OPEN, "pullRequests", key="open"
        )
        async for page in listing:
            with parsing_response():
                take_in(page.objects("nodes"), self.listed, self.unfinished)
            self._tell(about)

    async def _read_the_rest(self, about: AboutRepository) -> None:
        """Ask for what the listing left out, within the limit of requests that was told before."""
        failures = 0
        waiting = dict(self.unfinished)
        while waiting:
            size = self.questions.size
            if self.questions.count.sent >= most_requests(about.open_pulls, has_shrunk=size.has_shrunk):
                self._cut_short = (
                    f"{len(waiting):,} long pull requests would have taken more requests than promised"
                )
                return
            batch = next(light_timelines.in_batches(list(waiting.values())))
            try:
                await light_timelines.complete(self.questions, batch, owner=about.owner, name=about.name)
            except RequestDropped as dropped:
                failures += 1
                if failures > 1:
                    raise
                self._cut_short = f"GitHub gave no answer about some long pull requests ({dropped.why})"
                for one in batch:
                    del waiting[one.number]
                continue
            failures = 0
            for one in [one for one in batch if one.is_over]:
                with parsing_response():
                    self.listed[one.number] = light_timelines.finished(self.listed[one.number], one)
                del waiting[one.number], self.unfinished[one.number]
            self._tell(about, waiting)

    def _tell(self, about: AboutRepository, waiting: dict[int, UnfinishedPull] | None = None) -> None:
        rest = self.unfinished if waiting is None else waiting
        size = self.questions.size.now
        left = math.ceil(max(about.open_pulls - len(self.listed), 0) / size)
        left += math.ceil(light_timelines.questions_left(list(rest.values())) * project_listings.PAGE / size)
        done = len(self.listed) - len(rest)
        total = max(about.open_pulls, len(self.listed))
        self.questions.listener.reached(
            "open pull requests", done, total, requests=self.questions.count.sent, left=left
        )


def caveats(questions: Questions) -> tuple[str, ...]:
    """What the token may not read, and what therefore isn't known."""
    if not questions.refused:
        return ()
    what = ", ".join(sorted(questions.refused))
    said = (
        f"This token may not read {what}, so what those say isn't known here (whether checks failed, for one). "
        "A classic token with the scope `repo` may."
    )
    return (said,)


def take_in(
    nodes: Sequence[object], listed: dict[int, ListedPull], unfinished: dict[int, UnfinishedPull]
) -> None:
    """Note the pull requests of a page; one that was there before has moved, and is told anew."""
    for node in nodes:
        if not isinstance(node, dict):
            continue
        found, rest = light_timelines.listed_pull(node)
        listed[found.number] = found
        unfinished.pop(found.number, None)
        if rest is not None:
            unfinished[found.number] = rest
