"""Reviews that wait to be confirmed: an index beside the ledger, so that a round need not read all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from mentorbot.core.actions import OUTLIVES_PEOPLE, Forget, Remember
from mentorbot.core.people import Person
from mentorbot.feature_api.records import StoredRecord
from mentorbot.features.review_exchange.ledger import Place

WAITING = "waiting"
"""Kind of the records, kept with the pull request's repository. Gone once it is earned or voided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A review that counts unless it is disputed. `value` is in hundredths; people react to `nodes`.

    `what` is the same as that of its `pending` entry. `disputed_at` is set while somebody objects.
    """

    reviewer: Person
    author: Person | None
    number: int
    since: datetime
    value: int
    what: str
    nodes: tuple[str, ...] = ()
    disputed_at: datetime | None = None

    @property
    def key(self) -> str:
        """The record's key."""
        return f"pr{self.number}/{self.reviewer.id}"

    def remembered(self) -> Remember:
        """Keep it."""
        value: dict[str, Any] = {
            OUTLIVES_PEOPLE: True,
            "reviewer": {"id": self.reviewer.id, "login": self.reviewer.login},
            "author": {"id": self.author.id, "login": self.author.login} if self.author else None,
            "number": self.number,
            "since": self.since.isoformat(),
            "value": self.value,
            "what": self.what,
            "nodes": list(self.nodes),
            "disputed_at": self.disputed_at.isoformat() if self.disputed_at else None,
        }
        about = (self.author.id,) if self.author else ()
        return Remember(kind=WAITING, key=self.key, value=value, whose=self.reviewer.id, about=about)

    def forgotten(self) -> Forget:
        """Wait no more."""
        return Forget(kind=WAITING, key=self.key)

    @classmethod
    def of(cls, record: StoredRecord) -> Self:
        """The review in a record. Raises KeyError, TypeError or ValueError where there is none in it."""
        known: dict[str, Any] = dict(record.value)
        known.pop(OUTLIVES_PEOPLE, None)
        known["reviewer"] = Person(**known["reviewer"])
        known["author"] = Person(**known["author"]) if known["author"] else None
        known["since"] = datetime.fromisoformat(known["since"])
        known["nodes"] = tuple(known["nodes"])
        disputed = known["disputed_at"]
        known["disputed_at"] = datetime.fromisoformat(disputed) if disputed else None
        return cls(**known)


def key_of(place: Place, reviewer: Person) -> str:
    """The key of somebody's record for a pull request."""
    return f"pr{place.number}/{reviewer.id}"
