"""What is asked when somebody wants silence in a thread, or its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.help.config import Help


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteRequest:
    """A wish for silence in a thread, or for its end. `wanted` is how long, in the words of who asked."""

    by: Person
    number: int
    wanted: str
    now: datetime
    calendar: Calendar
    muted_until: datetime | None


async def mute_request(event: CommandGiven, _section: Help, ports: Ports) -> MuteRequest:
    return MuteRequest(
        by=event.by,
        number=event.thread.number,
        wanted=event.text,
        now=ports.now,
        calendar=ports.calendar,
        muted_until=await muted_until(event.thread.number, ports),
    )


async def muted_until(number: int, ports: Ports) -> datetime | None:
    """When the silence in this thread ends; None where there is none (any more)."""
    until = await ports.journal.muted_until(number, thread_only=True)
    return until if until is not None and until > ports.now else None
