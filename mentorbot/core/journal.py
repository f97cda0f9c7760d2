"""What the journal tells: a decision, because of what, and what became of it on GitHub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_LOST = "what became of it was not written down then"
_BEFORE = "that had been done already"
_KINDS = {
    "Comment": "the comment",
    "React": "the reaction",
    "AddLabel": "the label",
    "RemoveLabel": "taking the label off",
    "RequestReview": "the review request",
    "PublishCheckRun": "the check",
}


class Outcome(StrEnum):
    """What became of a decision."""

    NOTHING = "nothing"  # nothing was to be done
    WAITING = "waiting"  # it is still to be done
    DONE = "done"  # it is on GitHub
    DROPPED = "dropped"  # by the time it was to be done, it was not wanted, or not allowed, any more
    FAILED = "failed"  # it was tried, and is tried no more
    UNKNOWN = "unknown"  # it was decided before outcomes were kept, or concerned somebody who is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that was decided to be done, and how it stands.

    `why` is why it waits, was dropped or failed; `added` is False where it had been decided before.
    """

    kind: str
    outcome: Outcome
    why: str | None = None
    url: str | None = None
    next_try: datetime | None = None
    added: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a decision as a whole; the fields are those of `JournalEntry`."""

    outcome: Outcome
    why: str | None = None
    url: str | None = None
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """What a feature decided at a moment, because of what, and what became of it.

    `why` is why it waits, was dropped or failed; `url` leads to what is on GitHub now, `next_try` is when
    what waits is tried again, where that is known. `refused` tells that somebody was told no.
    """

    at: datetime
    feature: str
    because: str
    outcome: Outcome
    number: int | None
    person_id: int | None
    delivery: str | None
    refused: bool = False
    why: str | None = None
    url: str | None = None
    next_try: datetime | None = None

    @property
    def acted(self) -> bool:
        """True where what was decided is on GitHub, and was no refusal."""
        return self.outcome is Outcome.DONE and not self.refused

    @property
    def verb(self) -> str:
        """What was done, in a word or three: "acted", "left it alone"."""
        return "refused" if self.refused and self.outcome is Outcome.DONE else _VERBS[self.outcome]

    @property
    def sentence(self) -> str:
        """Because of what, and why it didn't come about."""
        return f"{self.because}; {self.why}" if self.why else self.because


_VERBS = {
    Outcome.NOTHING: "left it alone",
    Outcome.WAITING: "waits",
    Outcome.DONE: "acted",
    Outcome.DROPPED: "dropped it",
    Outcome.FAILED: "failed",
    Outcome.UNKNOWN: "decided",
}
_WORST_FIRST = (Outcome.FAILED, Outcome.WAITING, Outcome.DONE, Outcome.DROPPED)


def became(deeds: Sequence[Deed], *, decided: bool) -> Became:
    """What became of a decision (`decided`: to do something), from what became of each thing to be done.

    What failed or waits is told first: it is what people have to know. Of what was done only in part, the
    rest is told.
    """
    if not decided:
        return Became(outcome=Outcome.NOTHING)
    if not deeds:
        return Became(outcome=Outcome.UNKNOWN, why=_LOST)
    if all(deed.outcome is Outcome.DONE and not deed.added for deed in deeds):
        return Became(outcome=Outcome.NOTHING, why=_BEFORE, url=_url(deeds))
    outcome = next(one for one in _WORST_FIRST if any(deed.outcome is one for deed in deeds))
    tries = [deed.next_try for deed in deeds if deed.next_try is not None]
    return Became(
        outcome=outcome,
        why=_why(deeds, outcome),
        url=_url(deeds),
        next_try=min(tries, default=None) if outcome is Outcome.WAITING else None,
    )


def _why(deeds: Sequence[Deed], outcome: Outcome) -> str | None:
    """Each reason once; where only a part did not come about, it is named."""
    open_ = [deed for deed in deeds if deed.outcome is not Outcome.DONE and deed.why]
    if outcome is not Outcome.DONE:
        open_ = [deed for deed in open_ if deed.outcome is outcome]
    in_part = len({deed.outcome for deed in deeds}) > 1
    told = [f"{_KINDS.get(deed.kind, 'a part')}: {deed.why}" if in_part else deed.why for deed in open_]
    return "; ".join(dict.fromkeys(why for why in told if why)) or None


def _url(deeds: Sequence[Deed]) -> str | None:
    """Where to look: at words rather than at a reaction."""
    done = sorted(
        (deed for deed in deeds if deed.outcome is Outcome.DONE), key=lambda deed: deed.kind == "React"
    )
    return next((deed.url for deed in done if deed.url), None)
