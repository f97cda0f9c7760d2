"""The ledger: entries that are only ever added, and what they add up to.

An entry tells what happened in an account, when, where, and by how much it changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mentorbot.core.actions import Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.records import StoredMoment, StoredPerson, remember

REVIEW = 100
"""A review that counts in full."""

NEWCOMERS = "newcomer"
"""What the gift for a newcomer's first pull request is called."""

INTEREST = "interest"
"""How the name of the gift that comes with a returned credit begins."""

OVERDUE, CLOSED, MERGED = "overdue", "closed", "merged"
"""Why a credit comes back: nobody reviewed in time, or it was closed or merged before anybody did."""


class EntryKind(StrEnum):
    """What an entry says. Only some move the balance; the others tell the story."""

    PENDING = "pending"  # a review counts, unless it is disputed
    REFUSED = "refused"  # a review doesn't count, and by which guard
    VOIDED = "voided"  # a pending one is gone: dismissed, deleted, edited away
    DISPUTED = "disputed"
    EARNED = "earned"
    GIFTED = "gifted"
    SPENT = "spent"
    RETURNED = "returned"
    SETTLED = "settled"  # what was spent has bought a review
    EXPIRED = "expired"


_SIGNS: Mapping[EntryKind, int] = {
    EntryKind.EARNED: 1,
    EntryKind.GIFTED: 1,
    EntryKind.RETURNED: 1,
    EntryKind.SPENT: -1,
    EntryKind.EXPIRED: -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The pull request an entry is about; `number` is 0 where it is about none."""

    repository_id: int
    full_name: str
    number: int = 0
    private: bool = False

    @property
    def key(self) -> str:
        """For record keys: letters stand before the ids, so that no id is taken for a person's."""
        return f"in{self.repository_id}.pr{self.number}" if self.number else f"in{self.repository_id}"

    def __str__(self) -> str:
        return f"{self.full_name}#{self.number}" if self.number else self.full_name


@dataclass(frozen=True, kw_only=True)  # not slotted: its key is asked for again and again
class Entry:
    """One line of the ledger, in `person`'s account.

    `what` tells entries of the same kind and place apart: a review's act id, a guard, a gift's origin.
    `amount` is never negative; the kind says whether it comes or goes. `about` is whose pull request was
    reviewed, `by` who confirmed, disputed, gave or reviewed. `words` and `lines` are the size of the review.
    """

    KIND: ClassVar[str] = "entry"
    kind: EntryKind
    person: StoredPerson
    at: StoredMoment
    place: Place
    what: str = ""
    amount: int = 0
    reason: str = ""
    about: StoredPerson | None = None
    by: StoredPerson | None = None
    head: str = ""
    verdict: str = ""
    words: int = 0
    lines: int = 0
    fingerprint: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"An entry of {self.amount} hundredths: amounts are never negative.")

    @cached_property
    def key(self) -> str:
        """What makes it the same entry as another: facts only, so that deciding twice adds it once."""
        return "/".join(
            part for part in (str(self.person.id), self.kind.value, self.place.key, self.what) if part
        )

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(one.id for one in (self.person, self.about, self.by) if one is not None)

    def remembered(self, *, expected: int | None, home: int | None = None) -> Remember:
        """Add it to the ledger, that of the repository `home` where it isn't the one at hand."""
        return remember(
            self,
            key=self.key,
            expected=expected,
            repository_id=home,
            whose=self.person.id,
            about=self.people,
            outlives_people=True,
        )

    @property
    def moves(self) -> int:
        """By how much it changes the balance."""
        return _SIGNS.get(self.kind, 0) * self.amount

    @model_serializer(mode="wrap")
    def _what_is_set(self, as_json: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = as_json(self)
        return {name: value for name, value in said.items() if value not in (None, "", 0) or name == "amount"}


class Ledger:
    """All entries of one or several accounts, and what they add up to. Each counts once."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        known: dict[str, Entry] = {}
        for entry in entries:
            known.setdefault(entry.key, entry)
        self._entries = {entry.key: entry for entry in sorted(known.values(), key=_in_time)}
        self._of: dict[Person, list[Entry]] = {}
        self._at: dict[tuple[Person, str], list[Entry]] = {}
        for entry in self._entries.values():
            self._of.setdefault(entry.person, []).append(entry)
            self._at.setdefault((entry.person, entry.place.key), []).append(entry)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def entries(self) -> list[Entry]:
        """All of them, in order of time."""
        return list(self._entries.values())

    def people(self) -> list[Person]:
        return sorted(self._of, key=lambda person: person.id)

    def of(self, person: Person, *kinds: EntryKind, place: Place | None = None) -> list[Entry]:
        """Entries of an account, of these kinds (all, where none is named) and this place, by time."""
        known = self._of.get(person, ()) if place is None else self._at.get((person, place.key), ())
        return [entry for entry in known if not kinds or entry.kind in kinds]

    def balance(self, person: Person, until: datetime | None = None) -> int:
        """What somebody has, in hundredths of a review (up to and with a moment)."""
        return sum(entry.moves for entry in self._of.get(person, ()) if until is None or entry.at <= until)

    def total(self, kind: EntryKind) -> int:
        return sum(entry.amount for entry in self._entries.values() if entry.kind is kind)

    def state(self, person: Person, place: Place) -> Entry | None:
        """The entry that says how this person's review of a pull request stands; None where there is none.

        Earned stays earned. Before that, the latest of pending, disputed, voided and refused holds.
        """
        story = self.of(
            person,
            EntryKind.EARNED,
            EntryKind.PENDING,
            EntryKind.DISPUTED,
            EntryKind.VOIDED,
            EntryKind.REFUSED,
            place=place,
        )
        earned = [entry for entry in story if entry.kind is EntryKind.EARNED]
        return earned[0] if earned else max(story, key=_standing, default=None)

    def unspent_of(self, person: Person, *, until: datetime) -> int:
        """How much of what came in until that moment is still there: the oldest is spent first."""
        came = sum(e.moves for e in self._of.get(person, ()) if e.moves > 0 and e.at <= until)
        went = -sum(e.moves for e in self._of.get(person, ()) if e.moves < 0)
        return max(0, min(came - went, self.balance(person)))

    def problems(self) -> list[str]:
        """What must never be: negative balances, sums that don't add up, parts counted twice."""
        found = [
            f"@{person.login} has {self.balance(person)}: less than nothing"
            for person in self.people()
            if self._lowest(person) < 0
        ]
        came = self.total(EntryKind.EARNED) + self.total(EntryKind.GIFTED)
        spent = self.total(EntryKind.SPENT) - self.total(EntryKind.RETURNED)
        held = sum(self.balance(person) for person in self.people())
        if came != spent + held + self.total(EntryKind.EXPIRED):
            found.append(f"earned and gifted are {came}, but spent, held and expired something else")
        earned = [(e.person, e.place.key) for e in self._entries.values() if e.kind is EntryKind.EARNED]
        if len(set(earned)) < len(earned):
            found.append("a reviewer earned twice for the same pull request")
        return found

    def _lowest(self, person: Person) -> int:
        """The lowest balance somebody ever had. What comes and goes at one moment comes first."""
        lowest = balance = 0
        for entry in sorted(self._of[person], key=lambda entry: (entry.at, -entry.moves)):
            balance += entry.moves
            lowest = min(lowest, balance)
        return lowest


_STORY = {EntryKind.REFUSED: 0, EntryKind.PENDING: 1, EntryKind.DISPUTED: 2, EntryKind.VOIDED: 3}


def _in_time(entry: Entry) -> tuple[datetime, str]:
    return entry.at, entry.key


def _standing(entry: Entry) -> tuple[datetime, int, str]:
    return entry.at, _STORY.get(entry.kind, 0), entry.key
