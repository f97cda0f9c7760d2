"""What the clock looks at: every pair that is not over, and what decides whether something is due for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.principals import resolve_principals
from mentorbot.core.journal import JournalEntry, Outcome
from mentorbot.core.people import Person
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.facts import story_of
from mentorbot.features.mentoring.inactivity.facts import LastActivity
from mentorbot.features.mentoring.matching.candidates import (
    NOBODY_THERE,
    FoundMentor,
    Shortage,
    find_mentor,
    shortage,
)
from mentorbot.features.mentoring.matching.facts import MatchingFacts, matching_facts
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import OVER, PairState
from mentorbot.features.mentoring.records import Chapter
from mentorbot.features.mentoring.roster.facts import roster_of
from mentorbot.features.mentoring.roster.roster import Roster, Seats

_TRY_AGAIN_AFTER = timedelta(hours=20)  # what was one comment too many is tried again once a day


def comment_key(pair: MentoringPair, what: str) -> str:
    """The key of a comment about a pair; one for each change of the pair."""
    return f"pair {pair.key}/{pair.version}/{what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCheck:
    """A pair, and what decides whether something is due for it.

    `found` is who would be asked now for a mentee who waits, `shortage` why nobody would; `held_back` tells
    that the last question was never written, as it would have been one too many.
    """

    pair: MentoringPair
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    roster: Roster
    activity: LastActivity = field(default_factory=LastActivity)
    found: FoundMentor | None = None
    shortage: Shortage = NOBODY_THERE
    story: tuple[Chapter, ...] = ()
    maintainers: tuple[Person, ...] = ()
    held_back: bool = False

    @property
    def mentor_has_left(self) -> bool:
        """True where the mentor was one of those who may be asked, and is none any more."""
        pair, roster = self.pair, self.roster
        if pair.mentor is None:
            return pair.lost_its_mentor
        is_certain = roster.is_complete and bool(roster.mentors)
        return is_certain and pair.is_listed and pair.mentor.id not in roster.mentors

    @property
    def is_business_day(self) -> bool:
        return self.calendar.is_business_day(self.calendar.local(self.now).date())

    @property
    def is_mentors_business_day(self) -> bool:
        """The same for the mentor, by their own clock."""
        seats = self._seats
        return seats.is_working_day(self.now, self.calendar) if seats is not None else self.is_business_day

    @property
    def mentors_calendar(self) -> Calendar:
        return self._seats.own(self.calendar) if self._seats is not None else self.calendar

    @property
    def _seats(self) -> Seats | None:
        return self.roster.mentors.get(self.pair.mentor.id) if self.pair.mentor is not None else None


async def pairs(config: Mentoring, ports: Ports) -> AsyncIterator[Case[PairCheck]]:
    """Every pair that is not over; those who wait come last, in their order, and share the mentors."""
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    if not roster.pairs:
        return
    known = await matching_facts(config, ports, past, roster)
    for pair in roster.pairs:
        if pair.state not in OVER | {PairState.ASKED}:
            yield Case(pair.thread, await _check(pair, roster, known, ports))
    queue = roster.queue()
    maintainers = await resolve_principals(config.maintainers, ports.github) if queue else ()
    for pair in queue:
        found = find_mentor(pair, roster, known)
        check = await _check(pair, roster, known, ports, found=found, maintainers=maintainers)
        if found is None:
            check = replace(check, shortage=shortage(pair, roster, known))
        roster = found.roster if found is not None else roster
        yield Case(pair.thread, check)


async def _check(
    pair: MentoringPair,
    roster: Roster,
    known: MatchingFacts,
    ports: Ports,
    *,
    found: FoundMentor | None = None,
    maintainers: tuple[Person, ...] = (),
) -> PairCheck:
    asked_at = pair.reminded_at or pair.told_at
    entries = await ports.journal.about(pair.thread) if asked_at is not None else ()
    seats = roster.mentors.get(pair.mentor.id) if pair.mentor is not None else None
    return PairCheck(
        pair=pair,
        now=ports.now,
        calendar=ports.calendar,
        roster=roster,
        activity=LastActivity(
            mentor=known.last_activity(pair.mentor) if pair.mentor is not None else None,
            mentee=known.last_activity(pair.mentee),
            away_until=seats.away_until if seats is not None else None,
        ),
        found=found,
        story=await story_of(pair.key, ports) if pair.state is PairState.ASKED and pair.chapters > 1 else (),
        maintainers=maintainers,
        held_back=asked_at is not None
        and ports.now - asked_at >= _TRY_AGAIN_AFTER
        and was_held_back(entries, pair, asked_at),
    )


def was_held_back(entries: Sequence[JournalEntry], pair: MentoringPair, asked_at: datetime) -> bool:
    """True where the journal says that what was to be asked about this pair was not written."""
    return any(
        entry.outcome in {Outcome.DROPPED, Outcome.FAILED}
        and entry.at >= asked_at
        and any(key.startswith(f"pair {pair.key}/") for key in entry.keys)
        for entry in entries
    )
