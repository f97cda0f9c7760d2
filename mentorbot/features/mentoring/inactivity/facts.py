"""When somebody was last active here; nobody else remembers what people do in their own threads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.events import Commented, PullRequestPushed, ReviewSubmitted
from mentorbot.core.people import LOGIN, Person
from mentorbot.domain.expertise import Expertise
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.records import BondRecord, LastAsked, LastSeen
from mentorbot.features.mentoring.roster.facts import takes_part

_MENTIONED = re.compile(rf"(?<![\w/@`])@({LOGIN})")
_MOST_MENTIONED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActivity:
    """When both last did anything here; None where nothing is known.

    `away_until` is the mentor's; `word_to_mentee` is when the mentor last wrote something to the mentee.
    """

    mentor: datetime | None = None
    mentee: datetime | None = None
    away_until: datetime | None = None
    word_to_mentee: datetime | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsToMentees:
    """A mentor wrote something, by which they spoke to these mentees of theirs."""

    mentor: Person
    mentees: tuple[Person, ...]
    at: datetime


async def words_to_mentees(
    event: Commented | ReviewSubmitted, _config: Mentoring, ports: Ports
) -> WordsToMentees:
    """To which of their mentees somebody spoke: in the mentee's thread, or by their name elsewhere."""
    by, text = event.by, event.comment.body if isinstance(event, Commented) else event.review.body
    spoken_to = dict[int, Person]()
    if not by.is_bot and (isinstance(event, ReviewSubmitted) or says_something(text)):
        if event.thread.author is not None:
            spoken_to[event.thread.author.id] = event.thread.author
        for login in dict.fromkeys(_MENTIONED.findall(text)[:_MOST_MENTIONED]):
            if (person := await ports.people.named(login)) is not None:
                spoken_to[person.id] = person
    spoken_to.pop(by.id, None)
    mentees = [one for one in spoken_to.values() if await _mentors(by, one, ports)]
    return WordsToMentees(mentor=by, mentees=tuple(mentees), at=event.at)


async def _mentors(mentor: Person, mentee: Person, ports: Ports) -> bool:
    bonds = await ports.records.all(BondRecord, starting=f"{mentee.id}/")
    return any(bond.value.mentor == mentor.id for bond in bonds)


def says_something(text: str) -> bool:
    """False where a comment holds nothing but commands and quotes."""
    return any(line.strip() and line.lstrip()[0] not in "/>" for line in text.splitlines())
