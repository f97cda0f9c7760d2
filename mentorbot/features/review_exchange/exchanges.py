"""What is remembered of a credit that was spent: who waits for a review, who was asked, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from mentorbot.core.actions import OUTLIVES_PEOPLE, Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Records
from mentorbot.feature_api.records import StoredRecord

EXCHANGE = "exchange"
"""Kind of the records, kept with the pull request's own repository."""


class State(StrEnum):
    """Where a pull request stands."""

    WANTED = "wanted"
    IN_REVIEW = "in review"
    SETTLED = "settled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Somebody was asked; `requested` tells whether by GitHub's own review request."""

    person: Person
    at: datetime
    requested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A credit spent on a pull request. `nth` counts those on the same one.

    `paid` is in hundredths of a review; `free` is true for a newcomer's first. `earned` is what the author
    had earned by reviewing lately, `came_back` how often a credit of theirs had come back unused: both move
    the pull request up. `version` is that of the record.
    """

    number: int
    title: str
    author: Person
    since: datetime
    state: State
    nth: int
    paid: int
    free: bool = False
    newcomer: bool = False
    earned: int = 0
    came_back: int = 0
    asked: tuple[Ask, ...] = ()
    version: int = 0

    @property
    def runs(self) -> bool:
        """True while a review is owed."""
        return self.state in {State.WANTED, State.IN_REVIEW}

    @property
    def key(self) -> str:
        """The record's key."""
        return f"pr{self.number}/{self.author.id}"

    @property
    def what(self) -> str:
        """What tells its ledger entries apart from those of another time."""
        return f"no{self.nth}"

    def remembered(self, **changes: Any) -> Remember:
        """Keep it with these changes."""
        changed = replace(self, **changes)
        return Remember(
            kind=EXCHANGE,
            key=self.key,
            value=changed.to_json(),
            expected=self.version,
            whose=self.author.id,
            about=tuple(ask.person.id for ask in changed.asked),
        )

    def to_json(self) -> dict[str, Any]:
        """A JSON object from which `of` makes it again."""
        return {
            OUTLIVES_PEOPLE: True,
            "number": self.number,
            "title": self.title,
            "author": _person(self.author),
            "since": self.since.isoformat(),
            "state": self.state.value,
            "nth": self.nth,
            "paid": self.paid,
            "free": self.free,
            "newcomer": self.newcomer,
            "earned": self.earned,
            "came_back": self.came_back,
            "asked": [
                {"person": _person(ask.person), "at": ask.at.isoformat(), "requested": ask.requested}
                for ask in self.asked
            ],
        }

    @classmethod
    def of(cls, record: StoredRecord) -> Self:
        """The exchange in a record. Raises KeyError, TypeError or ValueError where there is none in it."""
        known: dict[str, Any] = dict(record.value)
        known.pop(OUTLIVES_PEOPLE, None)
        known["author"] = Person(**known["author"])
        known["since"] = datetime.fromisoformat(known["since"])
        known["state"] = State(known["state"])
        known["asked"] = tuple(_ask(ask) for ask in known["asked"] if ask["person"])
        return cls(**known, version=record.version)


async def exchange_on(number: int, records: Records) -> Exchange | None:
    """The exchange on a pull request, running or not; None where no credit was ever spent on it."""
    found = await records.all(EXCHANGE, starting=f"pr{number}/")
    return Exchange.of(found[0]) if found else None


def _ask(stored: Mapping[str, Any]) -> Ask:
    return Ask(
        person=Person(**stored["person"]),
        at=datetime.fromisoformat(stored["at"]),
        requested=stored["requested"],
    )


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "login": person.login}
