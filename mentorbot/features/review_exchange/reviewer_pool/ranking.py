"""Who is asked for a review next: people who offer or owe one, by fit and load."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from mentorbot.core.people import Person
from mentorbot.core.translator import phrase, say, say_day, say_plural
from mentorbot.domain.expertise import (
    Expertise,
    OpenedPullRequest,
    Ranked,
    Reason,
    Why,
    rank_reviewers,
)
from mentorbot.features.review_exchange.ledger.ledger import EntryKind, Ledger

_LATELY = timedelta(days=90)
_LOAD = 0.6
_LANGUAGE = 0.3


class Standing(StrEnum):
    """Why somebody is in the pool."""

    NAMED = "named"
    OFFERED = "offered"
    TAKES_PART = "takes part"
    OWES = "owes"


_WEIGHTS = {Standing.NAMED: 1.0, Standing.OFFERED: 1.0, Standing.OWES: 0.8, Standing.TAKES_PART: 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolReason:
    """What puts somebody into the pool. `str()` goes on after a name; `to_them` is said to that person."""

    standing: Standing
    count: int = 0
    on: datetime | None = None

    def __str__(self) -> str:
        if self.standing is Standing.TAKES_PART:
            return say_plural(
                "gave one review in the exchange lately",
                "gave {count} reviews in the exchange lately",
                self.count,
            )
        return say(_OF_THEM[self.standing], day=self._day)

    def to_them(self) -> str:
        """The reason in the second person: "you offer reviews here"."""
        if self.standing is Standing.TAKES_PART:
            return say_plural(
                "you gave one review in the exchange lately",
                "you gave {count} reviews in the exchange lately",
                self.count,
            )
        return say(_TO_THEM[self.standing], day=self._day)

    @property
    def _day(self) -> str:
        return say_day(self.on) if self.on is not None else ""


_OF_THEM = MappingProxyType(
    {
        Standing.NAMED: phrase("offers reviews here"),
        Standing.OFFERED: phrase("looked for reviews to give on {day}"),
        Standing.OWES: phrase("got a review here and has given none since"),
    }
)
_TO_THEM = MappingProxyType(
    {
        Standing.NAMED: phrase("you offer reviews here"),
        Standing.OFFERED: phrase("you looked for reviews to give on {day}"),
        Standing.OWES: phrase("you got a review here"),
    }
)


@dataclass(slots=True)
class PoolMember:
    """Why somebody may be asked, and how many reviews they are asked for already."""

    whys: dict[Standing, PoolReason] = field(default_factory=dict)
    load: int = 0

    def may_be_asked_as(self, reason: PoolReason) -> None:
        self.whys[reason.standing] = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Somebody who may be asked, with what speaks for them, the most telling first."""

    person: Person
    score: float
    reasons: tuple[Reason | PoolReason, ...]


def pool_of(
    ledger: Ledger, *, named: Iterable[Person], offered: Mapping[Person, datetime], now: datetime
) -> dict[Person, PoolMember]:
    """Everybody who offered a review, owes one, or takes part in the exchange anyway."""
    found: dict[Person, PoolMember] = {}
    for person in named:
        _member(found, person).may_be_asked_as(PoolReason(standing=Standing.NAMED))
    for person, at in offered.items():
        if at >= now - _LATELY / 3:
            _member(found, person).may_be_asked_as(PoolReason(standing=Standing.OFFERED, on=at))
    for person in ledger.people():
        gave = [entry for entry in ledger.of(person, EntryKind.EARNED) if entry.at >= now - _LATELY]
        got = ledger.of(person, EntryKind.SETTLED)
        if gave:
            reason = PoolReason(standing=Standing.TAKES_PART, count=len(gave))
            _member(found, person).may_be_asked_as(reason)
        if got and not any(entry.at >= got[-1].at for entry in ledger.of(person, EntryKind.PENDING)):
            _member(found, person).may_be_asked_as(PoolReason(standing=Standing.OWES))
    return found


def _member(pool: dict[Person, PoolMember], person: Person) -> PoolMember:
    return pool.setdefault(person, PoolMember())


def rank_pool(
    pull: OpenedPullRequest,
    past: Expertise,
    pool: Mapping[Person, PoolMember],
    *,
    now: datetime,
    most_asked: int,
    exclude: Collection[Person] = (),
) -> list[Fit]:
    """Who fits best of those who may be asked, best first; the same facts always give the same order."""
    free = {person: standing for person, standing in pool.items() if standing.load < most_asked}
    ranked = rank_reviewers(pull, past, now=now, candidates=free, exclude=exclude)
    fits = [_fit(one, free[one.person], pull, past, now) for one in ranked]
    return sorted(fits, key=lambda fit: (-fit.score, fit.person.id))


def _fit(one: Ranked, standing: PoolMember, pull: OpenedPullRequest, past: Expertise, now: datetime) -> Fit:
    reasons: list[Reason | PoolReason] = [*one.reasons, *standing.whys.values()]
    score = one.score + sum(_WEIGHTS[why] for why in standing.whys)
    language, knows = _language(one.person, pull, past, now)
    if knows:
        score += _LANGUAGE * math.log1p(knows)
        reasons.append(Reason(why=Why.WORKED_ON_KIND, what=language))
    score -= _LOAD * standing.load
    return Fit(person=one.person, score=score, reasons=tuple(reasons))


def _language(person: Person, pull: OpenedPullRequest, past: Expertise, now: datetime) -> tuple[str, float]:
    """How much they wrote or reviewed of the kind of file that is touched most."""
    suffixes = [suffix for path in sorted(pull.paths) if (suffix := PurePosixPath(path).suffix)]
    if not suffixes:
        return "", 0.0
    most = max(sorted(set(suffixes)), key=suffixes.count)
    tallies = (
        people[person].amount(now)
        for table in (past.wrote_about, past.reviews_about)
        for subject, people in table.items()
        if subject.endswith(most) and person in people
    )
    return most, math.fsum(tallies)
