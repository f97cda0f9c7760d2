"""Who is proposed as a mentor for a wish, with reasons; fair over time, the same for the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar
from mentorbot.config.durations import Duration
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise, Mentee, Mentor, OpenedPullRequest, Reason, rank_mentors
from mentorbot.features.mentoring.pair import Pair
from mentorbot.features.mentoring.roster import ANY_AREA, Roster, Seats

_MOST_REASONS = 3
_LANGUAGES: Mapping[str, str] = {
    ".c": "C",
    ".cc": "C++",
    ".cpp": "C++",
    ".cs": "C#",
    ".css": "CSS",
    ".go": "Go",
    ".h": "C",
    ".hpp": "C++",
    ".html": "HTML",
    ".java": "Java",
    ".js": "JavaScript",
    ".kt": "Kotlin",
    ".md": "Markdown",
    ".php": "PHP",
    ".py": "Python",
    ".rb": "Ruby",
    ".rs": "Rust",
    ".rst": "reStructuredText",
    ".sh": "Shell",
    ".swift": "Swift",
    ".ts": "TypeScript",
    ".tsx": "TypeScript",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Somebody who fits, and why, in plain words that may hold what others wrote."""

    mentor: Person
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What matching goes by besides the roster. `busy` say so in their GitHub status."""

    past: Expertise
    now: datetime
    active_within: Duration
    calendar: Calendar = DEFAULT_CALENDAR
    busy: frozenset[Person] = frozenset()
    seen: Mapping[int, datetime] = field(default_factory=dict)

    def last_act(self, person: Person) -> datetime | None:
        """When they last did anything here; None where that isn't known."""
        return last_act(person, self.past, self.seen, now=self.now)

    def is_present(self, person: Person) -> bool:
        """False for those who did something here once, but nothing for a long time."""
        last = self.last_act(person)
        return last is None or not self.active_within.has_passed(last, self.now, self.calendar)


def last_act(
    person: Person, past: Expertise, seen: Mapping[int, datetime], *, now: datetime
) -> datetime | None:
    """When somebody last did anything, with others or in threads of their own; None: not known."""
    acts = past.acts.get(person)
    moments = (acts.last(now) if acts is not None else None, seen.get(person.id))
    return max((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who looks for a mentor, for what, and what they work on."""

    mentee: Person
    area: str = ANY_AREA
    pull: OpenedPullRequest | None = None
    utc_offset: timedelta | None = None


def proposals(wish: Wish, roster: Roster, known: Knowledge) -> Sequence[Proposal]:
    """Who may be asked now, best first: they cover the area, have room, are here, and make no circle."""
    languages = languages_of(wish.pull.paths) if wish.pull is not None else frozenset()
    areas = ({wish.area} if wish.area else set()) | languages
    candidates = {
        seats.person: _as_mentor(seats, roster)
        for seats in roster.mentors.values()
        if seats.covers(wish.area)
        and roster.may_pair(wish.mentee, seats.person)
        and seats.person.id not in roster.opted_out
        and seats.person not in known.busy
        and known.is_present(seats.person)
    }
    mentee = Mentee(person=wish.mentee, pull=wish.pull, areas=frozenset(areas), utc_offset=wish.utc_offset)
    ranked = rank_mentors(mentee, known.past, now=known.now, mentors=candidates)
    return tuple(Proposal(mentor=one.person, reasons=one.reasons[:_MOST_REASONS]) for one in ranked)


def wish_of(pair: Pair, now: datetime) -> Wish:
    """What the mentee of this pair looks for, as they said when they asked."""
    about = OpenedPullRequest(
        number=pair.thread, author=pair.mentee, at=now, title=pair.title, paths=frozenset(pair.paths)
    )
    return Wish(mentee=pair.mentee, area=pair.area, pull=about, utc_offset=offset_of(pair.timezone, now))


def offset_of(timezone: str | None, now: datetime) -> timedelta | None:
    """How far this time zone is from UTC now; None where none is said."""
    return now.astimezone(ZoneInfo(timezone)).utcoffset() if timezone else None


def languages_of(paths: frozenset[str]) -> frozenset[str]:
    """The languages of these files, as far as their names tell."""
    found = (_LANGUAGES.get(PurePosixPath(path).suffix.lower()) for path in paths)
    return frozenset(language for language in found if language)


def _as_mentor(seats: Seats, roster: Roster) -> Mentor:
    # Seats that somebody is deciding about count as taken: nobody is asked more than they have room for.
    return Mentor(
        areas=seats.areas | seats.languages,
        capacity=seats.capacity,
        mentees=roster.claims(seats.person),
        utc_offset=seats.utc_offset,
        last_asked_at=roster.last_asked.get(seats.person.id),
        away_until=seats.away_until,
    )
