"""Whether a review counts, and how much: each guard in turn, and the name of the one that says no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from mentorbot.config.calendar import Calendar
from mentorbot.core.people import Person
from mentorbot.domain.expertise import is_human
from mentorbot.features.review_exchange.config import Guards
from mentorbot.features.review_exchange.ledger.ledger import REVIEW, Entry, EntryKind, Ledger, Place
from mentorbot.features.review_exchange.scoring.contribution import Contribution

LEAST = 25
"""Reviews that would be worth less, in hundredths, don't count at all."""

BARE = "approval only"
"""The verdict of reviews that ask and find nothing."""


class Appraisal(NamedTuple):
    """What a review is worth in hundredths, or the name of the guard that refuses it.

    `lessened_by` names the guards that took something off.
    """

    value: int
    refused_by: str = ""
    lessened_by: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return not self.refused_by


@dataclass(frozen=True, kw_only=True)  # not slotted: what counted before is looked for once
class ReviewCase:
    """A contribution, and what the ledger knew when it came: the accounts of reviewer and author."""

    given: Contribution
    place: Place
    ledger: Ledger
    guards: Guards
    calendar: Calendar

    @cached_property
    def mine(self) -> list[Entry]:
        """The reviews of this reviewer that counted before this one came."""
        return counted_reviews(self.ledger, self.given.reviewer, before=self.given.at, but=self.place)

    @cached_property
    def theirs(self) -> list[Entry]:
        """The reviews of this author that counted before this one came."""
        author = self.given.author
        return counted_reviews(self.ledger, author, before=self.given.at) if author is not None else []

    def is_same_day(self, moment: datetime) -> bool:
        """True for the day of this review, in the repository's time zone."""
        return self.calendar.local(moment).date() == self.calendar.local(self.given.at).date()


def appraise(case: ReviewCase) -> Appraisal:
    """What the review is worth; the first guard that refuses it is named."""
    for name, refuses in _GUARDS:
        if refuses(case):
            return Appraisal(0, name)
    value, lessened = REVIEW, []
    for name, factor in (("approve_only", _approvals(case)), ("pair", _same_pair(case))):
        value >>= factor
        if factor:
            lessened.append(name)
        if value < LEAST:
            return Appraisal(0, name)
    return Appraisal(value, "", tuple(lessened))


def refusal_of(given: Contribution) -> str:
    """Why remarks were not enough: what spoiled the last of them, or that there was too little."""
    return given.spoiled[-1] if given.spoiled else "substance"


def counted_reviews(
    ledger: Ledger, person: Person, *, before: datetime, but: Place | None = None
) -> list[Entry]:
    """The `pending` entries of this person's reviews that came before a moment and were not voided since."""
    found = []
    for entry in ledger.of(person, EntryKind.PENDING):
        if entry.at >= before or (but is not None and entry.place.key == but.key):
            continue
        latest = ledger.of(person, EntryKind.PENDING, place=entry.place)[-1]
        state = ledger.state(person, entry.place)
        if latest is entry and state is not None and state.kind is not EntryKind.VOIDED:
            found.append(entry)
    return found


def _own(case: ReviewCase) -> bool:
    return case.guards.own and case.given.reviewer == case.given.author


def _bots(case: ReviewCase) -> bool:
    return case.guards.bots and not (is_human(case.given.reviewer) and is_human(case.given.author))


def _spoiled_by(name: str) -> Callable[[ReviewCase], bool]:
    return lambda case: not case.given.enough and refusal_of(case.given) == name


def _copied(case: ReviewCase) -> bool:
    mark = case.given.fingerprint
    return case.guards.copied and any(mark and entry.fingerprint == mark for entry in case.mine)


def _swapped(case: ReviewCase) -> bool:
    author = case.given.author
    if not case.guards.same_day_swap or author is None:
        return False
    return any(entry.about == case.given.reviewer and case.is_same_day(entry.at) for entry in case.theirs)


def _over_the_cap(case: ReviewCase) -> bool:
    cap = case.guards.daily_cap
    if cap is None:
        return False
    return sum(case.is_same_day(entry.at) for entry in case.mine) >= cap


_SPOILING = ("after_close", "old_head", "edited", "recreated", "deleted", "dismissed", "substance")

_GUARDS: tuple[tuple[str, Callable[[ReviewCase], bool]], ...] = (
    ("own", _own),
    ("bots", _bots),
    *((name, _spoiled_by(name)) for name in _SPOILING),
    ("copied", _copied),
    ("same_day_swap", _swapped),
    ("daily_cap", _over_the_cap),
)

GUARDS = (*(name for name, _ in _GUARDS), "approve_only", "pair")
"""Every name a refusal can have."""


def _approvals(case: ReviewCase) -> int:
    """How often the value halves because of mere approvals in a row, this one among them."""
    free = case.guards.approve_only
    if free is None or not case.given.approves_only:
        return 0
    in_a_row = 0
    for entry in reversed(case.mine):
        if entry.verdict != BARE:
            break
        in_a_row += 1
    return max(0, in_a_row - free + 1)


def _same_pair(case: ReviewCase) -> int:
    """How often the value halves because this reviewer has reviewed this author so often lately."""
    pair, author = case.guards.pair, case.given.author
    if pair is None or author is None:
        return 0
    lately = [
        entry
        for entry in case.mine
        if entry.about == author and not pair.within.has_passed(entry.at, case.given.at, case.calendar)
    ]
    return max(0, len(lately) - pair.free + 1)
