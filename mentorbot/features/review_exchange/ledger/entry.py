"""An entry of the ledger: what happened in an account, when, where, and by how much it changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mentorbot.core.actions import Remember
from mentorbot.feature_api.records import StoredMoment, StoredPerson, remember

REVIEW = 100
"""A review that counts in full."""


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
