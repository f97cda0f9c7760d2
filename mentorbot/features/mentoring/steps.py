"""Takes a pair one step through its life: the new pair, what is to be remembered, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorbot.core.actions import Doable, Remember
from mentorbot.core.people import Person
from mentorbot.features.mentoring.machine import OVER, Effect, Happening, State, after
from mentorbot.features.mentoring.pair import TREE, Chapter, Pair, chapter_record
from mentorbot.features.mentoring.roster import Roster

APART, LAST_ASKED = "apart", "last asked"
FOR_NOW = timedelta(days=30)

CLAIMS_SEAT = frozenset({Effect.TAKE_SEAT, Effect.ASK_MENTOR, Effect.ASK_MENTEE, Effect.ASK_BOTH})
"""What takes a seat of a mentor, or offers one: an open offer counts as taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that was taken: the pair before and after it, the records, and what is left to be told."""

    before: Pair
    pair: Pair
    effects: tuple[Effect, ...]
    records: tuple[Doable, ...]

    @property
    def lost(self) -> Person | None:
        """Who was the mentor, or was asked to be, and is no longer."""
        return self.before.mentor if self.before.mentor != self.pair.mentor else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What happens: `by` whom (None: the clock), with which `mentor`, in which thread, `until` when."""

    happening: Happening
    now: datetime
    by: Person | None = None
    mentor: Person | None = None
    thread: int = 0
    until: datetime | None = None


def step(pair: Pair, doing: Doing, roster: Roster) -> Step:
    """One step. Raises CannotHappen where the pair's state does not allow it.

    Records are written only if nothing has changed meanwhile; taking or offering a seat also needs that
    nobody else did so anywhere, as only then capacity and the absence of circles are certain.
    """
    transition = after(pair.state, doing.happening)
    mentor = _mentor_after(pair, doing, transition.to)
    asked_anew = Effect.QUEUE in transition.effects or pair.asked_at is None
    changed = replace(
        pair,
        state=transition.to,
        mentor=mentor,
        is_listed=pair.is_listed if mentor == pair.mentor else mentor is None or mentor.id in roster.mentors,
        since=doing.now,
        asked_at=doing.now if asked_anew else pair.asked_at,
        in_front=_in_front(pair, transition.to, transition.effects),
        thread=doing.thread or pair.thread,
        until=doing.until if transition.to is State.PAUSED else None,
        rung="",
        rung_at=None,
        told_at=pair.told_at if transition.to is State.ASKED and not asked_anew else None,
        chapters=pair.chapters + 1,
    )
    told = mentor or pair.mentor
    chapter = Chapter(
        at=doing.now,
        happening=doing.happening,
        by=doing.by.id if doing.by else None,
        mentor=told.id if told else None,
        mentor_login=told.login if told else "",
    )
    records = (
        *changed.records(),
        chapter_record(changed, chapter),
        *_kept_apart(pair, transition.effects, doing.now),
        *_asked(changed, transition.effects, doing.now),
        *_guard(transition.effects, roster),
    )
    done = replace(changed, version=pair.version + 1)  # so that another step can follow in the same plan
    return Step(before=pair, pair=done, effects=transition.effects, records=records)


def _mentor_after(pair: Pair, doing: Doing, to: State) -> Person | None:
    """Who the mentor is then; nobody once it is over, or while the mentee waits."""
    if to is State.ASKED or to in OVER:
        return None
    return doing.mentor or pair.mentor


def _in_front(pair: Pair, to: State, effects: tuple[Effect, ...]) -> bool:
    """A place in front is kept until there is a mentor."""
    if Effect.QUEUE_IN_FRONT in effects:
        return True
    return pair.in_front and to in {State.ASKED, State.OFFERED}


def _kept_apart(pair: Pair, effects: tuple[Effect, ...], now: datetime) -> tuple[Doable, ...]:
    if pair.mentor is None:
        return ()
    mentee, mentor = pair.mentee.id, pair.mentor.id
    if Effect.KEEP_APART in effects:
        until = None
    elif Effect.KEEP_APART_FOR_NOW in effects:
        until = (now + FOR_NOW).isoformat()
    else:
        return ()
    value = {"until": until}
    return (Remember(kind=APART, key=f"{mentee}/{mentor}", value=value, whose=mentee, about=(mentor,)),)


def _asked(pair: Pair, effects: tuple[Effect, ...], now: datetime) -> tuple[Doable, ...]:
    if pair.mentor is None or not {Effect.ASK_MENTOR, Effect.ASK_BOTH} & set(effects):
        return ()
    mentor = pair.mentor.id
    return (Remember(kind=LAST_ASKED, key=str(mentor), value={"at": now.isoformat()}, whose=mentor),)


def _guard(effects: tuple[Effect, ...], roster: Roster) -> tuple[Doable, ...]:
    """Fails where anybody else took or offered a seat since the roster was read. It names nobody."""
    if not CLAIMS_SEAT & set(effects):
        return ()
    return (Remember(kind=TREE, key="seats", value={}, expected=roster.tree_version),)
