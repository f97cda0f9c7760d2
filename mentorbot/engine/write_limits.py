"""The bot's own limits: one nudge in seven business days, mentions a day, writes a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from mentorbot.config.calendar import Calendar
from mentorbot.core.actions import Occasion
from mentorbot.core.nudge_limits import BUSINESS_DAYS_BETWEEN_NUDGES, MENTIONS_A_DAY
from mentorbot.core.translator import say_day, say_plural
from mentorbot.db.connection import AsyncConnection
from mentorbot.db.effects import Effect
from mentorbot.db.store import Store
from mentorbot.db.write_limits import WriteLimit
from mentorbot.engine.priorities import Rank, is_answer

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_EVERYTHING = Rank.ANSWER + 1
# GitHub allows 80 a minute and 500 an hour; others than we write, too.
_ALL = (
    WriteLimit(writes=60, period=_MINUTE, below=_EVERYTHING),
    WriteLimit(writes=450, period=_HOUR, below=_EVERYTHING),
)
# The rest is kept for answers, so that nobody who asked waits for what nobody asked for.
_OTHERS = (
    WriteLimit(writes=50, period=_MINUTE, below=Rank.ANSWER),
    WriteLimit(writes=400, period=_HOUR, below=Rank.ANSWER),
)
_LONG_AGO = timedelta(days=60)  # seven business days are never further back, whatever the holidays


async def over_limit(
    connection: AsyncConnection, store: Store, effect: Effect, *, now: datetime, calendar: Calendar
) -> str | None:
    """Why a nudge has to be left out now; None where it may be written. Anything but a nudge always may."""
    if effect.occasion is not Occasion.NUDGE:
        return None
    for at in await store.write_counts.other_nudges(connection, effect, since=now - _LONG_AGO):
        if calendar.business_days_between(at, now) < BUSINESS_DAYS_BETWEEN_NUDGES:
            return say_plural(
                "held back, as I wrote here unasked on {day} and do so at most once in a business day",
                "held back, as I wrote here unasked on {day} and do so at most once in {count} business days",
                BUSINESS_DAYS_BETWEEN_NUDGES,
                day=say_day(at),
            )
    counted = await store.write_counts.mentions(
        connection,
        effect.mentions,
        since=now - timedelta(days=1),
        but=effect.id,
        shadow_of=effect.repository_id if effect.shadow else 0,
    )
    for person in effect.mentions:
        if counted.get(person.id, 0) >= MENTIONS_A_DAY:
            return say_plural(
                "held back, as @{name} was mentioned once in the last 24 hours",
                "held back, as @{name} was mentioned {count} times in the last 24 hours",
                MENTIONS_A_DAY,
                name=person.login,
            )
    return None


def allowances_for(effect: Effect) -> tuple[WriteLimit, ...]:
    """How much may be written in an effect's installation, so that GitHub's limits are kept."""
    return _ALL if is_answer(effect) else (*_ALL, *_OTHERS)
