"""Which effect goes first, which wait for one another, and where: one rank for priority, order and pace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from mentorbot.core.actions import Action, Comment, MinimizeComment, Occasion, React, RequestReview
from mentorbot.db.effects import Effect
from mentorbot.db.jobs import ANSWERS, EFFECTS


class Rank(IntEnum):
    """What goes first among effects that wait; also the priority of their jobs. Decisions come after all."""

    NUDGE = 30
    CELEBRATION = 32
    CORRECTION = 34
    ANSWER = 40


_RANKS = {
    Occasion.ANSWER: Rank.ANSWER,
    Occasion.GREETING: Rank.CELEBRATION,
    Occasion.CELEBRATION: Rank.CELEBRATION,
    Occasion.NUDGE: Rank.NUDGE,
}


def rank_of(action: Action, *, asked: bool) -> Rank:
    """How urgent an action is; `asked` where a command of somebody led to it."""
    if isinstance(action, Comment):
        return _RANKS[action.occasion]
    if isinstance(action, React):
        return Rank.ANSWER  # reactions are how commands are answered
    if isinstance(action, RequestReview) and not asked:
        return Rank.NUDGE
    return Rank.CORRECTION


@dataclass(frozen=True, slots=True)
class Lane:
    """Where an effect waits: effects with the same `lock` are done one at a time and in order."""

    queue: str
    lock: str | None


def lane_of(effect: Effect) -> Lane:
    """The lane of an effect: answers never wait for anything else that happens in their thread."""
    thread = f"{effect.repository_id}/{effect.number}"
    if is_answer(effect):
        return Lane(ANSWERS, None if isinstance(effect.action, React) else f"answer {thread}")
    # Folding away waits for its comment, and for nothing else.
    return Lane(EFFECTS, None if isinstance(effect.action, MinimizeComment) else f"act {thread}")


def is_answer(effect: Effect) -> bool:
    """True where somebody waits for it."""
    return effect.priority >= Rank.ANSWER


def own_lane(effect: Effect) -> str:
    """The lock under which an effect goes on that has held up its lane for long enough."""
    return f"act alone {effect.id}"
