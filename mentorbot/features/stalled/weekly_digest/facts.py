"""What belongs on the weekly digest, told by our own store; and whether a person closed its issue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import IssueClosed
from mentorbot.core.markers import key_in
from mentorbot.domain.turns import Holder
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.stalled.config import Stalled
from mentorbot.features.stalled.nudges.candidate import Candidate
from mentorbot.features.stalled.nudges.facts import known_candidate
from mentorbot.features.stalled.nudges.rules import due_dates
from mentorbot.features.stalled.nudges.rules.nudge import ignored_because
from mentorbot.features.stalled.records import AuthorNudges, DigestIssue
from mentorbot.features.stalled.turn.facts import RepositoryContext, turn_decision_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyDigest:
    """What waits for reviewers longer than it should, the longest first, and the issue that says so.

    In `unclear` more it is unclear whose turn it is; `resting` more have been quiet for so long that nobody
    is reminded. `author_nudges` tells whether authors are nudged here.
    """

    now: datetime
    calendar: Calendar
    waiting: tuple[Candidate, ...]
    given_up: tuple[Candidate, ...]
    record: Record[DigestIssue] | None
    unclear: int = 0
    resting: int = 0
    author_nudges: AuthorNudges = field(default_factory=AuthorNudges)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedList:
    """An issue that was closed; `record` is set where a person closed our list."""

    now: datetime
    record: Record[DigestIssue] | None


async def weekly(config: Stalled, ports: Ports) -> AsyncIterator[Case[WeeklyDigest]]:
    """All open pull requests that belong on the list; GitHub is asked nothing. None in a break."""
    if not config.digest or ports.calendar.is_break(ports.calendar.local(ports.now).date()):
        return
    context = await RepositoryContext.about_all(config, ports)
    waiting, given_up, unclear, resting = [], [], 0, 0
    async for timeline in ports.timelines.open():
        if ports.configuration.ignore.label_among(timeline.labels) is not None:
            continue
        candidate = await known_candidate(await turn_decision_of(timeline, context), context)
        if ignored_because(candidate, config) or candidate.turn.snoozed_until is not None:
            continue
        unclear += candidate.turn.told is Holder.UNCLEAR
        if candidate.turn.told is Holder.REVIEWERS and _is_late(candidate, config):
            if candidate.quiet_period.is_dormant:
                resting += 1
            else:
                waiting.append(candidate)
        if any(one.rung == due_dates.LAST_ASK for one in candidate.quiet_period.past_nudges):
            given_up.append(candidate)
    yield Case(
        None,
        WeeklyDigest(
            now=ports.now,
            calendar=ports.calendar,
            waiting=tuple(sorted(waiting, key=_longest_first)),
            given_up=tuple(sorted(given_up, key=_longest_first)),
            record=await _known(ports),
            unclear=unclear,
            resting=resting,
            author_nudges=context.learned.standing if config.author.nudge else AuthorNudges(),
        ),
    )


async def closed_list(event: IssueClosed, _config: Stalled, ports: Ports) -> ClosedList:
    known = await _known(ports)
    is_by_somebody = event.thread.author == ports.bot and event.by != ports.bot
    key = key_in(event.thread.body) or ""
    is_ours = known is not None and is_by_somebody and key.endswith(f"/{known.value.issue}")
    return ClosedList(now=ports.now, record=known if is_ours else None)


async def _known(ports: Ports) -> Record[DigestIssue] | None:
    return await ports.records.get(DigestIssue, DigestIssue.KEY)


def _is_late(candidate: Candidate, config: Stalled) -> bool:
    quiet_period = candidate.quiet_period
    return (
        due_dates.due_at(1, config.reviewers, quiet_period.since, quiet_period.calendar) <= quiet_period.now
    )


def _longest_first(candidate: Candidate) -> tuple[datetime, int]:
    return candidate.quiet_period.since, candidate.number
