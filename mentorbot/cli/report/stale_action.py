"""What GitHub's action *stale* would have done to a repository with its default settings.

Modelled on actions/stale 10.3.0 (https://github.com/actions/stale, `action.yml` and what
`src/classes/issues-processor.ts` does), run once a day at 01:30 UTC as its README has it:

- Issues and pull requests alike, drafts, assigned and labelled ones included, get the label *Stale* once
  `updated_at` is older than 60 days. Without a message of one's own it says nothing there.
- At a later run the label goes where a human commented since, or where anything else happened that is an
  event (labels, assignments, titles, review requests, force-pushes). Reviews and plain pushes are none: they
  merely put the closing off, as they renew `updated_at`.
- Otherwise it is closed once `updated_at` is older than 7 days; the label itself renewed it.
- A run ends after 30 operations: a page of 100 is one, a new label three, a labelled one two, taking the
  label off or closing one more. The newest come first; the next run skips what this one looked at, but pays
  for its pages again, so that beyond 29 of them nothing is ever reached.

Taken as far as known: a commit's date stands for its push, and that something was locked, or mentioned
elsewhere, isn't told by a timeline. What was closed is out of it: what people would have done nobody knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, ActKind, PullRequestTimeline
from mentorbot.feature_api.survey import ProjectPast

SOURCE = "actions/stale 10.3.0"
BEFORE_STALE, BEFORE_CLOSE = timedelta(days=60), timedelta(days=7)
IDLE_UNTIL_CLOSED = BEFORE_STALE + BEFORE_CLOSE
_OPERATIONS_PER_RUN, _PAGE = 30, 100
_SAME_MOMENT = timedelta(seconds=15)
_RUN_AT = time(1, 30, tzinfo=UTC)
_ENDS = frozenset({ActKind.CLOSED, ActKind.MERGED, ActKind.REOPENED})
# Of what renews `updated_at`, GitHub's list of an issue's events lacks these.
_NO_EVENTS = frozenset(
    {ActKind.COMMENTED, ActKind.REVIEWED, ActKind.LINE_COMMENTED, ActKind.PUSHED, ActKind.BASE_MERGED}
)
# Kept in our timelines, yet no news of the thread itself.
_NOTHING = frozenset(
    {ActKind.REFERENCE_CLOSED, ActKind.CHECKS_CONCLUDED, ActKind.MERGEABILITY_SEEN, ActKind.REACTED}
)


@dataclass(frozen=True, slots=True)
class StaleClosing:
    """What it would have closed, and when."""

    number: int
    at: datetime
    is_pull_request: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleRuns:
    """What it would have done in a span. `issues_left_out` are those whose past wasn't read."""

    since: datetime
    until: datetime
    labelled: tuple[tuple[int, bool], ...] = ()
    closed: tuple[StaleClosing, ...] = ()
    pulls: int = 0
    issues: int = 0
    issues_left_out: int = 0

    def labelled_of(self, *, pulls: bool) -> int:
        """How many pull requests, or issues, would have got the label at least once."""
        return len({number for number, is_pull_request in self.labelled if is_pull_request is pulls})

    def closed_of(self, *, pulls: bool) -> int:
        return sum(one.is_pull_request is pulls for one in self.closed)


def run_daily(past: ProjectPast, *, since: datetime) -> StaleRuns:
    """Switched on at `since`, in a repository that nothing else closes things in."""
    items = [_Item.of_pull(pull) for pull in past.pulls]
    items += [
        _Item(issue.number, issue.opened_at, issue.acts, is_pull_request=False)
        for issue in past.issues
        if issue.acts is not None
    ]
    items = [one for one in items if one.is_open_between(since, past.until)]
    items.sort(key=lambda one: (one.opened_at, one.number), reverse=True)
    action = _Action()
    for at in _runs(since, past.until):
        action.run(at, [one for one in items if one.is_open(at)])
    return StaleRuns(
        since=since,
        until=past.until,
        labelled=tuple(action.labelled),
        closed=tuple(action.closed),
        pulls=sum(one.is_pull_request for one in items),
        issues=sum(not one.is_pull_request for one in items),
        issues_left_out=sum(issue.acts is None for issue in past.issues),
    )


def _runs(since: datetime, until: datetime) -> Iterator[datetime]:
    at = datetime.combine(since.astimezone(UTC).date(), _RUN_AT)
    while at <= until:
        if at >= since:
            yield at
        at += timedelta(days=1)


class _Item:
    """An issue or pull request, as the action sees it."""

    def __init__(
        self, number: int, opened_at: datetime, acts: Iterable[Act], *, is_pull_request: bool
    ) -> None:
        acts = [act for act in acts if act.kind not in _NOTHING]
        self.number = number
        self.opened_at = opened_at
        self.is_pull_request = is_pull_request
        self.labelled_at: datetime | None = None
        self.is_closed = False
        self._own = opened_at
        self._updates = sorted(act.at for act in acts)
        self._lifts = sorted(act.at for act in acts if _lifts_the_label(act))
        self._ends = sorted((act.at, act.kind is ActKind.REOPENED) for act in acts if act.kind in _ENDS)

    @classmethod
    def of_pull(cls, pull: PullRequestTimeline) -> _Item:
        return cls(pull.number, pull.opened_at, pull.acts, is_pull_request=True)

    def is_open_between(self, since: datetime, until: datetime) -> bool:
        if self.opened_at > until:
            return False
        return self._is_open_by_its_acts(since) or any(
            at > since for at in (self.opened_at, *self._moments())
        )

    def is_open(self, at: datetime) -> bool:
        return not self.is_closed and self.opened_at <= at and self._is_open_by_its_acts(at)

    def updated_at(self, at: datetime) -> datetime:
        place = bisect_right(self._updates, at)
        return max(self._own, self._updates[place - 1]) if place else self._own

    def was_lifted(self, at: datetime) -> bool:
        """True where something happened since the label that takes it off."""
        if self.labelled_at is None:
            return False
        place = bisect_right(self._lifts, at)
        return place > 0 and self._lifts[place - 1] > self.labelled_at + _SAME_MOMENT

    def label(self, at: datetime) -> None:
        self.labelled_at = self._own = at

    def unlabel(self, at: datetime) -> None:
        self.labelled_at, self._own = None, at

    def _moments(self) -> Iterator[datetime]:
        return (at for at, _ in self._ends)

    def _is_open_by_its_acts(self, at: datetime) -> bool:
        place = bisect_right(self._ends, (at, True))
        return place == 0 or self._ends[place - 1][1]


def _lifts_the_label(act: Act) -> bool:
    if act.kind is ActKind.COMMENTED:
        return _is_user(act.by)
    return act.kind not in _NO_EVENTS


def _is_user(person: Person | None) -> bool:
    """GitHub calls deleted accounts users, too."""
    return person is None or not person.is_bot


@dataclass(slots=True)
class _Action:
    """What it remembers from one run to the next, and what it did."""

    labelled: list[tuple[int, bool]] = field(default_factory=list)
    closed: list[StaleClosing] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)
    _left: int = 0

    def run(self, at: datetime, items: Sequence[_Item]) -> None:
        self._left = _OPERATIONS_PER_RUN
        for start in range(0, len(items), _PAGE):
            self._left -= 1
            for item in items[start : start + _PAGE]:
                if self._left <= 0:
                    break
                if item.number not in self._done:
                    self._look(item, at)
                    self._done.add(item.number)
            if self._left <= 0:
                return
        self._done.clear()

    def _look(self, item: _Item, at: datetime) -> None:
        if item.labelled_at is None:
            if at - item.updated_at(at) > BEFORE_STALE:
                self._left -= 3
                item.label(at)
                self.labelled.append((item.number, item.is_pull_request))
            return
        self._left -= 2
        if item.was_lifted(at):
            self._left -= 1
            item.unlabel(at)
        elif at - item.updated_at(at) > BEFORE_CLOSE:
            self._left -= 1
            item.is_closed = True
            self.closed.append(StaleClosing(item.number, at, item.is_pull_request))
