"""The ledger: entries that are only ever added, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mentorbot.core.people import Person
from mentorbot.features.review_exchange.ledger.entry import Entry, EntryKind, Place


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
