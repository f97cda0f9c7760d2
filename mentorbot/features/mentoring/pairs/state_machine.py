"""The life of a pair as one table: what can happen in each state, where it leads, what has to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PairState(StrEnum):
    """How it stands between a mentee and the mentors of an area."""

    NOBODY = "nobody"  # nothing was ever asked or offered
    ASKED = "asked"  # the mentee waits; no mentor is deciding
    OFFERED = "offered"  # the mentee agreed; a mentor is deciding
    OFFERED_BACK = "offered back"  # the mentor agreed; the mentee is deciding
    PROPOSED = "proposed"  # a maintainer proposed it; both are deciding
    ACTIVE = "active"
    PAUSED = "paused"  # keeps the mentor's seat
    GRADUATED = "graduated"
    ENDED = "ended"
    TIMED_OUT = "timed out"


class PairEvent(StrEnum):
    ASKED = "mentee asked"
    FOUND = "mentor found"
    OFFERED = "mentor offered"
    PROPOSED = "maintainer proposed"
    MENTOR_ACCEPTED = "mentor accepted"
    MENTEE_ACCEPTED = "mentee accepted"
    MENTOR_DECLINED = "mentor declined"
    MENTEE_DECLINED = "mentee declined"
    UNANSWERED = "nobody answered in time"
    PAUSED = "somebody paused"
    RESUMED = "somebody came back"
    MENTEE_SILENT = "mentee fell silent"
    MENTOR_SILENT = "mentor fell silent"
    MENTOR_LEFT = "mentor left"
    CHANGED = "somebody wanted another match"
    ENDED = "somebody ended it"
    GRADUATED = "mentee graduated"
    REST_OVER = "nobody came back"


class TransitionEffect(StrEnum):
    QUEUE = "the mentee gets a place in the queue"
    QUEUE_IN_FRONT = "the mentee goes to the front of the queue, with the story so far"
    ASK_MENTOR = "the mentor is asked, and has a short while alone to decide"
    ASK_MENTEE = "the mentee is asked"
    ASK_BOTH = "both are asked"
    INTRODUCE = "both are introduced"
    TAKE_SEAT = "one of the mentor's seats is taken"
    FREE_SEAT = "the mentor's seat is free again"
    KEEP_APART = "the two are not proposed to each other again"
    KEEP_APART_FOR_NOW = "the two are not proposed to each other for a month"
    TELL_BOTH = "both are told, without fault"
    TELL_MENTEE = "the mentee is told"


S, H, E = PairState, PairEvent, TransitionEffect


@dataclass(frozen=True, slots=True)
class Transition:
    to: PairState
    effects: tuple[TransitionEffect, ...] = ()


_BEGINNINGS: Mapping[PairEvent, Transition] = {
    H.ASKED: Transition(S.ASKED, (E.QUEUE,)),
    H.OFFERED: Transition(S.OFFERED_BACK, (E.ASK_MENTEE,)),
    H.PROPOSED: Transition(S.PROPOSED, (E.ASK_BOTH,)),
}
_BEGUN = Transition(S.ACTIVE, (E.TAKE_SEAT, E.INTRODUCE))
_ASK = Transition(S.OFFERED, (E.ASK_MENTOR,))
_REQUEUED = Transition(S.ASKED, (E.FREE_SEAT, E.QUEUE_IN_FRONT, E.KEEP_APART_FOR_NOW, E.TELL_MENTEE))
_CHANGED = Transition(S.ASKED, (E.FREE_SEAT, E.QUEUE_IN_FRONT, E.KEEP_APART, E.TELL_BOTH))
_ENDED = Transition(S.ENDED, (E.FREE_SEAT, E.TELL_BOTH))
_GRADUATED = Transition(S.GRADUATED, (E.FREE_SEAT, E.TELL_BOTH))

TRANSITIONS: Mapping[PairState, Mapping[PairEvent, Transition]] = {
    S.NOBODY: _BEGINNINGS,
    S.ASKED: {
        H.FOUND: _ASK,
        H.PROPOSED: _ASK,
        H.OFFERED: _BEGUN,
        H.MENTOR_ACCEPTED: _BEGUN,
        H.ENDED: Transition(S.ENDED),
    },
    S.OFFERED: {
        H.PROPOSED: _ASK,
        H.OFFERED: _BEGUN,
        H.MENTOR_ACCEPTED: _BEGUN,
        H.MENTOR_DECLINED: Transition(S.ASKED, (E.KEEP_APART_FOR_NOW,)),
        H.MENTEE_DECLINED: Transition(S.ASKED, (E.KEEP_APART,)),
        H.UNANSWERED: Transition(S.ASKED, (E.KEEP_APART_FOR_NOW,)),
        H.MENTOR_LEFT: Transition(S.ASKED),
        H.ENDED: Transition(S.ENDED),
    },
    S.OFFERED_BACK: {
        H.MENTEE_ACCEPTED: _BEGUN,
        H.MENTOR_DECLINED: Transition(S.ENDED),
        H.MENTEE_DECLINED: Transition(S.ENDED, (E.KEEP_APART,)),
        H.UNANSWERED: Transition(S.TIMED_OUT),
        H.MENTOR_LEFT: Transition(S.ENDED),
        H.ENDED: Transition(S.ENDED),
    },
    S.PROPOSED: {
        H.PROPOSED: Transition(S.PROPOSED, (E.ASK_BOTH,)),
        H.MENTOR_ACCEPTED: Transition(S.OFFERED_BACK),
        H.MENTEE_ACCEPTED: Transition(S.OFFERED),
        H.MENTOR_DECLINED: Transition(S.ENDED, (E.KEEP_APART_FOR_NOW,)),
        H.MENTEE_DECLINED: Transition(S.ENDED, (E.KEEP_APART,)),
        H.UNANSWERED: Transition(S.TIMED_OUT),
        H.MENTOR_LEFT: Transition(S.ENDED),
        H.ENDED: Transition(S.ENDED),
    },
    S.ACTIVE: {
        H.PAUSED: Transition(S.PAUSED, (E.TELL_BOTH,)),
        H.MENTEE_SILENT: Transition(S.PAUSED, (E.TELL_BOTH,)),
        H.MENTOR_SILENT: _REQUEUED,
        H.MENTOR_LEFT: _REQUEUED,
        H.CHANGED: _CHANGED,
        H.ENDED: _ENDED,
        H.GRADUATED: _GRADUATED,
    },
    S.PAUSED: {
        H.PAUSED: Transition(S.PAUSED, (E.TELL_BOTH,)),
        H.RESUMED: Transition(S.ACTIVE),
        H.MENTOR_LEFT: Transition(S.ENDED, (E.FREE_SEAT, E.TELL_MENTEE)),
        H.CHANGED: _CHANGED,
        H.ENDED: _ENDED,
        H.GRADUATED: _GRADUATED,
        H.REST_OVER: Transition(S.TIMED_OUT, (E.FREE_SEAT, E.TELL_BOTH)),
    },
    S.GRADUATED: _BEGINNINGS,
    S.ENDED: _BEGINNINGS,
    S.TIMED_OUT: _BEGINNINGS,
}

SEATED = frozenset({S.ACTIVE, S.PAUSED})
"""States in which a mentee has one of the mentor's seats."""

DECIDING = frozenset({S.OFFERED, S.OFFERED_BACK, S.PROPOSED})
"""States in which somebody is to say yes or no."""

OVER = frozenset({S.NOBODY, S.GRADUATED, S.ENDED, S.TIMED_OUT})
"""States in which nobody waits for anything."""


class InvalidTransition(Exception):  # noqa: N818 - says what is the case
    """This cannot happen in this state."""


def transition_for(state: PairState, event: PairEvent) -> Transition:
    """Where it leads when this happens in this state. Raises InvalidTransition."""
    found = TRANSITIONS[state].get(event)
    if found is None:
        raise InvalidTransition(f"{event} cannot happen to a pair that is {state}")
    return found


def diagram() -> str:
    """The table as a Mermaid state diagram (https://mermaid.js.org/syntax/stateDiagram.html)."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state}" as {state.name}' for state in PairState if state is not S.NOBODY]
    for state, row in TRANSITIONS.items():
        start = "[*]" if state is S.NOBODY else state.name
        if state in OVER - {S.NOBODY}:
            lines.append(f"    {start} --> [*]")
            continue
        ways: dict[PairState, list[PairEvent]] = {}
        for event, transition in row.items():
            ways.setdefault(transition.to, []).append(event)
        lines += [f"    {start} --> {to.name}: {', '.join(happened)}" for to, happened in ways.items()]
    return "\n".join(lines)
