"""Small groups of accounts that review hardly anybody but each other: for maintainers' eyes only."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.features.review_exchange.ledger.ledger import Ledger
from mentorbot.features.review_exchange.scoring.guards import counted_reviews

LOOKS_BACK = timedelta(days=180)
MOST_MEMBERS = 5
FEWEST_REVIEWS = 6
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class CollusionRing:
    """Accounts with `inside` counted reviews among themselves, out of `given` that they gave and `got`."""

    members: frozenset[Person]
    inside: int
    given: int
    got: int


def collusion_rings(ledger: Ledger, *, now: datetime) -> list[CollusionRing]:
    """Groups of 2 to 5 whose reviews stay among themselves, given and received alike, nearly all of them."""
    reviewed: Counter[tuple[Person, Person]] = Counter()
    for person in ledger.people():
        for entry in counted_reviews(ledger, person, before=now):
            if entry.about is not None and entry.at >= now - LOOKS_BACK:
                reviewed[person, entry.about] += 1
    found = []
    for members in _groups(reviewed):
        inside = sum(n for (by, of), n in reviewed.items() if by in members and of in members)
        given = sum(n for (by, _), n in reviewed.items() if by in members)
        got = sum(n for (_, of), n in reviewed.items() if of in members)
        closed = inside >= _NEARLY_ALL * given and inside >= _NEARLY_ALL * got
        if closed and inside >= FEWEST_REVIEWS:
            found.append(CollusionRing(members, inside, given, got))
    return sorted(found, key=lambda one: (-one.inside, min(person.id for person in one.members)))


def _groups(reviewed: Counter[tuple[Person, Person]]) -> list[frozenset[Person]]:
    """People who reviewed each other, in either direction, more than once; small groups only."""
    near: defaultdict[Person, set[Person]] = defaultdict(set)
    for by, of in reviewed:
        if reviewed[by, of] + reviewed[of, by] > 1 and by != of:
            near[by].add(of)
            near[of].add(by)
    groups, seen = [], set[Person]()
    for start in sorted(near, key=lambda person: person.id):
        if start in seen:
            continue
        group, edge = {start}, [start]
        while edge:
            new = near[edge.pop()] - group
            group |= new
            edge.extend(new)
        seen |= group
        if len(group) <= MOST_MEMBERS:
            groups.append(frozenset(group))
    return groups
