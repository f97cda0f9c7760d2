"""Whose turn it is over all open pull requests, since when, and which newcomers wait for a first word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.cli.report import stale_action
from mentorbot.cli.report.accuracy import CountRange, estimate
from mentorbot.cli.report.names import Names
from mentorbot.cli.report.words import age, counted, day, duration
from mentorbot.domain.response_time import Estimate as Wait
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.survey import MergedWork, OpenPullRequest, OpenThread, Survey

AGES = (  # up to so long
    ("a week", timedelta(weeks=1)),
    ("4 weeks", timedelta(weeks=4)),
    ("3 months", timedelta(days=91)),
    ("a year", timedelta(days=365)),
    ("longer", timedelta.max),
)
SIDES = {
    Holder.REVIEWERS: "wait for a review",
    Holder.AUTHOR: "wait for their author",
    Holder.EXTERNAL: "wait for something else",
    Holder.UNCLEAR: "can't be told",
}
MOST_HELPED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """How many pull requests are a side's turn, by how long they have been."""

    key: str
    name: str
    ages: tuple[int, ...]

    @property
    def count(self) -> int:
        return sum(self.ages)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleNow:
    """What would be gone by now, had actions/stale been there with its defaults: idle for that long.

    `by_side` says whose turn those pull requests are; `issues` is None where issues weren't read.
    """

    pulls: int
    by_side: dict[str, int]
    issues: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNewcomer:
    """Somebody new who has had no answer, and why it is worth ten minutes."""

    number: int
    title: str
    url: str
    author: str
    is_pull_request: bool
    opened_at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Newcomers' open work without an answer; `not_read` is how much of theirs wasn't read for one."""

    pulls: int
    issues: int | None
    people: int
    not_read: int
    base: str
    most_helped: tuple[WaitingNewcomer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """All open work of a repository, as far as it was read."""

    total_pulls: int
    total_issues: int
    not_read: int
    issues_not_read: int
    rows: tuple[SideRow, ...]
    waiting_for_review: CountRange
    waiting_for_author: CountRange
    stale: StaleNow
    newcomers: Newcomers

    def count(self, side: Holder) -> int:
        return next(row.count for row in self.rows if row.key == side)


def open_work_of(survey: Survey, *, usual_wait: Wait | None, names: Names) -> OpenWork:
    turns = [(pull, pull.turn) for pull in survey.pulls if pull.turn is not None]
    ages = {side: Counter[int]() for side in SIDES}
    for _, turn in turns:
        ages[turn.told][_age_group(survey.at - turn.since)] += 1
    rows = tuple(
        SideRow(key=side.value, name=name, ages=tuple(ages[side][place] for place in range(len(AGES))))
        for side, name in SIDES.items()
    )
    told = {side: ages[side].total() for side in SIDES}
    return OpenWork(
        total_pulls=max(survey.total_pulls, len(survey.pulls)),
        total_issues=max(survey.total_issues, len(survey.issues)),
        not_read=max(survey.total_pulls, len(survey.pulls)) - len(turns),
        issues_not_read=max(survey.total_issues - len(survey.issues), 0),
        rows=rows,
        waiting_for_review=estimate(Holder.REVIEWERS, told),
        waiting_for_author=estimate(Holder.AUTHOR, told),
        stale=_stale_now(survey),
        newcomers=_newcomers(survey, usual_wait, names),
    )


def _age_group(since: timedelta) -> int:
    return next(place for place, (_, most) in enumerate(AGES) if since <= most)


def _stale_now(survey: Survey) -> StaleNow:
    idle = [pull for pull in survey.pulls if _is_idle(pull, survey.at)]
    sides = Counter(pull.turn.told.value if pull.turn is not None else "not read" for pull in idle)
    were_issues_read = bool(survey.issues) or not survey.total_issues
    return StaleNow(
        pulls=len(idle),
        by_side=dict(sides),
        issues=sum(_is_idle(issue, survey.at) for issue in survey.issues) if were_issues_read else None,
    )


def _is_idle(thread: OpenThread, at: datetime) -> bool:
    return at - thread.updated_at > stale_action.IDLE_UNTIL_CLOSED


def _newcomers(survey: Survey, usual_wait: Wait | None, names: Names) -> Newcomers:
    pulls = [pull for pull in survey.pulls if pull.is_newcomers]
    issues = [issue for issue in survey.issues if issue.is_newcomers]
    unanswered = [one for one in (*pulls, *issues) if one.is_answered is False and one.author is not None]
    were_issues_read = bool(survey.issues) or not survey.total_issues
    best = sorted(unanswered, key=lambda one: _order(one, survey, usual_wait))[:MOST_HELPED]
    return Newcomers(
        pulls=sum(isinstance(one, OpenPullRequest) for one in unanswered),
        issues=sum(not isinstance(one, OpenPullRequest) for one in unanswered) if were_issues_read else None,
        people=len({one.author for one in unanswered}),
        not_read=sum(one.is_answered is None for one in (*pulls, *issues)),
        base=_base(survey.base),
        most_helped=tuple(_waiting(one, survey, usual_wait, names) for one in best),
    )


def _order(thread: OpenThread, survey: Survey, usual_wait: Wait | None) -> tuple[bool, bool, timedelta, int]:
    """Ready work first, then who waits longer than usual; of these the latest, who may still be there."""
    waited = survey.at - thread.opened_at
    is_ready = isinstance(thread, OpenPullRequest) and _waits_for_review(thread)
    return not is_ready, waited < _patience(usual_wait), waited, thread.number


def _patience(usual_wait: Wait | None) -> timedelta:
    """What is still usual here; a day where that isn't known, or is more than a week."""
    half = usual_wait.half_within if usual_wait is not None else None
    return min(half, timedelta(weeks=1)) if half is not None else timedelta(days=1)


def _waits_for_review(pull: OpenPullRequest) -> bool:
    return not pull.is_draft and pull.turn is not None and pull.turn.told is Holder.REVIEWERS


def _waiting(thread: OpenThread, survey: Survey, usual_wait: Wait | None, names: Names) -> WaitingNewcomer:
    author = thread.author.login if thread.author is not None else ""
    return WaitingNewcomer(
        number=thread.number,
        title=names.hidden(thread.title, keep=author),
        url=thread.url,
        author=author,
        is_pull_request=isinstance(thread, OpenPullRequest),
        opened_at=thread.opened_at,
        evidence=tuple(
            names.hidden(sentence, keep=author) for sentence in _evidence(thread, survey, usual_wait)
        ),
    )


def _evidence(thread: OpenThread, survey: Survey, usual_wait: Wait | None) -> Iterable[str]:
    yield (
        f"Opened on {day(thread.opened_at)}, {age(survey.at - thread.opened_at)} ago; nobody else has said "
        "anything."
    )
    base = survey.base
    if base.pull_requests:
        scope = "all" if base.is_all else "the latest"
        yield f"None of {scope} {counted(base.pull_requests, 'merged pull request')} here is theirs."
    half = usual_wait.half_within if usual_wait is not None else None
    if half is not None and usual_wait is not None:
        yield (
            f"Half of {counted(usual_wait.pull_requests, 'pull request')} here had an answer within "
            f"{duration(half)}."
        )
    if isinstance(thread, OpenPullRequest) and thread.is_draft:
        yield "It is a draft: a word on its direction helps most."
    elif isinstance(thread, OpenPullRequest) and thread.turn is not None:
        whose = {
            Holder.REVIEWERS: "It waits for a review.",
            Holder.AUTHOR: "It is its author's turn.",
            Holder.EXTERNAL: "It waits for something else.",
            Holder.UNCLEAR: "Whose turn it is can't be told.",
        }
        yield f"{whose[thread.turn.told]} {thread.turn.because}"


def _base(base: MergedWork) -> str:
    """By what somebody is told to be a newcomer."""
    if not base.pull_requests:
        return "Who is new couldn't be told: no merged pull requests were read."
    merged = counted(base.pull_requests, "merged pull request")
    if base.is_all:
        return f"New is whose work is in none of all {merged} here."
    since = f" since {day(base.since)}" if base.since is not None else ""
    return f"New is whose work is in none of the latest {merged}{since}; what came before wasn't read."


def sides_in_words(by_side: dict[str, int]) -> Sequence[tuple[str, int]]:
    """Counts by side as a table has them, "not read" last."""
    named = [(name, by_side.get(side.value, 0)) for side, name in SIDES.items()]
    return [*named, ("not read", by_side["not read"])] if by_side.get("not read") else named
