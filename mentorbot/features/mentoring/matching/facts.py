"""What matching goes by besides the roster: what people did here, when they last did so, who is busy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.durations import Duration
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.inactivity.facts import last_activity_of
from mentorbot.features.mentoring.roster.roster import Roster, Seats


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingFacts:
    """What is known of those who may be asked. `busy` say so in their GitHub status."""

    past: Expertise
    now: datetime
    active_within: Duration
    calendar: Calendar = DEFAULT_CALENDAR
    busy: frozenset[Person] = frozenset()
    seen: Mapping[int, datetime] = field(default_factory=dict)

    def last_activity(self, person: Person) -> datetime | None:
        return last_activity_of(person, self.past, self.seen, now=self.now)

    def is_working_day(self, seats: Seats) -> bool:
        """True where it is a business day for this mentor, by their own clock."""
        return seats.is_working_day(self.now, self.calendar)

    def is_present(self, person: Person) -> bool:
        """False for those who did something here once, but nothing for a long time."""
        last = self.last_activity(person)
        return last is None or not self.active_within.has_passed(last, self.now, self.calendar)


async def matching_facts(config: Mentoring, ports: Ports, past: Expertise, roster: Roster) -> MatchingFacts:
    """What matching goes by; asks GitHub once per hundred mentors who is busy."""
    asked = [seats.person for seats in roster.mentors.values()]
    busy = await ports.github.away(asked) if asked else frozenset[Person]()
    return MatchingFacts(
        past=past,
        now=ports.now,
        active_within=config.active_within,
        calendar=ports.calendar,
        busy=busy,
        seen=roster.seen,
    )
