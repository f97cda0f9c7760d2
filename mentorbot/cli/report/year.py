"""What the bot would have said in a span of the past, to whom; and what actions/stale would have done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from mentorbot.cli.report import stale_action
from mentorbot.cli.report.names import Names
from mentorbot.config.configuration import Configuration
from mentorbot.core.actions import Occasion
from mentorbot.domain.project_people import PastOfPeople
from mentorbot.domain.timeline import ActKind, PullRequestTimeline
from mentorbot.domain.turns import Holder, TurnSettings, whose_turn
from mentorbot.feature_api.simulation import SOMEBODY_ELSE, TellsTurns, WouldSay
from mentorbot.feature_api.survey import ProjectPast

_MENTIONED = ((1, 1), (2, 3), (4, 6), (7, 12), (13, None))
_MANY_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that would have been written, without names unless they are wanted."""

    at: datetime
    what: str
    number: int
    title: str
    url: str
    is_pull_request: bool
    side: str
    to: str
    because: str
    text: str
    others: int = 0
    acted_next: bool | None = None
    answered_after: timedelta | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeRow:
    """One kind of nudge: how many, how often the nudged side acted next, and how soon (the median)."""

    name: str
    nudges: int
    acted_next: int
    others_first: int
    nobody: int
    median_wait: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    name: str
    authors: int
    reviewers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """How many people would have been mentioned so often; with names who, where those may be told."""

    least: int
    most: int | None
    people: int
    names: str = ""

    @property
    def times(self) -> str:
        if self.most is None:
            return f"{self.least} and more"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """How often nudges mention people. `unknown` are those of somebody who can't be told any more."""

    rows: tuple[MentionRow, ...]
    people: int
    most: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleYear:
    """What actions/stale would have done. `sides` says whose turn the pull requests were that it closed."""

    labelled_pulls: int
    closed_pulls: int
    closed_issues: int
    labelled_issues: int
    sides: Mapping[str, int]
    merged_later: int
    pulls: int
    issues: int
    issues_not_read: int
    were_issues_read: bool
    runs_long_enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A span of the past, lived through. `occasions` are those for which the config has anything said."""

    since: datetime
    until: datetime
    pulls: int
    opened: int
    openers: int
    nudged_pulls: int
    nudges: tuple[Told, ...]
    rows: tuple[NudgeRow, ...]
    months: tuple[Month, ...]
    mentions: Mentions
    greetings: tuple[Told, ...]
    celebrations: tuple[Told, ...]
    occasions: frozenset[Occasion]
    stale: StaleYear

    @property
    def nudges_to(self) -> Mapping[str, int]:
        return Counter(one.side for one in self.nudges)


def year_of(
    past: ProjectPast,
    said: Sequence[WouldSay],
    *,
    since: datetime,
    configuration: Configuration,
    named: Callable[[WouldSay], str],
    names: Names,
    occasions: frozenset[Occasion],
) -> Year:
    """The report on what was said; `named` is how a card calls a message."""
    told = [_told(one, named(one), names) for one in said]
    by_occasion = {
        occasion: tuple(text for text, one in zip(told, said, strict=True) if one.occasion is occasion)
        for occasion in (Occasion.NUDGE, Occasion.GREETING, Occasion.CELEBRATION)
    }
    nudges = by_occasion[Occasion.NUDGE]
    opened = [(pull.opened_at, pull.author) for pull in past.pulls]
    opened += [(issue.opened_at, issue.author) for issue in past.issues]
    in_span = [author for at, author in opened if since <= at <= past.until]
    return Year(
        since=since,
        until=past.until,
        pulls=sum(was_open(pull, since, past.until) for pull in past.pulls),
        opened=len(in_span),
        openers=len({author for author in in_span if author is not None and not author.is_bot}),
        nudged_pulls=len({one.number for one in nudges}),
        nudges=nudges,
        rows=_rows(nudges),
        months=_months(nudges, since, past.until),
        mentions=_mentions([one for one in said if one.occasion is Occasion.NUDGE], names),
        greetings=by_occasion[Occasion.GREETING],
        celebrations=by_occasion[Occasion.CELEBRATION],
        occasions=occasions,
        stale=_stale(past, since, configuration),
    )


def was_open(pull: PullRequestTimeline, since: datetime, until: datetime) -> bool:
    """True where it was open at any time in this span."""
    if pull.opened_at > until:
        return False
    ends = {ActKind.CLOSED, ActKind.MERGED, ActKind.REOPENED}
    return pull.until(since).is_open or any(act.kind in ends and act.at >= since for act in pull.acts)


def _told(one: WouldSay, what: str, names: Names) -> Told:
    reviewers = one.to if one.side is Holder.REVIEWERS else ()

    def hidden(text: str) -> str:
        return names.hidden(text, author=one.author, reviewers=reviewers)

    return Told(
        at=one.at,
        what=what,
        number=one.number,
        title=hidden(one.title),
        url=one.url,
        is_pull_request=one.is_pull_request,
        side=one.side.value if one.side is not None else "",
        to=_to(one, hidden),
        because=hidden(one.because),
        text=hidden(one.body),
        others=one.others,
        acted_next=one.acted_next,
        answered_after=one.answered_after,
        is_certain=one.is_certain,
    )


def _to(one: WouldSay, hidden: Callable[[str], str]) -> str:
    people = ["somebody else" if person == SOMEBODY_ELSE else hidden(f"@{person.login}") for person in one.to]
    counts = Counter([*people, *(f"team {team}" for team in one.teams)])
    found = [name if count == 1 else f"{count} × {name}" for name, count in counts.items()]
    return ", ".join(found) or "the maintainers"


def _rows(nudges: Sequence[Told]) -> tuple[NudgeRow, ...]:
    names = dict.fromkeys(one.what for one in sorted(nudges, key=lambda one: (one.side, one.what)))
    rows = [_row(name, [one for one in nudges if one.what == name]) for name in names]
    return (*rows, _row("all", nudges)) if rows else ()


def _row(name: str, nudges: Sequence[Told]) -> NudgeRow:
    waits = [one.answered_after.total_seconds() for one in nudges if one.answered_after is not None]
    return NudgeRow(
        name=name,
        nudges=len(nudges),
        acted_next=sum(one.acted_next is True for one in nudges),
        others_first=sum(one.acted_next is False for one in nudges),
        nobody=sum(one.acted_next is None for one in nudges),
        median_wait=timedelta(seconds=median(waits)) if waits else None,
    )


def _months(nudges: Sequence[Told], since: datetime, until: datetime) -> tuple[Month, ...]:
    """Each month of the span with its nudges; the quiet ones too."""
    counted = Counter((f"{one.at:%Y-%m}", one.side) for one in nudges)
    months, at = [], since.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while at <= until:
        name = f"{at:%Y-%m}"
        authors, reviewers = counted[name, Holder.AUTHOR.value], counted[name, Holder.REVIEWERS.value]
        months.append(Month(name=name, authors=authors, reviewers=reviewers))
        at = (at + timedelta(days=32)).replace(day=1)
    return tuple(months)


def _mentions(nudges: Sequence[WouldSay], names: Names) -> Mentions:
    mentioned = Counter(person for one in nudges for person in one.to)
    unknown = mentioned.pop(SOMEBODY_ELSE, 0)
    rows = []
    for least, most in _MENTIONED:
        people = [
            person
            for person, times in mentioned.items()
            if least <= times and (most is None or times <= most)
        ]
        logins = sorted(person.login for person in people) if names.are_shown else []
        some = ", ".join(logins[:_MANY_NAMES]) + (" …" if len(logins) > _MANY_NAMES else "")
        rows.append(MentionRow(least=least, most=most, people=len(people), names=some))
    return Mentions(
        rows=tuple(rows),
        people=len(mentioned),
        most=max(mentioned.values(), default=0),
        unknown=unknown,
    )


def _stale(past: ProjectPast, since: datetime, configuration: Configuration) -> StaleYear:
    runs = stale_action.run_daily(past, since=since)
    pulls = {pull.number: pull for pull in past.pulls}
    closed = [one for one in runs.closed if one.is_pull_request]
    people = PastOfPeople(past.pulls)
    rules = next(
        (
            section.turn_rules()
            for section in configuration.sections.values()
            if isinstance(section, TellsTurns)
        ),
        TurnSettings(),
    )
    sides = Counter[str]()
    for one in closed:
        settings = replace(rules, maintainers=people.until(one.at).trusted)
        sides[whose_turn(pulls[one.number], settings, now=one.at).told.value] += 1
    return StaleYear(
        labelled_pulls=runs.labelled_of(pulls=True),
        labelled_issues=runs.labelled_of(pulls=False),
        closed_pulls=len(closed),
        closed_issues=runs.closed_of(pulls=False),
        sides=dict(sides),
        merged_later=sum(_is_merged_after(pulls[one.number], one.at) for one in closed),
        pulls=runs.pulls,
        issues=runs.issues,
        issues_not_read=runs.issues_left_out,
        were_issues_read=past.has_issues and (bool(runs.issues) or not runs.issues_left_out),
        runs_long_enough=past.until - since > stale_action.IDLE_UNTIL_CLOSED,
    )


def _is_merged_after(pull: PullRequestTimeline, at: datetime) -> bool:
    return any(act.kind is ActKind.MERGED and act.at > at for act in pull.acts)
