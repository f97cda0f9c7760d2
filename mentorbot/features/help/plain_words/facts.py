"""What is asked when somebody speaks to the bot in plain words: whether they were told before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mentorbot.core.events import CommandGiven
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports
from mentorbot.features.help.config import Help


@dataclass(frozen=True, slots=True)
class ToldHowToAsk:
    """Somebody was told in a thread how to ask the bot; the key is the thread's number and their id."""

    KIND: ClassVar[str] = "told how to ask"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTo:
    """Somebody spoke to the bot in plain words, `said`. `was_told` is True where they know how to ask."""

    by: Person
    number: int
    said: str
    was_told: bool

    @property
    def key(self) -> str:
        return f"{self.number}/{self.by.id}"


async def spoken_to(event: CommandGiven, _section: Help, ports: Ports) -> SpokenTo:
    found = SpokenTo(by=event.by, number=event.thread.number, said=event.line, was_told=False)
    told = await ports.records.get(ToldHowToAsk, found.key)
    return SpokenTo(by=event.by, number=found.number, said=found.said, was_told=told is not None)
