"""What `mentorbot sweep --dry-run` tells of reminders: how they spread over the days, what is held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mentorbot.core.translator import english_plural
from mentorbot.feature_api.ports import Ports
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudge_history import past_nudges_in
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.facts import known_candidate
from mentorbot.features.stalled.nudges.rules.due_dates import DORMANT_AFTER
from mentorbot.features.stalled.nudges.rules.nudge import RELEASE, rung_of
from mentorbot.features.stalled.nudges.rules.rollout import Due, picked_today, rollout_on
from mentorbot.features.stalled.nudges.rules.spread import Spread, becoming_due, spread
from mentorbot.features.stalled.records import Rollout
from mentorbot.features.stalled.turn.facts import RepositoryContext, turn_decision_of

_SOON = timedelta(days=7)
_DAYS_NAMED = 3


@dataclass(slots=True)
class _Found:
    """All open pull requests, by what is to be expected of them."""

    due: list[Due] = field(default_factory=list)
    later: list[Candidate] = field(default_factory=list)
    dormant: int = 0
    spared: int = 0
    reminded_today: set[int] = field(default_factory=set)


async def forecast(config: Stalled, ports: Ports) -> Sequence[str]:
    """The coming days, if nothing happens; GitHub is asked nothing."""
    found = await _look(config, ports)
    record = await ports.records.get(Rollout, Rollout.KEY)
    rollout = rollout_on(
        record.value if record is not None else None, now=ports.now, live_since=ports.live_since
    )
    chosen = picked_today(rollout, now=ports.now, calendar=ports.calendar)
    waiting = {candidate.number for candidate, _ in found.due}  # those chosen today come first of them
    room = max(config.a_day - len({*chosen, *found.reminded_today} - waiting), 0)
    plan = spread(found.due, rollout, config, room=room, now=ports.now, calendar=ports.calendar)
    more = becoming_due(found.later, config, now=ports.now, within=_SOON)
    return tuple(_told(found, plan, config, more=more))


async def _look(config: Stalled, ports: Ports) -> _Found:
    context = await RepositoryContext.about_all(config, ports)
    today = ports.calendar.local(ports.now).date()
    found = _Found()
    async for timeline in ports.timelines.open():
        candidate = await known_candidate(await turn_decision_of(timeline, context), context)
        rung = rung_of(candidate, config)
        if any(ports.calendar.local(one.at).date() == today for one in past_nudges_in(timeline, ports.bot)):
            found.reminded_today.add(timeline.number)
        if isinstance(rung, int):
            found.due.append((candidate, rung))
        elif _would_be_due(candidate, config, ports.now, released=True):
            found.dormant += 1
        elif _would_be_due(candidate, config, ports.now, patience=False):
            found.spared += 1
        else:
            found.later.append(candidate)
    return found


def _would_be_due(
    candidate: Candidate, config: Stalled, now: datetime, *, released: bool = False, patience: bool = True
) -> bool:
    """Whether it would be due if a maintainer had released it, or nobody had kept its author waiting."""
    quiet = candidate.quiet_period
    quiet = replace(quiet, released_at=now) if released else quiet
    quiet = quiet if patience else replace(quiet, kept_waiting=timedelta(0))
    return isinstance(rung_of(replace(candidate, quiet_period=quiet), config), int)


def _told(found: _Found, plan: Spread, config: Stalled, *, more: int) -> Iterator[str]:
    if found.due:
        count = english_plural("{count} reminder is due", "{count} reminders are due", len(found.due))
        yield f"{count}; at most {config.a_day} a day are sent (stalled: {{a_day: {config.a_day}}})."
        yield _days(plan)
    else:
        yield "No reminder is due."
    if more:
        yield english_plural(
            "If nothing happens, {count} more becomes due within 7 days.",
            "If nothing happens, {count} more become due within 7 days, and take turns with the rest.",
            more,
        )
    if plan.resting:
        yield english_plural(
            "{count} of them will have been quiet for too long before its turn comes, and then rests.",
            "{count} of them will have been quiet for too long before their turn comes, and then rest.",
            plan.resting,
        )
    if found.dormant:
        rest = english_plural("{count} pull request rests", "{count} pull requests rest", found.dormant)
        yield (
            f"{rest}, as nobody has done anything there for {DORMANT_AFTER.days} days: nobody is reminded "
            f"until a maintainer writes {RELEASE} there, or {RELEASE} all anywhere."
        )
    if found.spared:
        yield english_plural(
            "{count} author is not reminded yet, as reviewers had kept them waiting for longer than that.",
            "{count} authors are not reminded yet, as reviewers had kept them waiting for longer than that.",
            found.spared,
        )


def _days(plan: Spread) -> str:
    """The first days by name, and until when it goes on."""
    days = [(day, count) for day, count in plan.days if count]
    if not days:
        return "None of them is sent."
    first, rest = days[:_DAYS_NAMED], days[_DAYS_NAMED:]
    told = ", ".join(f"{count} on {_named(day)}" for day, count in first)
    if not rest:
        return f"If nothing happens: {told}."
    left = sum(count for _, count in rest)
    return f"If nothing happens: {told}, and the other {left} until about {_named(rest[-1][0])}."


def _named(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
