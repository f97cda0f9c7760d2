"""Whose turn is it? The answer for a pull request from its past alone, with the evidence in plain words.

`event_handlers` take in one act after the other, `comment_handlers` and `comment_parser` what was said,
`state` keeps what is open, `rules` picks the rule that decides, and `certainty` says how sure that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorbot.core.people import Person
from mentorbot.domain.timeline import Act, PullRequestTimeline
from mentorbot.domain.turns.certainty import Certainty, certainty_of
from mentorbot.domain.turns.event_handlers import handle_event
from mentorbot.domain.turns.evidence import Evidence, evidence_of
from mentorbot.domain.turns.reason import TurnReason, Wording
from mentorbot.domain.turns.rules import Holder, TurnDecision, decide
from mentorbot.domain.turns.settings import TurnSettings
from mentorbot.domain.turns.state import TurnState
from mentorbot.domain.turns.words_to_the_bot import OUR_NAME

__all__ = [
    "OUR_NAME",
    "Certainty",
    "Evidence",
    "Holder",
    "Turn",
    "TurnReason",
    "TurnSettings",
    "Wording",
    "whose_turn",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose move a pull request is.

    `reviewers` and `teams` are named when it is theirs and somebody was asked, or answered, by name; empty
    means the maintainers at large. `since` is when it became their turn; `snoozed_until` is set while nobody
    wants a nudge. `certain` is false where it is the author's turn only by words that could be read otherwise
    (a mild remark, a "good point"): tell it to who asks, but don't nudge the author for it. `named` is
    everybody of whom any of this tells; `ended` is the merge or the closing where that is what happened.
    `kept_waiting` is how long it was the reviewers' turn at a stretch before this one, the longest time.

    `why` and `ends` are said when somebody reads them, as is the evidence: a turn has no language.
    """

    holder: Holder
    since: datetime
    why: TurnReason
    ends: TurnReason
    evidence: tuple[Evidence, ...]
    reviewers: tuple[Person, ...] = ()
    teams: tuple[str, ...] = ()
    snoozed_until: datetime | None = None
    kept_waiting: timedelta = timedelta(0)
    certainty: Certainty = Certainty.SURE
    named: tuple[Person, ...] = ()
    ended: Act | None = None

    @property
    def because(self) -> str:
        """Why it is so, to anybody, in the language at hand; `why.said(reader)` says it to somebody."""
        return self.why.said()

    @property
    def ends_when(self) -> str:
        """What would end it, to anybody, in the language at hand."""
        return self.ends.said()

    @property
    def certain(self) -> bool:
        """False where the turn is unclear, and `holder` a guess."""
        return self.certainty is not Certainty.UNCLEAR

    @property
    def told(self) -> Holder:
        """Whose turn to say it is to people who did not ask: nobody is told a guess."""
        return self.holder if self.certain else Holder.UNCLEAR


def whose_turn(timeline: PullRequestTimeline, rules: TurnSettings, *, now: datetime) -> Turn:
    """Whose turn it was at `now`, knowing only what had happened by then."""
    known = timeline.until(now)
    state = TurnState.begin(known, rules)
    decision, since = decide(state), known.opened_at
    kept_waiting = timedelta(0)
    for act in known.standing_acts():
        handle_event(state, act)
        newer = decide(state)
        if newer.holder is not decision.holder:
            begins = max(act.at, known.opened_at)
            if decision.holder is Holder.REVIEWERS:
                kept_waiting = max(kept_waiting, begins - since)
            since = begins
        decision = newer
    return _turn(state, decision, since=since, kept_waiting=kept_waiting, now=now)


def _turn(
    state: TurnState, decision: TurnDecision, *, since: datetime, kept_waiting: timedelta, now: datetime
) -> Turn:
    theirs = decision.holder is Holder.REVIEWERS
    named = state.requested or ({} if state.approval is not None else state.answered)
    snoozed_until = state.snoozed.ends_at if state.snoozed is not None else None
    told = (*(act.by for act in decision.acts), *state.answered.values(), *state.requested.values())
    return Turn(
        holder=decision.holder,
        since=since,
        why=decision.why,
        ends=decision.ends,
        evidence=tuple(evidence_of(act) for act in decision.acts),
        reviewers=tuple(sorted(named.values(), key=lambda person: person.id)) if theirs else (),
        teams=tuple(state.requested_teams) if theirs else (),
        certainty=certainty_of(decision, state),
        named=tuple(dict.fromkeys(person for person in told if person is not None)),
        ended=state.ended,
        kept_waiting=kept_waiting,
        snoozed_until=snoozed_until if snoozed_until is not None and snoozed_until > now else None,
    )
