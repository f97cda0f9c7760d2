"""The queue: whose pull request should be reviewed next, with the reasons for its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.translator import english_plural
from mentorbot.features.review_exchange.ledger.ledger import REVIEW
from mentorbot.features.review_exchange.redeem.exchanges import Exchange, ExchangeState

_A_DAY = 1.0
_A_CREDIT = 3.0
_MOST_CREDITS = 5
_CAME_BACK = 5.0
_MORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A pull request in the queue: its place counts from 1, the reasons speak for it."""

    place: int
    exchange: Exchange
    points: float
    reasons: tuple[str, ...]


def queue_of(exchanges: Iterable[Exchange], *, now: datetime, price: int) -> list[Placed]:
    """Who waits for a review, first come those with most points.

    A day of waiting is a point, a credit's worth of reviews given lately is three (five credits count at
    most), a credit that had come back unused is five. At equal points newcomers come first.
    """
    weighed = [(*_points(one, now, price), one) for one in exchanges if one.runs]
    weighed.sort(key=lambda of: (-int(of[0]), not of[2].newcomer, of[2].since, of[2].number))
    return [
        Placed(place=place, exchange=one, points=points, reasons=reasons)
        for place, (points, reasons, one) in enumerate(weighed, start=1)
    ]


def _points(one: Exchange, now: datetime, price: int) -> tuple[float, tuple[str, ...]]:
    days = max(0.0, (now - one.since) / timedelta(days=1))
    credits_ = min(one.earned / price, _MOST_CREDITS)
    points = _A_DAY * days + _A_CREDIT * credits_ + _CAME_BACK * one.came_back
    whole = int(days)
    reasons = [
        english_plural("waiting for {count} day", "waiting for {count} days", whole)
        if whole
        else "waiting since today"
    ]
    if one.earned:
        given = f"{one.earned / REVIEW:g}"
        form = 1 if one.earned == REVIEW else _MORE  # half a review is counted as several are
        reasons.append(
            english_plural(
                "its author gave {given} review lately",
                "its author gave {given} reviews lately",
                form,
                given=given,
            )
        )
    if one.came_back:
        reasons.append(f"a credit of its author came back {_times(one.came_back)}")
    if one.newcomer:
        reasons.append("its author is new here")
    if one.state is ExchangeState.IN_REVIEW:
        reasons.append("somebody has begun")
    elif one.asked:
        reasons.append(f"@{one.asked[-1].person.login} is asked")
    return points, tuple(reasons)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
