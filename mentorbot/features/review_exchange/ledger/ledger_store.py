"""How the ledger is kept: one record for each entry, with this repository or with one that shares its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.core.plan import Refusal
from mentorbot.core.translator import say
from mentorbot.feature_api.ports import Ports, Records
from mentorbot.feature_api.records import StoredMoment, remember
from mentorbot.features.review_exchange.config import ReviewExchange, section_of
from mentorbot.features.review_exchange.ledger.ledger import Entry, Ledger, Place

_SETTING = "review_exchange.shared_by"


@dataclass(frozen=True, slots=True)
class AccountLock:
    """Whoever takes something from an account has to know its version; the key is the account's id."""

    KIND: ClassVar[str] = "account"
    last_taken_from: StoredMoment


@dataclass(frozen=True, slots=True)
class Accounts:
    """What a rule needs to write into the ledger: where it is kept, and the accounts with their versions.

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
        return remember(
            AccountLock(now),
            key=str(person.id),
            expected=self.versions.get(person.id, 0),
            repository_id=self.home,
            whose=person.id,
        )


@dataclass(frozen=True, slots=True)
class LedgerStore:
    records: Records
    home: int | None

    async def accounts(self, *people: Person | None) -> Accounts:
        entries: list[Entry] = []
        versions: dict[int, int] = {}
        for person in dict.fromkeys(one for one in people if one is not None):
            # The version first: an entry that comes between both questions then makes the lock fail.
            lock = await self.records.get(AccountLock, str(person.id))
            versions[person.id] = lock.version if lock else 0
            found = await self.records.all(Entry, starting=f"{person.id}/")
            entries.extend(record.value for record in found)
        return Accounts(Ledger(entries), self.home, versions)

    async def whole(self) -> Ledger:
        return Ledger(record.value for record in await self.records.all(Entry))


async def ledger_store_of(section: ReviewExchange, ports: Ports) -> LedgerStore:
    """The ledger that speaks for this repository. Raises Refusal where the one it shares can't be found."""
    home = home_of(section, ports)
    if home is None:
        return LedgerStore(ports.records, None)
    records = await ports.records.elsewhere(home)
    if records is None:
        raise Refusal(
            say(
                "The credits are kept in {repository}, which I can't read. Its owner can install me there.",
                repository=home,
            )
        )
    return LedgerStore(records, records.repository_id)


async def ledger_in(ports: Ports) -> Ledger:
    """The ledger that speaks for a repository. Raises Refusal where the one it shares can't be found."""
    return await (await ledger_store_of(section_of(ports), ports)).whole()


def home_of(section: ReviewExchange, ports: Ports) -> str | None:
    """The repository whose ledger is shared; None where this one keeps its own.

    Only the owner's file can say so: otherwise a repository could write into another's ledger unasked.
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
    repository = ports.repository
    return Place(
        repository_id=repository.id,
        full_name=repository.full_name,
        number=number,
        private=repository.private,
    )
