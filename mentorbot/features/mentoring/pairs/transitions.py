"""Takes a pair one step through its life: the new pair, what is to be remembered, what is to be done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorbot.core.actions import Doable
from mentorbot.core.people import Person
from mentorbot.feature_api.records import remember
from mentorbot.features.mentoring.pairs.pair import MentoringPair, chapter_key
from mentorbot.features.mentoring.pairs.state_machine import (
    OVER,
    PairEvent,
    PairState,
    TransitionEffect,
    transition_for,
)
from mentorbot.features.mentoring.records import SEATS, Chapter, KeptApart, LastAsked, SeatGuard
from mentorbot.features.mentoring.roster.roster import Roster

_KEPT_APART_FOR_NOW = timedelta(days=30)

# What takes a seat of a mentor, or offers one: an open offer counts as taken.
_CLAIMS_SEAT = frozenset(
    {
        TransitionEffect.TAKE_SEAT,
        TransitionEffect.ASK_MENTOR,
        TransitionEffect.ASK_MENTEE,
        TransitionEffect.ASK_BOTH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedEvent:
    """A step that was taken: the pair before and after it, and the records of it."""

    before: MentoringPair
    pair: MentoringPair
    records: tuple[Doable, ...]

    @property
    def lost(self) -> Person | None:
        """Who was the mentor, or was asked to be, and is no longer."""
        return self.before.mentor if self.before.mentor != self.pair.mentor else None

    def roster_after(self, roster: Roster) -> Roster:
        """The roster with the pair as it is now, which is not to be matched with whom it lost."""
        after = roster.with_pair(self.pair)
        if self.lost is None:
            return after
        return replace(after, apart=after.apart | {(self.pair.mentee.id, self.lost.id)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEventDetails:
    """What happens: `by` whom (None: the clock), with which `mentor`, in which thread, `until` when."""

    event: PairEvent
    now: datetime
    by: Person | None = None
    mentor: Person | None = None
    thread: int = 0
    until: datetime | None = None


def apply_event(pair: MentoringPair, details: PairEventDetails, roster: Roster) -> AppliedEvent:
    """One step. Raises InvalidTransition where the pair's state does not allow it.

    Records are written only if nothing has changed meanwhile; taking or offering a seat also needs that
    nobody else did so anywhere, as only then capacity and the absence of circles are certain.
    """
    transition = transition_for(pair.state, details.event)
    mentor = _mentor_after(pair, details, transition.to)
    asked_anew = TransitionEffect.QUEUE in transition.effects or pair.asked_at is None
    changed = replace(
        pair,
        state=transition.to,
        mentor=mentor,
        is_listed=pair.is_listed if mentor == pair.mentor else mentor is None or mentor.id in roster.mentors,
        since=details.now,
        asked_at=details.now if asked_anew else pair.asked_at,
        in_front=_in_front(pair, transition.to, transition.effects),
        thread=details.thread or pair.thread,
        until=details.until if transition.to is PairState.PAUSED else None,
        reminder="",
        reminded_at=None,
        told_at=pair.told_at if transition.to is PairState.ASKED and not asked_anew else None,
        chapters=pair.chapters + 1,
    )
    records = (
        *changed.remembered(),
        _chapter(changed, mentor or pair.mentor, details),
        *_kept_apart(pair, transition.effects, details.now),
        *_asked(changed, transition.effects, details.now),
        *_seat_guard(transition.effects, roster),
    )
    after = replace(changed, version=pair.version + 1)  # so that another step can follow in the same plan
    return AppliedEvent(before=pair, pair=after, records=records)


def _mentor_after(pair: MentoringPair, details: PairEventDetails, to: PairState) -> Person | None:
    """Who the mentor is then; nobody once it is over, or while the mentee waits."""
    if to is PairState.ASKED or to in OVER:
        return None
    return details.mentor or pair.mentor


def _in_front(pair: MentoringPair, to: PairState, effects: Collection[TransitionEffect]) -> bool:
    """A place in front is kept until there is a mentor."""
    if TransitionEffect.QUEUE_IN_FRONT in effects:
        return True
    return pair.in_front and to in {PairState.ASKED, PairState.OFFERED}


def _chapter(pair: MentoringPair, mentor: Person | None, details: PairEventDetails) -> Doable:
    chapter = Chapter(
        at=details.now,
        event=details.event,
        by=details.by.id if details.by else None,
        mentor=mentor.id if mentor else None,
        mentor_login=mentor.login if mentor else "",
    )
    about = tuple(id_ for id_ in (chapter.by, chapter.mentor) if id_ is not None)
    return remember(chapter, key=chapter_key(pair), whose=pair.mentee.id, about=about)


def _kept_apart(
    pair: MentoringPair, effects: Collection[TransitionEffect], now: datetime
) -> tuple[Doable, ...]:
    if pair.mentor is None:
        return ()
    mentee, mentor = pair.mentee.id, pair.mentor.id
    if TransitionEffect.KEEP_APART in effects:
        apart = KeptApart(until=None)
    elif TransitionEffect.KEEP_APART_FOR_NOW in effects:
        apart = KeptApart(until=now + _KEPT_APART_FOR_NOW)
    else:
        return ()
    return (remember(apart, key=f"{mentee}/{mentor}", whose=mentee, about=(mentor,)),)


def _asked(pair: MentoringPair, effects: Collection[TransitionEffect], now: datetime) -> tuple[Doable, ...]:
    if pair.mentor is None or not {TransitionEffect.ASK_MENTOR, TransitionEffect.ASK_BOTH} & set(effects):
        return ()
    mentor = pair.mentor.id
    return (remember(LastAsked(at=now), key=str(mentor), whose=mentor),)


def _seat_guard(effects: Collection[TransitionEffect], roster: Roster) -> tuple[Doable, ...]:
    """Fails where anybody else took or offered a seat since the roster was read. It names nobody."""
    if not _CLAIMS_SEAT & set(effects):
        return ()
    return (remember(SeatGuard(), key=SEATS, expected=roster.seats_version),)
