"""How quiet the bot has to be: silences asked for, nudges a week, mentions a day, writes a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from mentorbot.core.actions import Occasion
from mentorbot.core.calendar import Calendar
from mentorbot.db.effects import Effect, Pace
from mentorbot.db.store import Store
from mentorbot.engine.looking import FOR_EVER, muted_until

BUSINESS_DAYS_BETWEEN_NUDGES = 7
MENTIONS_A_DAY = 3
WRITES_A_MINUTE = 60
WRITES_AN_HOUR = 450
# The rest is kept for answers, so that nobody who asked waits for what nobody asked for.
_OTHERS_A_MINUTE = 50
_OTHERS_AN_HOUR = 400
_LONG_AGO = timedelta(days=60)  # seven business days are never further back, whatever the holidays


@dataclass(frozen=True, slots=True)
class TooLoud:
    """A comment that would break a promise; `why` goes into the journal."""

    why: str


async def silenced(store: Store, effect: Effect, *, now: datetime) -> TooLoud | None:
    """Why what nobody asked for has to be left out where people want silence; None where they don't."""
    if effect.occasion is None or effect.occasion is Occasion.ANSWER:
        return None
    until = await muted_until(store, effect.repository_id, effect.number)
    if until is None or until <= now:
        return None
    how_long = "for good" if until == FOR_EVER else f"until {until:%-d %B %Y}"
    return TooLoud(f"held back, as silence was asked for here {how_long}")


async def too_loud(
    connection: AsyncConnection, store: Store, effect: Effect, *, now: datetime, calendar: Calendar
) -> TooLoud | None:
    """Why a nudge has to be left out now; None where it may be written. Anything but a nudge always may."""
    if effect.occasion is not Occasion.NUDGE:
        return None
    for at in await store.effects.other_nudges(connection, effect, since=now - _LONG_AGO):
        if calendar.business_days_between(at, now) < BUSINESS_DAYS_BETWEEN_NUDGES:
            return TooLoud(
                f"held back, as I wrote here unasked on {at:%-d %B} and do so at most once in "
                f"{BUSINESS_DAYS_BETWEEN_NUDGES} business days"
            )
    counted = await store.effects.mentions(
        connection, effect.mentions, since=now - timedelta(days=1), but=effect.id
    )
    for person in effect.mentions:
        if counted.get(person.id, 0) >= MENTIONS_A_DAY:
            return TooLoud(
                f"held back, as @{person.login} was mentioned {MENTIONS_A_DAY} times in the last 24 hours"
            )
    return None


def wait_for_pace(pace: Pace, effect: Effect) -> timedelta | None:
    """How long to wait before writing, so that GitHub's limits are kept; None: no need to."""
    answers = effect.occasion is Occasion.ANSWER
    a_minute, an_hour = (WRITES_A_MINUTE, WRITES_AN_HOUR) if answers else (_OTHERS_A_MINUTE, _OTHERS_AN_HOUR)
    if pace.last_hour >= an_hour:
        return timedelta(seconds=max(pace.hour_frees_in, 1))
    if pace.last_minute >= a_minute:
        return timedelta(seconds=max(pace.minute_frees_in, 1))
    return None
