"""What is remembered of a credit that was spent: who waits for a review, who was asked, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.ports import Ports, Records
from mentorbot.feature_api.records import StoredMoment, StoredPerson, remember


class ExchangeState(StrEnum):
    WANTED = "wanted"
    IN_REVIEW = "in review"
    SETTLED = "settled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Somebody was asked; `requested` tells whether by GitHub's own review request."""

    person: StoredPerson
    at: StoredMoment
    requested: bool


def _of_the_known(asked: Sequence[Any]) -> list[Any]:
    """Those who asked to be forgotten are null in what is stored."""
    return [ask for ask in asked if isinstance(ask, Ask) or ask["person"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A credit spent on a pull request. `nth` counts those on the same one.

    `paid` is in hundredths of a review; `free` is true for a newcomer's first. `earned` is what the author
    had earned by reviewing lately, `came_back` how often a credit of theirs had come back unused: both move
    the pull request up. `version` is that of the record, which is kept with the pull request's own
    repository.
    """

    KIND: ClassVar[str] = "exchange"
    number: int
    title: str
    author: StoredPerson
    since: StoredMoment
    state: ExchangeState
    nth: int
    paid: int
    free: bool = False
    newcomer: bool = False
    earned: int = 0
    came_back: int = 0
    asked: Annotated[tuple[Ask, ...], BeforeValidator(_of_the_known)] = ()
    version: Annotated[int, Field(exclude=True)] = 0

    @property
    def runs(self) -> bool:
        """True while a review is owed."""
        return self.state in {ExchangeState.WANTED, ExchangeState.IN_REVIEW}

    @property
    def key(self) -> str:
        return f"pr{self.number}/{self.author.id}"

    @property
    def what(self) -> str:
        """What tells its ledger entries apart from those of another time."""
        return f"no{self.nth}"

    def remembered(self, **changes: Any) -> Remember:
        changed = replace(self, **changes)
        return remember(
            changed,
            key=self.key,
            expected=self.version,
            whose=self.author.id,
            about=tuple(ask.person.id for ask in changed.asked),
            outlives_people=True,
        )


async def exchanges_in(records: Records, *, starting: str = "") -> list[Exchange]:
    """The exchanges of a repository, running or not, whose keys start like this."""
    return [
        replace(record.value, version=record.version)
        for record in await records.all(Exchange, starting=starting)
    ]


async def exchange_on(number: int, records: Records) -> Exchange | None:
    """The exchange on a pull request, running or not; None where no credit was ever spent on it."""
    found = await exchanges_in(records, starting=f"pr{number}/")
    return found[0] if found else None


async def is_newcomers_first(person: Person, ports: Ports, *, opened_at: datetime, number: int) -> bool:
    """True where somebody's first pull request is free; reviews given before don't matter."""
    past = await ports.people.contributor_history(person, before=opened_at, number=number)
    here_before = past.pull_requests or past.contributor or past.insider
    return past.certain and not here_before
