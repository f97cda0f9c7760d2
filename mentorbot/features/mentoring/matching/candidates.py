"""Who is proposed to somebody who asks for a mentor, and why; fair over time, the same for the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from mentorbot.core.people import Person
from mentorbot.domain.expertise import Mentee, Mentor, OpenedPullRequest, Reason, rank_mentors
from mentorbot.features.mentoring.matching.facts import MatchingFacts
from mentorbot.features.mentoring.pairs.pair import MentoringPair
from mentorbot.features.mentoring.pairs.state_machine import PairEvent
from mentorbot.features.mentoring.pairs.transitions import AppliedEvent, PairEventDetails, apply_event
from mentorbot.features.mentoring.roster.roster import ANY_AREA, Roster, Seats, offset_of

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
class MentorRequest:
    mentee: Person
    area: str = ANY_AREA
    pull: OpenedPullRequest | None = None
    utc_offset: timedelta | None = None


def proposals(request: MentorRequest, roster: Roster, known: MatchingFacts) -> Sequence[Proposal]:
    """Who may be asked now, best first: they cover the area, have room, are at work, and make no circle."""
    languages = languages_of(request.pull.paths) if request.pull is not None else frozenset()
    areas = ({request.area} if request.area else set()) | languages
    candidates = {
        seats.person: _as_mentor(seats, roster)
        for seats in _fitting(request, roster, known)
        if known.is_working_day(seats)
    }
    mentee = Mentee(
        person=request.mentee, pull=request.pull, areas=frozenset(areas), utc_offset=request.utc_offset
    )
    ranked = rank_mentors(mentee, known.past, now=known.now, mentors=candidates)
    return tuple(Proposal(mentor=one.person, reasons=one.reasons[:_MOST_REASONS]) for one in ranked)


def _fitting(request: MentorRequest, roster: Roster, known: MatchingFacts) -> Iterator[Seats]:
    """Who may be asked about somebody at all, were it a working day and had they room."""
    for seats in roster.mentors.values():
        if (
            seats.covers(request.area)
            and roster.may_pair(request.mentee, seats.person)
            and seats.person.id not in roster.opted_out
            and seats.person not in known.busy
            and known.is_present(seats.person)
        ):
            yield seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Why nobody can be asked.

    `is_covered` tells whether anybody is there for the area, `is_anybody_left` whether any of them could be
    asked about this mentee at another time: not who was asked before, or mentored them. Of those who would
    fit, `deciding` have room but for what they were asked about others, and `off_today` have a day off.
    """

    is_covered: bool
    is_anybody_left: bool = True
    deciding: int = 0
    off_today: int = 0


NOBODY_THERE = Shortage(is_covered=False)


def shortage(pair: MentoringPair, roster: Roster, known: MatchingFacts) -> Shortage:
    """Why nobody can be asked about this mentee now."""
    here = [
        seats
        for seats in _fitting(request_of(pair, known.now), roster, known)
        if not seats.is_away(known.now) and roster.load(seats.person) < seats.capacity
    ]
    return Shortage(
        is_covered=roster.covers(pair.area),
        is_anybody_left=any(
            seats.covers(pair.area) and roster.may_pair(pair.mentee, seats.person)
            for seats in roster.mentors.values()
        ),
        deciding=sum(roster.claims(seats.person) >= seats.capacity for seats in here),
        off_today=sum(not known.is_working_day(seats) for seats in here),
    )


def request_of(pair: MentoringPair, now: datetime) -> MentorRequest:
    about = OpenedPullRequest(
        number=pair.thread, author=pair.mentee, at=now, title=pair.title, paths=frozenset(pair.paths)
    )
    return MentorRequest(
        mentee=pair.mentee, area=pair.area, pull=about, utc_offset=offset_of(pair.timezone, now)
    )


def languages_of(paths: frozenset[str]) -> frozenset[str]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMentor:
    """Whom was asked for a mentee who waits, and why; `roster` is as it is then."""

    applied: AppliedEvent
    proposal: Proposal
    roster: Roster


def find_mentor(pair: MentoringPair, roster: Roster, known: MatchingFacts) -> FoundMentor | None:
    """Ask the one who fits best, where there is one."""
    fitting = proposals(request_of(pair, known.now), roster, known)
    if not fitting:
        return None
    best = fitting[0]
    details = PairEventDetails(event=PairEvent.FOUND, now=known.now, mentor=best.mentor)
    applied = apply_event(pair, details, roster)
    return FoundMentor(
        applied=applied, proposal=best, roster=roster.with_pair(applied.pair, asked_at=known.now)
    )
