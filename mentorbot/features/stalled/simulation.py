"""Runs the rules over a repository's past: what would have been said, when, to whom, and who acted next.

The very rules of the feature decide, morning by morning, with what could be known then. Who was away, and who
would have been found as a second reviewer, can't be told any more: those go to "somebody else".
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import Comment
from mentorbot.core.markers import marked
from mentorbot.core.nudge_limits import BUSINESS_DAYS_BETWEEN_NUDGES
from mentorbot.core.people import Person
from mentorbot.core.plan import Plan
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.command_spelling import command_prefix
from mentorbot.feature_api.guidance import guidance
from mentorbot.feature_api.simulated_repository import BOT
from mentorbot.feature_api.simulation import SOMEBODY_ELSE, Simulation, WouldSay
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.labels.rules import projection_of
from mentorbot.features.stalled.nudge_history import PastNudge
from mentorbot.features.stalled.nudges.candidate import Candidate, candidate_of
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.combined_reminders import combine_reminders
from mentorbot.features.stalled.nudges.rules.nudge import needs_second_reviewer, nudge, rung_of
from mentorbot.features.stalled.nudges.rules.rollout import in_order
from mentorbot.features.stalled.records import Rollout, SecondReviewer
from mentorbot.features.stalled.turn.facts import RepositoryFacts
from mentorbot.features.stalled.turn.rules.turn_decision import DecidedTurn, decide_turn

_SECOND_REVIEWER = SecondReviewer(person=SOMEBODY_ELSE)
MORNING = time(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A nudge that would have been written.

    `acted_next` tells whether the next human who did anything was of the party it was for; None where nobody
    did anything any more. `answered_after` is how long it took that party to do something.
    """

    at: datetime
    number: int
    url: str
    title: str
    holder: Holder
    rung: int
    to: tuple[str, ...]
    because: str
    others: int = 0
    acted_next: bool | None = None
    answered_after: timedelta | None = None
    comment: Comment
    author: Person | None = None
    teams: tuple[str, ...] = ()

    def as_would_say(self) -> WouldSay:
        return WouldSay(
            at=self.at,
            key=self.comment.key,
            number=self.number,
            title=self.title,
            url=self.url,
            author=self.author,
            body=self.comment.body,
            because=self.because,
            occasion=self.comment.occasion,
            to=self.comment.mentions,
            teams=self.teams,
            side=self.holder,
            rung=self.rung,
            others=self.others,
            acted_next=self.acted_next,
            answered_after=self.answered_after,
        )


async def nudges_of(simulation: Simulation, config: Stalled) -> AsyncIterator[WouldSay]:
    """Every nudge of a simulation, oldest first."""
    configuration, past = simulation.configuration, simulation.past
    for said in simulate(
        past.pulls,
        config,
        calendar=simulation.calendar,
        since=simulation.since,
        until=past.until,
        progress=simulation.progress,
        repository=RepositoryFacts(
            bot=BOT,
            now=simulation.since,
            owner=past.repository.partition("/")[0],
            slash=command_prefix(configuration),
            mentor_command=guidance(configuration, labels=(), paths=()).mentor_command,
        ),
    ):
        yield said.as_would_say()


def end_of(pasts: Iterable[PullRequestTimeline]) -> datetime:
    """When a saved history ends, as far as it shows. There has to be a pull request in it."""
    # Commits bear dates of their writers' clocks, which may be wrong; what GitHub stamped is not.
    return max(
        at for past in pasts for at in (past.opened_at, *(act.at for act in past.acts if not act.is_push))
    )


def simulate(
    pasts: Iterable[PullRequestTimeline],
    config: Stalled,
    *,
    calendar: Calendar,
    since: datetime,
    until: datetime,
    progress: Callable[[datetime], None] = lambda _: None,
    repository: RepositoryFacts | None = None,
) -> tuple[Said, ...]:
    """Every nudge between `since` and `until`, oldest first. `progress` hears of each morning looked at.

    `repository` is what is the same on all mornings.
    """
    pasts = tuple(pasts)
    span = _Span(
        config=config,
        people=PastOfPeople(pasts),
        calendar=calendar,
        since=since,
        until=until,
        facts=replace(repository or RepositoryFacts(bot=BOT, now=since), calendar=calendar),
    )
    pulls = {past.number: _Past(past, span) for past in pasts}
    waiting = [(at, number) for number, pull in pulls.items() if (at := pull.first_morning()) is not None]
    heapq.heapify(waiting)
    said: list[Said] = []
    while waiting:
        morning = waiting[0][0]
        progress(morning)
        due: list[_Past] = []
        while waiting and waiting[0][0] == morning:
            due.append(pulls[heapq.heappop(waiting)[1]])
        said += _said_on(morning, due, span)
        for pull in due:
            following = pull.morning_after(morning)
            if following is not None:
                heapq.heappush(waiting, (following, pull.number))
    return tuple(said)


def _said_on(morning: datetime, pulls: Sequence[_Past], span: _Span) -> Iterator[Said]:
    """What is said on one morning, shared out as the sweep does."""
    config, rollout = span.config, Rollout(began=span.since, morning=span.since)
    looked_at = {pull.number: pull.look(morning) for pull in pulls}
    by_number = {pull.number: pull for pull in pulls}
    rungs = {
        candidate.number: rung
        for candidate in looked_at.values()
        if isinstance(rung := rung_of(candidate, config), int)
        and not by_number[candidate.number].heard_lately(morning)
    }
    due = [(looked_at[number], rung) for number, rung in rungs.items()]
    ordered = in_order(due, rollout, config, now=morning, calendar=span.calendar)
    for shared in combine_reminders(ordered, mentioned={}, room=config.a_day):
        candidate, rung = with_second_reviewer(shared, rungs[shared.number]), rungs[shared.number]
        found = by_number[candidate.number].hear(candidate, rung, nudge(candidate, config), morning)
        if found is not None:
            yield found


def with_second_reviewer(candidate: Candidate, rung: int) -> Candidate:
    """The same with somebody else to ask, where one is needed; who that was can't be told any more."""
    if candidate.put_off or not needs_second_reviewer(candidate, rung):
        return candidate
    return replace(candidate, second_reviewer=_SECOND_REVIEWER)


def morning_of(calendar: Calendar, moment: datetime, *, strictly_after: bool = False) -> datetime:
    """The first morning of a business day that is not before this moment."""
    zone = ZoneInfo(calendar.timezone)
    day = calendar.local(moment).date()
    at = datetime.combine(day, MORNING, tzinfo=zone)
    is_gone = at <= moment if strictly_after else at < moment
    if is_gone or not calendar.is_business_day(day):
        at = datetime.combine(calendar.next_business_day(day), MORNING, tzinfo=zone)
    return at.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """What is the same for all pull requests."""

    config: Stalled
    people: PastOfPeople
    calendar: Calendar
    since: datetime
    until: datetime
    facts: RepositoryFacts

    def morning(self, moment: datetime, *, strictly_after: bool = False) -> datetime | None:
        """The first morning of a business day that is not before this moment; None after the end."""
        found = morning_of(self.calendar, moment, strictly_after=strictly_after)
        return found if found <= self.until else None


class _Past:
    """A pull request's past, with the nudges it would have got so far."""

    def __init__(self, past: PullRequestTimeline, span: _Span) -> None:
        self.number = past.number
        self._span = span
        self._past = past.until(span.until)
        self._moments = [act.at for act in self._past.acts]
        ends = [act.at for act in self._past.acts if act.kind in {ActKind.CLOSED, ActKind.MERGED}]
        self._end = span.until if self._past.is_open or not ends else ends[-1]
        self._nudges: list[Act] = []
        self._told: list[PastNudge] = []
        self._known: tuple[int, int, DecidedTurn] | None = None

    def first_morning(self) -> datetime | None:
        """The first morning on which anything could be due."""
        config, opened = self._span.config, self._past.opened_at
        patient = [side.after for side in (config.author, config.reviewers) if side.nudge]
        if not patient:
            return None
        due = min(due_dates.after(duration, opened, self._span.calendar) for duration in patient)
        return self._within(self._span.morning(max(due, self._span.since)))

    def look(self, morning: datetime) -> Candidate:
        """The pull request as the sweep would see it on that morning."""
        span = self._span
        repository = replace(span.facts, now=morning, people=span.people.until(morning))
        rules = repository.turn_rules(span.config)
        seen = bisect_right(self._moments, morning), len(self._nudges)
        if self._known is None or self._known[:2] != seen:
            known = self._past.until(morning).with_acts(self._nudges)
            decision = decide_turn(known, (), span.config, rules=rules, now=morning)
            self._known = (*seen, decision)
        decision = self._known[2]
        projection = projection_of(decision.timeline, decision.turn, span.config, bot=BOT, folded=None)
        told = tuple(self._told)
        return candidate_of(decision, repository, rules=rules, projection=projection, told_elsewhere=told)

    def heard_lately(self, morning: datetime) -> bool:
        """True where the bot wrote here too short a time before for another nudge."""
        last = self._nudges[-1].at if self._nudges else None
        if last is None:
            return False
        return self._span.calendar.business_days_between(last, morning) < BUSINESS_DAYS_BETWEEN_NUDGES

    def hear(self, candidate: Candidate, rung: int, decided: Plan, morning: datetime) -> Said | None:
        """Take in what was decided; a nudge of its own becomes part of the past, as its comment would."""
        comment = next((action for action in decided.actions if isinstance(action, Comment)), None)
        if comment is None:
            if candidate.told_in is not None:
                self._told.append(PastNudge(candidate.told_in.key, Holder.AUTHOR, rung, morning))
            return None
        body = marked("", f"stalled/0/{comment.key}")
        written = Act(kind=ActKind.COMMENTED, at=morning, id=f"note-{len(self._nudges)}", by=BOT, body=body)
        self._nudges.append(written)
        return self._said(candidate, rung, comment, morning)

    def morning_after(self, morning: datetime) -> datetime | None:
        """The next morning on which something could be different."""
        span, candidate = self._span, self.look(morning)
        following = bisect_right(self._moments, morning)
        moments = [self._moments[following]] if following < len(self._moments) else []
        patience = candidate.patience(span.config)
        due = due_dates.next_due(patience, candidate.quiet_period) if patience is not None else None
        is_left_alone = isinstance(rung_of(candidate, span.config), str)
        if due is not None and (due > morning or not is_left_alone):
            moments.append(due)
        if not moments:
            return None
        following_one = span.morning(morning, strictly_after=True)
        if min(moments) <= morning:
            return self._within(following_one)
        return self._within(span.morning(min(moments)))

    def _within(self, morning: datetime | None) -> datetime | None:
        return morning if morning is not None and morning < self._end else None

    def _said(self, candidate: Candidate, rung: int, comment: Comment, morning: datetime) -> Said:
        author, holder = self._past.author, candidate.turn.holder
        lives = [act for act in self._past.acts if act.at > morning and self._is_sign_of_life(act)]
        theirs = [act for act in lives if (act.by == author) == (holder is Holder.AUTHOR)]
        names, teams = tuple(person.login for person in comment.mentions), tuple[str, ...]()
        if candidate.second_reviewer is not None:
            names = ("somebody else",)
        elif holder is Holder.REVIEWERS:
            teams = candidate.turn.teams
            names += tuple(f"team {team}" for team in teams)
        return Said(
            at=morning,
            number=self.number,
            url=self._past.url,
            title=candidate.title,
            holder=holder,
            rung=rung,
            to=names or ("the maintainers",),
            because=candidate.turn.because,
            others=len(candidate.others),
            acted_next=lives[0] in theirs if lives else None,
            answered_after=theirs[0].at - morning if theirs else None,
            comment=comment,
            author=author,
            teams=teams,
        )

    def _is_sign_of_life(self, act: Act) -> bool:
        counts = act.kind in due_dates.SIGNS_OF_LIFE or act.kind in {ActKind.CLOSED, ActKind.MERGED}
        return counts and act.by is not None and not self._span.config.turn_rules().is_bot(act.by)
