"""What every command of mentoring asks: who gives it, whom and what it names, how the programme is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorbot.config.calendar import DEFAULT_CALENDAR, Calendar, known_timezones
from mentorbot.config.durations import Duration
from mentorbot.core.entities import Issue, PullRequest
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import LOGIN, Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.feature_api.ports import Ports
from mentorbot.features.mentoring.config import Mentoring
from mentorbot.features.mentoring.matching.facts import MatchingFacts, matching_facts
from mentorbot.features.mentoring.records import Chapter
from mentorbot.features.mentoring.roster.facts import is_eligible, roster_of
from mentorbot.features.mentoring.roster.roster import Roster

_LOGIN = re.compile(rf"@({LOGIN})[.,;:!?]?")
_MOST_PATHS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorCommand:
    """A command, with all that decides about it.

    - `named` are the people in its words that exist, `unknown` the logins of those that don't.
    - `area` is the area named, `timezone` the time zone; `words` what is left then.
    - `touched` are the areas of what is worked on in this thread, `paths` its files.
    - `may_volunteer` are those of whoever's mentees who may be mentors themselves, where that was asked.
    - `stories` are what happened to the pairs of whoever wrote, or who is written about, by pair.
    """

    by: Person
    thread: Issue | PullRequest
    now: datetime
    calendar: Calendar = DEFAULT_CALENDAR
    roster: Roster
    known: MatchingFacts
    words: tuple[str, ...] = ()
    area: str = ""
    timezone: str = ""
    named: tuple[Person, ...] = ()
    unknown: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    is_maintainer: bool = False
    is_eligible: bool = False
    may_volunteer: frozenset[int] = frozenset()
    stories: dict[str, tuple[Chapter, ...]] = field(default_factory=dict)

    @property
    def author(self) -> Person | None:
        return self.thread.author

    def names(self, person: Person) -> bool:
        """True where the command names this person, or nobody."""
        return not self.named or person in self.named

    @property
    def span(self) -> str:
        """For how long, as it was written: `2 weeks`."""
        return " ".join(self.words).lower().removeprefix("for ").strip()

    def until(self) -> datetime:
        """When the span of time in its words is over. Raises Refusal where there is none."""
        try:
            return Duration.parse(self.span).after(self.now, self.calendar)
        except ValueError as unreadable:
            raise Refusal(
                say(
                    "I did not understand for how long. Write a number and a unit, for example `2 weeks` or "
                    "`3 business days`."
                )
            ) from unreadable


async def mentor_command(event: CommandGiven, config: Mentoring, ports: Ports) -> MentorCommand:
    past = await ports.people.expertise()
    roster = await roster_of(config, ports, past)
    named, unknown = await _named(event, ports)
    area, timezone, words = _sorted_out(event.words, config)
    paths = await _paths(event, ports)
    stories = {
        pair.key: await story_of(pair.key, ports)
        for pair in roster.pairs
        if event.by in pair.people or pair.thread == event.thread.number
    }
    return MentorCommand(
        by=event.by,
        thread=event.thread,
        now=ports.now,
        calendar=ports.calendar,
        roster=roster,
        known=await matching_facts(config, ports, past, roster),
        words=words,
        area=area,
        timezone=timezone,
        named=named,
        unknown=unknown,
        touched=touched_areas(config, labels=event.thread.labels, paths=paths),
        paths=tuple(paths[:_MOST_PATHS]),
        stories=stories,
    )


async def mentor_command_with_rights(event: CommandGiven, config: Mentoring, ports: Ports) -> MentorCommand:
    """The same, with what whoever wrote may do here and has done here."""
    found = await mentor_command(event, config, ports)
    permission = await ports.github.permission(event.by)
    eligible = await is_eligible(event.by, config.eligible, ports)
    return replace(found, is_maintainer=permission.is_maintainer, is_eligible=eligible)


async def graduation(event: CommandGiven, config: Mentoring, ports: Ports) -> MentorCommand:
    """The same, with which of the mentees concerned could be mentors themselves."""
    found = await mentor_command(event, config, ports)
    mentees = {pair.mentee for pair in found.roster.of(event.by) if pair.has_seat} | set(found.named)
    eligible = [
        one
        for one in mentees
        if one.id not in found.roster.mentors and await is_eligible(one, config.eligible, ports)
    ]
    return replace(found, may_volunteer=frozenset(one.id for one in eligible))


def touched_areas(config: Mentoring, *, labels: frozenset[str], paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in config.areas if config.area(name).covers(labels, paths))


async def story_of(pair: str, ports: Ports) -> tuple[Chapter, ...]:
    """What happened to a pair, oldest first."""
    return tuple(one.value for one in await ports.records.all(Chapter, starting=f"{pair}/"))


async def _named(event: CommandGiven, ports: Ports) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    logins = [found[1] for word in event.words if (found := _LOGIN.fullmatch(word))]
    named: list[Person] = []
    unknown: list[str] = []
    for login in logins[:2]:
        person = await ports.people.named(login) or await ports.github.account(login)
        if person is None:
            unknown.append(login)
        else:
            named.append(person)
    return tuple(named), tuple(unknown)


def _sorted_out(words: tuple[str, ...], config: Mentoring) -> tuple[str, str, tuple[str, ...]]:
    """The area and the time zone among these words, and what is left without logins."""
    rest = [word for word in words if not _LOGIN.fullmatch(word)]
    timezone = next((word for word in rest if "/" in word and word in known_timezones()), "")
    area = next((name for word in rest if (name := as_area(word)) in config.areas), "")
    return area, timezone, tuple(word for word in rest if word != timezone and as_area(word) != area)


def as_area(word: str) -> str:
    """A word as names of areas are spelled."""
    return word.lower().rstrip(".,")


async def _paths(event: CommandGiven, ports: Ports) -> list[str]:
    if not event.thread.is_pull_request:
        return []
    return [file.path for file in await ports.github.files(event.thread.number)]
