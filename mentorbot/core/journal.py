"""The journal's entries: what was decided, because of what, and what became of it on GitHub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorbot.core.translator import phrase, say

_LOST = phrase("what became of it was not written down then")
_BEFORE = phrase("that had been done already")
_WOULD_HAVE_BEFORE = phrase("I would have said that already")
_KINDS = {
    # Translators: what was to be done; comes before a colon and why it was not.
    "Comment": phrase("the comment"),
    "React": phrase("the reaction"),
    "AddLabel": phrase("the label"),
    "RemoveLabel": phrase("taking the label off"),
    "RequestReview": phrase("the review request"),
    "PublishCheckRun": phrase("the check"),
}
_ANOTHER_KIND = phrase("a part")


class Outcome(StrEnum):
    """What became of a decision, or of one of its effects."""

    NOTHING = "nothing"  # nothing was to be done
    WAITING = "waiting"  # it is still to be done
    DONE = "done"  # it is on GitHub
    SHADOWED = "shadowed"  # it would have been done, but the repository is (or was) in shadow
    DROPPED = "dropped"  # by the time it was to be done, it was not wanted, or not allowed, any more
    FAILED = "failed"  # it was tried, and is tried no more
    UNKNOWN = "unknown"  # it was decided before outcomes were kept, or concerned somebody who is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectOutcome:
    """One thing that was decided to be done, and how it stands.

    `why` is why it waits, was dropped or failed; `added` is False where it had been decided before. `key` is
    its action's, empty where it tells of somebody who is forgotten.
    """

    kind: str
    outcome: Outcome
    why: str | None = None
    url: str | None = None
    next_try: datetime | None = None
    added: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOutcome:
    """What became of a decision as a whole; the fields are those of `JournalEntry`."""

    outcome: Outcome
    why: str | None = None
    url: str | None = None
    next_try: datetime | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """What a feature decided at a moment, because of what, and what became of it.

    `why` is why it waits, was dropped or failed; `url` leads to what is on GitHub now, `next_try` is when
    what waits is tried again, where that is known. `refused` tells that somebody was told no, `is_reply`
    that somebody had asked for it. `keys` are those of the actions that were decided: sentences are for
    people, keys for rules.
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
    keys: tuple[str, ...] = ()
    is_reply: bool = False

    @property
    def acted(self) -> bool:
        """True where what was decided is on GitHub, and was no refusal."""
        return self.outcome is Outcome.DONE and not self.refused

    @property
    def verb(self) -> str:
        """What was done, in a word or three: "acted", "left it alone"."""
        return phrase("refused") if self.refused and self.outcome is Outcome.DONE else _VERBS[self.outcome]

    @property
    def sentence(self) -> str:
        return f"{self.because.rstrip('.。')}; {self.why}" if self.why else self.because


_VERBS = {
    Outcome.NOTHING: phrase("left it alone"),
    Outcome.WAITING: phrase("waits"),
    Outcome.DONE: phrase("acted"),
    Outcome.SHADOWED: phrase("would have said it"),
    Outcome.DROPPED: phrase("dropped it"),
    Outcome.FAILED: phrase("failed"),
    Outcome.UNKNOWN: phrase("decided"),
}
_WORST_FIRST = (Outcome.FAILED, Outcome.WAITING, Outcome.DONE, Outcome.SHADOWED, Outcome.DROPPED)
_OVER = frozenset({Outcome.DONE, Outcome.SHADOWED})


def decision_outcome(effects: Sequence[EffectOutcome], *, decided: bool) -> DecisionOutcome:
    """What became of a decision (`decided`: to do something), from what became of each thing to be done.

    What failed or waits is told first: it is what people have to know. Of what was done only in part, the
    rest is told.
    """
    if not decided:
        return DecisionOutcome(outcome=Outcome.NOTHING)
    if not effects:
        return DecisionOutcome(outcome=Outcome.UNKNOWN, why=say(_LOST))
    if all(effect.outcome in _OVER and not effect.added for effect in effects):
        is_done = any(effect.outcome is Outcome.DONE for effect in effects)
        why = say(_BEFORE if is_done else _WOULD_HAVE_BEFORE)
        return DecisionOutcome(outcome=Outcome.NOTHING, why=why, url=_url(effects))
    outcome = next(one for one in _WORST_FIRST if any(effect.outcome is one for effect in effects))
    tries = [effect.next_try for effect in effects if effect.next_try is not None]
    return DecisionOutcome(
        outcome=outcome,
        why=_why(effects, outcome),
        url=_url(effects),
        next_try=min(tries, default=None) if outcome is Outcome.WAITING else None,
        keys=tuple(effect.key for effect in effects if effect.key),
    )


def _why(effects: Sequence[EffectOutcome], outcome: Outcome) -> str | None:
    """Each reason once; where only a part did not come about, it is named."""
    open_ = [one for one in effects if one.outcome is not Outcome.DONE and one.why]
    if outcome is not Outcome.DONE:
        open_ = [one for one in open_ if one.outcome is outcome]
    in_part = len({one.outcome for one in effects}) > 1
    reasons = [
        f"{say(_KINDS.get(one.kind, _ANOTHER_KIND))}: {one.why}" if in_part else one.why for one in open_
    ]
    return "; ".join(dict.fromkeys(why for why in reasons if why)) or None


def _url(effects: Sequence[EffectOutcome]) -> str | None:
    """Where to look: at words rather than at a reaction."""
    done = sorted(
        (one for one in effects if one.outcome is Outcome.DONE), key=lambda one: one.kind == "React"
    )
    return next((one.url for one in done if one.url), None)
