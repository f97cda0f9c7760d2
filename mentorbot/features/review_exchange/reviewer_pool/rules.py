"""Asking for the review that a credit buys: one person at a time, by GitHub's request where that works."""

from __future__ import annotations

from datetime import datetime

from mentorbot.core.actions import Comment, Doable, Occasion, RemoveReviewRequest, RequestReview
from mentorbot.feature_api.records import remember
from mentorbot.features.review_exchange.redeem.exchanges import Exchange
from mentorbot.features.review_exchange.reviewer_pool import messages
from mentorbot.features.review_exchange.reviewer_pool.facts import Candidates, PoolLock


def ask_next(exchange: Exchange, candidates: Candidates, *, now: datetime) -> tuple[Exchange, list[Doable]]:
    """Ask the first who fits; whoever was asked before and kept silent is released."""
    doing = release(exchange)
    if not candidates.fits:
        return exchange, doing
    fit = candidates.fits[0]
    key = f"pr{exchange.number}/{exchange.what}/ask {fit.person.id}"
    doing.append(remember(PoolLock(), key=PoolLock.KEY, expected=candidates.version))
    if candidates.can_be_requested:
        doing.append(RequestReview(key=key, number=exchange.number, reviewer=fit.person))
    else:
        doing.append(
            Comment(
                key=key,
                number=exchange.number,
                body=messages.please_review(exchange, fit),
                occasion=Occasion.NUDGE,
                mentions=(fit.person,),
            )
        )
    return candidates.first_asked(exchange, now=now), doing


def release(exchange: Exchange) -> list[Doable]:
    """Take back the review request to whoever was asked last."""
    if not exchange.asked or not exchange.asked[-1].requested:
        return []
    last = exchange.asked[-1]
    key = f"pr{exchange.number}/{exchange.what}/release {last.person.id}"
    return [RemoveReviewRequest(key=key, number=exchange.number, reviewer=last.person)]
