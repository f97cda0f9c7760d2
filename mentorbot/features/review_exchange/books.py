"""How the ledger is kept: one record for each entry, in the books of this repository or of a shared home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.feature_api.ports import Ports, Records
from mentorbot.features.review_exchange.as_it_was import Memory
from mentorbot.features.review_exchange.config import ReviewExchange
from mentorbot.features.review_exchange.ledger import ENTRY, Entry, Ledger, Place

ACCOUNT = "account"
"""Kind of the record whose version whoever takes something from an account has to know (key: its id)."""

_SETTING = "review_exchange.shared_by"


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule needs to write into the books: where they are, and the accounts with their versions.

    `home` is the repository that keeps them, None for the one at hand.
    """

    ledger: Ledger
    home: int | None
    versions: dict[int, int]

    def entry(self, entry: Entry) -> Remember:
        """Add an entry; one that is there already makes the decision be made again."""
        return entry.remembered(expected=0, home=self.home)

    def lock(self, person: Person, now: datetime) -> Remember:
        """Whoever takes from an account says which state they saw: of two at once, one decides again."""
        return Remember(
            kind=ACCOUNT,
            key=str(person.id),
            value={"last_taken_from": now.isoformat()},
            expected=self.versions.get(person.id, 0),
            repository_id=self.home,
            whose=person.id,
        )


@dataclass(frozen=True, slots=True)
class Books:
    """Where the entries are read."""

    records: Records
    home: int | None

    async def page(self, *people: Person | None) -> Page:
        """These people's accounts."""
        if isinstance(self.records, Memory):
            return Page(self.records.ledger, self.home, dict.fromkeys((p.id for p in people if p), 0))
        entries: list[Entry] = []
        versions: dict[int, int] = {}
        for person in dict.fromkeys(one for one in people if one is not None):
            # The version first: an entry that comes between both questions then makes the lock fail.
            account = await self.records.get(ACCOUNT, str(person.id))
            versions[person.id] = account.version if account else 0
            found = await self.records.all(ENTRY, starting=f"{person.id}/")
            entries.extend(Entry.from_json(record.value) for record in found)
        return Page(Ledger(entries), self.home, versions)

    async def whole(self) -> Ledger:
        """All accounts."""
        if isinstance(self.records, Memory):
            return self.records.ledger
        return Ledger(Entry.from_json(record.value) for record in await self.records.all(ENTRY))


async def books_of(section: ReviewExchange, ports: Ports) -> Books:
    """The books that speak for this repository. Raises Refusal where a shared home can't be found."""
    home = home_of(section, ports)
    if home is None:
        return Books(ports.records, None)
    records = await ports.records.elsewhere(home)
    if records is None:
        raise Refusal(f"The ledger is kept in {home}, where I don't work (any more).")
    return Books(records, records.repository_id)


def home_of(section: ReviewExchange, ports: Ports) -> str | None:
    """The repository whose books are shared; None where this one keeps its own.

    Only the owner's file can say so: otherwise a repository could write into another's books unasked.
    """
    shared = [name.lower() for name in section.shared_by]
    here = ports.repository.full_name.lower()
    origins = {
        value.origin for value in ports.configuration.values_with_origin if value.path.startswith(_SETTING)
    }
    if here not in shared or shared[0] == here or origins - {"owner"}:
        return None
    return section.shared_by[0]


def place_of(ports: Ports, number: int = 0) -> Place:
    """Where an entry of this repository happens."""
    repository = ports.repository
    return Place(
        repository_id=repository.id,
        full_name=repository.full_name,
        number=number,
        private=repository.private,
    )
