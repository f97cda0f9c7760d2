"""How far each mentee has come, and whether somebody else takes an issue of theirs seriously."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.events import IssueChanged
from mentorbot.core.people import Person
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.mentees.facts import contribution_counts_of
from mentorbot.features.mentoring.milestones.reached import reached
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.records import ConfirmedIssue, ReachedMilestones
from mentorbot.features.mentoring.roster.facts import roster_of, takes_part


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneProgress:
    """How far a mentee has come, and what was known of that; None: nothing, as they are new here.

    `live_since` is the port's. What came to be before it `is_past`, where nobody has looked since.
    """

    pair: MentoringPair
    now: tuple[str, ...]
    before: frozenset[str] | None
    live_since: datetime | None = None
    is_past: bool = False


async def milestone_progress(config: Mentoring, ports: Ports) -> AsyncIterator[Case[MilestoneProgress]]:
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    told: set[int] = set()
    for pair in roster.pairs:
        if not pair.has_seat or pair.mentee.id in told or pair.mentee.id in roster.opted_out:
            continue
        told.add(pair.mentee.id)
        counts = await contribution_counts_of(pair.mentee, roster, past, ports)
        confirmed = len(await ports.records.all(ConfirmedIssue, starting=f"{pair.mentee.id}/"))
        known = await ports.records.get(ReachedMilestones, str(pair.mentee.id))
        before = frozenset(known.value.names) if known is not None else None
        now = reached(counts, confirmed=confirmed)
        progress = MilestoneProgress(
            pair=pair,
            now=now,
            before=before,
            live_since=ports.live_since,
            is_past=known is not None and known.value.live_since != ports.live_since,
        )
        yield Case(pair.thread, progress)


async def mentee_with_labelled_issue(event: IssueChanged, _config: Mentoring, ports: Ports) -> Person | None:
    """The mentee whose issue somebody else has labelled."""
    author = event.thread.author
    if author is None or event.by == author or event.by.is_bot or not event.thread.labels:
        return None
    return author if await takes_part(author, ports) else None
