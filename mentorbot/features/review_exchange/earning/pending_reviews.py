"""Reviews that wait to be confirmed: an index beside the ledger, so that a round need not read all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mentorbot.core.actions import Forget, Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.records import StoredMoment, StoredPerson, remember


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingReview:
    """A review that counts unless it is disputed. `value` is in hundredths; people react to `nodes`.

    `what` is the same as that of its `pending` entry. `disputed_at` is set while somebody objects. The record
    is kept with the pull request's repository, and gone once the review is earned or voided.
    """

    KIND: ClassVar[str] = "waiting"
    reviewer: StoredPerson
    author: StoredPerson | None
    number: int
    since: StoredMoment
    value: int
    what: str
    nodes: tuple[str, ...] = ()
    disputed_at: StoredMoment | None = None

    @property
    def key(self) -> str:
        return key_of(self.number, self.reviewer)

    def remembered(self) -> Remember:
        about = (self.author.id,) if self.author else ()
        return remember(self, key=self.key, whose=self.reviewer.id, about=about, outlives_people=True)

    def forgotten(self) -> Forget:
        return Forget(kind=self.KIND, key=self.key)


def key_of(number: int, reviewer: Person) -> str:
    return f"pr{number}/{reviewer.id}"
