"""Asking for the review that a credit buys: one person at a time, by GitHub's request where that works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorbot.config.principals import resolve_principals
from mentorbot.core.actions import Comment, Doable, Occasion, Remember, RemoveReviewRequest, RequestReview
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_review, opening_of
from mentorbot.domain.timeline import PullRequestTimeline
from mentorbot.feature_api.ports import Ports
from mentorbot.features.review_exchange import answers
from mentorbot.features.review_exchange.books import Books
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.exchanges import EXCHANGE, Ask, Exchange
from mentorbot.features.review_exchange.pool import Fit, pool_of, rank_pool

OFFER = "offer"
"""Kind of the records of who looked for reviews to give (key: the person's id)."""

POOL = "pool"
"""Kind of the one record whose version whoever asks somebody has to know; it names nobody."""

MENTIONS_A_DAY = 3
_MOST_LOOKED_AT = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who fits, best first, and whether GitHub takes a review request to the first of them.

    `version` is that of the pool when it was looked at: of two who ask at once, one decides again.
    """

    fits: Sequence[Fit] = ()
    can_be_requested: bool = False
    version: int = 0


NOBODY = Asking()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of whom already: all exchanges, and the version of the pool they were read at."""

    exchanges: Sequence[Exchange]
    version: int

    def after(self, exchange: Exchange) -> Asked:
        """The same, once somebody is asked for this one, too."""
        others = (one for one in self.exchanges if one.key != exchange.key)
        return Asked(exchanges=(*others, exchange), version=self.version + 1)


async def what_is_asked(ports: Ports) -> Asked:
    """What is asked of whom now. The version first: who is asked in between makes it too old to build on."""
    pool = await ports.records.get(POOL, "asked")
    exchanges = [Exchange.of(record) for record in await ports.records.all(EXCHANGE)]
    return Asked(exchanges=exchanges, version=pool.version if pool else 0)


async def whom_to_ask(
    number: int, books: Books, asked: Asked, section: ReviewExchange, ports: Ports
) -> Asking:
    """Who of the pool fits this pull request and can be bothered today."""
    timeline = await ports.timelines.get(number)
    if timeline is None or timeline.author is None:
        return NOBODY
    ledger = await books.whole()
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
    records = await ports.records.all(OFFER)
    return {
        Person(**record.value["person"]): datetime.fromisoformat(record.value["at"]) for record in records
    }


def _reviewed(timeline: PullRequestTimeline) -> list[Person]:
    """Whoever has begun already needs no asking."""
    return [act.by for act in timeline.acts if act.by is not None and is_review(act, timeline.author)]


async def _first_that_can(ranked: Sequence[Fit], ports: Ports) -> Asking:
    """The first who isn't busy and wasn't mentioned too often today; nobody is bothered a fourth time."""
    first = ranked[:_MOST_LOOKED_AT]
    away = await ports.github.away([fit.person for fit in first]) if first else frozenset[Person]()
    for place, fit in enumerate(first):
        if fit.person in away:
            continue
        if await ports.github.can_be_asked_to_review(fit.person):
            return Asking(fits=first[place:], can_be_requested=True)
        if await ports.journal.mentions_since(fit.person, ports.now - _DAY) < MENTIONS_A_DAY:
            return Asking(fits=first[place:])
    return NOBODY


def ask_next(exchange: Exchange, asking: Asking, *, now: datetime) -> tuple[Exchange, list[Doable]]:
    """Ask the first who fits; whoever was asked before and kept silent is released."""
    doing = release(exchange)
    if not asking.fits:
        return exchange, doing
    fit = asking.fits[0]
    ask = Ask(person=fit.person, at=now, requested=asking.can_be_requested)
    key = f"pr{exchange.number}/{exchange.what}/ask {fit.person.id}"
    doing.append(Remember(kind=POOL, key="asked", value={}, expected=asking.version))
    if asking.can_be_requested:
        doing.append(RequestReview(key=key, number=exchange.number, reviewer=fit.person))
    else:
        doing.append(
            Comment(
                key=key,
                number=exchange.number,
                body=answers.please_review(exchange, fit),
                occasion=Occasion.NUDGE,
                mentions=(fit.person,),
            )
        )
    return replace(exchange, asked=(*exchange.asked, ask)), doing


def release(exchange: Exchange) -> list[Doable]:
    """Take back the review request to whoever was asked last."""
    if not exchange.asked or not exchange.asked[-1].requested:
        return []
    last = exchange.asked[-1]
    key = f"pr{exchange.number}/{exchange.what}/release {last.person.id}"
    return [RemoveReviewRequest(key=key, number=exchange.number, reviewer=last.person)]
