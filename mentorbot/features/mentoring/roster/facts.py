"""Reads the programme as it is now: pairs from memory, mentors from the config, volunteers, who is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorbot.config.principals import Principal
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.feature_api.feature import Case
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import Record
from mentorbot.features.mentoring.config import Eligible, MentorEntry, Mentoring
from mentorbot.features.mentoring.pairs.pair import pairs_in
from mentorbot.features.mentoring.pairs.state_machine import OVER
from mentorbot.features.mentoring.records import (
    SEATS,
    Absence,
    BondRecord,
    KeptApart,
    LastAsked,
    LastSeen,
    ListedMentor,
    OptOut,
    PairRecord,
    SeatGuard,
    Volunteer,
    WordToMentee,
)
from mentorbot.features.mentoring.roster.roster import Roster, Seats, offset_of

_LONG_AGO = timedelta(days=730)


async def roster_of(config: Mentoring, ports: Ports, past: Expertise) -> Roster:
    faces = {person.id: person for person in past.people(ports.now, seen_within=_LONG_AGO)}
    # First of all: what is claimed while the rest is read makes the version too old to build on.
    guard = await ports.records.get(SeatGuard, SEATS)
    every = ports.records.all
    (wishes, bonds, asked, seen, words), (apart, opted_out, away, volunteers, listed) = await asyncio.gather(
        asyncio.gather(
            every(PairRecord), every(BondRecord), every(LastAsked), every(LastSeen), every(WordToMentee)
        ),
        asyncio.gather(
            every(KeptApart), every(OptOut), every(Absence), every(Volunteer), every(ListedMentor)
        ),
    )
    known = {one.key: Person(one.value.id, one.value.login) for one in listed}
    mentors, is_complete = await _named(config, ports, listed=known, faces=faces)
    for record in volunteers:
        seats = await _volunteer(record, config, ports, faces)
        if seats is not None:
            mentors.setdefault(seats.person.id, seats)
    until = {int(one.key): one.value.until for one in away}
    kept_apart = [one for one in apart if one.value.still(ports.now)]
    return Roster(
        pairs=pairs_in(wishes, bonds, faces),
        mentors={id_: _with_absence(seats, until.get(id_)) for id_, seats in mentors.items()},
        last_asked={int(one.key): one.value.at for one in asked},
        apart=_two_each(kept_apart),
        parted=_two_each([one for one in kept_apart if one.value.until is None]),
        seen={int(one.key): one.value.at for one in seen},
        words={_mentee_and_mentor(one.key): one.value.at for one in words},
        opted_out=frozenset(int(one.key) for one in opted_out),
        is_complete=is_complete,
        seats_version=guard.version if guard is not None else 0,
        capacity=config.capacity,
    )


async def is_eligible(person: Person, wanted: Eligible | None, ports: Ports) -> bool:
    """True where they have done what volunteers have to have done here."""
    if wanted is None:
        return False
    past = await ports.people.contributor_history(person, before=ports.now, number=0)
    return past.merged >= wanted.merged and past.reviews >= wanted.reviews


async def takes_part(person: Person, ports: Ports) -> bool:
    """True where they have asked for a mentor, or were offered one, at any time."""
    return bool(await ports.records.all(PairRecord, starting=f"{person.id}/"))


async def guided(ports: Ports) -> frozenset[int]:
    """To whom no mentor is offered: who has one, waits for one, is one, or wants none."""
    every = ports.records.all
    wishes, bonds, listed, volunteers, opted_out = await asyncio.gather(
        every(PairRecord), every(BondRecord), every(ListedMentor), every(Volunteer), every(OptOut)
    )
    return frozenset(
        [
            *(int(one.key.partition("/")[0]) for one in wishes if one.value.state not in OVER),
            *(one.value.mentor for one in bonds),
            *(one.value.id for one in listed),
            *(int(one.key) for one in (*volunteers, *opted_out)),
        ]
    )


async def newly_listed(config: Mentoring, ports: Ports) -> AsyncIterator[Case[Mapping[str, Person]]]:
    """Whom the config names and whose number isn't known yet, by the login there."""
    known = {one.key for one in await ports.records.all(ListedMentor)}
    wanted = {entry.whom.login.lower() for entry in config.entries if entry.whom.login}
    if new := wanted - known:
        roster = await roster_of(config, ports, await ports.people.expertise())
        by_login = {seats.person.login.lower(): seats.person for seats in roster.mentors.values()}
        yield Case(None, {login: by_login[login] for login in sorted(new) if login in by_login})


async def _named(
    config: Mentoring, ports: Ports, *, listed: Mapping[str, Person], faces: Mapping[int, Person]
) -> tuple[dict[int, Seats], bool]:
    """Those the config names; False where a team was empty, which may mean that we may not look."""
    found: dict[int, Seats] = {}
    is_complete = True
    for entry in config.entries:
        people = await _people_of(entry.whom, ports, listed)
        is_complete = is_complete and (bool(people) or not entry.whom.team)
        for person in people:
            if not person.is_bot:
                found.setdefault(person.id, _seats(faces.get(person.id, person), entry, config, ports))
    return found, is_complete


async def _people_of(whom: Principal, ports: Ports, listed: Mapping[str, Person]) -> Sequence[Person]:
    if whom.team:
        return await ports.github.team_members(whom.team)
    known = listed.get(whom.login.lower()) or await ports.people.named(whom.login)
    known = known or await ports.github.account(whom.login)
    return (known,) if known is not None else ()


def _seats(person: Person, entry: MentorEntry, config: Mentoring, ports: Ports) -> Seats:
    return Seats(
        person=person,
        areas=frozenset(entry.areas),
        languages=frozenset(entry.languages),
        capacity=config.capacity if entry.capacity is None else entry.capacity,
        utc_offset=offset_of(entry.timezone, ports.now),
        timezone=entry.timezone or "",
        away_until=_midnight(entry.away_until, ports.calendar.timezone),
    )


async def _volunteer(
    record: Record[Volunteer], config: Mentoring, ports: Ports, faces: Mapping[int, Person]
) -> Seats | None:
    """A volunteer who (still) meets what is asked of volunteers."""
    person = faces.get(int(record.key), Person(int(record.key), record.value.login))
    if not await is_eligible(person, config.eligible, ports):
        return None
    areas = frozenset(record.value.areas) & frozenset(config.areas)
    return Seats(person=person, areas=areas, capacity=config.capacity, volunteer=True)


def _with_absence(seats: Seats, until: datetime | None) -> Seats:
    known = [moment for moment in (seats.away_until, until) if moment is not None]
    return replace(seats, away_until=max(known, default=None))


def _midnight(day: date | None, timezone: str) -> datetime | None:
    return datetime.combine(day, time(0), ZoneInfo(timezone)).astimezone(UTC) if day is not None else None


def _two_each(records: Sequence[Record[KeptApart]]) -> frozenset[tuple[int, int]]:
    return frozenset(_mentee_and_mentor(record.key) for record in records)


def _mentee_and_mentor(key: str) -> tuple[int, int]:
    mentee, _, mentor = key.partition("/")
    return int(mentee), int(mentor)
