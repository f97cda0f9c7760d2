"""In which order reminders come when more are due than a day has room for: gently, and nobody for ever last.

What was due when reminders were switched on comes newest first: nothing is added to it, so that it ends. What
has become due since comes in the order in which it did, and both take turns, so that neither keeps the other
waiting for months. What was chosen in vain again and again is remembered for as long as it is due: it comes
last, and at times takes a turn of its own, so that no number of such keeps the rest waiting for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from mentorbot.config.calendar import Calendar
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.records import Rollout

Due = tuple[Candidate, int]
"""A pull request whose reminder is due, and the rung of that."""

OFF_FOR = timedelta(days=30)
"""After so long without a morning, what is quiet by then is as new to people as on the first one."""

LAST_AFTER = 3
"""So many mornings in vain, and others come first."""

AGAIN_AFTER = timedelta(days=14)
"""After so long without another one, what was chosen in vain takes turns with the rest."""

_NOTED_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """How many reminders are due on a morning, and which of them it chose; `before` was kept until then."""

    rollout: Rollout
    before: Rollout | None
    due: int = 0

    @property
    def is_worth_keeping(self) -> bool:
        """True where something was chosen, or nothing has been kept for long."""
        before = self.before
        if before is None or before.began != self.rollout.began:
            return True
        is_old = self.rollout.morning - before.morning >= _NOTED_EVERY
        return is_old or (before.picked, before.in_vain) != (self.rollout.picked, self.rollout.in_vain)


def rollout_on(before: Rollout | None, *, now: datetime, live_since: datetime | None = None) -> Rollout:
    """How far it has come on this morning: begun now where there was none for long.

    `live_since` is when the bot began to speak here at all: what was due then is as new to people.
    """
    if before is None or before.morning + OFF_FOR < now:
        return Rollout(began=now, morning=now)
    return replace(before, began=max(filter(None, (before.began, live_since))))


def in_order(
    due: Iterable[Due], rollout: Rollout, config: Stalled, *, now: datetime, calendar: Calendar
) -> list[Due]:
    """Who comes first today.

    What was chosen earlier today stays so; then what maintainers released by its number; then the rest, in
    turns. What was chosen on several mornings in vain, and tried lately, comes last.
    """
    chosen: list[Due] = []
    named: list[Due] = []
    since: list[Due] = []
    backlog: list[Due] = []
    again: list[Due] = []
    last: list[Due] = []
    picked = frozenset(picked_today(rollout, now=now, calendar=calendar))
    for one in due:
        candidate = one[0]
        if candidate.number in picked:
            chosen.append(one)
        elif len(in_vain := rollout.in_vain.get(candidate.number, ())) >= LAST_AFTER:
            (again if in_vain[-1] + AGAIN_AFTER < now else last).append(one)
        elif candidate.quiet_period.is_asked_for:
            named.append(one)
        elif _is_backlog(candidate, rollout, config):
            backlog.append(one)
        else:
            since.append(one)

    def due_since(one: Due) -> tuple[datetime, int]:
        return one[0].due_since(config) or now, one[0].number

    def last_tried(one: Due) -> tuple[datetime, int]:
        return rollout.in_vain[one[0].number][-1], one[0].number

    since.sort(key=due_since)
    backlog.sort(key=due_since, reverse=True)
    again.sort(key=last_tried)
    return [
        *sorted(chosen, key=due_since),
        *sorted(named, key=due_since),
        *_in_turns((since, backlog, again), day=calendar.local(now).toordinal()),
        *sorted(last, key=last_tried),
    ]


def is_put_off(number: int, rollout: Rollout, *, now: datetime, calendar: Calendar) -> bool:
    """True where today's morning chose others: what an earlier one chose comes with those of a later day."""
    return _is_today(rollout, now=now, calendar=calendar) and number not in rollout.picked


def picked_today(rollout: Rollout, *, now: datetime, calendar: Calendar) -> tuple[int, ...]:
    """What was chosen earlier on the same day, by the clock here."""
    return rollout.picked if _is_today(rollout, now=now, calendar=calendar) else ()


def _is_today(rollout: Rollout, *, now: datetime, calendar: Calendar) -> bool:
    return calendar.local(rollout.morning).date() == calendar.local(now).date()


def after_morning(
    rollout: Rollout, *, due: Collection[int], picked: Sequence[int], now: datetime, calendar: Calendar
) -> Rollout:
    """What is kept of a morning: what it chose, and what is due though earlier ones had chosen it.

    Of those mornings the latest are kept, as many as make it the last.
    """
    earlier = picked_today(rollout, now=now, calendar=calendar)
    in_vain = {number: mornings for number, mornings in rollout.in_vain.items() if number in due}
    if not earlier:
        for number in rollout.picked:
            if number in due:
                mornings = (*in_vain.get(number, ()), rollout.morning.astimezone(UTC))
                in_vain[number] = mornings[-LAST_AFTER:]
    return replace(
        rollout,
        morning=now,
        picked=tuple(dict.fromkeys((*earlier, *picked))),
        in_vain=in_vain,
    )


def _is_backlog(candidate: Candidate, rollout: Rollout, config: Stalled) -> bool:
    """True for what was due when reminders began here, and for what is so old that it had to be released."""
    due_since = candidate.due_since(config)
    return candidate.quiet_period.is_old or (due_since is not None and due_since <= rollout.began)


def _in_turns(groups: Iterable[Sequence[Due]], *, day: int) -> Iterator[Due]:
    """One of each, and one of each again; on each day another group begins."""
    turns = [group for group in groups if group]
    first = day % len(turns) if turns else 0
    for found in zip_longest(*turns[first:], *turns[:first]):
        yield from (one for one in found if one is not None)
