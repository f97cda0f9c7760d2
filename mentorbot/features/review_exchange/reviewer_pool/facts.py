"""Who can be asked for a review now: who offers one, who is asked already, who is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from mentorbot.config.principals import resolve_principals
from mentorbot.core.nudge_limits import MENTIONS_A_DAY
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_review, opening_of
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.feature_api.records import StoredMoment, StoredPerson
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger.ledger_store import LedgerStore
from mentorbot.features.review_exchange.redeem.exchanges import Ask, Exchange, exchanges_in
from mentorbot.features.review_exchange.reviewer_pool.ranking import Fit, pool_of, rank_pool

_MOST_LOOKED_AT = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOffer:
    """Somebody looked for reviews to give, and may be asked for others for a while. The key is their id."""

    KIND: ClassVar[str] = "offer"
    person: StoredPerson
    at: StoredMoment


@dataclass(frozen=True, slots=True)
class PoolLock:
    """The one record whose version whoever asks somebody for a review has to know; it names nobody."""

    KIND: ClassVar[str] = "pool"
    KEY: ClassVar[str] = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Who fits, best first, and whether GitHub takes a review request to the first of them.

    `version` is that of the pool when it was looked at: of two who ask at once, one decides again.
    """

    fits: Sequence[Fit] = ()
    can_be_requested: bool = False
    version: int = 0

    def first_asked(self, exchange: Exchange, *, now: datetime) -> Exchange:
        """The exchange once the first of them is asked."""
        ask = Ask(person=self.fits[0].person, at=now, requested=self.can_be_requested)
        return replace(exchange, asked=(*exchange.asked, ask))


NOBODY = Candidates()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutstandingRequests:
    """What is asked of whom already: all exchanges, and the version of the pool they were read at."""

    exchanges: Sequence[Exchange]
    version: int

    def after(self, exchange: Exchange) -> OutstandingRequests:
        """The same, once somebody is asked for this one, too."""
        others = (one for one in self.exchanges if one.key != exchange.key)
        return OutstandingRequests(exchanges=(*others, exchange), version=self.version + 1)


async def outstanding_requests(ports: Ports) -> OutstandingRequests:
    """What is asked of whom now. The version first: who is asked in between makes it too old to build on."""
    lock = await ports.records.get(PoolLock, PoolLock.KEY)
    exchanges = await exchanges_in(ports.records)
    return OutstandingRequests(exchanges=exchanges, version=lock.version if lock else 0)


async def candidates_for(
    number: int, store: LedgerStore, asked: OutstandingRequests, section: ReviewExchange, ports: Ports
) -> Candidates:
    """Who of the pool fits this pull request and can be bothered today."""
    timeline = await ports.timelines.get(number)
    if timeline is None or timeline.author is None:
        return NOBODY
    ledger = await store.whole()
    pool = pool_of(
        ledger,
        named=await resolve_principals(section.reviewers, ports.github),
        offered=await _offers(ports),
        now=ports.now,
    )
    earlier = {ask.person for one in asked.exchanges if one.number == number for ask in one.asked}
    for one in asked.exchanges:
        if one.runs and one.asked and one.asked[-1].person in pool:
            pool[one.asked[-1].person].load += 1
    files = await ports.github.files(number)
    ranked = rank_pool(
        opening_of(timeline, [file.path for file in files]),
        await ports.people.expertise(),
        pool,
        now=ports.now,
        most_asked=section.most_asked,
        exclude=[*earlier, timeline.author, *_reviewed(timeline)],
    )
    return replace(await _first_that_can(ranked, ports), version=asked.version)


async def _offers(ports: Ports) -> dict[Person, datetime]:
    return {record.value.person: record.value.at for record in await ports.records.all(ReviewOffer)}


def _reviewed(timeline: PullRequestTimeline) -> list[Person]:
    """Whoever has begun already needs no asking."""
    return [act.by for act in timeline.acts if act.by is not None and is_review(act, timeline.author)]


async def _first_that_can(ranked: Sequence[Fit], ports: Ports) -> Candidates:
    """The first who isn't busy and wasn't mentioned too often today; nobody is bothered a fourth time."""
    first = ranked[:_MOST_LOOKED_AT]
    away = await ports.github.away([fit.person for fit in first]) if first else frozenset[Person]()
    for place, fit in enumerate(first):
        if fit.person in away:
            continue
        if await ports.github.can_be_asked_to_review(fit.person):
            return Candidates(fits=first[place:], can_be_requested=True)
        if await ports.journal.mentions_since(fit.person, ports.now - _DAY) < MENTIONS_A_DAY:
            return Candidates(fits=first[place:])
    return NOBODY
