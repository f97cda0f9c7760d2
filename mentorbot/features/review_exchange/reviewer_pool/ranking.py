"""Who is asked for a review next: people who offer or owe one, by fit, load and hour."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from mentorbot.core.people import Person
from mentorbot.core.translator import english_plural
from mentorbot.domain.expertise import (
    Expertise,
    OpenedPullRequest,
    Ranked,
    hours_apart,
    rank_reviewers,
    usual_hour,
)
from mentorbot.features.review_exchange.ledger.ledger import EntryKind, Ledger

_LATELY = timedelta(days=90)
_SAME_HOURS = 4.0
_WEIGHTS = {"named": 1.0, "offered": 1.0, "owes": 0.8, "takes part": 0.5}
_LOAD = 0.6
_HOURS = 0.4
_LANGUAGE = 0.3


@dataclass(slots=True)
class PoolMember:
    """Why somebody may be asked, in words, and how many reviews they are asked for already."""

    whys: dict[str, str] = field(default_factory=dict)
    load: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Somebody who may be asked, with what speaks for them, the most telling first."""

    person: Person
    score: float
    reasons: tuple[str, ...]


def pool_of(
    ledger: Ledger, *, named: Iterable[Person], offered: Mapping[Person, datetime], now: datetime
) -> dict[Person, PoolMember]:
    """Everybody who offered a review, owes one, or takes part in the exchange anyway."""
    found: dict[Person, PoolMember] = {}
    for person in named:
        found.setdefault(person, PoolMember()).whys["named"] = "offers reviews here"
    for person, at in offered.items():
        if at >= now - _LATELY / 3:
            found.setdefault(person, PoolMember()).whys["offered"] = (
                f"looked for reviews to give on {at:%-d %B}"
            )
    for person in ledger.people():
        gave = [entry for entry in ledger.of(person, EntryKind.EARNED) if entry.at >= now - _LATELY]
        got = ledger.of(person, EntryKind.SETTLED)
        if gave:
            found.setdefault(person, PoolMember()).whys["takes part"] = english_plural(
                "gave {count} review in the exchange lately",
                "gave {count} reviews in the exchange lately",
                len(gave),
            )
        if got and not any(entry.at >= got[-1].at for entry in ledger.of(person, EntryKind.PENDING)):
            found.setdefault(person, PoolMember()).whys["owes"] = "got a review here and has given none since"
    return found


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
    hour = _hour(pull.author, past, now) if pull.author else None
    fits = [_fit(one, free[one.person], pull, past, hour, now) for one in ranked]
    return sorted(fits, key=lambda fit: (-fit.score, fit.person.id))


def _fit(
    one: Ranked,
    standing: PoolMember,
    pull: OpenedPullRequest,
    past: Expertise,
    hour: float | None,
    now: datetime,
) -> Fit:
    score, reasons = one.score, [str(reason) for reason in one.reasons]
    score += sum(_WEIGHTS[why] for why in standing.whys)
    reasons += standing.whys.values()
    language, knows = _language(one.person, pull, past, now)
    if knows:
        score += _LANGUAGE * math.log1p(knows)
        reasons.append(f"knows {language} files here")
    theirs = _hour(one.person, past, now)
    if hour is not None and theirs is not None:
        apart = hours_apart(hour, theirs)
        score += _HOURS * (1 - apart / 12)
        if apart <= _SAME_HOURS:
            reasons.append("is awake at the same hours")
    score -= _LOAD * standing.load
    return Fit(person=one.person, score=score, reasons=tuple(reasons))


def _hour(person: Person, past: Expertise, now: datetime) -> float | None:
    acts = past.acts.get(person)
    return usual_hour(acts.latest(now, 50)) if acts is not None else None


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
