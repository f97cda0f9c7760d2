"""When somebody was last active here; nobody else remembers what people do in their own threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.events import Commented, PullRequestPushed, ReviewSubmitted
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.records import LastAsked, LastSeen
from mentorbot.features.mentoring.roster.facts import takes_part


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActivity:
    """When both last did anything here; None where nothing is known. `away_until` is the mentor's."""

    mentor: datetime | None = None
    mentee: datetime | None = None
    away_until: datetime | None = None


def last_activity_of(
    person: Person, past: Expertise, seen: Mapping[int, datetime], *, now: datetime
) -> datetime | None:
    """When somebody last did anything, with others or in threads of their own; None: not known."""
    acts = past.acts.get(person)
    moments = (acts.last(now) if acts is not None else None, seen.get(person.id))
    return max((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOfLife:
    """Somebody did something at a moment; `takes_part` tells whether that interests mentoring."""

    by: Person
    at: datetime
    takes_part: bool
    seen_at: datetime | None = None


async def sign_of_life(
    event: Commented | PullRequestPushed | ReviewSubmitted, _config: Mentoring, ports: Ports
) -> SignOfLife:
    """Whether whoever did this takes part in the programme; asked only where it was in their own thread."""
    by = event.by
    if by.is_bot or event.thread.author != by:
        return SignOfLife(by=by, at=event.at, takes_part=False)
    if not await takes_part(by, ports) and await ports.records.get(LastAsked, str(by.id)) is None:
        return SignOfLife(by=by, at=event.at, takes_part=False)
    seen = await ports.records.get(LastSeen, str(by.id))
    return SignOfLife(by=by, at=event.at, takes_part=True, seen_at=seen.value.at if seen else None)
