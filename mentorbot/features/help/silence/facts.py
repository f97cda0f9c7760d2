"""What is asked when people want the bot to be quiet, or not any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.config.calendar import Calendar
from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.muting import Pause
from mentorbot.feature_api.ports import Ports
from mentorbot.features.help.config import Help


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWish:
    """Somebody wants to be left alone, or talked to again."""

    by: Person
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRequest:
    """A wish for silence in a repository, or for its end. `wanted` is how long, in the words of who asked."""

    by: Person
    wanted: str
    now: datetime
    calendar: Calendar
    paused_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingsDecision:
    """What somebody decided (`wanted`, in their words) about so many greetings that wait."""

    by: Person
    wanted: str
    waiting: int


async def contact_wish(event: CommandGiven, _section: Help, _ports: Ports) -> ContactWish:
    return ContactWish(by=event.by, said_at=event.at)


async def pause_request(event: CommandGiven, _section: Help, ports: Ports) -> PauseRequest:
    return PauseRequest(
        by=event.by,
        wanted=event.text,
        now=ports.now,
        calendar=ports.calendar,
        paused_until=await paused_until(ports),
    )


async def paused_until(ports: Ports) -> datetime | None:
    """When the pause of this repository ends; None where there is none (any more)."""
    pause = await ports.records.get(Pause, Pause.KEY)
    return pause.value.until if pause is not None and pause.value.until > ports.now else None


async def greetings_decision(event: CommandGiven, _section: Help, ports: Ports) -> GreetingsDecision:
    return GreetingsDecision(by=event.by, wanted=event.text, waiting=await ports.journal.held_greetings())
