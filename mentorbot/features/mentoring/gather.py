"""Reads the programme as it is now: pairs from memory, mentors from the config, volunteers, who is away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorbot.config.principals import Principal
from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.domain.expertise import Expertise
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.mentoring.config import Eligible, MentorEntry, Mentoring
from mentorbot.features.mentoring.matching import Knowledge, offset_of
from mentorbot.features.mentoring.pair import BOND, PAIR, TREE, pairs_in
from mentorbot.features.mentoring.roster import Roster, Seats
from mentorbot.features.mentoring.signs import SEEN
from mentorbot.features.mentoring.steps import APART, LAST_ASKED

VOLUNTEER, AWAY, OPTED_OUT, LISTED = "volunteer", "away", "opted out", "listed"
_LONG_AGO = timedelta(days=730)


async def roster_of(config: Mentoring, ports: Ports, past: Expertise) -> Roster:
    """Who mentors whom, who waits, and who may be asked."""
    faces = {person.id: person for person in past.people(ports.now, seen_within=_LONG_AGO)}
    # First of all: what is claimed while the rest is read makes the version too old to build on.
    tree = await ports.records.get(TREE, "seats")
    kinds = (PAIR, BOND, LAST_ASKED, APART, OPTED_OUT, AWAY, VOLUNTEER, LISTED, SEEN)
    kept = dict(zip(kinds, await asyncio.gather(*map(ports.records.all, kinds)), strict=True))
    away = _moments(kept[AWAY], "until")
    listed = {record.key: Person(record.value["id"], record.value["login"]) for record in kept[LISTED]}
    mentors, is_complete = await _named(config, ports, listed=listed, faces=faces)
    for record in kept[VOLUNTEER]:
        seats = await _volunteer(record, config, ports, faces)
        if seats is not None:
            mentors.setdefault(seats.person.id, seats)
    return Roster(
        pairs=pairs_in(kept[PAIR], kept[BOND], faces),
        mentors={id_: _with_absence(seats, away.get(id_)) for id_, seats in mentors.items()},
        last_asked=_moments(kept[LAST_ASKED], "at"),
        apart=_apart(kept[APART], ports.now),
        parted=_apart([one for one in kept[APART] if one.value["until"] is None], ports.now),
        seen=_moments(kept[SEEN], "at"),
        opted_out=frozenset(int(record.key) for record in kept[OPTED_OUT]),
        is_complete=is_complete,
        tree_version=tree.version if tree is not None else 0,
        capacity=config.capacity,
    )


async def knowledge_of(config: Mentoring, ports: Ports, past: Expertise, roster: Roster) -> Knowledge:
    """What matching goes by; asks GitHub once per hundred mentors who is busy."""
    asked = [seats.person for seats in roster.mentors.values()]
    busy = await ports.github.away(asked) if asked else frozenset[Person]()
    return Knowledge(
        past=past,
        now=ports.now,
        active_within=config.active_within,
        calendar=ports.calendar,
        busy=busy,
        seen=roster.seen,
    )


async def is_eligible(person: Person, wanted: Eligible | None, ports: Ports) -> bool:
    """True where they have done what volunteers have to have done here."""
    if wanted is None:
        return False
    past = await ports.people.contributor_history(person, before=ports.now, number=0)
    return past.merged >= wanted.merged and past.reviews >= wanted.reviews


def newly_listed(config: Mentoring, roster: Roster, known: Sequence[StoredRecord]) -> list[Remember]:
    """Who is meant by the logins in the config, to be remembered: logins change, people stay."""
    have = {record.key for record in known}
    by_login = {seats.person.login.lower(): seats.person for seats in roster.mentors.values()}
    wanted = {entry.whom.login.lower() for entry in config.entries if entry.whom.login}
    return [_listed(login, by_login[login]) for login in sorted(wanted - have) if login in by_login]


def _listed(login: str, person: Person) -> Remember:
    return Remember(kind=LISTED, key=login, value={"id": person.id, "login": person.login}, whose=person.id)


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
        away_until=_midnight(entry.away_until, ports.calendar.timezone),
    )


async def _volunteer(
    record: StoredRecord, config: Mentoring, ports: Ports, faces: Mapping[int, Person]
) -> Seats | None:
    """A volunteer who (still) meets what is asked of volunteers."""
    person = faces.get(int(record.key), Person(int(record.key), str(record.value["login"])))
    if not await is_eligible(person, config.eligible, ports):
        return None
    areas = frozenset(record.value["areas"]) & frozenset(config.areas)
    return Seats(person=person, areas=areas, capacity=config.capacity, volunteer=True)


def _with_absence(seats: Seats, until: datetime | None) -> Seats:
    known = [moment for moment in (seats.away_until, until) if moment is not None]
    return replace(seats, away_until=max(known, default=None))


def _midnight(day: date | None, timezone: str) -> datetime | None:
    return datetime.combine(day, time(0), ZoneInfo(timezone)).astimezone(UTC) if day is not None else None


def _moments(records: Sequence[StoredRecord], name: str) -> dict[int, datetime]:
    return {int(record.key): datetime.fromisoformat(record.value[name]) for record in records}


def _apart(records: Sequence[StoredRecord], now: datetime) -> frozenset[tuple[int, int]]:
    still = (
        record
        for record in records
        if record.value["until"] is None or datetime.fromisoformat(record.value["until"]) > now
    )
    pairs = (record.key.partition("/") for record in still)
    return frozenset((int(mentee), int(mentor)) for mentee, _, mentor in pairs)
